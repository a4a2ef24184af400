import { hash } from "node:crypto";
import {
  DIRECTORY_MAX_ITEMS,
  directoryEntryOf,
  directoryRankOf,
  type Directory,
} from "@ihims/core/facilities/directory.ts";
import { distanceM, positionOf } from "@ihims/core/geo.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { Board } from "../board/board.ts";

/** The city for a phone to keep, as JSON, and what it can be known by again: the same places and figures, whenever it was asked for. */
export function directoryOf(
  board: Board,
  near: string | undefined,
  timeZone: string,
  now: Instant,
): { json: Buffer; etag: string } {
  const from = near === undefined ? undefined : positionOf(near);
  const all = board.byName().map((entry) => ({
    record: board.view(entry, now).record,
    distance: from ? distanceM(from, entry.facility.position) : 0,
  }));
  // Sorting keeps the order of names among those that are equal.
  const chosen = all
    .toSorted((a, b) => directoryRankOf(a.record) - directoryRankOf(b.record) || a.distance - b.distance)
    .slice(0, DIRECTORY_MAX_ITEMS);
  const items = JSON.stringify(chosen.map(({ record }) => directoryEntryOf(record)));
  const head: Omit<Directory, "items"> = { asOf: now, timeZone, of: all.length };
  return {
    json: Buffer.from(`${JSON.stringify(head).slice(0, -1)},"items":${items}}`),
    etag: hash("sha1", items, "base64url"),
  };
}
