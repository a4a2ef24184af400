import type { Language } from "../languages.ts";
import type { Reason } from "../reason.ts";

/** What a plan for a prescription comes to, as far as it is said in words. */
export interface PlanFacts {
  lines: number;
  missing: number;
  replaced: number;
  shops: number;
  isPriced: boolean;
  isOpen: boolean;
  isFewLeft: boolean;
}

type Words = Record<Language, (count: number) => string>;

const WORDS = {
  all: {
    en: (n) => (n === 1 ? "Has it" : `Has all ${n} medicines`),
    hi: (n) => (n === 1 ? "यह दवा यहाँ है" : `सभी ${n} दवाएँ यहाँ हैं`),
    mr: (n) => (n === 1 ? "हे औषध इथे आहे" : `सर्व ${n} औषधे इथे आहेत`),
  },
  together: {
    en: (n) => `All ${n} medicines in two shops`,
    hi: (n) => `सभी ${n} दवाएँ दो दुकानों में मिलाकर`,
    mr: (n) => `सर्व ${n} औषधे दोन दुकानांत मिळून`,
  },
  most: {
    en: (n) => (n === 1 ? "One medicine is not there" : `${n} medicines are not there`),
    hi: (n) => (n === 1 ? "एक दवा यहाँ नहीं है" : `${n} दवाएँ यहाँ नहीं हैं`),
    mr: (n) => (n === 1 ? "एक औषध इथे नाही" : `${n} औषधे इथे नाहीत`),
  },
  replaced: {
    en: (n) =>
      n === 1
        ? "One in another maker's box: ask the pharmacist"
        : `${n} in another maker's box: ask the pharmacist`,
    hi: (n) => (n === 1 ? "एक दवा दूसरी कंपनी की: फ़ार्मासिस्ट से पूछें" : `${n} दवाएँ दूसरी कंपनी की: फ़ार्मासिस्ट से पूछें`),
    mr: (n) =>
      n === 1 ? "एक औषध दुसऱ्या कंपनीचे: फार्मासिस्टला विचारा" : `${n} औषधे दुसऱ्या कंपनीची: फार्मासिस्टला विचारा`,
  },
  open: { en: () => "Open now", hi: () => "अभी खुली है", mr: () => "आत्ता उघडे आहे" },
  few: {
    en: () => "Few packs left: call first",
    hi: () => "कम पैक बचे हैं: पहले फ़ोन करें",
    mr: () => "थोडीच पाकिटे उरली आहेत: आधी फोन करा",
  },
  unpriced: {
    en: () => "A price is not known",
    hi: () => "एक कीमत पता नहीं है",
    mr: () => "एक किंमत माहीत नाही",
  },
} as const satisfies Record<string, Words>;

/** Why a plan is offered, strongest first. */
export function planReasons(facts: PlanFacts, lang: Language): Reason[] {
  const had = facts.lines - facts.missing;
  const said: [keyof typeof WORDS, string, number][] = [
    facts.missing > 0
      ? ["most", "lines:missing", facts.missing]
      : facts.shops > 1
        ? ["together", "lines:together", had]
        : ["all", "lines:all", had],
  ];
  if (facts.replaced > 0) said.push(["replaced", "equivalent", facts.replaced]);
  if (facts.isOpen) said.push(["open", "open:now", 0]);
  if (facts.isFewLeft) said.push(["few", "stock:low", 0]);
  if (!facts.isPriced) said.push(["unpriced", "price:unknown", 0]);
  return said.map(([what, code, count]) => ({ code, words: WORDS[what][lang](count) }));
}
