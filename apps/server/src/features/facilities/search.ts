import type { z } from "zod";
import { PAGE_MAX_ITEMS } from "@ihims/core/endpoint.ts";
import { RADIUS_MAX_M, type AppliedFilters, type listFacilities } from "@ihims/core/facilities/endpoints.ts";
import { distanceM, positionOf, type Position } from "@ihims/core/geo.ts";
import { bedSubject } from "@ihims/core/observations/schema.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { Instant } from "@ihims/core/time.ts";
import { fold, nameKeyOf, type Board, type Entry } from "../board/board.ts";
import { readCursor, writeCursor } from "../../platform/cursor.ts";

type Query = z.output<typeof listFacilities.query>;

/**
 * A stale figure may send somebody on a wasted way, so among places for a bed it counts as this
 * much further off; the way to the next hospital is about as long in a city.
 */
const STALE_DETOUR_M = 2000;

/** One page of facilities, as JSON: the rows come ready-made from the board. */
export function searchFacilities(board: Board, query: Query, now: Instant): string {
  const filters = filtersOf(query);
  const isWanted = wantedBy(board, filters, now);
  const ranked =
    filters.near && filters.sort === "distance"
      ? byDistance(board, filters, filters.near, isWanted, query, now)
      : byName(board, filters, isWanted, query);
  const page = ranked.slice(0, query.limit);
  const last = page.at(-1);
  const nextCursor = ranked.length > query.limit && last ? writeCursor(last.place) : null;
  const items = page.map(({ entry }) =>
    board.summaryJson(
      entry,
      now,
      filters.near ? distanceM(filters.near, entry.facility.position) : null,
      filters.includeStale,
    ),
  );
  const rest = { nextCursor, filters, reporting: filters.bed ? reportingOf(board, filters, now) : null };
  return `{"items":[${items.join(",")}],${JSON.stringify(rest).slice(1)}`;
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
    bed: query.bed ?? null,
    open: query.open ?? null,
    q: query.q ?? null,
    sort: query.sort ?? (near ? "distance" : "name"),
    includeStale: query.includeStale ?? false,
  };
}

function wantedBy(board: Board, filters: AppliedFilters, now: Instant): (entry: Entry) => boolean {
  const kinds = new Set(filters.kind);
  const words = filters.q === null ? [] : fold(filters.q).split(/\s+/);
  const { bed } = filters;
  return (entry) => {
    if (kinds.size > 0 && !kinds.has(entry.facility.kind)) return false;
    if (!words.every((word) => entry.words.includes(word))) return false;
    if (bed !== null && !hasBedFree(board, entry, filters, now)) return false;
    return filters.open === null || board.view(entry, now).record.open.state === "open";
  };
}

function hasBedFree(board: Board, entry: Entry, filters: AppliedFilters, now: Instant): boolean {
  const { bed } = filters;
  // Most places have no beds at all: they are not even looked at.
  if (bed === null || !entry.standings.has(bedSubject(bed))) return false;
  const figure = filters.includeStale
    ? board.bedFigure(entry, bed, now, true)
    : board.view(entry, now).record.beds.find(({ type }) => type === bed);
  return (figure?.value?.free ?? 0) > 0;
}

interface Ranked {
  entry: Entry;
  /** What the cursor keeps: where in the order it stands, then its id. */
  place: readonly [key: number | string, id: string];
}

function byDistance(
  board: Board,
  filters: AppliedFilters,
  near: Position,
  isWanted: (entry: Entry) => boolean,
  query: Query,
  now: Instant,
): Ranked[] {
  const radius = filters.radius ?? RADIUS_MAX_M;
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, "number");
  const { bed } = filters;
  const keyOf = (entry: Entry) =>
    distanceM(near, entry.facility.position) +
    (bed !== null && isStale(board, entry, filters, now) ? STALE_DETOUR_M : 0);
  const isAfter = (key: number, id: string) =>
    !after || key > after[0] || (key === after[0] && id > after[1]);
  const isNext = after
    ? (entry: Entry) => isAfter(keyOf(entry), entry.facility.id) && isWanted(entry)
    : isWanted;
  // Where stale figures count as further off, the nearest few need not be the first few.
  const most = bed === null ? Math.min(query.limit, PAGE_MAX_ITEMS) + 1 : Infinity;
  return board
    .around(near, most, radius, isNext)
    .map((entry) => ({ entry, place: [keyOf(entry), entry.facility.id] as const }))
    .sort((a, b) => a.place[0] - b.place[0] || (a.place[1] < b.place[1] ? -1 : 1));
}

function isStale(board: Board, entry: Entry, filters: AppliedFilters, now: Instant): boolean {
  const figure = board.view(entry, now).record.beds.find(({ type }) => type === filters.bed);
  return figure?.freshness === "stale" || figure?.freshness === "expired";
}

function byName(
  board: Board,
  filters: AppliedFilters,
  isWanted: (entry: Entry) => boolean,
  query: Query,
): Ranked[] {
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, "string");
  const found: Ranked[] = [];
  for (const entry of board.byName()) {
    const key = nameKeyOf(entry);
    if (after && key <= after[0]) continue;
    if (
      filters.near &&
      filters.radius !== null &&
      distanceM(filters.near, entry.facility.position) > filters.radius
    )
      continue;
    if (!isWanted(entry)) continue;
    found.push({ entry, place: [key, entry.facility.id] });
    if (found.length > query.limit) break;
  }
  return found;
}

/** How many of the facilities that have the wanted beds say how many: a sum over the rest would be a guess. */
function reportingOf(board: Board, filters: AppliedFilters, now: Instant): { reporting: number; of: number } {
  const { bed, near, radius } = filters;
  let reporting = 0;
  let of = 0;
  if (bed === null) return { reporting, of };
  const kinds = new Set(filters.kind);
  for (const entry of board.entries()) {
    if (kinds.size > 0 && !kinds.has(entry.facility.kind)) continue;
    if (!entry.standings.has(bedSubject(bed)) && !entry.facility.bedTypes.includes(bed)) continue;
    if (near && radius !== null && distanceM(near, entry.facility.position) > radius) continue;
    of++;
    const figure = board.view(entry, now).record.beds.find(({ type }) => type === bed);
    if (figure?.value) reporting++;
  }
  return { reporting, of };
}
