import type { BedType } from "@ihims/core/beds/schema.ts";
import { CensusBook, type Said } from "@ihims/core/census/book.ts";
import { placeOf } from "@ihims/core/census/rules.ts";
import type { AdtEvent, BedPlace, Location, Visit, Ward } from "@ihims/core/census/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { bedSubject, bedTypeOf, VALUE_BY_KIND, type Standing } from "@ihims/core/observations/schema.ts";
import { elapsedMs } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { findStandingsOfSubjects } from "../observations/observations.ts";
import {
  countWardsOf,
  findCensusOf,
  findEndedOf,
  findOccupantsOf,
  findStatusesOf,
  findVisitsOf,
  findWardsOf,
  saveBooks,
  type OfFacility,
} from "./book-store.ts";

/** An event of a facility, with visits under the names that they are kept by. */
export interface EventOf {
  facility: FacilityId;
  event: AdtEvent;
}

export type Books = ReadonlyMap<FacilityId, CensusBook>;

/**
 * The census of each facility as far as some events can touch it, read in as many statements for
 * many events as for one. The caller has locked the facilities.
 */
export async function readBooks(ctx: Context, events: readonly EventOf[]): Promise<Books> {
  const facilities = [...new Set(events.map(({ facility }) => facility))];
  const wards = await findWardsOf(ctx.db, facilities);
  const names = events.flatMap(({ facility, event }) =>
    namesIn(event).map((name) => ({ facility, of: name })),
  );
  const visits = await findVisitsOf(ctx.db, names);
  const ended = await findEndedOf(ctx.db, names);
  const locations = [
    ...events.flatMap(({ facility, event }) => locationsIn(event).map((of) => ({ facility, of }))),
    ...visits.flatMap(({ facility, of }) => locationsOf(of).map((location) => ({ facility, of: location }))),
    // Where a late admission takes back what its discharge did.
    ...ended.flatMap(({ facility, of: { unseenIn } }) =>
      unseenIn === null ? [] : [{ facility, of: { ward: unseenIn, room: null, bed: null } }],
    ),
  ];
  const beds = locations.flatMap(({ facility, of }): OfFacility<BedPlace>[] => {
    const place = placeOf(of);
    return place ? [{ facility, of: place }] : [];
  });
  const occupants = await findOccupantsOf(ctx.db, beds);
  const statuses = await findStatusesOf(ctx.db, beds);
  const touched = touchedTypes(wards, locations);
  const counts = await countWardsOf(
    ctx.db,
    wards.filter(({ facility, of }) => of.bedType !== null && touched.has(`${facility} ${of.bedType}`)),
  );
  const census = await findCensusOf(ctx.db, facilities);
  const said = saidOf(await findStandingsOfSubjects(ctx, [...touched.values()]));

  const byFacility = <T>(all: readonly OfFacility<T>[]) => {
    const grouped = Map.groupBy(all, ({ facility }) => facility);
    return (facility: FacilityId) => (grouped.get(facility) ?? []).map(({ of }) => of);
  };
  const inBook = {
    wards: byFacility(wards),
    visits: byFacility([...visits, ...occupants]),
    ended: byFacility(ended),
    statuses: byFacility(statuses),
    counts: byFacility(counts),
    census: byFacility(census),
  };
  return new Map(
    facilities.map((facility) => [
      facility,
      new CensusBook({
        wards: inBook.wards(facility),
        visits: inBook.visits(facility),
        ended: inBook.ended(facility),
        statuses: inBook.statuses(facility),
        counts: inBook.counts(facility),
        census: new Map(inBook.census(facility).map(({ type, ...one }) => [type, one])),
        said: said.get(facility) ?? new Map<BedType, Said>(),
      }),
    ]),
  );
}

/** Write what is different in the books. */
export async function writeBooks(ctx: Context, books: Books): Promise<void> {
  const all = [...books].map(([facility, book]) => ({ facility, of: book.changes() }));
  await saveBooks(ctx.db, all, ctx.now());
}

function namesIn(event: AdtEvent): string[] {
  return [...event.visits.map(({ visit }) => visit), ...event.renamed.flatMap(({ from, to }) => [from, to])];
}

function locationsIn(event: AdtEvent): Location[] {
  return [
    ...event.visits.flatMap(({ location, prior }) => [location, prior]),
    ...event.statuses.map(({ place }) => place),
  ].filter((location) => location !== null);
}

function locationsOf({ location, prior }: Visit): Location[] {
  return prior ? [location, prior] : [location];
}

/** The subjects whose figures the locations belong to. */
function touchedTypes(
  wards: readonly OfFacility<Ward>[],
  locations: readonly OfFacility<Location>[],
): Map<string, { facility: FacilityId; subject: ReturnType<typeof bedSubject> }> {
  const places = new Set(locations.map(({ facility, of }) => `${facility} ${of.ward}`));
  return new Map(
    wards.flatMap(({ facility, of: { code, bedType } }) =>
      bedType !== null && places.has(`${facility} ${code}`)
        ? [[`${facility} ${bedType}`, { facility, subject: bedSubject(bedType) }] as const]
        : [],
    ),
  );
}

/** What is said of the beds of each type, by facility. */
function saidOf(standings: readonly Standing[]): Map<FacilityId, Map<BedType, Said>> {
  const said = new Map<FacilityId, Map<BedType, Said>>();
  for (const { facility, subject, source, value, observedAt } of standings) {
    const type = bedTypeOf(subject);
    if (!type) continue;
    const types = said.get(facility) ?? new Map<BedType, Said>();
    said.set(facility, types);
    const known = types.get(type) ?? { declared: undefined, lastSaid: undefined };
    types.set(type, known);
    if (source === "hl7") {
      known.lastSaid = observedAt;
      continue;
    }
    const { occupied } = VALUE_BY_KIND.bed.parse(value);
    if (occupied === undefined) continue;
    // The newest figure of patients in bed that is not the feed's own.
    if (!known.declared || elapsedMs(known.declared.observedAt, observedAt) > 0)
      known.declared = { occupied, observedAt };
  }
  return said;
}
