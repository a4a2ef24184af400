import { SpecialtyId } from "@ihims/core/vocabulary/schema.ts";
import { partsOf } from "./row.ts";

/** Specialties with the words that registers use for them; OpenStreetMap's `healthcare:speciality` is one of them. */
const WORDS_BY_SPECIALTY: Readonly<Partial<Record<SpecialtyId, readonly string[]>>> = {
  "immunology-allergy": ["allergology", "allergy"],
  anaesthesiology: ["anaesthetics", "anaesthesiology", "anesthesiology", "anaesthesia", "anesthesia"],
  ayurveda: ["ayurveda", "ayurvedic"],
  cardiology: ["cardiology", "cardiac", "heart"],
  "cardiothoracic-surgery": ["cardiothoracic surgery", "cardiac surgery", "cardio thoracic surgery", "ctvs"],
  "child-psychiatry": ["child psychiatry"],
  "critical-care": ["critical care", "intensive care", "intensive", "icu"],
  dentistry: ["dental", "dentist", "dentistry", "dental health", "cosmetic dentistry"],
  dermatology: ["dermatology", "skin", "skin and cosmetology", "dermatovenereology"],
  diabetology: ["diabetology", "diabetes", "diabetes care"],
  "emergency-medicine": ["emergency", "casualty", "casuality", "emergency medicine"],
  endocrinology: ["endocrinology", "endocrine", "endocrinalogy"],
  ent: [
    "ent",
    "otolaryngology",
    "ear nose throat",
    "ear nose and throat",
    "ent surgery",
    "ent head and neck surgery",
  ],
  "reproductive-medicine": ["fertility", "infertility", "infertility clinic", "ivf", "reproductive medicine"],
  gastroenterology: ["gastroenterology", "gastroenterology and hematology"],
  "family-medicine": ["general", "general practice", "community", "family medicine"],
  "general-medicine": [
    "general medicine",
    "internal",
    "internal medicine",
    "general internal medicine",
    "medicine",
    "physician care",
  ],
  "general-surgery": [
    "general surgery",
    "surgery",
    "laparoscopic surgery",
    "general and laparoscopic surgery",
  ],
  geriatrics: ["geriatrics", "gerontology"],
  haematology: ["haematology", "hematology"],
  hepatology: ["hepatology"],
  homeopathy: ["homeopathy", "homoeopathy"],
  "infectious-diseases": ["infectious diseases", "infectious disease"],
  neonatology: ["neonatology", "neo natology"],
  nephrology: ["nephrology"],
  neurology: ["neurology", "neurophysiology"],
  neurosurgery: ["neurosurgery", "neuro surgery"],
  "nuclear-medicine": ["nuclear medicine", "nuclear"],
  nutrition: ["nutrition", "dietetics", "dietician", "dietitics", "diet and nutrition"],
  "obstetrics-gynaecology": [
    "obstetrics",
    "maternity",
    "obstetrician",
    "gynaecology",
    "gynecology",
    "gynaecologist",
    "gynaecilogy",
    "obstetrics gynaecology",
    "obg",
  ],
  "occupational-medicine": ["occupational", "occupational medicine"],
  "medical-oncology": ["oncology", "cancer", "medical oncology"],
  ophthalmology: ["ophthalmology", "opthalmology", "opthamology", "eye", "primary eye care"],
  "oral-surgery": ["dental oral maxillo facial surgery", "maxillofacial surgery", "stomatology"],
  orthodontics: ["orthodontics"],
  orthopaedics: [
    "orthopaedics",
    "orthopedics",
    "orthopaedic",
    "orthopedic",
    "orthopadics",
    "joint replacement",
    "trauma",
    "trauma care",
    "traumatology",
    "trauma surgeries",
  ],
  "paediatric-surgery": [
    "paediatric surgery",
    "pediatric surgery",
    "paediatrics surgery",
    "pediatric surgeries",
  ],
  paediatrics: ["paediatrics", "pediatrics", "paediatric", "pediatric", "general pediatrics"],
  "palliative-medicine": ["palliative", "palliative medicine"],
  pathology: ["pathology", "biology", "biochemistry", "bio chemistry", "microbiology", "micro biology"],
  physiotherapy: ["physiotherapy", "physiotheraphy", "physiootheraphy", "physiatry"],
  "plastic-surgery": ["plastic surgery", "cosmetic surgery", "reconstructive surgery"],
  psychiatry: ["psychiatry"],
  "clinical-psychology": ["psychology", "psychotherapy", "clinical psychology"],
  pulmonology: ["pulmonology", "chest physician", "respiratory medicine"],
  "radiation-oncology": ["radiotherapy", "radiation oncology"],
  radiology: ["radiology", "radiologist", "diagnostic radiology", "rediology", "imaging"],
  "interventional-radiology": ["interventional radiology"],
  "rehabilitation-medicine": ["rehabilitation", "physiotherapy and rehabilitation unit"],
  rheumatology: ["rheumatology"],
  siddha: ["siddha"],
  "speech-therapy": ["speech therapy", "speech and language therapy"],
  "sports-medicine": ["sports medicine"],
  "surgical-gastroenterology": ["surgical gastroenterology"],
  "transfusion-medicine": ["transfusion medicine"],
  "tropical-medicine": ["tropical", "tropical medicine"],
  unani: ["unani"],
  urology: ["urology"],
  "vascular-surgery": ["vascular surgery", "vascular"],
  venereology: ["venereology", "sexual health"],
  "yoga-naturopathy": ["yoga", "naturopathy"],
};

const SPECIALTY_BY_WORDS = new Map(
  SpecialtyId.options.flatMap((id) =>
    [id.replaceAll("-", " "), ...(WORDS_BY_SPECIALTY[id] ?? [])].map((word) => [word, id] as const),
  ),
);

/**
 * Read a list of specialties parted by `;`, of the vocabulary. Two joined by "and" are two. Words that name
 * no specialty (an operation, a machine) come back apart.
 */
export function readSpecialties(text: string | undefined): {
  specialties: SpecialtyId[];
  unknown: string[];
} {
  const specialties = new Set<SpecialtyId>();
  const unknown: string[] = [];
  for (const part of partsOf(text, /[;,]/u)) {
    const words = plainWords(part);
    // That a hospital has many specialties is not one of them.
    if (/^(multi|super) ?speci/u.test(words)) continue;
    const whole = SPECIALTY_BY_WORDS.get(words);
    const found = whole ? [whole] : words.split(" and ").flatMap(specialtiesIn);
    for (const one of found) if (one !== undefined) specialties.add(one);
    if (found.includes(undefined)) unknown.push(part);
  }
  return { specialties: [...specialties], unknown };
}

/** Paediatric cardiology is looked for under both. */
function specialtiesIn(words: string): (SpecialtyId | undefined)[] {
  const ofChildren = /^pa?ediatric (.+)$/u.exec(words)?.[1];
  const specialty = SPECIALTY_BY_WORDS.get(ofChildren ?? words);
  return ofChildren !== undefined && specialty !== undefined ? ["paediatrics", specialty] : [specialty];
}

function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/&/gu, " and ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/ (department|services|service|clinic|hospital)$/u, "")
    .trim();
}
