import type { Language } from "../languages.ts";
import type { MedicineWarning } from "./endpoints.ts";
import type { Formulary } from "./formulary.ts";
import { GENERICS } from "./generics.ts";
import { inTallMan } from "./look-alikes.ts";
import { NARROW_THERAPEUTIC_INDEX_SOURCE, needsPrescription, SCHEDULE_SOURCE } from "./rules.ts";
import type { GenericId, Ingredient, Medicine, MedicineProfile } from "./schema.ts";
import { strengthText } from "./strengths.ts";

type Wording = Readonly<Record<Language, string>>;

// A table, one wording a line.
// oxfmt-ignore
const WORDS = {
  "narrow-therapeutic-index": {
    en: "Narrow therapeutic index: even a small change of dose or brand can matter. Never change it without your doctor.",
    hi: "संकीर्ण चिकित्सीय सीमा: खुराक या ब्रांड का छोटा बदलाव भी असर डाल सकता है। डॉक्टर से पूछे बिना कभी न बदलें।",
    mr: "अरुंद उपचारात्मक मर्यादा: मात्रा किंवा ब्रँडमधील लहान बदलही महत्त्वाचा ठरू शकतो. डॉक्टरांना विचारल्याशिवाय कधीही बदलू नका.",
  },
  "prescription-H": {
    en: "Sold on a doctor's prescription only (Schedule H).",
    hi: "केवल डॉक्टर के पर्चे पर मिलती है (शेड्यूल H)।",
    mr: "फक्त डॉक्टरांच्या चिठ्ठीवर मिळते (शेड्यूल H).",
  },
  "prescription-H1": {
    en: "Sold on a doctor's prescription only, and the chemist keeps a record of it (Schedule H1).",
    hi: "केवल डॉक्टर के पर्चे पर मिलती है, और दुकानदार इसका रिकॉर्ड रखता है (शेड्यूल H1)।",
    mr: "फक्त डॉक्टरांच्या चिठ्ठीवर मिळते, आणि औषधविक्रेता त्याची नोंद ठेवतो (शेड्यूल H1).",
  },
  "prescription-X": {
    en: "Sold on a doctor's prescription in duplicate only; the chemist keeps one copy (Schedule X).",
    hi: "केवल डॉक्टर के दो प्रतियों वाले पर्चे पर मिलती है; एक प्रति दुकानदार रखता है (शेड्यूल X)।",
    mr: "फक्त डॉक्टरांच्या दोन प्रतींच्या चिठ्ठीवर मिळते; एक प्रत औषधविक्रेता ठेवतो (शेड्यूल X).",
  },
  "prescription-G": {
    en: "To be taken under a doctor's supervision (Schedule G).",
    hi: "डॉक्टर की देखरेख में ही लें (शेड्यूल G)।",
    mr: "डॉक्टरांच्या देखरेखीखालीच घ्या (शेड्यूल G).",
  },
  "release": {
    en: "Made to work slowly or past the stomach: swallow it whole, and do not change it for one that is not.",
    hi: "धीरे या पेट के आगे असर करने के लिए बनी है: पूरी निगलें, और इसे साधारण वाली से न बदलें।",
    mr: "हळूहळू किंवा पोटाच्या पुढे परिणाम करण्यासाठी बनवलेले आहे: अख्खे गिळा, आणि साध्या प्रकाराने बदलू नका.",
  },
  "discontinued": {
    en: "No longer made, according to the list.",
    hi: "सूची के अनुसार अब नहीं बनती।",
    mr: "यादीनुसार आता बनवले जात नाही.",
  },
  "ask-your-pharmacist": {
    en: "Ask your pharmacist or doctor before you take another product in its place.",
    hi: "इसकी जगह दूसरी दवा लेने से पहले अपने फ़ार्मासिस्ट या डॉक्टर से पूछें।",
    mr: "याऐवजी दुसरे औषध घेण्यापूर्वी आपल्या औषधविक्रेत्याला किंवा डॉक्टरांना विचारा.",
  },
} as const satisfies Record<string, Wording>;

/** What to know of a medicine before taking it, the weightiest first; the advice to ask comes last. */
export function warningsOf(
  medicine: Pick<MedicineProfile, "schedule" | "isNarrowTherapeuticIndex" | "release" | "isDiscontinued">,
  lang: Language,
): MedicineWarning[] {
  const { schedule, release, isNarrowTherapeuticIndex, isDiscontinued } = medicine;
  const warnings: MedicineWarning[] = [];
  const add = (kind: MedicineWarning["kind"], words: keyof typeof WORDS, source: string | null) =>
    void warnings.push({ kind, words: WORDS[words][lang], source });
  if (isNarrowTherapeuticIndex)
    add("narrow-therapeutic-index", "narrow-therapeutic-index", NARROW_THERAPEUTIC_INDEX_SOURCE);
  if (schedule !== null && (needsPrescription(schedule) || schedule === "G") && schedule !== "otc")
    add("prescription", `prescription-${schedule}`, SCHEDULE_SOURCE);
  if (release !== "immediate") add("release", "release", null);
  if (isDiscontinued) add("discontinued", "discontinued", null);
  add("ask-your-pharmacist", "ask-your-pharmacist", null);
  return warnings;
}

const NATIVE = new Map(GENERICS.map(({ id, hi, mr }) => [id, { hi: hi[0], mr: mr[0] }]));

/** A generic as a reader knows it, always with its international name beside, which is on the pack. */
export function genericName(generic: GenericId, lang: Language, { nameOf }: Formulary): string {
  const english = inTallMan(capitalised(nameOf(generic) ?? generic.replaceAll("-", " ")));
  const own = lang === "en" ? undefined : NATIVE.get(generic)?.[lang];
  return own === undefined ? english : `${own} (${english})`;
}

/** Name of an ingredient with its salt, as far as one was said. */
export function ingredientName({ generic, salt }: Ingredient, lang: Language, formulary: Formulary): string {
  const name = genericName(generic, lang, formulary);
  return salt === null ? name : `${name} ${salt.replaceAll("-", " ")}`;
}

/** All that is in a product in one line, as on its pack; in English, which is what packs are printed in. */
export function compositionText(
  { composition }: Pick<Medicine, "composition">,
  formulary: Formulary,
): string {
  return composition
    .map((one) =>
      [ingredientName(one, "en", formulary), one.strength ? strengthText(one.strength) : ""]
        .filter(Boolean)
        .join(" "),
    )
    .join(" + ");
}

function capitalised(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}
