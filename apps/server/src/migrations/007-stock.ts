import { sql, type Kysely } from "kysely";

/** Areas of the city that lines are kept apart by; `areaOf` says which facility is in which. */
const AREAS = 16;

/** What is on the shelves, its ledger, and what lists were read into it (decision 020). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...NAMES, ...SHELVES, ...LEDGER, ...LISTS, ...GAPS])
    await sql.raw(statement).execute(db);
}

/** Numbers stand for names in millions of lines. */
const NAMES = [
  `create table stock_facility (
     no integer generated always as identity primary key,
     facility_id text not null unique references facility (id),
     area smallint not null
   )`,
  `create table stock_medicine (
     no integer generated always as identity primary key,
     medicine_id text not null unique
   )`,
];

/**
 * `stock_line`: what a source last said of a medicine at a facility. `stock_shelf`: when a source
 * last told all that a facility has; its lines are seen again then, and what is not among them is gone.
 */
const SHELVES = [
  `create sequence stock_version`,
  `create table stock_shelf (
     facility_no integer not null references stock_facility (no),
     source text not null,
     listed_at timestamptz not null,
     received_at timestamptz not null,
     version bigint not null,
     primary key (facility_no, source)
   )`,
  `create table stock_line (
     facility_no integer not null,
     medicine_no integer not null,
     quantity integer not null,
     price_minor integer,
     observed_at timestamptz not null,
     received_at timestamptz not null,
     version bigint not null,
     area smallint not null,
     expires_on date,
     source text not null,
     lot text,
     primary key (area, facility_no, medicine_no, source)
   ) partition by list (area)`,
  ...Array.from(
    { length: AREAS },
    (_, area) =>
      `create table stock_line_${String(area).padStart(2, "0")} partition of stock_line for values in (${area}) with (fillfactor = 90)`,
  ),
];

/**
 * The ledger of stock: a batch is the fact that a source said something of a facility at a moment,
 * and how much of it was new; only what was new has rows of its own.
 */
const LEDGER = [
  `create table stock_batch (
     version bigint primary key,
     facility_no integer not null,
     source text not null,
     sender text not null,
     observed_at timestamptz not null,
     received_at timestamptz not null,
     is_full boolean not null,
     changed integer not null,
     confirmed integer not null,
     superseded integer not null
   )`,
  `create index stock_batch_facility on stock_batch (facility_no, observed_at desc)`,
  `create table stock_observation (
     id bigint not null default nextval('observation_id'),
     received_at timestamptz not null,
     version bigint not null,
     medicine_no integer not null,
     quantity integer not null,
     price_minor integer,
     expires_on date,
     outcome text not null check (outcome in ('changed', 'confirmed', 'superseded')),
     lot text,
     primary key (id, received_at)
   ) partition by range (received_at)`,
  `create index stock_observation_batch on stock_observation (version, medicine_no)`,
];

/** Lists that were sent with a key, how far they were taken in, and what their words were decided to mean. */
const LISTS = [
  `create table stock_list (
     sender text not null,
     key text not null,
     facility_id text not null references facility (id),
     observed_at timestamptz not null,
     started_at timestamptz not null,
     lines integer not null,
     digest bytea,
     answer jsonb,
     primary key (sender, key)
   )`,
  `create table stock_word (
     facility_id text not null references facility (id),
     words text not null,
     line jsonb not null,
     medicine_id text,
     is_decided boolean not null,
     seen_at timestamptz not null,
     primary key (facility_id, words)
   )`,
];

/** Counts by day and ward of the city; never who asked. */
const GAPS = [
  `create table stock_unmet (
     day date not null,
     ward text not null,
     medicine_id text not null,
     searches integer not null,
     primary key (day, ward, medicine_id)
   )`,
  `create table stock_gap (
     day date not null,
     ward text not null,
     medicine_id text not null,
     reporting integer not null,
     without integer not null,
     primary key (day, ward, medicine_id)
   )`,
];
