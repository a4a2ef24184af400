import { fold } from "../search/fold.ts";
import { LOOK_ALIKES } from "./data/look-alikes.ts";
import { spellingKey, substanceWords } from "./substances.ts";

/** A name that is taken for another. Both in tall-man letters, where a list gives them. */
export interface LookAlikePair {
  name: string;
  other: string;
  source: string;
}

const SOURCES: Readonly<Record<string, string>> = {
  F: "US FDA, Name Differentiation Project (2023)",
  I: "ISMP, Look-Alike Drug Names with Tall Man Letters (2023)",
  C: "ISMP, List of Confused Drug Names (2019, 2023)",
  W: "WHO, Patient Safety Solutions 1 (2007)",
  O: "IHIMS, names that begin or end alike (2026)",
};

/** Every pair, in both directions. */
export const LOOK_ALIKE_PAIRS: readonly LookAlikePair[] = LOOK_ALIKES.trim()
  .split("\n")
  .flatMap((line) => {
    const [one = "", other = "", source = ""] = line.split("|");
    const words = SOURCES[source] ?? source;
    return [
      { name: one, other, source: words },
      { name: other, other: one, source: words },
    ];
  });

const BY_NAME = Map.groupBy(LOOK_ALIKE_PAIRS, ({ name }) => keyOf(name));
/** The tall-man spelling of a word; the first list that has one is followed. */
const TALL_MAN = new Map(
  LOOK_ALIKE_PAIRS.filter(({ name }) => /[a-z][A-Z]|[A-Z]{2}/.test(name) && /[a-z]/.test(name))
    .toReversed()
    .map(({ name }) => [fold(name), name]),
);

function keyOf(name: string): string {
  return spellingKey(substanceWords(name));
}

/** What a name is known to be taken for; empty for most. Spelling variants are one name. */
export function lookAlikesOf(name: string): readonly LookAlikePair[] {
  return BY_NAME.get(keyOf(name)) ?? [];
}

/** A text with the words of known confusions in tall-man letters: predniSONE, prednisoLONE. */
export function inTallMan(text: string): string {
  return text.replace(/[A-Za-z][A-Za-z-]*[A-Za-z]/g, (word) => TALL_MAN.get(word.toLowerCase()) ?? word);
}
