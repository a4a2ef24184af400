import { z } from "zod";
import type { BedType } from "../beds/schema.ts";

/** What a doctor or a department is for: our own slugs, in the order of the list of specialties (specialties.ts). */
export const SpecialtyId = z.enum([
  "general-medicine",
  "emergency-medicine",
  "family-medicine",
  "paediatrics",
  "neonatology",
  "general-surgery",
  "cardiology",
  "cardiothoracic-surgery",
  "vascular-surgery",
  "neurology",
  "neurosurgery",
  "nephrology",
  "urology",
  "gastroenterology",
  "hepatology",
  "surgical-gastroenterology",
  "pulmonology",
  "endocrinology",
  "diabetology",
  "rheumatology",
  "haematology",
  "infectious-diseases",
  "tropical-medicine",
  "dermatology",
  "venereology",
  "psychiatry",
  "child-psychiatry",
  "clinical-psychology",
  "de-addiction",
  "geriatrics",
  "obstetrics-gynaecology",
  "reproductive-medicine",
  "maternal-fetal-medicine",
  "gynaecological-oncology",
  "orthopaedics",
  "spine-surgery",
  "sports-medicine",
  "hand-surgery",
  "physiotherapy",
  "rehabilitation-medicine",
  "pain-medicine",
  "palliative-medicine",
  "ophthalmology",
  "ent",
  "audiology",
  "speech-therapy",
  "dentistry",
  "oral-surgery",
  "orthodontics",
  "plastic-surgery",
  "burns",
  "medical-oncology",
  "surgical-oncology",
  "radiation-oncology",
  "nuclear-medicine",
  "radiology",
  "interventional-radiology",
  "pathology",
  "transfusion-medicine",
  "anaesthesiology",
  "critical-care",
  "paediatric-surgery",
  "paediatric-cardiology",
  "paediatric-neurology",
  "paediatric-nephrology",
  "paediatric-oncology",
  "paediatric-orthopaedics",
  "medical-genetics",
  "immunology-allergy",
  "sleep-medicine",
  "transplant-surgery",
  "bariatric-surgery",
  "breast-surgery",
  "colorectal-surgery",
  "sexual-medicine",
  "occupational-medicine",
  "forensic-medicine",
  "nutrition",
  "community-medicine",
  "toxicology",
  "ayurveda",
  "homeopathy",
  "unani",
  "siddha",
  "yoga-naturopathy",
]);
export type SpecialtyId = z.infer<typeof SpecialtyId>;

/** What a service or an apparatus is called in the profile of a facility, as far as the vocabulary asks for it. */
export const ServiceId = z.enum([
  "dialysis",
  "mri",
  "ct-scan",
  "x-ray",
  "ultrasound",
  "cath-lab",
  "endoscopy",
  "blood-bank",
  "laboratory",
  "physiotherapy",
  "radiotherapy",
  "chemotherapy",
  "operating-theatre",
  "labour-room",
  "burns-unit",
  "stroke-unit",
  "trauma-centre",
  "antivenom",
  "anti-rabies-vaccine",
  "vaccination",
  "icu",
  "ventilator",
  "nicu",
  "picu",
  "hyperbaric",
  "lithotripsy",
  "cardiac-surgery",
  "transplant",
  "sleep-laboratory",
  "audiometry",
  "pulmonary-function",
  "endoscopic-ultrasound",
  "pet-ct",
  "bone-densitometry",
  "eeg",
  "emg",
  "tmt",
  "echo",
  "ivf",
  "rehabilitation",
  "de-addiction",
  "dental-chair",
  "eye-theatre",
]);
export type ServiceId = z.infer<typeof ServiceId>;

/**
 * One thing that people look for care with: what they have, what they feel, or what is to be done.
 * It is data for finding a place, not for telling anybody what they have.
 */
export interface Entry {
  /** kebab-case, unique over the whole vocabulary: `kidney-stone`. */
  id: string;
  kind: "condition" | "complaint" | "procedure";
  /** Categories of ICD-10 (WHO), three characters: `N20`. Empty only for procedures. */
  icd10: readonly string[];
  /** The name first; then synonyms, lay words, abbreviations, and Hindi and Marathi in Latin letters. */
  en: readonly string[];
  /** Hindi: the name first, then the words that people type, in Devanagari. */
  hi: readonly string[];
  /** Marathi, the same. */
  mr: readonly string[];
  /** Best first, 1 to 4. */
  specialties: readonly SpecialtyId[];
  /** These instead for somebody under 14, when they differ. */
  child?: readonly SpecialtyId[];
  /** Only when it decides. */
  sex?: "female" | "male";
  /** Only when the thing itself belongs to that age. */
  age?: "newborn" | "child" | "adult" | "older";
  /** What the place must have for it. Absent: nothing beyond the specialty. */
  needs?: { services?: readonly ServiceId[]; beds?: readonly BedType[] };
}
