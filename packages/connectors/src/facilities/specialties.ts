import { partsOf } from "./row.ts";

/**
 * The specialties that are told apart, each with the words that registers use for it. The slug is
 * that of OpenStreetMap's `healthcare:speciality` where it has one, with British spelling.
 */
const WORDS_BY_SPECIALTY: Readonly<Record<string, readonly string[]>> = {
  allergology: ["allergology", "allergy"],
  anaesthetics: ["anaesthetics", "anaesthesiology", "anesthesiology", "anaesthesia", "anesthesia"],
  ayurveda: ["ayurveda", "ayurvedic"],
  cardiology: ["cardiology", "cardiac", "heart"],
  "cardiothoracic-surgery": ["cardiothoracic surgery", "cardiac surgery", "cardio thoracic surgery", "ctvs"],
  "child-psychiatry": ["child psychiatry"],
  "critical-care": ["critical care", "intensive care", "intensive", "icu"],
  dental: ["dental", "dentist", "dentistry", "dental health", "cosmetic dentistry"],
  dermatology: ["dermatology", "skin", "skin and cosmetology", "dermatovenereology"],
  diabetology: ["diabetology", "diabetes", "diabetes care"],
  emergency: ["emergency", "casualty", "casuality", "emergency medicine"],
  endocrinology: ["endocrinology", "endocrine", "endocrinalogy"],
  ent: [
    "ent",
    "otolaryngology",
    "ear nose throat",
    "ear nose and throat",
    "ent surgery",
    "ent head and neck surgery",
  ],
  fertility: ["fertility", "infertility", "infertility clinic", "ivf", "reproductive medicine"],
  gastroenterology: ["gastroenterology", "gastroenterology and hematology"],
  general: ["general", "general practice", "community", "family medicine"],
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
  gynaecology: ["gynaecology", "gynecology", "gynaecologist", "gynaecilogy"],
  haematology: ["haematology", "hematology"],
  hepatology: ["hepatology"],
  homeopathy: ["homeopathy", "homoeopathy"],
  "infectious-diseases": ["infectious diseases", "infectious disease"],
  microbiology: ["microbiology", "micro biology"],
  naturopathy: ["naturopathy"],
  neonatology: ["neonatology", "neo natology"],
  nephrology: ["nephrology"],
  neurology: ["neurology", "neurophysiology"],
  neurosurgery: ["neurosurgery", "neuro surgery"],
  "nuclear-medicine": ["nuclear medicine", "nuclear"],
  nutrition: ["nutrition", "dietetics", "dietician", "dietitics", "diet and nutrition"],
  obstetrics: ["obstetrics", "maternity", "obstetrician"],
  "occupational-medicine": ["occupational", "occupational medicine"],
  oncology: ["oncology", "cancer", "radiotherapy"],
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
  ],
  osteopathy: ["osteopathy"],
  "paediatric-surgery": [
    "paediatric surgery",
    "pediatric surgery",
    "paediatrics surgery",
    "pediatric surgeries",
  ],
  paediatrics: ["paediatrics", "pediatrics", "paediatric", "pediatric", "general pediatrics"],
  palliative: ["palliative", "palliative medicine"],
  pathology: ["pathology", "biology", "biochemistry", "bio chemistry"],
  physiotherapy: ["physiotherapy", "physiotheraphy", "physiootheraphy", "physiatry"],
  "plastic-surgery": ["plastic surgery", "cosmetic surgery", "reconstructive surgery"],
  podiatry: ["podiatry"],
  psychiatry: ["psychiatry"],
  psychology: ["psychology", "psychotherapy", "clinical psychology"],
  pulmonology: ["pulmonology", "chest physician", "respiratory medicine"],
  radiology: [
    "radiology",
    "radiologist",
    "diagnostic radiology",
    "rediology",
    "imaging",
    "interventional radiology",
  ],
  rehabilitation: ["rehabilitation", "physiotherapy and rehabilitation unit"],
  rheumatology: ["rheumatology"],
  siddha: ["siddha"],
  "speech-therapy": ["speech therapy", "speech and language therapy"],
  "sports-medicine": ["sports medicine"],
  "surgical-gastroenterology": ["surgical gastroenterology"],
  "transfusion-medicine": ["transfusion medicine"],
  trauma: ["trauma", "trauma care", "traumatology", "trauma surgeries"],
  tropical: ["tropical", "tropical medicine"],
  unani: ["unani"],
  urology: ["urology"],
  vaccination: ["vaccination", "immunization clinic", "immunisation"],
  "vascular-surgery": ["vascular surgery", "vascular"],
  venereology: ["venereology", "sexual health"],
  yoga: ["yoga"],
};

const SPECIALTY_BY_WORDS = new Map(
  Object.entries(WORDS_BY_SPECIALTY).flatMap(([slug, words]) => words.map((word) => [word, slug])),
);

/**
 * Read a list of specialties parted by `;`, as slugs. Two joined by "and" are two. Words that name
 * no specialty (an operation, a machine) come back apart: a slug made of them would be found by nobody.
 */
export function readSpecialties(text: string | undefined): { specialties: string[]; unknown: string[] } {
  const specialties = new Set<string>();
  const unknown: string[] = [];
  for (const part of partsOf(text, /[;,]/u)) {
    const words = plainWords(part);
    // That a hospital has many specialties is not one of them.
    if (/^(multi|super) ?speci/u.test(words)) continue;
    const whole = SPECIALTY_BY_WORDS.get(words);
    const found = whole ? [whole] : words.split(" and ").flatMap(specialtiesIn);
    for (const slug of found) if (slug !== undefined) specialties.add(slug);
    if (found.includes(undefined)) unknown.push(part);
  }
  return { specialties: [...specialties], unknown };
}

/** Paediatric cardiology is looked for under both. */
function specialtiesIn(words: string): (string | undefined)[] {
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
