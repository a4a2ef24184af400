import type { Language } from "../languages.ts";
import type { HoldState } from "./schema.ts";

type Wording = Record<Language, string>;

// A table, one wording a line. {0} the place, {1} the code, {2} a time of day, {3} the place's telephone.
// No word of what is held: others may look at the telephone.
// oxfmt-ignore
const WORDS: Record<Exclude<HoldState, "requested" | "cancelled" | "fulfilled">, Wording> = {
  accepted: {
    en: "{0} expects you until {2}. Say {1} at the desk. Call {3} if you cannot come.",
    hi: "{0} {2} तक आपकी प्रतीक्षा करेगा। डेस्क पर {1} बताएँ। न आ सकें तो {3} पर फ़ोन करें।",
    mr: "{0} {2} पर्यंत आपली वाट पाहील. डेस्कवर {1} सांगा. येता येत नसेल तर {3} वर फोन करा.",
  },
  refused: {
    en: "{0} cannot keep your request {1}. Look for another place, or call {3}.",
    hi: "{0} आपका अनुरोध {1} नहीं रख सकता। दूसरी जगह देखें या {3} पर फ़ोन करें।",
    mr: "{0} आपली विनंती {1} राखून ठेवू शकत नाही. दुसरे ठिकाण पाहा किंवा {3} वर फोन करा.",
  },
  released: {
    en: "{0} has fewer than it promised, so {1} ended. If you are there already, nothing more is needed. Otherwise call {3}.",
    hi: "{0} में अब पहले से कम उपलब्ध है, इसलिए {1} समाप्त हुआ। आप पहुँच चुके हैं तो कुछ नहीं करना है। नहीं तो {3} पर फ़ोन करें।",
    mr: "{0} येथे आता कमी उपलब्ध आहे, म्हणून {1} संपले. आपण पोहोचला असाल तर काही करायचे नाही. अन्यथा {3} वर फोन करा.",
  },
  expired: {
    en: "The time of {1} at {0} is over. Call {3} if you are still coming.",
    hi: "{0} में {1} का समय समाप्त हो गया। अब भी आ रहे हैं तो {3} पर फ़ोन करें।",
    mr: "{0} येथील {1} ची वेळ संपली. अजूनही येत असाल तर {3} वर फोन करा.",
  },
};

/**
 * What a holder is told by a message when a hold comes to a state.
 *
 * @returns undefined for what they have done themselves
 */
export function holdInWords(
  state: HoldState,
  {
    place,
    code,
    time,
    phone,
    lang,
  }: { place: string; code: string; time: string; phone: string; lang: Language },
): string | undefined {
  if (state === "requested" || state === "cancelled" || state === "fulfilled") return undefined;
  return [place, code, time, phone].reduce(
    (text, value, at) => text.replaceAll(`{${at}}`, () => value),
    WORDS[state][lang],
  );
}
