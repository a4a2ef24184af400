import type { Language } from "@ihims/core/languages.ts";
import type { MedicineSummary } from "@ihims/core/medicines/endpoints.ts";
import { formulary } from "@ihims/core/medicines/formulary.ts";
import { inTallMan } from "@ihims/core/medicines/look-alikes.ts";
import { unitPriceOf } from "@ihims/core/medicines/rules.ts";
import type { Medicine } from "@ihims/core/medicines/schema.ts";
import { compositionText } from "@ihims/core/medicines/words.ts";

/** A product as a row of a list. */
export function summaryOf(medicine: Medicine, lang: Language): MedicineSummary {
  const { source: _, ref: __, updatedAt: ___, ...rest } = medicine;
  return {
    ...rest,
    generics: compositionText(medicine, formulary()),
    displayName: inTallMan(medicine.names[lang] ?? medicine.name),
    unitPrice: unitPriceOf(medicine),
  };
}
