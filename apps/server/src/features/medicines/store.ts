import { sql } from "kysely";
import { Medicine, type MedicineId, type MedicineProfile } from "@ihims/core/medicines/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { Db } from "../../platform/database.ts";

interface MedicineRow {
  id: string;
  source: string;
  ref: string;
  profile: object;
  revision: number;
  updated_at: string;
}

export interface KeptMedicine {
  medicine: Medicine;
  /** Which write of the catalogue it was changed by last. */
  revision: number;
}

/** One product to be written. */
export interface MedicineToSave {
  id: MedicineId;
  source: string;
  ref: string;
  profile: MedicineProfile;
  /** Null: nothing may stand in for it. */
  equivalence: string | null;
}

const COLUMNS = sql`id, source, ref, profile, revision, updated_at`;

function fromRow({ id, source, ref, profile, revision, updated_at }: MedicineRow): KeptMedicine {
  return { medicine: Medicine.parse({ ...profile, id, source, ref, updatedAt: updated_at }), revision };
}

/** Lock the catalogue for this transaction, and number it: those who read after a number miss nothing. */
export async function takeRevision(db: Db): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext('medicine catalogue'))`.execute(db);
  const { rows } = await sql<{ revision: number }>`
    select nextval('medicine_revision_number') as revision
  `.execute(db);
  return rows[0]?.revision ?? 0;
}

/** Write products; one that says the same as before stays as it is. @returns what was written, and whether it is new */
export async function saveMedicines(
  db: Db,
  medicines: readonly MedicineToSave[],
  { revision, now }: { revision: number; now: Instant },
): Promise<{ id: string; isNew: boolean }[]> {
  const { rows } = await sql<{ id: string; is_new: boolean }>`
    insert into medicine as known (id, source, ref, profile, equivalence, revision, updated_at)
    select id, source, ref, profile::jsonb, equivalence, ${revision}::bigint, ${now}::timestamptz
    from unnest(
      ${medicines.map(({ id }) => id)}::text[], ${medicines.map(({ source }) => source)}::text[],
      ${medicines.map(({ ref }) => ref)}::text[],
      ${medicines.map(({ profile }) => JSON.stringify(profile))}::text[],
      ${medicines.map(({ equivalence }) => equivalence)}::text[]
    ) as given (id, source, ref, profile, equivalence)
    on conflict (id) do update set profile = excluded.profile, equivalence = excluded.equivalence,
      revision = excluded.revision, updated_at = excluded.updated_at
    where known.profile is distinct from excluded.profile or known.equivalence is distinct from excluded.equivalence
    returning id, (xmax = 0) as is_new
  `.execute(db);
  return rows.map(({ id, is_new }) => ({ id, isNew: is_new }));
}

/** How writing products would go, without writing. */
export async function compareMedicines(
  db: Db,
  medicines: readonly MedicineToSave[],
): Promise<{ id: string; isNew: boolean }[]> {
  const { rows } = await sql<{ id: string; is_new: boolean }>`
    select given.id, known.id is null as is_new
    from unnest(
      ${medicines.map(({ id }) => id)}::text[],
      ${medicines.map(({ profile }) => JSON.stringify(profile))}::text[],
      ${medicines.map(({ equivalence }) => equivalence)}::text[]
    ) as given (id, profile, equivalence)
    left join medicine known on known.id = given.id
    where known.id is null or known.profile is distinct from given.profile::jsonb
      or known.equivalence is distinct from given.equivalence
  `.execute(db);
  return rows.map(({ id, is_new }) => ({ id, isNew: is_new }));
}

/** Products by id, in the order of the ids; those that are not there are left out. */
export async function findMedicines(db: Db, ids: readonly string[]): Promise<Medicine[]> {
  const { rows } = await sql<MedicineRow>`
    select ${COLUMNS} from medicine where id = any(${ids}::text[])
  `.execute(db);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row ? [fromRow(row).medicine] : [];
  });
}

/** What may stand in for a product, itself left out. @param limit most of them */
export async function findEquivalents(db: Db, id: MedicineId, limit: number): Promise<Medicine[]> {
  const { rows } = await sql<MedicineRow>`
    select ${COLUMNS} from medicine
    where equivalence = (select equivalence from medicine where id = ${id}) and id <> ${id}
    order by id limit ${limit}
  `.execute(db);
  return rows.map((row) => fromRow(row).medicine);
}

/** A page of the whole catalogue by name. @param after name and id of the last one of the page before */
export async function findMedicinesByName(
  db: Db,
  { form, after, limit }: { form: string | null; after: readonly [string, string] | null; limit: number },
): Promise<Medicine[]> {
  const { rows } = await sql<MedicineRow>`
    select ${COLUMNS} from medicine
    where (${form}::text is null or profile->>'form' = ${form})
      and (${after === null} or (profile->>'name', id) > (${after?.[0] ?? ""}, ${after?.[1] ?? ""}))
    order by profile->>'name', id limit ${limit}
  `.execute(db);
  return rows.map((row) => fromRow(row).medicine);
}

/** Products that were written after a place in the order of writing, oldest first. */
export async function findMedicinesAfter(
  db: Db,
  after: { revision: number; id: string },
  limit: number,
): Promise<KeptMedicine[]> {
  const { rows } = await sql<MedicineRow>`
    select ${COLUMNS} from medicine where (revision, id) > (${after.revision}, ${after.id})
    order by revision, id limit ${limit}
  `.execute(db);
  return rows.map(fromRow);
}

/** What may stand in for each of some products, itself left out. */
export async function findIdsOfEquivalents(
  db: Db,
  ids: readonly MedicineId[],
): Promise<Map<MedicineId, MedicineId[]>> {
  const { rows } = await sql<{ id: MedicineId; other: MedicineId }>`
    select m.id, o.id as other from medicine m join medicine o on o.equivalence = m.equivalence and o.id <> m.id
    where m.id = any(${ids}::text[]) order by o.id
  `.execute(db);
  const others = Map.groupBy(rows, ({ id }) => id);
  return new Map([...others].map(([id, some]) => [id, some.map(({ other }) => other)]));
}

/** Those of some ids that are in the catalogue. */
export async function findIds(db: Db, ids: readonly MedicineId[]): Promise<MedicineId[]> {
  const { rows } = await sql<{ id: MedicineId }>`
    select id from medicine where id = any(${ids}::text[])
  `.execute(db);
  return rows.map(({ id }) => id);
}
