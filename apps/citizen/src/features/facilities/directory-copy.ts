import { dateIn } from "@ihims/core/calendar.ts";
import {
  Directory,
  emergencyDepartmentsOf,
  getDirectory,
  recordOfEntry,
  searchDirectory,
} from "@ihims/core/facilities/directory.ts";
import type { FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import type { Position } from "@ihims/core/geo.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { instantOf, millisOf, MINUTE_MS } from "@ihims/core/time.ts";
import { readFigure } from "@ihims/ui/reading.ts";
import { read } from "../../platform/api.ts";
import { keep, readKept } from "../../platform/kept-store.ts";
import type { Filters } from "./filters.ts";
import type { FacilityPage } from "./queries.ts";

const KEPT_NAME = "directory";
/** A copy that is younger is not fetched again. */
const YOUNG_MS = 15 * MINUTE_MS;
/** About 1 km: enough to keep what is near, and no more than that is told. */
const NEAR_DECIMALS = 2;
/** Rows that a phone can draw at once. */
const ROWS_MAX = 100;
const DEPARTMENTS = 2;

let copy: Promise<Directory | undefined> | undefined;

/** The copy as the phone has it; undefined when there is none, or another build kept it in another form. */
function theCopy(): Promise<Directory | undefined> {
  copy ??= readKept(KEPT_NAME).then((kept) => Directory.safeParse(kept).data);
  return copy;
}

/** Have the city on this phone for when the network is gone. What cannot be fetched leaves the copy before it. */
export async function keepDirectory(near: Position | undefined): Promise<void> {
  const known = await theCopy();
  if (known && Date.now() - millisOf(known.asOf) < YOUNG_MS) return;
  const query = near ? { near: `${near.lat.toFixed(NEAR_DECIMALS)},${near.lon.toFixed(NEAR_DECIMALS)}` } : {};
  const fresh = await read(getDirectory, { query });
  copy = Promise.resolve(fresh);
  await keep(KEPT_NAME, fresh);
}

/** The list as the copy has it, nearest first; undefined when there is no copy. */
export async function listFromCopy(
  filters: Filters,
  near: Position | undefined,
  q: string | null = null,
): Promise<FacilityPage | undefined> {
  const directory = await theCopy();
  if (!directory) return undefined;
  const now = instantOf(Date.now());
  const items = searchDirectory(directory, { ...filters, q }, near, {
    now,
    day: dateIn(directory.timeZone, millisOf(now)),
    isShown: (figure) => readFigure(figure, now).kind !== "withdrawn",
  }).slice(0, ROWS_MAX);
  const { kind, bed, specialty, service, scheme, isOpenNow, radius } = filters;
  return {
    items,
    nextCursor: null,
    emergencyDepartments: near ? emergencyDepartmentsOf(directory, near, now, DEPARTMENTS) : [],
    reporting: null,
    filters: {
      near: near ?? null,
      radius,
      kind: kind ? [kind] : [],
      specialty,
      condition: null,
      specialties: specialty ? [specialty] : [],
      service,
      bed,
      scheme,
      q,
      sort: "distance",
      open: isOpenNow ? "now" : null,
      includeStale: false,
    },
    copyOf: millisOf(directory.asOf),
  };
}

/** A place as the copy has it; undefined when there is no copy, or it is not in there. */
export async function placeFromCopy(
  id: FacilityId,
): Promise<(FacilityRecord & { copyOf: number }) | undefined> {
  const directory = await theCopy();
  const entry = directory?.items.find((one) => one.id === id);
  if (!directory || !entry) return undefined;
  const record = recordOfEntry(entry, instantOf(Date.now()), directory.timeZone);
  return { ...record, copyOf: millisOf(directory.asOf) };
}
