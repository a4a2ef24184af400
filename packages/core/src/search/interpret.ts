import type { BloodGroup } from "../blood/schema.ts";
import type { DoctorId, FacilityId } from "../ids.ts";
import type { Entry, SpecialtyId } from "../vocabulary/schema.ts";
import { specialtiesSought, type ComplaintReader, type Reading } from "./complaints.ts";
import type { Interpretation } from "./endpoints.ts";
import { wordsOf } from "./fold.ts";
import { GLUED, NEAR_AFTER, NEAR_BEFORE, NEAR_LINKS, type Term } from "./lexicon.ts";
import type { FoundName, NameIndex } from "./names.ts";
import type { RedFlag, RedFlagFinder } from "./red-flags.ts";
import { STOP_WORDS } from "./stop-words.ts";
import { asksForBlood, bloodGroupIn, type FoundTerm, type TermFinder } from "./terms.ts";
import type { Topic, TopicIndex } from "./topics.ts";

/** From this score on a name is taken to be meant, unless the words are a complaint rather. */
const NAME_CERTAIN = 0.7;
/** Where the words mean nothing else, a name that is only like them is. */
const NAME_ALONE_CERTAIN = 0.5;
const PLACE_CERTAIN = 0.75;
/** A place that no word of nearness goes with has to be named as it is. */
const BARE_PLACE_CERTAIN = 0.84;
const MEDICINE_CERTAIN = 0.8;
/** From here on words are a complaint, whoever is called so. */
const COMPLAINT_CERTAIN = 0.75;
/** Below this nothing of a complaint was understood. */
const COMPLAINT_MIN = 0.2;
const PLACE_MAX_WORDS = 4;
/** Most names of a kind that are offered. */
const NAMES_MAX = 8;
const TOPICS_MAX = 12;
/** From so many letters on the last word may be the beginning of another, and is then not misspelt. */
const BEGUN_FROM_LETTERS = 3;

/** Everything that has a name in the city. A place's key is its name; a medicine's a generic's id, or a product's. */
export interface CityNames {
  facilities: NameIndex<FacilityId>;
  doctors: NameIndex<DoctorId>;
  places: NameIndex<string>;
  medicines: Pick<NameIndex<string>, "find">;
}

/** What reads words, built once. */
export interface Readers {
  complaints: ComplaintReader;
  redFlags: RedFlagFinder;
  terms: TermFinder;
  topics: TopicIndex;
}

/** What the words of a search mean. */
export interface Understanding {
  /** `named-facility`: one that is called so; `facility`: of a kind, or open now. */
  intent: Interpretation["intent"] | "named-facility";
  danger: RedFlag | undefined;
  terms: (FoundTerm & { typed: string[] })[];
  blood: { group: BloodGroup | null; typed: string[] } | undefined;
  /** Near which place; the key of a place, or of a facility. */
  place:
    | ({ kind: "place"; name: FoundName<string> } | { kind: "facility"; name: FoundName<FacilityId> })
    | undefined;
  facilities: FoundName<FacilityId>[];
  doctors: FoundName<DoctorId>[];
  places: FoundName<string>[];
  medicines: FoundName<string>[];
  /** What the words may be the beginning of. */
  topics: FoundName<Topic>[];
  complaint: Reading;
  /** How certainly the words are a complaint, 0 to 1. */
  complaintScore: number;
  /** What is looked for, best first; empty when the words name no illness and no specialty. */
  specialties: readonly SpecialtyId[];
  corrected: { typed: string; read: string }[];
}

/** Which meanings are not meant, as `kind:id`; `word:<typed>` is not misspelt. */
export type Without = ReadonlySet<string>;

/**
 * What the words of a search mean. Certain things (an ICU, a ward after "near") are taken out of the
 * words first, so that the rest is read as a name or as a complaint by itself.
 */
export function interpret(text: string, names: CityNames, readers: Readers, without: Without): Understanding {
  const words = wordsOf(text);
  const asTyped = new Set(
    [...without].filter((one) => one.startsWith("word:")).map((one) => one.slice("word:".length)),
  );
  const blood = without.has("blood:any") ? undefined : bloodIn(text, words);
  const isKnown = (word: string) =>
    asTyped.has(word) || readers.complaints.knows(word) || names.facilities.hasWord(word);
  const terms = readers.terms
    .find(words, isKnown)
    .map((found) => ({ ...found, typed: words.slice(found.from, found.to) }));
  const meant = terms.filter(({ term }) => !without.has(`${term.kind}:${term.id}`));
  const used = new Set(terms.flatMap(({ from, to }) => range(from, to)));
  const near = placeIn(words, used, names, readers);
  for (const at of near?.used ?? []) used.add(at);
  const place = near && !without.has(`${near.place.kind}:${near.place.name.key}`) ? near.place : undefined;
  const rest = words.filter((_, at) => !used.has(at));
  const whole = words.filter((_, at) => !near?.used.includes(at)).join(" ");
  // Somebody's name is not a complaint that only sounds like it.
  const isName = (word: string) =>
    !readers.complaints.knows(word) && (names.facilities.hasWord(word) || names.doctors.hasWord(word));
  const complaint = readers.complaints.read(rest.join(" "), {
    asTyped: new Set([...asTyped, ...rest.filter(isName)]),
    begun: beginningIn(words, readers),
  });
  const [danger] = readers.redFlags.find(text);
  const found = {
    facilities: names.facilities.find(whole, { limit: NAMES_MAX, isTyping: true }),
    doctors: names.doctors.find(withoutTitle(rest).join(" "), { limit: NAMES_MAX, isTyping: true }),
    places: names.places.find(rest.join(" "), { limit: NAMES_MAX, isTyping: true }),
    medicines: names.medicines.find(rest.join(" "), { limit: NAMES_MAX, isTyping: true }),
    topics: readers.topics.find(rest.join(" "), TOPICS_MAX),
  };
  const complaintScore = rest.length === 0 ? 0 : complaint.coverage * complaint.strength;
  const known = { ...found, danger, terms: meant, blood, place, complaint, complaintScore };
  const intent = intentOf(known, rest, without);
  return {
    ...known,
    intent,
    specialties: specialtiesFor(intent, known),
    corrected: correctionsOf(known, intent),
  };
}

/** The last word, when it may be typed only in part. */
function beginningIn(words: readonly string[], { complaints, topics }: Readers): string | undefined {
  const last = words.at(-1);
  if (last === undefined || last.length < BEGUN_FROM_LETTERS || complaints.knows(last)) return undefined;
  return topics.hasBeginning(last) ? last : undefined;
}

function bloodIn(text: string, words: readonly string[]): Understanding["blood"] {
  const group = bloodGroupIn(text);
  if (group === undefined && !asksForBlood(text)) return undefined;
  return { group: group ?? null, typed: [...words] };
}

type Known = Omit<Understanding, "intent" | "specialties" | "corrected">;

const NAMED = { facility: "facilities", doctor: "doctors", place: "places" } as const;

function intentOf(known: Known, rest: readonly string[], without: Without): Understanding["intent"] {
  const { danger, terms, blood, complaintScore } = known;
  const has = (kind: Term["kind"], id?: string) =>
    terms.some(({ term }) => term.kind === kind && (id === undefined || term.id === id));
  if (danger || has("service", "emergency")) return "emergency";
  if (blood || has("kind", "blood-bank")) return "blood";
  const isComplaint = complaintScore >= COMPLAINT_CERTAIN;
  const certain = (found: readonly FoundName<string>[], kind: string) => {
    const best = found.find(({ key }) => !without.has(`${kind}:${key}`));
    const from = complaintScore < COMPLAINT_MIN ? NAME_ALONE_CERTAIN : NAME_CERTAIN;
    return best !== undefined && best.score >= from && (!isComplaint || best.score > 0.97);
  };
  const [medicine] = known.medicines;
  if (
    medicine &&
    medicine.score >= MEDICINE_CERTAIN &&
    !without.has(`medicine:${medicine.key}`) &&
    !isComplaint
  )
    return "medicine";
  if (has("kind", "pharmacy")) return "medicine";
  if (isTitled(rest) && known.doctors.length > 0) return "doctor";
  if (rest.length > 0 && !has("bed") && !has("service")) {
    const named = (["facility", "doctor", "place"] as const)
      .map((kind) => ({ kind, found: known[NAMED[kind]] }))
      .filter(({ kind, found }) => certain(found, kind))
      .sort((a, b) => (b.found[0]?.score ?? 0) - (a.found[0]?.score ?? 0));
    if (named[0]) return named[0].kind === "facility" ? "named-facility" : named[0].kind;
  }
  if (has("bed")) return "bed";
  if (complaintScore >= COMPLAINT_MIN) return "care";
  if (has("service")) return "service";
  if (has("scheme")) return "scheme";
  if (has("kind") || has("open")) return "facility";
  if (known.place) return "place";
  return "unknown";
}

/** A complaint leads to specialties; what is asked by name does not. */
function specialtiesFor(
  intent: Understanding["intent"],
  { complaint, complaintScore }: Known,
): readonly SpecialtyId[] {
  const isSought = ["care", "emergency", "bed", "service", "scheme"].includes(intent);
  return isSought && complaintScore >= COMPLAINT_MIN ? specialtiesSought(complaint) : [];
}

function correctionsOf(
  { terms, complaint, complaintScore }: Known,
  intent: Understanding["intent"],
): Understanding["corrected"] {
  const ofTerms = terms.flatMap(({ read, typed: [typed = ""] }) =>
    read === undefined ? [] : [{ typed, read }],
  );
  const isRead = ["care", "emergency", "bed", "service", "scheme"].includes(intent);
  return [...ofTerms, ...(isRead && complaintScore >= COMPLAINT_MIN ? complaint.corrected : [])];
}

/** The entries of the vocabulary that a reading is of, best first; only those that are hardly worse than it. */
export function entriesOf(
  { understood }: Reading,
  max: number,
): { entry: Entry; score: number; typed: string[] }[] {
  return understood.filter(({ score }) => score >= 0.6).slice(0, max);
}

interface Near {
  place: NonNullable<Understanding["place"]>;
  /** The words that name it, and those that say near. */
  used: number[];
}

/** The place that somebody wants to be near to: with a word that says so, or named as it is. */
function placeIn(
  words: readonly string[],
  used: ReadonlySet<number>,
  names: CityNames,
  readers: Readers,
): Near | undefined {
  const free = (from: number, to: number) =>
    from >= 0 && to <= words.length && range(from, to).every((at) => !used.has(at));
  for (const [at, word] of words.entries()) {
    const glued = GLUED.exec(word)?.[1];
    if (glued !== undefined) {
      const place =
        namedPlace([...words.slice(Math.max(0, at - 1), at), glued], names) ?? namedPlace([glued], names);
      if (place) return { place, used: [at] };
    }
    if (NEAR_BEFORE.has(word)) {
      const near = longest(
        (length) => free(at + 1, at + 1 + length) && [at + 1, at + 1 + length],
        words,
        names,
      );
      if (near) return { place: near.place, used: [at, ...near.used] };
    }
    if (NEAR_AFTER.has(word)) {
      const end = NEAR_LINKS.has(words[at - 1] ?? "") ? at - 1 : at;
      const near = longest((length) => free(end - length, end) && [end - length, end], words, names);
      if (near) return { place: near.place, used: [...near.used, ...range(end, at + 1)] };
    }
  }
  return barePlace(words, used, names, readers);
}

function longest(
  span: (length: number) => [from: number, to: number] | false,
  words: readonly string[],
  names: CityNames,
): Near | undefined {
  for (let length = PLACE_MAX_WORDS; length > 0; length -= 1) {
    const [from, to] = span(length) || [0, 0];
    const place = from < to ? namedPlace(words.slice(from, to), names) : undefined;
    if (place) return { place, used: range(from, to) };
  }
  return undefined;
}

function namedPlace(words: readonly string[], names: CityNames): Near["place"] | undefined {
  const text = words.join(" ");
  const [place] = names.places.find(text, { limit: 1 });
  if (place && place.score >= PLACE_CERTAIN) return { kind: "place", name: place };
  const [facility] = names.facilities.find(text, { limit: 1 });
  // "near the hospital" is near none in particular.
  if (facility && facility.score >= PLACE_CERTAIN && words.some((word) => !STOP_WORDS.has(word)))
    return { kind: "facility", name: facility };
  return undefined;
}

/** "dialysis kothrud": a place without a word of nearness, beside something else that is asked for. */
function barePlace(
  words: readonly string[],
  used: ReadonlySet<number>,
  names: CityNames,
  { complaints }: Readers,
): Near | undefined {
  for (let length = 3; length > 0; length -= 1) {
    for (let from = 0; from + length <= words.length; from += 1) {
      const span = range(from, from + length);
      const some = words.slice(from, from + length);
      if (length === words.length || span.some((at) => used.has(at))) continue;
      if (some.some((word) => STOP_WORDS.has(word) || complaints.knows(word))) continue;
      const [place] = names.places.find(some.join(" "), { limit: 1 });
      if (place && place.score >= BARE_PLACE_CERTAIN)
        return { place: { kind: "place", name: place }, used: span };
    }
  }
  return undefined;
}

const TITLES = new Set(wordsOf("dr doctor doc डॉ डॉक्टर डॉक्टरांचे वैद्य vaidya"));

function isTitled(words: readonly string[]): boolean {
  return TITLES.has(words[0] ?? "") && words.length > 1;
}

function withoutTitle(words: readonly string[]): string[] {
  return words.filter((word) => !TITLES.has(word));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, step) => from + step);
}
