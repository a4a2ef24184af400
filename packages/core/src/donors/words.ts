import type { Language } from "../languages.ts";

// {0} the bank, {1} the group, {2} its telephone. Nothing of the receiver.
const ASKED: Record<Language, string> = {
  en: "{0} needs blood donors of group {1} now. If you can come, answer in the app under Blood, Donors, or call {2}. You can switch calls off there.",
  hi: "{0} को अभी {1} समूह के रक्तदाता चाहिए। आ सकें तो ऐप में रक्त, रक्तदाता में उत्तर दें, या {2} पर फ़ोन करें। वहीं आप बुलावे बंद कर सकते हैं।",
  mr: "{0} ला आत्ता {1} गटाचे रक्तदाते हवे आहेत. येता येत असेल तर ॲपमध्ये रक्त, रक्तदाते येथे उत्तर द्या, किंवा {2} वर फोन करा. तिथेच आपण हाक बंद करू शकता.",
};

/** What a volunteer is sent when a bank calls. */
export function callInWords(given: { place: string; group: string; phone: string; lang: Language }): string {
  return [given.place, given.group, given.phone].reduce(
    (text, value, at) => text.replaceAll(`{${at}}`, () => value),
    ASKED[given.lang],
  );
}
