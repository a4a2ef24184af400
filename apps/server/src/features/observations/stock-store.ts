import { sql } from "kysely";
import { z } from "zod";
import { Position } from "@ihims/core/geo.ts";
import { FacilityId, ObservationId } from "@ihims/core/ids.ts";
import { Source } from "@ihims/core/observations/schema.ts";
import { StockValue } from "@ihims/core/stock/schema.ts";
import { Day, Instant } from "@ihims/core/time.ts";
import { copyField, copyInto } from "../../platform/copy.ts";
import type { Db } from "../../platform/database.ts";
import type { Outcome } from "./store.ts";

/** A facility as its lines name it. */
export interface Shelf {
  no: number;
  area: number;
}

/** What a source last said of a medicine, as it is kept. */
export interface KnownLine {
  medicineNo: number;
  source: Source;
  value: StockValue;
  observedAt: Instant;
  receivedAt: Instant;
}

/** When a source last told all that a facility has. */
export interface Listed {
  source: Source;
  listedAt: Instant;
  receivedAt: Instant;
}

/** A line on its way to the shelf. */
export interface LineToSave extends KnownLine {
  version: number;
  /** Whether this source never spoke of it here. */
  isNew: boolean;
}

/** A row on its way into the ledger. */
export interface StockLedgerRow {
  version: number;
  medicineNo: number;
  value: StockValue;
  outcome: Outcome;
}

export interface StockBatch {
  version: number;
  facilityNo: number;
  source: Source;
  sender: string;
  observedAt: Instant;
  receivedAt: Instant;
  isFull: boolean;
  changed: number;
  confirmed: number;
  superseded: number;
}

/** The number and area of a facility's shelf; undefined when nothing was ever said of it. */
export async function findShelf(db: Db, facility: FacilityId): Promise<Shelf | undefined> {
  const { rows } = await sql<Shelf>`
    select no, area from stock_facility where facility_id = ${facility}
  `.execute(db);
  return rows[0];
}

/** @throws Error when there is no such facility */
export async function findPosition(db: Db, facility: FacilityId): Promise<Position> {
  const { rows } = await sql<{ position: unknown }>`
    select profile -> 'position' as position from facility where id = ${facility}
  `.execute(db);
  return Position.parse(rows[0]?.position);
}

export async function createShelf(db: Db, facility: FacilityId, area: number): Promise<Shelf> {
  const { rows } = await sql<Shelf>`
    insert into stock_facility (facility_id, area) values (${facility}, ${area}) returning no, area
  `.execute(db);
  if (!rows[0]) throw new Error("a statement that returns its row returned none");
  return rows[0];
}

/** The numbers of some medicines; those that have none yet are left out. */
export async function findNumbers(db: Db, medicines: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ medicine_id: string; no: number }>`
    select medicine_id, no from stock_medicine where medicine_id = any(${medicines}::text[])
  `.execute(db);
  return new Map(rows.map(({ medicine_id, no }) => [medicine_id, no]));
}

/** Give numbers to medicines, in one order so that two who do it at once wait for each other. */
export async function createNumbers(db: Db, medicines: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ medicine_id: string; no: number }>`
    insert into stock_medicine (medicine_id) select unnest(${[...medicines].sort()}::text[])
    on conflict do nothing returning medicine_id, no
  `.execute(db);
  return new Map(rows.map(({ medicine_id, no }) => [medicine_id, no]));
}

export async function nextStockVersion(db: Db): Promise<number> {
  const { rows } = await sql<{ version: number }>`select nextval('stock_version') as version`.execute(db);
  return z.int().parse(rows[0]?.version);
}

/** What every source last said of some medicines of a facility; of all its medicines when undefined. */
export async function findKnownLines(
  db: Db,
  shelf: Shelf,
  medicineNos: readonly number[] | undefined,
): Promise<KnownLine[]> {
  const only = medicineNos ? sql`and medicine_no = any(${medicineNos}::integer[])` : sql``;
  const { rows } = await sql<LineRow>`
    select medicine_no, source, quantity, price_minor, expires_on::text as expires_on, lot, observed_at, received_at
    from stock_line where area = ${shelf.area} and facility_no = ${shelf.no} ${only}
  `.execute(db);
  return rows.map(lineFromRow);
}

interface LineRow {
  medicine_no: number;
  source: string;
  quantity: number;
  price_minor: number | null;
  expires_on: string | null;
  lot: string | null;
  observed_at: string;
  received_at: string;
}

/** Columns with constraints of their own are taken as they are: there are ten thousand of these in a list. */
function lineFromRow(row: LineRow): KnownLine {
  return {
    medicineNo: row.medicine_no,
    source: Source.parse(row.source),
    value: valueFromRow(row),
    // The database's own moments, written as Instants are by the driver.
    observedAt: row.observed_at as Instant,
    receivedAt: row.received_at as Instant,
  };
}

type ValueRow = Pick<LineRow, "quantity" | "price_minor" | "expires_on" | "lot">;

function valueFromRow({ quantity, price_minor, expires_on, lot }: ValueRow): StockValue {
  return {
    quantity,
    ...(price_minor === null ? {} : { priceMinor: price_minor }),
    ...(expires_on === null ? {} : { expiresOn: Day.parse(expires_on) }),
    ...(lot === null ? {} : { lot }),
  };
}

/** What the ledger has of a sender at some moments, by moment and medicine. */
export async function findRecordedLines(
  db: Db,
  facilityNo: number,
  of: { source: Source; sender: string; moments: readonly Instant[] },
): Promise<Map<string, StockValue[]>> {
  const { rows } = await sql<ValueRow & { observed_at: Instant; medicine_no: number }>`
    select b.observed_at, o.medicine_no, o.quantity, o.price_minor, o.expires_on::text as expires_on, o.lot
    from stock_batch b join stock_observation o on o.version = b.version
    where b.facility_no = ${facilityNo} and b.source = ${of.source} and b.sender = ${of.sender}
      and b.observed_at = any(${of.moments}::timestamptz[])
  `.execute(db);
  const lines = Map.groupBy(rows, ({ observed_at, medicine_no }) => `${observed_at} ${medicine_no}`);
  return new Map([...lines].map(([key, some]) => [key, some.map(valueFromRow)]));
}

export async function findListed(db: Db, facilityNo: number): Promise<Listed[]> {
  const { rows } = await sql`
    select source, listed_at as "listedAt", received_at as "receivedAt" from stock_shelf where facility_no = ${facilityNo}
  `.execute(db);
  return rows.map((row) => ListedRow.parse(row));
}
const ListedRow = z.object({ source: Source, listedAt: Instant, receivedAt: Instant });

/** A source has told all that a facility has. */
export async function saveListed(db: Db, facilityNo: number, version: number, listed: Listed): Promise<void> {
  await sql`
    insert into stock_shelf (facility_no, source, listed_at, received_at, version)
    values (${facilityNo}, ${listed.source}, ${listed.listedAt}::timestamptz, ${listed.receivedAt}::timestamptz, ${version})
    on conflict (facility_no, source) do update set
      listed_at = excluded.listed_at, received_at = excluded.received_at, version = excluded.version
  `.execute(db);
}

/** Write lines. Their facility is locked, so that who is new to it cannot come in between. */
export async function saveLines(db: Db, shelf: Shelf, lines: readonly LineToSave[]): Promise<void> {
  const rows = lines
    .filter(({ isNew }) => isNew)
    .map(
      ({ medicineNo, source, value, observedAt, receivedAt, version }) =>
        `${shelf.area}\t${shelf.no}\t${medicineNo}\t${source}\t${value.quantity}\t${copyField(value.priceMinor)}\t${copyField(value.expiresOn)}\t${copyField(value.lot)}\t${observedAt}\t${receivedAt}\t${version}\n`,
    );
  await copyInto(
    db,
    "stock_line (area, facility_no, medicine_no, source, quantity, price_minor, expires_on, lot, observed_at, received_at, version)",
    rows.join(""),
  );
  const known = lines.filter(({ isNew }) => !isNew);
  if (known.length === 0) return;
  await sql`
    update stock_line l set quantity = n.quantity, price_minor = n.price_minor, expires_on = n.expires_on, lot = n.lot,
      observed_at = n.observed_at, received_at = n.received_at, version = n.version
    from unnest(
      ${known.map(({ medicineNo }) => medicineNo)}::integer[], ${known.map(({ source }) => source)}::text[],
      ${known.map(({ value }) => value.quantity)}::integer[], ${known.map(({ value }) => value.priceMinor ?? null)}::integer[],
      ${known.map(({ value }) => value.expiresOn ?? null)}::date[], ${known.map(({ value }) => value.lot ?? null)}::text[],
      ${known.map(({ observedAt }) => observedAt)}::timestamptz[], ${known.map(({ receivedAt }) => receivedAt)}::timestamptz[],
      ${known.map(({ version }) => version)}::bigint[]
    ) as n (medicine_no, source, quantity, price_minor, expires_on, lot, observed_at, received_at, version)
    where l.area = ${shelf.area} and l.facility_no = ${shelf.no} and l.medicine_no = n.medicine_no and l.source = n.source
  `.execute(db);
}

export async function saveBatches(db: Db, batches: readonly StockBatch[]): Promise<void> {
  if (batches.length === 0) return;
  await sql`
    insert into stock_batch (version, facility_no, source, sender, observed_at, received_at, is_full, changed, confirmed, superseded)
    select * from unnest(
      ${batches.map((one) => one.version)}::bigint[], ${batches.map((one) => one.facilityNo)}::integer[],
      ${batches.map((one) => one.source)}::text[], ${batches.map((one) => one.sender)}::text[],
      ${batches.map((one) => one.observedAt)}::timestamptz[], ${batches.map((one) => one.receivedAt)}::timestamptz[],
      ${batches.map((one) => one.isFull)}::boolean[], ${batches.map((one) => one.changed)}::integer[],
      ${batches.map((one) => one.confirmed)}::integer[], ${batches.map((one) => one.superseded)}::integer[]
    )
  `.execute(db);
}

/** Append to the ledger of stock, in the order given. */
export function appendToStockLedger(
  db: Db,
  rows: readonly StockLedgerRow[],
  receivedAt: Instant,
): Promise<void> {
  const text = rows.map(
    ({ version, medicineNo, value, outcome }) =>
      `${receivedAt}\t${version}\t${medicineNo}\t${value.quantity}\t${copyField(value.priceMinor)}\t${copyField(value.expiresOn)}\t${copyField(value.lot)}\t${outcome}\n`,
  );
  return copyInto(
    db,
    "stock_observation (received_at, version, medicine_no, quantity, price_minor, expires_on, lot, outcome)",
    text.join(""),
  );
}

/** The ledger's rows of some versions: the last of each medicine. */
export async function findLedgerIds(
  db: Db,
  versions: readonly number[],
): Promise<Map<string, ObservationId>> {
  const { rows } = await sql<{ id: ObservationId; version: number; medicine_no: number }>`
    select max(id)::text as id, version, medicine_no from stock_observation
    where version = any(${versions}::bigint[]) group by version, medicine_no
  `.execute(db);
  return new Map(rows.map(({ id, version, medicine_no }) => [`${version} ${medicine_no}`, id]));
}

/** A row of the ledger of stock as it is read back, with where it stands. */
const StockEntry = z.object({
  observation: ObservationId,
  facility: FacilityId,
  medicine: z.string(),
  medicineNo: z.int(),
  shelf: z.object({ no: z.int(), area: z.int() }),
  source: Source,
  sender: z.string(),
  value: StockValue,
  observedAt: Instant,
  receivedAt: Instant,
});
export type StockEntry = z.infer<typeof StockEntry>;

const STOCK_ENTRY = sql`
  select o.id::text as observation, f.facility_id as facility, m.medicine_id as medicine, o.medicine_no as "medicineNo",
    jsonb_build_object('no', f.no, 'area', f.area) as shelf, b.source, b.sender,
    jsonb_strip_nulls(jsonb_build_object('quantity', o.quantity, 'priceMinor', o.price_minor,
      'expiresOn', o.expires_on, 'lot', o.lot)) as value,
    b.observed_at as "observedAt", b.received_at as "receivedAt"
  from stock_observation o join stock_batch b on b.version = o.version
    join stock_facility f on f.no = b.facility_no join stock_medicine m on m.no = o.medicine_no`;

/** Rows of the ledger of stock by their numbers. */
export async function findStockEntries(db: Db, ids: readonly ObservationId[]): Promise<StockEntry[]> {
  const { rows } = await sql`${STOCK_ENTRY} where o.id = any(${ids}::bigint[])`.execute(db);
  return rows.map((row) => StockEntry.parse(row));
}

/** The newest row of a source about a medicine of a facility that was not retracted. */
export async function findNewestStockEntry(
  db: Db,
  { shelf, source, medicineNo }: Pick<StockEntry, "shelf" | "source" | "medicineNo">,
): Promise<StockEntry | undefined> {
  const { rows } = await sql`
    ${STOCK_ENTRY}
    where b.facility_no = ${shelf.no} and b.source = ${source} and o.medicine_no = ${medicineNo}
      and not exists (select from retraction r where r.observation_id = o.id)
    order by b.observed_at desc, o.id desc limit 1
  `.execute(db);
  return rows[0] ? StockEntry.parse(rows[0]) : undefined;
}

/** A source says nothing of a medicine of a facility any more. */
export async function removeLine(
  db: Db,
  { shelf, source, medicineNo }: Pick<StockEntry, "shelf" | "source" | "medicineNo">,
): Promise<void> {
  await sql`
    delete from stock_line
    where area = ${shelf.area} and facility_no = ${shelf.no} and medicine_no = ${medicineNo} and source = ${source}
  `.execute(db);
}

/** The row in which a source said last what it still says of a medicine. */
export async function findStandingId(
  db: Db,
  facilityNo: number,
  source: Source,
  medicineNo: number,
): Promise<ObservationId | undefined> {
  const { rows } = await sql<{ id: ObservationId }>`
    select o.id::text as id from stock_batch b
    join stock_observation o on o.version = b.version and o.medicine_no = ${medicineNo}
    where b.facility_no = ${facilityNo} and b.source = ${source} and o.outcome <> 'superseded'
    order by b.observed_at desc, o.id desc limit 1
  `.execute(db);
  return rows[0]?.id;
}
