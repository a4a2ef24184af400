import { wordsOf } from "./fold.ts";
import { stemOf } from "./forms.ts";

/** Words of a line are said for one another by people who describe what they feel. */
const SAME = `
pain ache aching hurt hurts hurting paining painful sore soreness
urine urination urinating urinate pee peeing
stomach belly tummy abdomen abdominal
vomit vomiting vomits puke puking
stool stools poop motion motions potty faeces feces
breath breathing breathe breathless breathlessness
swelling swollen swell oedema
itch itching itchy
pregnant pregnancy expecting
bleed bleeding bleeds
period periods menses menstrual menstruation
giddiness giddy dizzy dizziness
tired tiredness fatigue exhausted
weak weakness
sleep sleeping asleep
child children kid kids
baby babies infant
tumour tumor
cancer carcinoma malignancy malignant ca
heart cardiac
kidney renal
liver hepatic
lung pulmonary
skin cutaneous
bone bony
brain cerebral
eye ocular
tooth teeth dental
fracture fractured broken break
sad sadness
fear afraid scared
anxiety anxious
fever febrile
often frequent frequently
दर्द पीड़ा
पेशाब मूत्र
उल्टी वमन
लघवी मूत्रविसर्जन
दुखणे दुखतंय
आंख नेत्र
डोळा नेत्र
दांत दंत
दात दंत
`;

/** Stems that stand for another, by the first of their line. */
const BY_STEM = new Map(
  SAME.trim()
    .split("\n")
    .flatMap((line) => {
      const [first, ...others] = wordsOf(line).map(stemOf);
      return others.filter((other) => other !== first).map((other) => [other, first ?? other] as const);
    }),
);

/** What a word means to the search: its stem, or the stem of the word that people say as well. */
export function meaningOf(word: string): string {
  const stem = stemOf(word);
  return BY_STEM.get(stem) ?? stem;
}
