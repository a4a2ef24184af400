import { sql } from "kysely";
import { z } from "zod";
import { MedicineId } from "@ihims/core/medicines/schema.ts";
import type { Db } from "../../platform/database.ts";

/** Searches in vain of one day, by ward and medicine: added to what was counted before. */
export async function addUnmet(
  db: Db,
  counts: readonly { day: string; ward: string; medicine: MedicineId; searches: number }[],
): Promise<void> {
  await sql`
    insert into stock_unmet as known (day, ward, medicine_id, searches)
    select * from unnest(
      ${counts.map(({ day }) => day)}::date[], ${counts.map(({ ward }) => ward)}::text[],
      ${counts.map(({ medicine }) => medicine)}::text[], ${counts.map(({ searches }) => searches)}::integer[]
    ) as given (day, ward, medicine_id, searches)
    order by 1, 2, 3
    on conflict (day, ward, medicine_id) do update set searches = known.searches + excluded.searches
  `.execute(db);
}

/** A medicine that pharmacies of a ward do not have. */
export interface Gap {
  ward: string;
  medicine: string;
  reporting: number;
  without: number;
}

/** What wards are short of on a day, in place of what was counted on it before. */
export async function replaceGaps(db: Db, day: string, gaps: readonly Gap[]): Promise<void> {
  await sql`delete from stock_gap where day = ${day}::date`.execute(db);
  if (gaps.length === 0) return;
  await sql`
    insert into stock_gap (day, ward, medicine_id, reporting, without)
    select ${day}::date, * from unnest(
      ${gaps.map(({ ward }) => ward)}::text[], ${gaps.map(({ medicine }) => medicine)}::text[],
      ${gaps.map(({ reporting }) => reporting)}::integer[], ${gaps.map(({ without }) => without)}::integer[]
    )
    on conflict (day, ward, medicine_id) do update set reporting = excluded.reporting, without = excluded.without
  `.execute(db);
}

const GapRow = z.object({
  ward: z.string(),
  medicine: MedicineId,
  searches: z.int(),
  reporting: z.int(),
  without: z.int(),
});
export type GapRow = z.infer<typeof GapRow>;

/** Searches over some days, both included, with the gaps of the last day that has any. */
export async function findGaps(db: Db, from: string, to: string): Promise<GapRow[]> {
  const { rows } = await sql`
    with unmet as (
      select ward, medicine_id, sum(searches)::integer as searches from stock_unmet
      where day between ${from}::date and ${to}::date group by ward, medicine_id
    ), gap as (
      select ward, medicine_id, reporting, without from stock_gap
      where day = (select max(day) from stock_gap where day between ${from}::date and ${to}::date)
    )
    select ward, medicine_id as medicine, coalesce(searches, 0) as searches,
      coalesce(reporting, 0) as reporting, coalesce(without, 0) as without
    from unmet full join gap using (ward, medicine_id)
    order by ward, medicine_id
  `.execute(db);
  return rows.map((row) => GapRow.parse(row));
}

/** Forget days that nobody looks back over. */
export async function forgetGapsBefore(db: Db, day: string): Promise<void> {
  await sql`delete from stock_unmet where day < ${day}::date`.execute(db);
  await sql`delete from stock_gap where day < ${day}::date`.execute(db);
}
