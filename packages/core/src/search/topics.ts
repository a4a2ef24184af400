import type { Language } from "../languages.ts";
import type { Entry } from "../vocabulary/schema.ts";
import { SPECIALTIES } from "../vocabulary/specialties.ts";
import { TERMS, type TermKind } from "./lexicon.ts";
import { NameIndex, type FoundName } from "./names.ts";

/** Something that can be searched for and is nobody's name: an illness, who treats it, a bed, a scheme. */
export interface Topic {
  kind: TermKind | "specialty" | "condition" | "procedure";
  id: string;
  /** Its name first, then what else people say. */
  words: Readonly<Record<Language, readonly string[]>>;
}

/** Everything that can be searched for by its name while somebody types it: what the search box offers. */
export class TopicIndex {
  readonly #names = new NameIndex<Topic>();

  constructor(vocabulary: readonly Entry[]) {
    for (const topic of topicsOf(vocabulary)) this.#names.put(topic, Object.values(topic.words).flat());
  }

  /** The topics that words may be the beginning of, best first. */
  find(text: string, limit: number): FoundName<Topic>[] {
    return this.#names.find(text, { limit, isTyping: true });
  }

  /** Whether some topic has a word that begins so. @param beginning folded */
  hasBeginning(beginning: string): boolean {
    return this.#names.hasBeginning(beginning);
  }
}

function* topicsOf(vocabulary: readonly Entry[]): Generator<Topic, void> {
  for (const { id, words } of SPECIALTIES) yield { kind: "specialty", id, words };
  for (const term of TERMS) yield term;
  for (const { id, kind, en, hi, mr } of vocabulary)
    yield { kind: kind === "procedure" ? "procedure" : "condition", id, words: { en, hi, mr } };
}
