import { SPECIALTIES } from "@ihims/core/vocabulary/specialties.ts";
import type { SpecialtyId } from "@ihims/core/vocabulary/schema.ts";

/**
 * Names of specialties in official lists of procedures (AB PM-JAY's health benefit packages), and
 * which of our specialties each is. A list that is coarser than ours takes several of ours as one.
 */
// A table.
// oxfmt-ignore
const OFFICIAL: Record<string, readonly SpecialtyId[]> = {
  "burns management": ["burns"],
  cardiology: ["cardiology"],
  ctvs: ["cardiothoracic-surgery", "vascular-surgery"],
  emergency: ["emergency-medicine", "critical-care", "toxicology"],
  "emergency room packages": ["emergency-medicine", "critical-care", "toxicology"],
  ent: ["ent", "audiology", "speech-therapy"],
  "general medicine": [
    "general-medicine", "family-medicine", "neurology", "nephrology", "gastroenterology", "hepatology", "pulmonology",
    "endocrinology", "diabetology", "rheumatology", "haematology", "tropical-medicine", "dermatology", "venereology",
    "geriatrics", "immunology-allergy", "sleep-medicine", "palliative-medicine",
  ],
  "general surgery": ["general-surgery", "surgical-gastroenterology", "breast-surgery", "colorectal-surgery", "bariatric-surgery"],
  "infectious diseases": ["infectious-diseases"],
  "interventional neuroradiology": ["interventional-radiology"],
  "medical oncology": ["medical-oncology", "paediatric-oncology"],
  "mental disorders": ["psychiatry", "child-psychiatry", "clinical-psychology", "de-addiction"],
  "neo - natal care": ["neonatology"],
  neurosurgery: ["neurosurgery"],
  "obstetrics & gynecology": ["obstetrics-gynaecology", "reproductive-medicine", "maternal-fetal-medicine", "gynaecological-oncology"],
  ophthalmology: ["ophthalmology"],
  "oral & maxillofacial surgery": ["oral-surgery", "dentistry", "orthodontics"],
  "organ and tissue transplant": ["transplant-surgery"],
  orthopedics: ["orthopaedics", "spine-surgery", "sports-medicine", "hand-surgery", "paediatric-orthopaedics"],
  "pediatric medical management": ["paediatrics", "paediatric-cardiology", "paediatric-neurology", "paediatric-nephrology", "medical-genetics"],
  "pediatric surgery": ["paediatric-surgery"],
  "plastic & reconstructive surgery": ["plastic-surgery"],
  "plastic surgery": ["plastic-surgery"],
  polytrauma: ["emergency-medicine", "critical-care"],
  "radiation oncology": ["radiation-oncology", "nuclear-medicine"],
  "surgical oncology": ["surgical-oncology"],
  urology: ["urology"],
};

/** Every name by which a specialty goes: official ones, our ids, our names and lay words. */
const byName = new Map<string, readonly SpecialtyId[]>();
for (const { id, words } of SPECIALTIES) {
  for (const name of [id, id.replaceAll("-", " "), ...Object.values(words).flat()])
    byName.set(name.toLowerCase(), [id]);
}
/** Names that only the official list has, or that it uses for more than one of ours. */
export const OFFICIAL_NAMES: ReadonlyMap<string, readonly SpecialtyId[]> = new Map(Object.entries(OFFICIAL));

/** Our specialties behind a name; undefined for a name that nobody here knows. */
export function specialtiesNamed(name: string, isOfficial: boolean): readonly SpecialtyId[] | undefined {
  const key = name.trim().toLowerCase();
  return (isOfficial ? OFFICIAL_NAMES.get(key) : undefined) ?? byName.get(key) ?? OFFICIAL_NAMES.get(key);
}
