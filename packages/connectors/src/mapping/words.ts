import type { BedType } from "@ihims/core/beds/schema.ts";
import type { BloodComponent, BloodGroup } from "@ihims/core/blood/schema.ts";
import { plainDigits } from "./digits.ts";
import type { Layer } from "./schema.ts";

/**
 * The words of a header or a code, in lower case with single blanks: `AllotedO2Beds` is `alloted o2
 * beds`, `total_icu-beds` is `total icu beds`. Plus and minus stay, for blood groups.
 */
export function headerWords(header: string): string {
  return plainDigits(header)
    .normalize("NFC")
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll}{2})/gu, "$1 $2")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}+-]+/gu, " ")
    .replace(/(?<=[\p{L}\p{N}])-(?=[\p{L}\p{N}])/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
}

/** A rule of words: what they name when the pattern is in them. The first that fits counts. */
type Rules<T> = readonly (readonly [RegExp, T])[];

function firstOf<T>(rules: Rules<T>, words: string): T | undefined {
  return rules.find(([pattern]) => pattern.test(words))?.[1];
}

/** Borders of words that hold for Devanagari too, which `\b` does not. */
const w = (words: string) => new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:${words})(?![\\p{L}\\p{M}\\p{N}])`, "u");

const WITHOUT_VENTILATOR = w(
  "(?:without|w o|wo|non|no|excluding|excl) (?:a )?(?:ventilators?|ventilator support|vent|ventl|invasive)",
);
const WITHOUT_OXYGEN = w("(?:without|w o|wo|non|no) (?:oxygen(?:ated)?|o2|oxy)(?: support(?:ed)?)?");

/**
 * Kinds of bed as portals name them, the more telling before the general. Abbreviations are those
 * of public bed dashboards of Indian cities and states (2020 and 2021), of HHS, NHS England and DIVI.
 */
const BED_TYPES: Rules<BedType> = [
  [w("nicu|neonatal(?: \\w+)?(?: care| icu| intensive.*)?|newborn.*icu|sncu"), "nicu"],
  [
    w(
      "picu|p icu|(?:paediatric|pediatric|paed|ped|peds|child(?:ren)?s?)(?: \\w+)? (?:icu|intensive.*|critical.*)",
    ),
    "picu",
  ],
  [w("(?:icu|intensive.*|critical.*) (?:paediatric|pediatric|children)"), "picu"],
  [w("negative pressure|aiir"), "negative-pressure"],
  [
    w("ventilators?|ventilated|ventl|vent|vents|ventilator beds?|वेंटिलेटर|वेंटीलेटर|व्हेंटिलेटर|व्हेंटीलेटर"),
    "ventilator",
  ],
  [
    w(
      "icu|icus|iccu|ccu|itu|micu|sicu|intensive(?: care)?|intensiv\\w*|critical care|critical|cc beds|आईसीयू|आयसीयू|आई सी यू|अतिदक्षता(?: विभाग)?|गहन चिकित्सा",
    ),
    "icu",
  ],
  [w("hdu|hdus|imc|high dependency(?: unit)?|step ?down|एचडीयू"), "hdu"],
  [w("burns?"), "burns"],
  [w("psychiatr\\w*|mental(?: health)?|psych|मनोरुग्ण|मानसिक"), "psychiatric"],
  [w("dialysis|haemodialysis|hemodialysis|डायलिसिस"), "dialysis"],
  [w("labou?r|delivery"), "labour"],
  [w("maternity|obstetric\\w*|obs|antenatal|postnatal|प्रसूति|प्रसूती"), "maternity"],
  [w("operating(?: theatres?| rooms?)?|operation theatres?|theatres?|ot|ots"), "operating-theatre"],
  [w("day ?care|day ?cases?|day ?only|daycare"), "day-care"],
  [w("emergency|casualty|triage|er|ed|a e|trauma|आपातकालीन|आपत्कालीन"), "emergency"],
  [w("oxygen(?:ated)?|oxyzen|oxyegn|o2|oxy|ऑक्सीजन|ऑक्सिजन|प्राणवायु"), "oxygen"],
  [w("isolation|isolated|quarantine|आइसोलेशन|विलगीकरण|अलगाव"), "isolation"],
  [w("paediatrics?|pediatrics?|paed|peds|children|child|बाल|बालरोग"), "paediatric"],
  [
    w(
      "general|gen|ward|wards|normal|regular|ordinary|non icu|g a|general and acute|acute|inpatient|in patient|medical|surgical|med surg|सामान्य|साधारण|साधे|जनरल",
    ),
    "general",
  ],
];

/** The kind of bed that words name; undefined when they name none, as "Total beds". */
export function bedTypeOf(text: string): BedType | undefined {
  const words = headerWords(text);
  if (WITHOUT_OXYGEN.test(words)) return "general";
  if (WITHOUT_VENTILATOR.test(words)) {
    const rest = words.replace(WITHOUT_VENTILATOR, " ");
    return firstOf(BED_TYPES, rest) ?? "icu";
  }
  return firstOf(BED_TYPES, words.replace(w("non covid|covid(?: 19)?"), " ").replace(/\s+/gu, " ").trim());
}

/** What a column of beds counts. "Allotted" and "capacity" are what can be used: staffed. */
const LAYERS: Rules<Layer> = [
  [w("surge|additional capacity|expandable"), "surge"],
  [
    w(
      "blocked|out of (?:use|order|service)|not (?:functional|operational)|non ?functional|closed|under maintenance|cleaning",
    ),
    "blocked",
  ],
  [w("licen[sc]ed|sanctioned|registered|authori[sz]ed|मंजूर|स्वीकृत"), "licensed"],
  [w("physical|installed|set ?up"), "physical"],
  [
    w(
      "vacant|vaccant|vacent|vacancy|vacancies|vac|available|availability|availble|avail|avl|avbl|free|unoccupied|un occupied|empty|remaining|balance|bal|left|frei|freie|libres|रिक्त|खाली|उपलब्ध|शिल्लक",
    ),
    "vacant",
  ],
  [
    w(
      "occupied|occupancy|occupency|occupide|occ|used|in use|inuse|utili[sz]ed|filled|belegt|occupes|admitted|patients?|भरे|भरे हुए|भरलेल्या|भरलेले|व्यस्त|वापरात",
    ),
    "occupied",
  ],
  [
    w(
      "total|tot|gesamt|allott?ed|allot|allocated|allocation|capacity|cap|staffed|functional|operational|open|earmarked|dedicated|reserved|designated|strength|all|कुल|एकूण|एकुण",
    ),
    "staffed",
  ],
];

/** The layer of a bed count that words name; undefined when they name none. */
export function layerOf(text: string): Layer | undefined {
  return firstOf(LAYERS, headerWords(text));
}

const GROUP =
  /^(?:blood )?(?:group )?(ab|a1|a2|a|b|oh|o|0|bombay|ए बी|एबी|ए|बी|ओ)\s*(?:group )?(?:rh ?d?|r h)?\s*(\+|-|positive|negative|posi|pos|neg|plus|minus|पॉजिटिव|पॉझिटिव्ह|निगेटिव|निगेटिव्ह)\s*(?:ve)?$/u;
const ABO: Record<string, "O" | "A" | "B" | "AB" | "Oh"> = {
  ab: "AB",
  a: "A",
  a1: "A",
  a2: "A",
  b: "B",
  o: "O",
  "0": "O",
  oh: "Oh",
  bombay: "Oh",
  ए: "A",
  बी: "B",
  "ए बी": "AB",
  एबी: "AB",
  ओ: "O",
};

/** The blood group that a text names: `A+`, `AB -Ve`, `O Positive`, `B RhD Negative`; undefined without Rh. */
export function bloodGroupOf(text: string): BloodGroup | undefined {
  const words = plainDigits(text)
    .toLowerCase()
    .replace(/[()[\]:,._]/gu, " ")
    .replace(/[–—]/gu, "-")
    .replace(/\b(ab|a|b|o)(pos|neg|positive|negative)\b/u, "$1 $2")
    .replace(/([+-])\s*ve\b/u, "$1")
    .replace(/([+-])\s*$/u, " $1")
    .replace(/\s+/gu, " ")
    .trim();
  const match = GROUP.exec(words);
  const abo = ABO[match?.[1] ?? ""];
  if (!match || !abo) return undefined;
  return `${abo}${/^(\+|pos|plus|पॉ)/u.test(match[2] ?? "") ? "+" : "-"}`;
}

const COMPONENTS: Rules<BloodComponent> = [
  [
    w(
      "apheresis(?: \\w+)?|aphaeresis|sdp|sdps|sdap|single donor platelets?|platelet apheresis|plateletpheresis|jumbo platelets?",
    ),
    "apheresis-platelets",
  ],
  [w("cryo poor plasma|cpp|single donor plasma|liquid plasma"), "plasma"],
  [w("cryo|cryoprecipitate|cryo precipitate|ahf"), "cryoprecipitate"],
  [w("fresh frozen plasma|ffp|frozen plasma|fresh frozen"), "fresh-frozen-plasma"],
  [
    w("platelets?|platelet concentrates?|plt|plts|rdp|rdps|random donor platelets?|प्लेटलेट्स?|प्लेटलेट"),
    "platelet-concentrate",
  ],
  [w("plasma|प्लाज्मा|प्लाझ्मा"), "plasma"],
  [
    w(
      "packed(?: red)?(?: blood)?(?: cells?)?|prbc|prbcs|p rbc|prc|pcv|rbc|rbcs|rcc|red (?:blood )?cells?|sagm|lrbc|लाल रक्त पेशी",
    ),
    "packed-red-cells",
  ],
  [w("whole blood|whole|wb|wbc blood|संपूर्ण रक्त|होल ब्लड"), "whole-blood"],
];

/** The blood component that words name; undefined when they name none. */
export function bloodComponentOf(text: string): BloodComponent | undefined {
  return firstOf(COMPONENTS, headerWords(text));
}

const YES = new Set(
  "yes y true t 1 available avail open on functional working operational in stock हाँ हां होय उपलब्ध चालू".split(
    " ",
  ),
);
const NO = new Set("no n false f 0 unavailable closed off नहीं नाही अनुपलब्ध बंद".split(" "));
const NO_WORDS = w("not|non|nil|out of stock|नहीं|नाही");

/** Yes or no from a word; undefined from any other. */
export function flagOf(text: string): boolean | undefined {
  const words = headerWords(text);
  if (NO.has(words) || (NO_WORDS.test(words) && words.split(" ").length <= 4)) return false;
  return YES.has(words) || words === "in stock" ? true : undefined;
}
