import { plainText } from "./digits.ts";

/** Months in English, Hindi and Marathi, January first, in full and as they are shortened. */
const MONTHS: readonly string[] = [
  "january jan जनवरी जन जानेवारी जाने",
  "february feb फरवरी फ़रवरी फर फेब्रुवारी फेब्रु",
  "march mar मार्च",
  "april apr अप्रैल एप्रिल",
  "may मई मे",
  "june jun जून",
  "july jul जुलाई जुलै",
  "august aug अगस्त ऑगस्ट",
  "september sept sep सितंबर सितम्बर सप्टेंबर सप्टें",
  "october oct अक्टूबर अक्तूबर ऑक्टोबर ऑक्टो",
  "november nov नवंबर नवम्बर नोव्हेंबर नोव्हें",
  "december dec दिसंबर दिसम्बर डिसेंबर डिसें",
];

const MONTH_BY_WORD = new Map(
  MONTHS.flatMap((words, at) => words.split(" ").map((word) => [plainText(word), at + 1] as const)),
);

/** The month that a word names, 1 to 12; undefined when it names none. */
export function monthOf(word: string): number | undefined {
  return MONTH_BY_WORD.get(plainText(word));
}

export type DayPart = "am" | "pm" | "noon" | "night";

const DAY_PARTS: Record<DayPart, string> = {
  am: "am a.m. a.m सुबह सकाळी पहाटे पूर्वाह्न",
  pm: "pm p.m. p.m शाम सायंकाळी संध्याकाळी अपराह्न",
  noon: "दोपहर दुपारी",
  night: "रात रात्री",
};

const DAY_PART_BY_WORD = new Map<string, DayPart>(
  (["am", "pm", "noon", "night"] as const).flatMap((part) =>
    DAY_PARTS[part].split(" ").map((word) => [plainText(word), part] as const),
  ),
);

/** All words that say which part of the day a time of 12 hours is in, for a pattern. */
export const DAY_PART_WORDS: readonly string[] = [...DAY_PART_BY_WORD.keys()].toSorted(
  (a, b) => b.length - a.length,
);

/**
 * The hour of 24 that an hour with a part of the day means; undefined when that is no time
 * (0 pm, 13 am) or can be two (midnight as रात 12: of which day?).
 */
export function hourOf24(hour: number, word: string | undefined): number | undefined {
  const part = word === undefined ? undefined : DAY_PART_BY_WORD.get(plainText(word));
  if (part === undefined) return hour <= 24 ? hour : undefined;
  // "14:05 PM" is written by programs; it can mean one thing only.
  if (hour > 12) return part === "am" || hour > 23 ? undefined : hour;
  switch (part) {
    case "am":
      return hour % 12;
    case "pm":
      return hour === 0 ? undefined : (hour % 12) + 12;
    case "noon":
      return hour === 12 || hour === 11 ? hour : hour >= 1 && hour <= 5 ? hour + 12 : undefined;
    case "night":
      return hour >= 7 && hour <= 11 ? hour + 12 : hour >= 1 && hour <= 4 ? hour : undefined;
  }
}
