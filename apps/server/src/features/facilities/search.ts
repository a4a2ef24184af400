import { hash } from "node:crypto";
import { seesOnlyChildren } from "@ihims/core/facilities/ages.ts";
import type { BedType } from "@ihims/core/beds/schema.ts";
import { RADIUS_MAX_M, type AppliedFilters } from "@ihims/core/facilities/endpoints.ts";
import type { FacilityKind } from "@ihims/core/facilities/schema.ts";
import { distanceM, type Position } from "@ihims/core/geo.ts";
import { VALUE_BY_KIND } from "@ihims/core/observations/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import { readCursor, writeCursor } from "../../platform/cursor.ts";
import { takeBytes } from "../../platform/reused-bytes.ts";
import { ANYTHING, bytesOf, type Board, type Entry, type Rows } from "../board/board.ts";
import { withCare } from "../care/care.ts";
import { isCalled, isOfNeed, wantedOf, type Query } from "./filters.ts";

/** A facility in the order of a list. */
export interface Ranked<Key = number | string> {
  entry: Entry;
  /** In metres; null when nobody asked from where. */
  distance: number | null;
  /** What the cursor keeps: where in the order it stands, then its id. */
  place: readonly [key: Key, id: string];
  /** Its time to care as JSON, where the list is in that order. */
  care?: string;
}

/** Always offered beside what is found for a need. */
const EMERGENCY_DEPARTMENTS = 2;

/** One page of facilities in the order of their distance, their waiting or their name. */
export function searchFacilities(board: Board, filters: AppliedFilters, query: Query, now: Instant): Page {
  return pageJson(board, rankedBy(board, filters, query, now), filters, query, now);
}

function rankedBy(board: Board, filters: AppliedFilters, query: Query, now: Instant): Ranked[] {
  switch (filters.sort) {
    case "distance":
      return filters.near ? byDistance(board, filters, filters.near, query, now) : [];
    case "waiting":
      return byWaiting(board, filters, query, now);
    default:
      return byName(board, filters, query, now);
  }
}

/** A page of a list as JSON in memory that is used again after it was sent, and what it can be known by again. */
export interface Page {
  json: Buffer;
  isReused: true;
  etag: string;
}

/** A page of what is ranked, one more than its limit when there are more, as JSON: the rows come ready-made from the board. */
export function pageJson(
  board: Board,
  ranked: readonly Ranked[],
  filters: AppliedFilters,
  { limit }: Query,
  now: Instant,
): Page {
  const page = ranked.slice(0, limit);
  const last = page.at(-1);
  const nextCursor = ranked.length > limit && last ? writeCursor(last.place) : null;
  const reporting = filters.bed ? reportingOf(board, filters, now) : null;
  const rest = JSON.stringify({ nextCursor, filters, reporting });
  const departments =
    filters.near && isOfNeed(filters) ? emergencyDepartments(board, filters.near, now) : undefined;
  return {
    json: bytesOf(
      [
        ITEMS,
        rowsOf(board, page, filters.bed, filters, now),
        ...(departments ? [DEPARTMENTS, rowsOf(board, departments, "emergency", filters, now)] : []),
        Buffer.from(`],${rest.slice(1)}`),
      ],
      takeBytes,
    ),
    isReused: true,
    etag: etagOf(board, [...page, ...(departments ?? [])], rest, now),
  };
}

/** The same for the same bytes: what the board shows of a place has a number of its own as long as it stays so. */
function etagOf(board: Board, rows: readonly Ranked[], rest: string, now: Instant): string {
  const shown = rows.map(({ entry, care }) => `${board.view(entry, now).serial}${care ?? ""}`);
  return hash("sha1", `${board.id} ${shown.join()} ${rest}`, "base64url");
}

const ITEMS = Buffer.from('{"items":[');
const DEPARTMENTS = Buffer.from('],"emergencyDepartments":[');

/** Rows with what is new in each, the distance and perhaps the time to care, put into what the board had ready. */
function rowsOf(
  board: Board,
  ranked: readonly Ranked[],
  bed: BedType | null,
  { includeStale }: AppliedFilters,
  now: Instant,
): Rows {
  const rows = ranked.map(({ entry, care }) => {
    const row = board.row(entry, now, bed, includeStale);
    return care === undefined ? row : withCare(row, care);
  });
  return { rows, distances: ranked.map(({ distance }) => distance) };
}

/** For somebody whose age was not told, so those that see everybody. */
function emergencyDepartments(board: Board, near: Position, now: Instant): Ranked[] {
  const isMeant = ({ facility }: Entry) => !seesOnlyChildren(facility.specialties);
  const wanted = { ...ANYTHING, isEmergencyDepartment: true };
  return board
    .nearest(wanted, near, { radiusM: RADIUS_MAX_M, limit: EMERGENCY_DEPARTMENTS, now, isMeant })
    .map(({ entry, distance }) => ({ entry, distance, place: [distance, entry.facility.id] }));
}

function byDistance(
  board: Board,
  filters: AppliedFilters,
  near: Position,
  query: Query,
  now: Instant,
): Ranked[] {
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, "number");
  const called = isCalled(filters);
  const found = board.nearest(wantedOf(filters), near, {
    radiusM: filters.radius ?? RADIUS_MAX_M,
    limit: query.limit + 1,
    now,
    includeStale: filters.includeStale,
    isMeant: (entry) =>
      (called?.(entry) ?? true) &&
      (after === undefined || isAfter([distanceM(near, entry.facility.position), entry.facility.id], after)),
  });
  return found.map(({ entry, distance }) => ({ entry, distance, place: [distance, entry.facility.id] }));
}

/** Whether one stands after another: further off, or equally far and later by id. */
export function isAfter(
  [key, id]: readonly [key: number, id: string],
  [otherKey, otherId]: readonly [key: number, id: string],
): boolean {
  return key > otherKey || (key === otherKey && id > otherId);
}

/** All that are wanted, in no order: as far as they lie within the radius. */
function* allOf(board: Board, filters: AppliedFilters, now: Instant): Generator<Omit<Ranked, "place">> {
  const called = isCalled(filters);
  const wanted = wantedOf(filters);
  for (const entry of board.byName()) {
    const distance = filters.near ? distanceM(filters.near, entry.facility.position) : null;
    if (distance !== null && distance > (filters.radius ?? Infinity)) continue;
    if ((called?.(entry) ?? true) && board.serves(entry, wanted, now, filters.includeStale))
      yield { entry, distance };
  }
}

/** Where nobody tells the waiting comes last, by distance; further off than any waiting is long. */
const UNTOLD_KEY = 1e6;

function byWaiting(board: Board, filters: AppliedFilters, query: Query, now: Instant): Ranked[] {
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, "number");
  return [...allOf(board, filters, now)]
    .map(({ entry, distance }): Ranked<number> => {
      const waits = board.view(entry, now).record.figures.flatMap(({ subject, value }) => {
        const told = subject.startsWith("waiting:") ? VALUE_BY_KIND.waiting.safeParse(value) : undefined;
        return told?.success ? [told.data.minutes] : [];
      });
      const key = waits.length > 0 ? Math.min(...waits) : UNTOLD_KEY + (distance ?? 0);
      return { entry, distance, place: [key, entry.facility.id] };
    })
    .filter(({ place }) => after === undefined || isAfter(place, after))
    .sort((a, b) => (isAfter(a.place, b.place) ? 1 : -1))
    .slice(0, query.limit + 1);
}

function byName(board: Board, filters: AppliedFilters, query: Query, now: Instant): Ranked[] {
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, "string");
  const found: Ranked[] = [];
  for (const { entry, distance } of allOf(board, filters, now)) {
    if (after && entry.nameKey <= after[0]) continue;
    found.push({ entry, distance, place: [entry.nameKey, entry.facility.id] });
    if (found.length > query.limit) break;
  }
  return found;
}

/** How many of the facilities that have the wanted beds say how many: a sum over the rest would be a guess. */
function reportingOf(board: Board, filters: AppliedFilters, now: Instant): { reporting: number; of: number } {
  const { bed, near, radius } = filters;
  const counts = { reporting: 0, of: 0 };
  if (bed === null) return counts;
  if ((near && radius !== null) || isOfNeed({ ...filters, bed: null })) {
    for (const entry of board.inside(wantedOf(filters), near, radius ?? Infinity, now)) {
      counts.of++;
      if (board.bedFigure(entry, bed, now)?.value) counts.reporting++;
    }
    return counts;
  }
  const kinds = new Set<FacilityKind>(filters.kind);
  for (const [kind, sum] of board.bedSums(bed, now)) {
    if (kinds.size > 0 && !kinds.has(kind)) continue;
    counts.of += sum.of;
    counts.reporting += sum.reporting;
  }
  return counts;
}
