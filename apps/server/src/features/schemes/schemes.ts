import type { z } from "zod";
import { distanceM, positionOf } from "@ihims/core/geo.ts";
import type { Language } from "@ihims/core/languages.ts";
import { Problem } from "@ihims/core/problem.ts";
import { SCHEMES, schemeOf } from "@ihims/core/schemes/data.ts";
import type {
  listSchemeFacilities,
  QuestionAsked,
  SchemeRecord,
  SchemeSummary,
  screenSchemes,
} from "@ihims/core/schemes/endpoints.ts";
import { RationCard, type Fact, type Question, type Scheme } from "@ihims/core/schemes/record.ts";
import { questionsOf, screen } from "@ihims/core/schemes/rules.ts";
import { acceptsScheme, type SchemeId } from "@ihims/core/schemes/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import { readCursor, writeCursor } from "../../platform/cursor.ts";
import type { Board, Entry } from "../board/board.ts";

/** Who decides, beside every answer of the screener. */
const DECIDED_BY: Record<Language, string> = {
  en: "Only the scheme's own desk decides. Call its helpline or ask at a hospital of the scheme.",
  hi: "फ़ैसला केवल योजना का अपना काउंटर करता है। हेल्पलाइन पर फ़ोन करें या योजना के अस्पताल में पूछें।",
  mr: "निर्णय फक्त योजनेचे स्वतःचे काउंटर घेते. हेल्पलाइनवर फोन करा किंवा योजनेच्या रुग्णालयात विचारा.",
};

export function listAllSchemes(board: Board, lang: Language, now: Instant): SchemeSummary[] {
  return SCHEMES.map((scheme) => summaryOf(board, scheme, lang, now));
}

/** @throws Problem `not-found` */
export function findScheme(board: Board, id: SchemeId, lang: Language, now: Instant): SchemeRecord {
  const scheme = getKnown(id);
  const facts = (all: readonly Fact[]) => all.map((one) => saidIn(one, lang));
  const dates = [scheme.who, ...scheme.covers, ...scheme.documents, ...scheme.steps].map(
    ({ source }) => source.date,
  );
  return {
    ...summaryOf(board, scheme, lang, now),
    covers: facts(scheme.covers),
    ways: scheme.ways.map(({ id: way, words, criteria }) => ({
      id: way,
      words: words[lang],
      criteria: criteria.map((one) => ({ id: one.id, ...saidIn(one, lang) })),
    })),
    documents: facts(scheme.documents),
    steps: facts(scheme.steps),
    helpline: scheme.helpline,
    website: scheme.website,
    asOf: dates.reduce((newest, date) => (date > newest ? date : newest)),
  };
}

function getKnown(id: SchemeId): Scheme {
  const scheme = schemeOf(id);
  if (!scheme) throw new Problem("not-found", "There is no such scheme");
  return scheme;
}

function summaryOf(board: Board, scheme: Scheme, lang: Language, now: Instant): SchemeSummary {
  const { id, kind, names, authority, who } = scheme;
  const facilities = treatingUnder(board, id, null, now).length;
  return { id, kind, name: names[lang], authority, who: saidIn(who, lang), facilities };
}

function saidIn({ words, source }: Fact, lang: Language) {
  return { words: words[lang], source };
}

function treatingUnder(board: Board, id: SchemeId, specialty: string | null, now: Instant): Entry[] {
  const day = board.today(now);
  return board
    .byName()
    .filter(({ facility }) => acceptsScheme(facility.schemes, id, day, specialty === null ? [] : [specialty]))
    .filter(({ facility }) => specialty === null || facility.specialties.includes(specialty));
}

/** Where a scheme is honoured, nearest first; without a place by name. */
export function searchSchemeFacilities(
  board: Board,
  id: SchemeId,
  query: z.output<typeof listSchemeFacilities.query>,
  now: Instant,
): z.output<typeof listSchemeFacilities.reply> {
  getKnown(id);
  const near = query.near === undefined ? null : positionOf(query.near);
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, "number");
  const ranked = treatingUnder(board, id, query.specialty ?? null, now)
    .map((entry, i) => {
      const distance = near && Math.round(distanceM(near, entry.facility.position));
      return { entry, distance, place: [distance ?? i, entry.facility.id] as const };
    })
    .filter(({ distance }) => query.radius === undefined || distance === null || distance <= query.radius)
    .sort((a, b) => comparePlaces(a.place, b.place))
    .filter(({ place }) => after === undefined || comparePlaces(place, after) > 0);
  const page = ranked.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(({ entry, distance }) => ({
      ...rowOf(board, entry, distance, now),
      empanelments: entry.facility.schemes.filter(({ scheme }) => scheme === id),
    })),
    nextCursor: last && ranked.length > page.length ? writeCursor(last.place) : null,
    filters: {
      near,
      radius: query.radius ?? null,
      specialty: query.specialty ?? null,
      day: board.today(now),
    },
  };
}

function comparePlaces(a: readonly [number, string], b: readonly [number, string]): number {
  return a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0);
}

/** A row without beds: who looks for a scheme has not said which. */
function rowOf(board: Board, entry: Entry, distance: number | null, now: Instant) {
  const { record } = board.view(entry, now);
  const { id, name, names, kind, ownership, position, locality, localityNames } = record;
  const { phones, emergencyPhone, hasEmergency, wheelchair, open } = record;
  const place = { id, name, names, kind, ownership, position, locality, localityNames };
  return { ...place, phones, emergencyPhone, hasEmergency, wheelchair, open, distance, beds: [] };
}

/** Hold what somebody says against the rules. Nothing of it is kept or logged. */
export function screenAnswers(
  { answers, schemes }: z.output<typeof screenSchemes.body>,
  lang: Language,
): z.output<typeof screenSchemes.reply> {
  const chosen = schemes === undefined ? SCHEMES : schemes.map(getKnown);
  return {
    items: chosen.map((scheme) => {
      const { standing, ways } = screen(scheme, answers);
      return {
        scheme: scheme.id,
        name: scheme.names[lang],
        standing,
        ways: ways.map((way) => ({
          id: way.id,
          words: scheme.ways.find(({ id }) => id === way.id)?.words[lang] ?? "",
          standing: way.standing,
          criteria: way.criteria.map(({ criterion, outcome }) => ({
            id: criterion.id,
            ...saidIn(criterion, lang),
            outcome,
          })),
        })),
      };
    }),
    decidedBy: DECIDED_BY[lang],
    questions: questionsOf(chosen).map(askedAs),
    language: lang,
  };
}

function askedAs(question: Question): QuestionAsked {
  if (question === "age") return { kind: "age", question };
  if (question === "rationCard") return { kind: "choice", question, options: RationCard.options };
  return { kind: "yes-no", question };
}
