import type { I18n, MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { BedType } from "@ihims/core/beds/schema.ts";
import { BloodComponent } from "@ihims/core/blood/schema.ts";
import type { Hold, HoldKind, HoldState } from "@ihims/core/holds/schema.ts";
import type { Language } from "@ihims/core/languages.ts";
import { BED_WORDS } from "@ihims/ui/words/beds.ts";
import { BLOOD_COMPONENT_WORDS } from "@ihims/ui/words/blood.ts";

/** How a hold stands, in a word or two. */
export const HOLD_STATE_WORDS: Record<HoldState, MessageDescriptor> = {
  requested: msg`Kept, not answered yet`,
  accepted: msg`Accepted`,
  refused: msg`Refused`,
  released: msg`Ended: fewer are there than promised`,
  expired: msg`Its time is over`,
  fulfilled: msg`You have arrived`,
  cancelled: msg`Cancelled`,
};

/** What to bring. */
export const BRING_WORDS: Record<HoldKind, MessageDescriptor> = {
  bed: msg`Bring an identity card, earlier reports and medicines, and your scheme or insurance card.`,
  blood: msg`Bring the hospital's request for blood, with the patient's group on it.`,
  medicine: msg`Bring the prescription: without it the pharmacist may not hand the medicine out.`,
};

/** What is kept: "Bed: ICU", "2 × Crocin 500 Tablet". */
export function heldThing(
  { i18n, language }: { i18n: I18n; language: Language },
  { subject, units, medicine }: Pick<Hold, "subject" | "units" | "medicine">,
): string {
  const [kind, first = "", second] = subject.split(":");
  const bed = BedType.safeParse(first);
  if (kind === "bed" && bed.success) {
    const type = i18n._(BED_WORDS[bed.data]);
    return i18n._(msg`Bed: ${type}`);
  }
  const component = BloodComponent.safeParse(second);
  if (kind === "blood" && component.success) {
    const name = i18n._(BLOOD_COMPONENT_WORDS[component.data]);
    return i18n._(msg`${units} × ${first} ${name}`);
  }
  const named = medicine && (medicine.names[language] ?? medicine.name);
  return named ? i18n._(msg`${units} × ${named}`) : i18n._(msg`${units} × medicine`);
}
