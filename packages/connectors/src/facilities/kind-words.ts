import { FacilityKind } from "@ihims/core/facilities/schema.ts";

/** Words of a category, the more telling before the general: an eye hospital is `eye`, a blood bank of a hospital a blood bank. */
const KIND_BY_CATEGORY: readonly [RegExp, FacilityKind][] = [
  [/\bblood (bank|centre|center|storage|donation)\b/u, "blood-bank"],
  [/\b(emergency (operations?|control)|control room)\b/u, "emergency-control"],
  [/\bambulances?\b/u, "ambulance-service"],
  [/\bdialysis\b/u, "dialysis-centre"],
  [/\b(vaccination|immuni[sz]ation)\b/u, "vaccination-centre"],
  [
    /\b(pharmacy|pharmacies|pharmacie|farmacia|apotheke|chemists?|drug ?stores?|medical (store|shop|hall)s?|druggists?|jan aushadhi)\b/u,
    "pharmacy",
  ],
  [/\b(imaging|radiology|x ?ray|scans?|mri|ct|ultrasound|sonography)\b/u, "imaging-centre"],
  [/\b(diagnostics?|laborator(y|ies)|labs?|patholog\w*|sample collection)\b/u, "diagnostic-laboratory"],
  [/\b(dental|dentists?|dentistry)\b/u, "dental"],
  [/\b(eye|ophthalm\w*|optometr\w*|netra\w*)\b/u, "eye"],
  [/\b(maternity|birthing|prasuti\w*|obstetric\w*)\b/u, "maternity-home"],
  [/\b(hospices?|palliative)\b/u, "hospice"],
  [/\b(mental|psychiatr\w*|psychotherap\w*|psycholog\w*)\b/u, "mental-health"],
  [/\b(rehabilitation|rehab|physiotherap\w*)\b/u, "rehabilitation"],
  [/\b(ayush|ayurved\w*|homoeopath\w*|homeopath\w*|unani|siddha|naturopath\w*)\b/u, "ayush"],
  [
    /\b(hospitals?|nursing homes?|medical college|infirmary|covid care|inpatient|general hospital|taluk|institute of medical sciences|hopital|ospedale|krankenhaus|\w*klinik|\w*klinikum|rugnalaya)\b/u,
    "hospital",
  ],
  // Word borders are of ASCII words only, so these stand alone.
  [/रुग्णालय|अस्पताल|हॉस्पिटल|चिकित्सालय/u, "hospital"],
  [/औषधालय|फार्मसी|मेडिकल स्टोर/u, "pharmacy"],
  [/दवाखाना|क्लिनिक/u, "clinic"],
  [
    /\b((primary|community|urban|rural)? ?health (centre|center|post|unit)s?|phc|uphc|chc|uchc|sub ?centre|namma clinic|wellness (centre|center)|cghs)\b/u,
    "health-centre",
  ],
  [/\bdispensar(y|ies)\b/u, "dispensary"],
  [
    /\b(clinics?|polyclinics?|doctors?|surger(y|ies)|practice|day ?care|consulting rooms?|physicians?|medical (centre|center)s?)\b/u,
    "clinic",
  ],
];

/** The kind that a category column's words state, as `Private hospital`; undefined when they state none. */
export function kindFromCategory(text: string): FacilityKind | undefined {
  const words = plainWords(text);
  const code = FacilityKind.safeParse(words.replaceAll(" ", "-"));
  return code.success ? code.data : KIND_BY_CATEGORY.find(([word]) => word.test(words))?.[1];
}

/**
 * The kind that a name gives away, for lists without a column for it. A name that has "hospital" in
 * it is a hospital whatever it specialises in: the name is the weaker witness.
 */
export function kindFromName(name: string): FacilityKind | undefined {
  const words = plainWords(name);
  if (
    /\b(hospitals?|nursing home|medical college)\b/u.test(words) &&
    !/\bblood (bank|centre|center)\b/u.test(words)
  )
    return "hospital";
  return kindFromCategory(name);
}

function plainWords(text: string): string {
  return text
    .normalize("NFD")
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .trim();
}
