import { sql } from "kysely";
import { Facility, type FacilityProfile, type LeadSetting } from "@ihims/core/facilities/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { Db } from "../../platform/database.ts";

interface FacilityRow {
  id: string;
  profile: object;
  leads: unknown;
  version: number;
  updated_at: string;
}

function facilityFromRow(row: FacilityRow): Facility {
  return Facility.parse({
    ...row.profile,
    id: row.id,
    leads: row.leads,
    version: row.version,
    updatedAt: row.updated_at,
  });
}

const COLUMNS = sql`id, profile, leads, version, updated_at`;

export async function findFacilityById(db: Db, id: FacilityId): Promise<Facility | undefined> {
  const { rows } = await sql<FacilityRow>`select ${COLUMNS} from facility where id = ${id}`.execute(db);
  return rows[0] && facilityFromRow(rows[0]);
}

/** The facility, locked against other writers until the transaction ends. */
export async function findFacilityForUpdate(db: Db, id: FacilityId): Promise<Facility | undefined> {
  const { rows } =
    await sql<FacilityRow>`select ${COLUMNS} from facility where id = ${id} for no key update`.execute(db);
  return rows[0] && facilityFromRow(rows[0]);
}

export async function findAllFacilities(db: Db): Promise<Facility[]> {
  const { rows } = await sql<FacilityRow>`select ${COLUMNS} from facility`.execute(db);
  return rows.map(facilityFromRow);
}

export async function insertFacility(
  db: Db,
  id: FacilityId,
  profile: FacilityProfile,
  now: Instant,
): Promise<Facility> {
  const { rows } = await sql<FacilityRow>`
    insert into facility (id, profile, updated_at) values (${id}, ${JSON.stringify(profile)}::jsonb, ${now}::timestamptz)
    returning ${COLUMNS}
  `.execute(db);
  return facilityFromRow(first(rows));
}

/** Write a facility over, one version on. */
export async function replaceFacility(
  db: Db,
  id: FacilityId,
  profile: FacilityProfile,
  leads: readonly LeadSetting[],
  now: Instant,
): Promise<Facility> {
  const { rows } = await sql<FacilityRow>`
    update facility set profile = ${JSON.stringify(profile)}::jsonb, leads = ${JSON.stringify(leads)}::jsonb,
      version = version + 1, updated_at = ${now}::timestamptz
    where id = ${id} returning ${COLUMNS}
  `.execute(db);
  return facilityFromRow(first(rows));
}

function first<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error("a statement that returns its row returned none");
  return row;
}
