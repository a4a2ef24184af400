import { distanceM, type Position } from "@ihims/core/geo.ts";
import type { FacilityKind, FacilityProfile } from "@ihims/core/facilities/schema.ts";
import { isUnnamedLabel } from "@ihims/connectors/facilities/unnamed.ts";

/** Names at least this alike may be the same place; below `SIMILARITY_DOUBTFUL` they are others. */
export const SIMILARITY_SURE = 0.85;
export const SIMILARITY_DOUBTFUL = 0.6;
/** How far apart two descriptions of one place may lie: least for names just alike enough, most for equal ones. */
const REACH_SURE_M = { least: 50, most: 150 };
const REACH_DOUBTFUL_M = { least: 100, most: 500 };
/** Different kinds of the same care need nearly equal names: an eye hospital is `hospital` in one list and `eye` in another. */
const SIMILARITY_ACROSS_KINDS = 0.95;
const OWN_WORDS_WEIGHT = 0.75;
/** Two numbers of one sort in two names are two places: Ward Clinic 4, Ward Clinic 5. */
const SIMILARITY_WITH_OTHER_NUMBERS = 0.5;

/** A place with its names made ready to be compared: each is compared with all of its neighbours. */
export interface Place {
  kind: FacilityKind;
  position: Position;
  /** None for a place that nobody knows the name of. */
  names: readonly NameForm[];
}

/** A name as it is compared. */
export interface NameForm {
  folded: string;
  numbers: string;
  whole: ReadonlySet<string>;
  /** Of the words that half of all names do not have; empty when there are no others. */
  own: ReadonlySet<string>;
}

export function placeOf({
  name,
  names,
  kind,
  position,
}: Pick<FacilityProfile, "name" | "names" | "kind" | "position">): Place {
  const texts = isUnnamedLabel(name) ? [] : [...new Set([name, ...Object.values(names)].map(foldName))];
  return { kind, position, names: texts.map(formOf) };
}

/** A name made ready to be compared with many. */
export function nameFormOf(name: string): NameForm {
  return formOf(foldName(name));
}

function formOf(folded: string): NameForm {
  const own = folded
    .split(" ")
    .filter((word) => word !== "" && !COMMON_WORDS.has(word))
    .join(" ");
  return {
    folded,
    numbers: (folded.match(/\d+/gu) ?? []).sort().join(),
    whole: trigramsOf(folded),
    own: trigramsOf(own),
  };
}

export interface Likeness {
  verdict: "sure" | "doubtful" | "other";
  /** 0 nothing alike, 1 equal once folded. */
  similarity: number;
  distance: number;
}

/** Furthest that two descriptions of one place can lie apart. */
export const REACH_MAX_M = REACH_DOUBTFUL_M.most;

/** Whether two descriptions are of one place: the more alike the names, the further apart they may lie. */
export function compare(a: Place, b: Place): Likeness {
  const distance = distanceM(a.position, b.position);
  const other = (similarity: number): Likeness => ({ verdict: "other", similarity, distance });
  if (distance > REACH_MAX_M) return other(0);
  if (a.kind !== b.kind && !(CARE_KINDS.has(a.kind) && CARE_KINDS.has(b.kind))) return other(0);
  const similarity = bestSimilarity(a, b);
  const least = a.kind === b.kind ? SIMILARITY_SURE : SIMILARITY_ACROSS_KINDS;
  if (similarity >= least && distance <= reach(similarity, SIMILARITY_SURE, REACH_SURE_M))
    return { verdict: "sure", similarity, distance };
  if (
    similarity >= SIMILARITY_DOUBTFUL &&
    distance <= reach(similarity, SIMILARITY_DOUBTFUL, REACH_DOUBTFUL_M)
  ) {
    return { verdict: "doubtful", similarity, distance };
  }
  return other(similarity);
}

function reach(similarity: number, from: number, metres: { least: number; most: number }): number {
  return metres.least + ((similarity - from) / (1 - from)) * (metres.most - metres.least);
}

/** Kinds that one list and another may tell apart differently. A pharmacy is never a hospital. */
const CARE_KINDS: ReadonlySet<FacilityKind> = new Set([
  "hospital",
  "clinic",
  "health-centre",
  "maternity-home",
  "mental-health",
  "rehabilitation",
  "dental",
  "eye",
  "ayush",
  "hospice",
  "dispensary",
]);

/** The likeness of the two names that are most alike, over all languages. */
function bestSimilarity(a: Place, b: Place): number {
  let best = 0;
  for (const one of a.names) for (const other of b.names) best = Math.max(best, similarityOf(one, other));
  return best;
}

/** Words that say what sort of owner or title it is, and are as often left out as written. */
const SILENT_WORDS = new Set([
  "the",
  "dr",
  "doctor",
  "shri",
  "smt",
  "pvt",
  "private",
  "ltd",
  "limited",
  "llp",
  "inc",
  "and",
  "of",
  "a",
  "an",
  "unit",
  "m",
  "s",
]);

/** Words that half the names of a city have in them: they tell nothing apart. */
const COMMON_WORDS = new Set([
  ..."hospital clinic polyclinic pharmacy pharmacie apotheke chemist druggist medical medicals centre nursing home health healthcare care".split(
    " ",
  ),
  ..."multi super speciality multispeciality superspeciality institute store stores diagnostic".split(" "),
  ..."hopital ospedale krankenhaus klinik klinikum रुग्णालय अस्पताल हॉस्पिटल दवाखाना क्लिनिक".split(" "),
]);

/** One spelling for words that are written in several ways. */
const SPELLINGS = new Map(
  Object.entries({
    hospitals: "hospital",
    hosp: "hospital",
    clinics: "clinic",
    center: "centre",
    centers: "centre",
    centres: "centre",
    pharmacies: "pharmacy",
    chemists: "chemist",
    druggists: "druggist",
    specialty: "speciality",
    specialities: "speciality",
    specialties: "speciality",
    multispecialty: "multispeciality",
    superspecialty: "superspeciality",
    saint: "st",
    govt: "government",
    diagnostics: "diagnostic",
  }),
);

/** A name without what people write in several ways: case, accents of Latin letters, punctuation, titles, plurals. */
export function foldName(name: string): string {
  const words = wordsOf(name);
  const telling = words.filter((word) => !SILENT_WORDS.has(word));
  return (telling.length > 0 ? telling : words).join(" ");
}

function wordsOf(name: string): string[] {
  // Only accents of Latin letters go: the vowels of Devanagari are marks too.
  const plain = name
    .normalize("NFD")
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/['’`´]/gu, "")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
  return plain.split(" ").map((word) => SPELLINGS.get(word) ?? word);
}

/**
 * How alike two names are, 0 to 1. Compared by what is left when the words that half of all names
 * share are taken out: "Sai Hospital" and "Lenus Hospital" are alike only in what they are.
 */
export function nameSimilarity(a: string, b: string): number {
  return similarityOf(nameFormOf(a), nameFormOf(b));
}

/** As `nameSimilarity`, of names that were made ready before. */
export function similarityOf(one: NameForm, other: NameForm): number {
  if (one.folded === other.folded) return one.folded === "" ? 0 : 1;
  if (one.own.size === 0 && other.own.size === 0) return dice(one.whole, other.whole);
  const similarity =
    OWN_WORDS_WEIGHT * dice(one.own, other.own) + (1 - OWN_WORDS_WEIGHT) * dice(one.whole, other.whole);
  return one.numbers === other.numbers ? similarity : Math.min(similarity, SIMILARITY_WITH_OTHER_NUMBERS);
}

/** Shared trigrams as a share of all. */
function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const trigram of a) if (b.has(trigram)) shared++;
  return (2 * shared) / (a.size + b.size);
}

/** Words are padded as pg_trgm pads them, so that their beginnings weigh more. */
function trigramsOf(text: string): Set<string> {
  const trigrams = new Set<string>();
  for (const word of text === "" ? [] : text.split(" ")) {
    const letters = [..."  ", ...word, " "];
    for (let at = 0; at + 3 <= letters.length; at++) trigrams.add(letters.slice(at, at + 3).join(""));
  }
  return trigrams;
}

/** Metres of a cell of the grid, at the equator; a cell is never narrower than what it is searched for. */
const CELL_DEGREES = 0.01;

/** Places by where they are, to compare each only with its neighbours. */
export class PlaceGrid<T extends { position: Position }> {
  readonly #cells = new Map<string, T[]>();

  add(place: T): void {
    const key = cellOf(Math.floor(place.position.lat / CELL_DEGREES), columnOf(place.position));
    const cell = this.#cells.get(key);
    if (cell) cell.push(place);
    else this.#cells.set(key, [place]);
  }

  /** Everything within `REACH_MAX_M`, and some that is further. */
  around({ lat, lon }: Position): T[] {
    const row = Math.floor(lat / CELL_DEGREES);
    const found: T[] = [];
    for (let near = row - 1; near <= row + 1; near++) {
      // Meridians come together towards the poles, so a cell covers fewer metres of them there.
      const width = Math.min(
        180 / CELL_DEGREES,
        Math.ceil(1 / Math.max(0.02, Math.cos((lat * Math.PI) / 180))),
      );
      const column = columnOf({ lat, lon });
      for (let at = column - width; at <= column + width; at++)
        found.push(...(this.#cells.get(cellOf(near, at)) ?? []));
    }
    return found;
  }
}

function columnOf({ lon }: Position): number {
  return Math.floor(lon / CELL_DEGREES);
}

function cellOf(row: number, column: number): string {
  return `${row},${column}`;
}
