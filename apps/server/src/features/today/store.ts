import { sql } from "kysely";
import { z } from "zod";
import { FacilityId } from "@ihims/core/ids.ts";
import { SubjectKind } from "@ihims/core/observations/schema.ts";
import { Instant } from "@ihims/core/time.ts";
import type { Db } from "../../platform/database.ts";

const ShelfRow = z.object({
  facility: FacilityId,
  lines: z.int(),
  oldestSeenAt: Instant.nullable(),
  newestSeenAt: Instant.nullable(),
});

/** How much is on each shelf, and when its lines were last seen: by themselves or by a whole list of their source. */
export async function findShelfAges(
  db: Db,
  facilities: readonly FacilityId[],
): Promise<z.output<typeof ShelfRow>[]> {
  const { rows } = await sql`
    select f.facility_id as facility, count(distinct l.medicine_no)::int as lines,
      min(greatest(l.observed_at, s.listed_at)) as "oldestSeenAt", max(greatest(l.observed_at, s.listed_at)) as "newestSeenAt"
    from stock_facility f
    join stock_line l on l.area = f.area and l.facility_no = f.no
    left join stock_shelf s on s.facility_no = f.no and s.source = l.source
    where f.facility_id = any(${facilities}::text[])
    group by f.facility_id
  `.execute(db);
  return rows.map((row) => ShelfRow.parse(row));
}

const OpenHolds = z.object({
  facility: FacilityId,
  kind: SubjectKind,
  state: z.enum(["requested", "accepted"]),
  count: z.int(),
});

/** Holds that are open at a moment, counted. */
export async function countOpenHolds(
  db: Db,
  facilities: readonly FacilityId[],
  now: Instant,
): Promise<z.output<typeof OpenHolds>[]> {
  const { rows } = await sql`
    select facility_id as facility, kind, state, count(*)::int as count from hold
    where facility_id = any(${facilities}::text[]) and state in ('requested', 'accepted') and until > ${now}::timestamptz
    group by facility_id, kind, state
  `.execute(db);
  return rows.map((row) => OpenHolds.parse(row));
}
