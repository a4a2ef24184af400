import type { Language } from "../languages.ts";
import { SpecialtyId } from "./schema.ts";
import { SPECIALTIES_OF_MEDICINE } from "./specialties-of-medicine.ts";
import { SPECIALTIES_OF_SURGERY } from "./specialties-of-surgery.ts";

/** A specialty as it is written down: in each language the name, then what people say for it, separated by commas. */
export interface SpecialtyRow {
  id: SpecialtyId;
  /**
   * Its code in FHIR's practice setting codes (http://hl7.org/fhir/ValueSet/c80-practice-codes,
   * version 4.0, all from http://snomed.info/sct); null when that list has none for it.
   */
  snomed: string | null;
  en: string;
  hi: string;
  mr: string;
}

/** A specialty with its words apart: the name first. */
export interface Specialty {
  id: SpecialtyId;
  snomed: string | null;
  words: Record<Language, readonly string[]>;
}

/** The words of a row, apart. */
function wordsOf(row: string): readonly string[] {
  return row.split(",").map((word) => word.trim());
}

const rows = [...SPECIALTIES_OF_MEDICINE, ...SPECIALTIES_OF_SURGERY];

/** Every specialty, in the order of the list of their ids. */
export const SPECIALTIES: readonly Specialty[] = rows
  .map(({ id, snomed, en, hi, mr }) => ({
    id,
    snomed,
    words: { en: wordsOf(en), hi: wordsOf(hi), mr: wordsOf(mr) },
  }))
  .sort((a, b) => SpecialtyId.options.indexOf(a.id) - SpecialtyId.options.indexOf(b.id));

const byId = new Map(SPECIALTIES.map((specialty) => [specialty.id, specialty]));

/** What a specialty is called in a language. */
export function specialtyName(id: SpecialtyId, lang: Language): string {
  return byId.get(id)?.words[lang][0] ?? id;
}
