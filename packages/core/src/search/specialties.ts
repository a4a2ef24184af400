import type { Language } from "../languages.ts";
import { FIRST_STEPS } from "../vocabulary/first-steps.ts";
import type { RedFlagId } from "../vocabulary/red-flags.ts";
import type { SpecialtyId } from "../vocabulary/schema.ts";
import { SPECIALTIES, specialtyName } from "../vocabulary/specialties.ts";
import type { Choice, ComplaintReader, Reading } from "./complaints.ts";
import type { Reason } from "../reason.ts";
import type { FoundSpecialty, SpecialtiesReply } from "./endpoints.ts";
import type { RedFlagFinder } from "./red-flags.ts";

/** Most reasons that one specialty is given with. */
const REASONS_MAX = 3;
/** A specialty below this share of the first is not offered. */
const SHARE_MIN = 0.04;
/** Who is asked when nothing of a text is understood. */
const ANYBODY: readonly SpecialtyId[] = ["general-medicine", "family-medicine"];
const ANY_CHILD: readonly SpecialtyId[] = ["paediatrics", "family-medicine"];

const WORDS: Record<
  Language,
  { because: string; word: string; child: string; danger: string; nothing: string }
> = {
  en: {
    because: "because: ",
    word: "because of the word: ",
    child: "for a child",
    danger: "a sign of danger: ",
    nothing: "the words were not understood, so a general doctor first",
  },
  hi: {
    because: "क्योंकि: ",
    word: "इस शब्द से: ",
    child: "बच्चे के लिए",
    danger: "खतरे का संकेत: ",
    nothing: "शब्द समझ में नहीं आए, इसलिए पहले सामान्य डॉक्टर",
  },
  mr: {
    because: "कारण: ",
    word: "या शब्दावरून: ",
    child: "मुलासाठी",
    danger: "धोक्याचे चिन्ह: ",
    nothing: "शब्द समजले नाहीत, म्हणून आधी सामान्य डॉक्टर",
  },
};

/** Answers which specialties a complaint asks for. Holds no state. */
export class SpecialtyFinder {
  readonly #reader: ComplaintReader;
  readonly #flags: RedFlagFinder;

  constructor(readers: { complaints: ComplaintReader; redFlags: RedFlagFinder }) {
    this.#reader = readers.complaints;
    this.#flags = readers.redFlags;
  }

  /** @param limit most specialties in the answer, from 1 */
  find(complaint: string, lang: Language, limit: number): SpecialtiesReply {
    const reading = this.#reader.read(complaint);
    const [danger] = this.#flags.find(complaint);
    const items = itemsOf(reading, lang);
    const all = danger ? withEmergency(items, danger.flag, danger.typed, lang) : items;
    return {
      emergency: danger !== undefined,
      ...(danger && { firstSteps: firstStepsFor(danger.flag, lang) }),
      items: all.slice(0, limit),
      interpretation: {
        understood: reading.understood.slice(0, 5).map(({ entry, typed }) => ({
          typed,
          code: `entry:${entry.id}`,
          words: entry[lang][0] ?? entry.id,
        })),
        corrected: reading.corrected,
      },
    };
  }
}

/** What to do first in a danger, in a language, with where the advice is from. */
export function firstStepsFor(flag: RedFlagId, lang: Language): NonNullable<SpecialtiesReply["firstSteps"]> {
  const { source, date, [lang]: words } = FIRST_STEPS[flag];
  return { words, source, date };
}

function itemsOf({ choices, coverage, hints }: Reading, lang: Language): FoundSpecialty[] {
  const isChild = hints.age === "child" || hints.age === "newborn";
  const best = choices[0]?.score ?? 0;
  if (best === 0) {
    const reasons = [{ code: "nothing-understood", words: WORDS[lang].nothing }];
    return (isChild ? ANY_CHILD : ANYBODY).map((id) => itemOf(id, lang, 0, 0, reasons));
  }
  return choices
    .filter(({ score }) => score >= best * SHARE_MIN)
    .map((choice) =>
      itemOf(choice.specialty, lang, choice.score, choice.score * coverage, reasonsOf(choice, isChild, lang)),
    );
}

function itemOf(
  specialty: SpecialtyId,
  lang: Language,
  score: number,
  confidence: number,
  reasons: Reason[],
): FoundSpecialty {
  const snomed = SPECIALTIES.find(({ id }) => id === specialty)?.snomed ?? null;
  return {
    specialty,
    name: specialtyName(specialty, lang),
    snomed,
    score: rounded(score),
    confidence: rounded(confidence),
    reasons,
  };
}

function reasonsOf(choice: Choice, isChild: boolean, lang: Language): Reason[] {
  const words = WORDS[lang];
  const entries = choice.entries
    .toSorted((a, b) => b.score - a.score)
    .map(({ entry }) => ({ code: `entry:${entry.id}`, words: words.because + (entry[lang][0] ?? entry.id) }));
  const typed = choice.words.map((word) => ({ code: `word:${word}`, words: words.word + word }));
  const child =
    isChild && /^(paediatric|child|neonat)/.test(choice.specialty)
      ? [{ code: "age:child", words: words.child }]
      : [];
  return [...child, ...entries, ...typed].slice(0, REASONS_MAX);
}

/** In danger the emergency department comes first, whatever the specialty behind it. */
function withEmergency(
  items: readonly FoundSpecialty[],
  flag: RedFlagId,
  typed: readonly string[],
  lang: Language,
): FoundSpecialty[] {
  const id = "emergency-medicine";
  const reason = { code: `red-flag:${flag}`, words: WORDS[lang].danger + typed.join(", ") };
  const own = items.find(({ specialty }) => specialty === id);
  const first = itemOf(id, lang, own?.score ?? 0, 1, [reason, ...(own?.reasons ?? [])].slice(0, REASONS_MAX));
  return [first, ...items.filter(({ specialty }) => specialty !== id)];
}

function rounded(share: number): number {
  return Math.round(share * 1000) / 1000;
}
