import type { Position } from "@ihims/core/geo.ts";
import type { Language, Names } from "@ihims/core/languages.ts";
import { formulary } from "@ihims/core/medicines/formulary.ts";
import { GENERICS } from "@ihims/core/medicines/generics.ts";
import type { Medicine } from "@ihims/core/medicines/schema.ts";
import { compositionText } from "@ihims/core/medicines/words.ts";
import type { Meaning } from "@ihims/core/search/endpoints.ts";
import { entriesOf, type Understanding } from "@ihims/core/search/interpret.ts";
import { specialtyName } from "@ihims/core/vocabulary/specialties.ts";
import type { Entry } from "@ihims/core/vocabulary/schema.ts";
import { SpecialtyId } from "@ihims/core/vocabulary/schema.ts";
import type { Board } from "../board/board.ts";
import type { DoctorBoard } from "../doctors/doctors.ts";
import type { NameKeeper } from "./names.ts";

/** Below this score a name is only like what was typed. */
const SCORE_MIN = 0.45;
/** What only begins with the words comes after what they mean. */
const TOPIC_SHARE = 0.95;
/** From this share of the best one's score on another of the name may be meant as well. */
const SAME_NAME_SHARE = 0.95;
const ENTRIES_MAX = 3;
const SPECIALTIES_MAX = 3;

/** What meanings are told from. */
export interface Tellers {
  board: Board;
  doctors: DoctorBoard;
  names: NameKeeper;
  lang: Language;
  /** Products of the catalogue that the words may mean, by id. */
  products: ReadonlyMap<string, Medicine>;
}

/** Everything that the words may mean, best first: what is certain, what they complain of, and who is called so. */
export function meaningsOf(understood: Understanding, tellers: Tellers, limit: number): Meaning[] {
  const all = [
    ...certainOf(understood, tellers),
    ...complaintsOf(understood, tellers.lang),
    ...topicsOf(understood, tellers.lang),
    ...namesOf(understood, tellers),
  ];
  const seen = new Set<string>();
  return all
    .filter(({ score }) => score >= SCORE_MIN)
    .sort((a, b) => b.score - a.score)
    .filter(({ kind, id }) => !seen.has(`${kind}:${id}`) && seen.add(`${kind}:${id}`))
    .slice(0, limit);
}

/** What was taken for certain and filters the places; each can be undone. */
export function entitiesOf(understood: Understanding, tellers: Tellers): Meaning[] {
  const { intent, specialties } = understood;
  const certain = certainOf(understood, tellers);
  const [complaint] = specialties.length > 0 ? complaintsOf(understood, tellers.lang) : [];
  const named =
    intent === "named-facility" || intent === "doctor" || intent === "place" || intent === "medicine"
      ? namesOf(understood, tellers)
          .filter(({ kind }) => kind === (intent === "named-facility" ? "facility" : intent))
          // Of several of nearly the same name none is taken for the one that is meant.
          .filter(({ score }, at, [, next]) => at === 0 && (next?.score ?? 0) < score * SAME_NAME_SHARE)
      : [];
  const seen = new Set(certain.map(({ kind, id }) => `${kind}:${id}`));
  return [
    ...(complaint ? [complaint] : []),
    ...certain,
    ...named.filter(({ kind, id }) => !seen.has(`${kind}:${id}`)),
  ];
}

/** Terms of the fixed lists, blood and the place. */
function certainOf({ terms, blood, place }: Understanding, tellers: Tellers): Meaning[] {
  const { lang } = tellers;
  const meanings = terms.map(({ term: { kind, id, words }, typed }) =>
    meaning({ kind, id, name: words[lang][0] ?? id, typed, score: 1 }),
  );
  if (blood)
    meanings.push(
      meaning({
        kind: "blood",
        id: blood.group ?? "any",
        name: `${BLOOD[lang]}${blood.group === null ? "" : ` ${blood.group}`}`,
        typed: blood.typed,
        score: 1,
      }),
    );
  if (place?.kind === "place") meanings.push(...placeMeaning(place.name, tellers));
  if (place?.kind === "facility") meanings.push(...facilityMeaning(place.name, tellers));
  return meanings;
}

const BLOOD: Record<Language, string> = { en: "Blood", hi: "रक्त", mr: "रक्त" };

/** What is complained of, in the words of the vocabulary, and the specialties for it. */
function complaintsOf({ complaint, complaintScore }: Understanding, lang: Language): Meaning[] {
  const entries = entriesOf(complaint, ENTRIES_MAX).map(({ entry, score, typed }) =>
    meaning({
      kind: kindOfEntry(entry),
      id: entry.id,
      name: entry[lang][0] ?? entry.id,
      typed,
      score: score * complaintScore,
    }),
  );
  const best = complaint.choices[0]?.score ?? 0;
  const specialties = complaint.choices.slice(0, SPECIALTIES_MAX).map(({ specialty, score, entries: from }) =>
    meaning({
      kind: "specialty",
      id: specialty,
      name: specialtyName(specialty, lang),
      typed: [...new Set(from.flatMap(({ typed }) => typed))],
      // What is complained of comes before who treats it.
      score: (0.9 * complaintScore * score) / best,
    }),
  );
  return [...entries, ...specialties];
}

/** What the words may be the beginning of. What was understood of them comes first. */
function topicsOf({ topics }: Understanding, lang: Language): Meaning[] {
  return topics.map(({ key: { kind, id, words }, score, typed }) =>
    meaning({ kind, id, name: words[lang][0] ?? id, typed, score: score * TOPIC_SHARE }),
  );
}

/** The words of a specialty are an entry of the vocabulary as well. */
function kindOfEntry(entry: Entry): Meaning["kind"] {
  if (SpecialtyId.safeParse(entry.id).success) return "specialty";
  return entry.kind === "procedure" ? "procedure" : "condition";
}

function namesOf(understood: Understanding, tellers: Tellers): Meaning[] {
  const { lang } = tellers;
  return [
    ...understood.facilities.flatMap((found) => facilityMeaning(found, tellers)),
    ...understood.doctors.flatMap(({ key, score, typed }) => {
      const doctor = tellers.doctors.doctor(key);
      if (!doctor) return [];
      const { name, names, specialties } = doctor;
      const detail = specialties.map((id) => specialtyName(id, lang)).join(", ");
      return [meaning({ kind: "doctor", id: key, name: names[lang] ?? name, names, detail, score, typed })];
    }),
    ...understood.places.flatMap((found) => placeMeaning(found, tellers)),
    ...understood.medicines.flatMap(({ key, score, typed }) => {
      const product = tellers.products.get(key);
      if (product) {
        const detail = compositionText(product, formulary());
        const { name, names } = product;
        return [
          meaning({ kind: "medicine", id: key, name: names[lang] ?? name, names, detail, score, typed }),
        ];
      }
      const generic = GENERICS.find(({ id }) => id === key);
      if (!generic) return [];
      const names = { en: generic.en[0] ?? key, hi: generic.hi[0] ?? key, mr: generic.mr[0] ?? key };
      return [meaning({ kind: "medicine", id: key, name: names[lang], names, score, typed })];
    }),
  ];
}

type Named<Key> = { key: Key; score: number; typed: string[] };

function facilityMeaning(
  { key, score, typed }: Named<Understanding["facilities"][number]["key"]>,
  { board, lang }: Tellers,
): Meaning[] {
  const entry = board.entry(key);
  if (!entry) return [];
  const { name, names, locality, localityNames, position } = entry.facility;
  return [
    meaning({
      kind: "facility",
      id: key,
      name: names[lang] ?? name,
      names,
      detail: localityNames[lang] ?? locality,
      position,
      score,
      typed,
    }),
  ];
}

function placeMeaning({ key, score, typed }: Named<string>, { names: keeper, lang }: Tellers): Meaning[] {
  const place = keeper.place(key);
  if (!place) return [];
  const { name, names, position } = place;
  return [meaning({ kind: "place", id: key, name: names[lang] ?? name, names, position, score, typed })];
}

function meaning(given: {
  kind: Meaning["kind"];
  id: string;
  name: string;
  names?: Names;
  detail?: string | null;
  position?: Position;
  score: number;
  typed: string[];
}): Meaning {
  const score = Math.round(Math.min(1, given.score) * 1000) / 1000;
  return { names: {}, detail: null, position: null, ...given, score };
}
