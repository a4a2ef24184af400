import { sql, type RawBuilder } from "kysely";
import type { z } from "zod";
import type { BloodComponent, BloodGroup } from "@ihims/core/blood/schema.ts";
import { BloodUnit, UNITS_MAX_BAGS } from "@ihims/core/blood/units.ts";
import type { BloodUnitId, FacilityId } from "@ihims/core/ids.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { Db } from "../../platform/database.ts";

/** A bag as it is kept. */
export const UnitRow = BloodUnit.omit({ isExpired: true });
export type UnitRow = z.infer<typeof UnitRow>;

const COLUMNS = sql`id, donation, product, blood_group as "group", component, expires_at as "expiresAt", state, added_at as "addedAt"`;

async function findRows(db: Db, where: RawBuilder<unknown>): Promise<UnitRow[]> {
  const { rows } = await sql`select ${COLUMNS} from blood_unit where ${where}`.execute(db);
  return rows.map((row) => UnitRow.parse(row));
}

/** Bags on the shelf, expired ones included, first expiring first. */
export function findShelf(
  db: Db,
  facility: FacilityId,
  { group, component }: { group?: BloodGroup | undefined; component?: BloodComponent | undefined },
): Promise<UnitRow[]> {
  return findRows(
    db,
    sql`facility_id = ${facility} and state = 'available'
      and ${group ? sql`blood_group = ${group}` : sql`true`}
      and ${component ? sql`component = ${component}` : sql`true`}
      order by expires_at, donation, product limit ${UNITS_MAX_BAGS}`,
  );
}

export async function countShelf(db: Db, facility: FacilityId): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from blood_unit where facility_id = ${facility} and state = 'available'
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** The bag with a donation number and product code, wherever it is by now. */
export async function findBag(
  db: Db,
  facility: FacilityId,
  { donation, product }: { donation: string; product: string },
): Promise<UnitRow | undefined> {
  return (
    await findRows(db, sql`facility_id = ${facility} and donation = ${donation} and product = ${product}`)
  )[0];
}

export async function findUnit(db: Db, facility: FacilityId, id: BloodUnitId): Promise<UnitRow | undefined> {
  return (await findRows(db, sql`facility_id = ${facility} and id = ${id}`))[0];
}

export async function insertUnit(
  db: Db,
  facility: FacilityId,
  unit: UnitRow,
  addedBy: string,
): Promise<void> {
  await sql`
    insert into blood_unit (id, facility_id, donation, product, blood_group, component, expires_at, state, added_at, added_by)
    values (${unit.id}, ${facility}, ${unit.donation}, ${unit.product}, ${unit.group}, ${unit.component},
      ${unit.expiresAt}::timestamptz, ${unit.state}, ${unit.addedAt}::timestamptz, ${addedBy})
  `.execute(db);
}

export async function saveState(
  db: Db,
  { id, state }: UnitRow,
  moved: { at: Instant; by: string },
): Promise<void> {
  await sql`
    update blood_unit set state = ${state}, moved_at = ${moved.at}::timestamptz, moved_by = ${moved.by} where id = ${id}
  `.execute(db);
}
