import type { Language } from "../languages.ts";
import type { Entry } from "../vocabulary/schema.ts";
import { SPECIALTIES } from "../vocabulary/specialties.ts";
import { fold } from "./fold.ts";
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

  /** The topics that words may be the beginning of, best first; of equals those that many people look for. */
  find(text: string, limit: number): FoundName<Topic>[] {
    const first = fold(text);
    return this.#names
      .find(text, { limit: limit * LOOKED_AT, isTyping: true })
      .map((found) => ({ ...found, score: Math.min(1, found.score + liftOf(found.key, first)) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, limit);
  }

  /** Whether some topic has a word that begins so. @param beginning folded */
  hasBeginning(beginning: string): boolean {
    return this.#names.hasBeginning(beginning);
  }
}

/** So many times more topics are looked at than are asked for, since their order is not only that of the words. */
const LOOKED_AT = 4;
/** What a topic gains whose own name begins with the words, and one that many people look for. */
const BY_OWN_NAME = 0.08;
const OFTEN_SOUGHT = 0.06;

function liftOf({ id, words }: Topic, first: string): number {
  const isOwnName = Object.values(words).some(([name = ""]) => fold(name).startsWith(first));
  return (isOwnName ? BY_OWN_NAME : 0) + (OFTEN.has(id) ? OFTEN_SOUGHT : 0);
}

/** What many people look for, by judgement: the commonest reasons to see a doctor, and what a city is asked for most. */
export const OFTEN: ReadonlySet<string> = new Set(
  `fever cough common-cold headache stomach-ache child-fever vomiting loose-motions dengue malaria typhoid
  kidney-stone gallstones appendicitis piles inguinal-hernia type-2-diabetes high-blood-pressure hypothyroidism asthma
  heart-attack chest-pain stroke epilepsy migraine low-back-pain knee-pain neck-pain fracture slipped-disc sciatica
  pregnancy labour-delivery irregular-periods pcos uterine-fibroids white-discharge couple-infertility cataract
  refractive-error conjunctivitis toothache tooth-decay ear-pain sinusitis tonsillitis acne skin-rash ringworm hair-loss
  eczema vitiligo anxiety depression insomnia alcohol-dependence urinary-infection burning-urine acidity jaundice
  dog-bite snake-bite burn road-accident cancer breast-cancer breathlessness pneumonia pulmonary-tb covid anaemia
  child-vaccination health-checkup dizziness tiredness cardiology orthopaedics paediatrics obstetrics-gynaecology
  dermatology ophthalmology ent dentistry neurology general-medicine psychiatry icu ventilator oxygen dialysis mri
  ct-scan ultrasound x-ray hospital pharmacy blood-bank pm-jay mjpjay`.split(/\s+/),
);

/** Everything that is no name, once. */
export function* topicsOf(vocabulary: readonly Entry[]): Generator<Topic, void> {
  for (const { id, words } of SPECIALTIES) yield { kind: "specialty", id, words };
  for (const term of TERMS) yield term;
  for (const { id, kind, en, hi, mr } of vocabulary)
    yield { kind: kind === "procedure" ? "procedure" : "condition", id, words: { en, hi, mr } };
}
