import { sql } from "kysely";
import { FacilityId } from "@ihims/core/ids.ts";
import { Source } from "@ihims/core/observations/schema.ts";
import { Instant } from "@ihims/core/time.ts";
import { z } from "zod";
import type { Db } from "../../platform/database.ts";

/** The lines of one source at one facility, as `Shelves.fill` takes them: six 32-bit numbers each. */
export interface PackedShelf {
  facilityNo: number;
  source: Source;
  numbers: Buffer;
}

const Named = z.object({ no: z.int(), id: z.string() });

/** Every medicine that has a number. */
export async function findMedicineNumbers(db: Db): Promise<{ no: number; id: string }[]> {
  const { rows } = await sql`select no, medicine_id as id from stock_medicine`.execute(db);
  return rows.map((row) => Named.parse(row));
}

/** Every facility that has a shelf, by its number. */
export async function findShelfNumbers(db: Db): Promise<{ no: number; id: FacilityId }[]> {
  const { rows } = await sql`select no, facility_id as id from stock_facility order by no`.execute(db);
  return rows.map((row) => Named.extend({ id: FacilityId }).parse(row));
}

const ListedRow = z.object({ no: z.int(), source: Source, listedAt: Instant, receivedAt: Instant });

/** When sources told all that facilities have. */
export async function findAllListed(db: Db): Promise<z.infer<typeof ListedRow>[]> {
  const { rows } = await sql`
    select facility_no as no, source, listed_at as "listedAt", received_at as "receivedAt" from stock_shelf
  `.execute(db);
  return rows.map((row) => ListedRow.parse(row));
}

const PackedRow = z.object({ facilityNo: z.int(), source: Source, numbers: z.instanceof(Buffer) });

/** The lines of facilities whose numbers are from one to another, both included, in their order. */
export async function findPackedShelves(db: Db, from: number, to: number): Promise<PackedShelf[]> {
  const { rows } = await sql`
    select l.facility_no as "facilityNo", l.source, string_agg(
      int4send(l.medicine_no) || int4send(l.quantity) || int4send(coalesce(l.price_minor, -1))
      || int4send(extract(epoch from l.observed_at)::int) || int4send(extract(epoch from l.received_at)::int)
      || int4send((l.version & 2147483647)::int), '') as numbers
    from stock_facility f join stock_line l on l.area = f.area and l.facility_no = f.no
    where f.no between ${from} and ${to}
    group by l.facility_no, l.source order by l.facility_no, l.source
  `.execute(db);
  return rows.map((row) => PackedRow.parse(row));
}
