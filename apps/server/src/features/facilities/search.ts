import type { z } from "zod";
import { RADIUS_MAX_M, type AppliedFilters, type listFacilities } from "@ihims/core/facilities/endpoints.ts";
import type { FacilityKind } from "@ihims/core/facilities/schema.ts";
import { distanceM, positionOf, type Position } from "@ihims/core/geo.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { Instant } from "@ihims/core/time.ts";
import { fold, type Board, type Entry, type Part } from "../board/board.ts";
import { readCursor, writeCursor } from "../../platform/cursor.ts";

type Query = z.output<typeof listFacilities.query>;

/**
 * A stale figure may send somebody on a wasted way, so among places for a bed it counts as this
 * much further off; the way to the next hospital is about as long in a city.
 */
const STALE_DETOUR_M = 2000;
/** About how many hospitals are passed on the way to each that has a bed free. */
const PLACES_PER_FREE_BED = 2;

/** One page of facilities, as JSON in UTF-8: the rows come ready-made from the board. */
export function searchFacilities(board: Board, query: Query, now: Instant): Buffer {
  const filters = filtersOf(query);
  const ranked =
    filters.near && filters.sort === "distance"
      ? byDistance(board, filters, filters.near, query, now)
      : byName(board, filters, query, now);
  const page = ranked.slice(0, query.limit);
  const last = page.at(-1);
  const nextCursor = ranked.length > query.limit && last ? writeCursor(last.place) : null;
  const rows = page.map(({ entry, distance }, place): Row => [
    `${place === 0 ? '{"items":[' : ","}{"distance":${distance === null ? "null" : Math.round(distance)},`,
    board.summaryJson(entry, now, filters.includeStale),
  ]);
  const rest = { nextCursor, filters, reporting: filters.bed ? reportingOf(board, filters, now) : null };
  const end = Buffer.from(`${rows.length === 0 ? '{"items":[' : ""}],${JSON.stringify(rest).slice(1)}`);
  return concat(rows, end);
}

/** A row of the answer: what is new in it, in ASCII, and what the board had ready. */
type Row = readonly [head: string, json: Buffer];

function concat(rows: readonly Row[], end: Buffer): Buffer {
  const size = rows.reduce((sum, [head, json]) => sum + head.length + json.length, end.length);
  const body = Buffer.allocUnsafe(size);
  let at = 0;
  for (const [head, json] of rows) {
    at += body.write(head, at, "latin1");
    at += json.copy(body, at);
  }
  end.copy(body, at);
  return body;
}

function filtersOf(query: Query): AppliedFilters {
  if (query.radius !== undefined && query.near === undefined) {
    throw new Problem("bad-input", "A radius needs a place: give near as well", {
      errors: [{ parameter: "radius", detail: "needs near" }],
    });
  }
  if (query.sort === "distance" && query.near === undefined) {
    throw new Problem("bad-input", "Sorting by distance needs a place: give near as well", {
      errors: [{ parameter: "sort", detail: "needs near" }],
    });
  }
  const near = query.near === undefined ? null : positionOf(query.near);
  return {
    near,
    radius: query.radius ?? null,
    kind: query.kind ?? [],
    specialty: query.specialty ?? null,
    condition: query.condition ?? null,
    specialties: query.specialty ? [query.specialty] : [],
    service: query.service ?? null,
    bed: query.bed ?? null,
    scheme: query.scheme ?? null,
    open: query.open ?? null,
    q: query.q ?? null,
    sort: query.sort ?? (near ? "distance" : "name"),
    includeStale: query.includeStale ?? false,
  };
}

/** What a facility must be, whatever is going on there: of a kind, with words in its name. Undefined: anything. */
function profileWanted({ kind, q }: AppliedFilters): ((entry: Entry) => boolean) | undefined {
  const kinds = new Set(kind);
  const words = q === null ? [] : fold(q).split(/\s+/);
  if (kinds.size === 0 && words.length === 0) return undefined;
  return ({ facility, words: known }) =>
    (kinds.size === 0 || kinds.has(facility.kind)) && words.every((word) => known.includes(word));
}

/** Whether what is going on there now is what is wanted. */
function isServing(board: Board, entry: Entry, filters: AppliedFilters, now: Instant): boolean {
  if (filters.bed !== null && !hasBedFree(board, entry, filters, now)) return false;
  return filters.open === null || board.view(entry, now).record.open.state === "open";
}

function hasBedFree(board: Board, entry: Entry, filters: AppliedFilters, now: Instant): boolean {
  const { bed } = filters;
  if (bed === null) return false;
  const figure = board.bedFigure(entry, bed, now, filters.includeStale);
  return (figure?.value?.free ?? 0) > 0;
}

interface Ranked<Key = number | string> {
  entry: Entry;
  /** In metres; null when nobody asked from where. */
  distance: number | null;
  /** What the cursor keeps: where in the order it stands, then its id. */
  place: readonly [key: Key, id: string];
}

function byDistance(
  board: Board,
  filters: AppliedFilters,
  near: Position,
  query: Query,
  now: Instant,
): Ranked[] {
  const { bed } = filters;
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, "number");
  const wanted = query.limit + 1;
  const ranked: Ranked<number>[] = [];
  let reach = Infinity;
  const part = partOf(filters);
  const isWanted = profileWanted(filters);
  const outwards = board.outwards(part, near, {
    radiusM: filters.radius ?? RADIUS_MAX_M,
    // Most of a part is wanted, and looked at when it is come to.
    isWanted: part === "all" || filters.q !== null ? isWanted : undefined,
    likely: bed === null ? wanted + 1 : wanted * PLACES_PER_FREE_BED,
  });
  for (const { entry, distance } of outwards) {
    // Stale figures count as further off: one that lies beyond the last may still come before it.
    if (distance > reach) break;
    if ((isWanted && !isWanted(entry)) || !isServing(board, entry, filters, now)) continue;
    const key = distance + (isStale(board, entry, filters, now) ? STALE_DETOUR_M : 0);
    const place = [key, entry.facility.id] as const;
    if (after && !isAfter(place, after)) continue;
    ranked.push({ entry, distance, place });
    if (ranked.length === wanted) reach = Math.max(...ranked.map(({ place: [one] }) => one));
  }
  return ranked.sort((a, b) => (isAfter(a.place, b.place) ? 1 : -1));
}

/** Whether one stands after another: further off, or equally far and later by id. */
function isAfter(
  [key, id]: readonly [key: number, id: string],
  [otherKey, otherId]: readonly [key: number, id: string],
): boolean {
  return key > otherKey || (key === otherKey && id > otherId);
}

/** The smallest part in which everything wanted is. */
function partOf({ bed, kind: [kind, ...others] }: AppliedFilters): Part {
  if (bed !== null) return `bed:${bed}`;
  return kind !== undefined && others.length === 0 ? `kind:${kind}` : "all";
}

function isStale(board: Board, entry: Entry, filters: AppliedFilters, now: Instant): boolean {
  if (filters.bed === null) return false;
  const figure = board.bedFigure(entry, filters.bed, now);
  return figure?.freshness === "stale" || figure?.freshness === "expired";
}

function byName(board: Board, filters: AppliedFilters, query: Query, now: Instant): Ranked[] {
  const isWanted = profileWanted(filters);
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, "string");
  const found: Ranked[] = [];
  for (const entry of board.byName()) {
    if (after && entry.nameKey <= after[0]) continue;
    const distance = filters.near ? distanceM(filters.near, entry.facility.position) : null;
    if (distance !== null && distance > (filters.radius ?? Infinity)) continue;
    if ((isWanted && !isWanted(entry)) || !isServing(board, entry, filters, now)) continue;
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
  const kinds = new Set(filters.kind);
  const isOfKind = (kind: FacilityKind) => kinds.size === 0 || kinds.has(kind);
  if (near && radius !== null) {
    const inside = board.outwards(`bed:${bed}`, near, { radiusM: radius });
    for (const { entry } of inside) {
      if (!isOfKind(entry.facility.kind)) continue;
      counts.of++;
      if (board.bedFigure(entry, bed, now)?.value) counts.reporting++;
    }
    return counts;
  }
  for (const [kind, sum] of board.bedSums(bed, now)) {
    if (!isOfKind(kind)) continue;
    counts.of += sum.of;
    counts.reporting += sum.reporting;
  }
  return counts;
}
