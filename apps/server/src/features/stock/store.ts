import { sql } from "kysely";
import { FacilityId } from "@ihims/core/ids.ts";
import { MedicineId } from "@ihims/core/medicines/schema.ts";
import { Source } from "@ihims/core/observations/schema.ts";
import { StockListReport } from "@ihims/core/stock/endpoints.ts";
import type { StockLine } from "@ihims/core/stock/list.ts";
import { Day, Instant } from "@ihims/core/time.ts";
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

/** A list that was sent with a key, as far as it was taken in. */
export interface ClaimedList {
  facility: string;
  observedAt: Instant;
  lines: number;
  digest: Buffer | null;
  answer: StockListReport | null;
}

const ClaimedRow = z.object({
  facility: z.string(),
  observedAt: Instant,
  lines: z.int(),
  digest: z.instanceof(Buffer).nullable(),
  answer: StockListReport.nullable(),
});

/** Begin a list under its key, or find it as it was begun. */
export async function claimList(
  db: Db,
  list: { sender: string; key: string; facility: FacilityId; observedAt: Instant },
  now: Instant,
): Promise<ClaimedList> {
  const { sender, key, facility, observedAt } = list;
  await sql`
    insert into stock_list (sender, key, facility_id, observed_at, started_at, lines)
    values (${sender}, ${key}, ${facility}, ${observedAt}::timestamptz, ${now}::timestamptz, 0) on conflict do nothing
  `.execute(db);
  const { rows } = await sql`
    select facility_id as facility, observed_at as "observedAt", lines, digest, answer
    from stock_list where sender = ${sender} and key = ${key}
  `.execute(db);
  return ClaimedRow.parse(rows[0]);
}

export async function saveProgress(
  db: Db,
  sender: string,
  key: string,
  lines: number,
  digest: Buffer,
): Promise<void> {
  await sql`
    update stock_list set lines = ${lines}, digest = ${digest} where sender = ${sender} and key = ${key} and lines < ${lines}
  `.execute(db);
}

export async function finishList(
  db: Db,
  sender: string,
  key: string,
  { lines, digest, answer }: { lines: number; digest: Buffer; answer: StockListReport },
): Promise<void> {
  await sql`
    update stock_list set lines = ${lines}, digest = ${digest}, answer = ${JSON.stringify(answer)}::jsonb
    where sender = ${sender} and key = ${key}
  `.execute(db);
}

/** Forget lists that nobody sends again any more. */
export async function forgetListsBefore(db: Db, moment: Instant): Promise<void> {
  await sql`delete from stock_list where started_at < ${moment}::timestamptz`.execute(db);
}

const ShelfRow = z.object({
  medicine: MedicineId,
  source: Source,
  expiresOn: Day.nullable(),
  lot: z.string().nullable(),
});

/** What the lines of a facility have beside their numbers: lots and days of expiry. */
export async function findShelfRows(
  db: Db,
  facility: FacilityId,
  limit: number,
): Promise<z.infer<typeof ShelfRow>[]> {
  const { rows } = await sql`
    select m.medicine_id as medicine, l.source, l.expires_on::text as "expiresOn", l.lot
    from stock_facility f
    join stock_line l on l.area = f.area and l.facility_no = f.no
    join stock_medicine m on m.no = l.medicine_no
    where f.facility_id = ${facility} order by l.medicine_no limit ${limit}
  `.execute(db);
  return rows.map((row) => ShelfRow.parse(row));
}

/** Words of a line, with what they were found to mean; null: nothing that is certain. */
export interface WordsRow {
  words: string;
  line: StockLine;
  medicine: MedicineId | null;
}

/** What is remembered of the words of a facility's lists. */
export async function findWords(
  db: Db,
  facility: FacilityId,
): Promise<Map<string, { medicine: MedicineId | null; isDecided: boolean }>> {
  const { rows } = await sql<{ words: string; medicine: MedicineId | null; isDecided: boolean }>`
    select words, medicine_id as medicine, is_decided as "isDecided" from stock_word where facility_id = ${facility}
  `.execute(db);
  return new Map(rows.map(({ words, ...meaning }) => [words, meaning]));
}

/** Remember words; what somebody decided stays. */
export async function saveWords(
  db: Db,
  facility: FacilityId,
  rows: readonly WordsRow[],
  now: Instant,
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into stock_word (facility_id, words, line, medicine_id, is_decided, seen_at)
    select ${facility}, words, line::jsonb, medicine, false, ${now}::timestamptz
    from unnest(
      ${rows.map(({ words }) => words)}::text[], ${rows.map(({ line }) => JSON.stringify(line))}::text[],
      ${rows.map(({ medicine }) => medicine)}::text[]
    ) as given (words, line, medicine)
    on conflict (facility_id, words) do update set
      line = excluded.line, seen_at = excluded.seen_at, medicine_id = excluded.medicine_id
      where not stock_word.is_decided
  `.execute(db);
}

/** @returns how many words were known */
export async function decideWordsOf(
  db: Db,
  facility: FacilityId,
  decisions: readonly { words: string; medicine: MedicineId | null }[],
): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    update stock_word w set medicine_id = d.medicine, is_decided = true
    from unnest(
      ${decisions.map(({ words }) => words)}::text[], ${decisions.map(({ medicine }) => medicine)}::text[]
    ) as d (words, medicine)
    where w.facility_id = ${facility} and w.words = d.words
  `.execute(db);
  return Number(numAffectedRows);
}

const UnmatchedRow = z.object({
  words: z.string(),
  line: z.record(z.string(), z.unknown()),
  seenAt: Instant,
  total: z.int(),
});

/** Words that nobody has decided and that mean nothing certain, latest first. */
export async function findUnmatched(
  db: Db,
  facility: FacilityId,
  limit: number,
): Promise<z.infer<typeof UnmatchedRow>[]> {
  const { rows } = await sql`
    select words, line, seen_at as "seenAt", count(*) over () as total from stock_word
    where facility_id = ${facility} and medicine_id is null and not is_decided
    order by seen_at desc, words limit ${limit}
  `.execute(db);
  return rows.map((row) => UnmatchedRow.parse(row));
}
