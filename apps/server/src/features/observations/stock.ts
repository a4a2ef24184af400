import { LeadSetting } from "@ihims/core/facilities/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { leadFor } from "@ihims/core/observations/figures.ts";
import { freshnessOf } from "@ihims/core/observations/freshness.ts";
import { decideObservation, inOrderOfBelief, type Draft, type Lead } from "@ihims/core/observations/rules.ts";
import {
  stockSubject,
  VALUE_BY_KIND,
  type Freshness,
  type Source,
  type Subject,
} from "@ihims/core/observations/schema.ts";
import { areaOf, isSameStock, wholeSecond } from "@ihims/core/stock/rules.ts";
import type { StockValue } from "@ihims/core/stock/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import { z } from "zod";
import { appendChanges } from "../../platform/changes.ts";
import type { Context } from "../../platform/context.ts";
import { packLines, type StockChange, type StockNamesChange } from "./stock-changes.ts";
import {
  appendToStockLedger,
  createNumbers,
  createShelf,
  findKnownLines,
  findListed,
  findNumbers,
  findPosition,
  findRecordedLines,
  findShelf,
  nextStockVersion,
  saveBatches,
  saveLines,
  saveListed,
  type KnownLine,
  type LineToSave,
  type Listed,
  type Shelf,
  type StockBatch,
  type StockLedgerRow,
} from "./stock-store.ts";
import { ensurePartition, findLeads, lockFacilities } from "./store.ts";

/** Most lines that are taken in at a time, a full list excepted: that is taken in as a whole. */
export const STOCK_LINES_MAX = 10_000;
/** Most medicines of a full list; no country has more products. */
export const FULL_LIST_MAX = 400_000;
/** Lines that one change carries at most. */
const CHANGE_LINES_MAX = 10_000;

/** One line of what a source says of a shelf. */
export interface SaidLine {
  medicine: string;
  value: StockValue;
  /** When it was seen; to the second. */
  observedAt: Instant;
}

/** What one source says of the shelf of one facility. */
export interface StockReport {
  facility: FacilityId;
  source: Source;
  sender: string;
  lines: readonly SaidLine[];
  /** All that the facility had at this moment: what is not among the lines is gone. */
  full?: { observedAt: Instant };
}

/** What came of one line. `repeated`: it is what stands already, seen at the same moment. */
export type StockOutcome =
  | { kind: "changed" | "unchanged" | "superseded"; version: number; medicineNo: number }
  | { kind: "repeated"; medicineNo: number }
  | { kind: "refused"; reason: "from-the-future" | "no-such-facility" };

export interface StockRecorded {
  outcomes: StockOutcome[];
  /** Medicines that are gone because a full list does not have them. */
  gone: number;
  facilityNo: number | undefined;
}

/** Numbers of medicines that are known already, to be looked up without the database. */
export type NumberBook = Map<string, number>;

/**
 * Take in what a source says of a shelf: the bulk form of `recordObservations`, with the same rule for
 * each line. Nothing is written of a line that says again what stands; a batch of confirmations is one
 * fact, and a full list confirms with one row whatever it does not change.
 *
 * All of it or nothing is written, in one transaction (the caller's, when one is open).
 */
export async function recordStock(
  ctx: Context,
  report: StockReport,
  book: NumberBook = new Map(),
): Promise<StockRecorded> {
  const most = report.full ? FULL_LIST_MAX : STOCK_LINES_MAX;
  if (report.lines.length > most) throw new Error(`at most ${most} lines are taken in at a time`);
  await fillBook(
    ctx,
    report.lines.map(({ medicine }) => medicine),
    book,
  );
  return ctx.transaction(async (tx) => {
    const existing = await lockFacilities(tx.db, [report.facility]);
    if (!existing.has(report.facility)) {
      const outcome = { kind: "refused", reason: "no-such-facility" } as const;
      return { outcomes: report.lines.map(() => outcome), gone: 0, facilityNo: undefined };
    }
    const now = wholeSecond(tx.now());
    await ensurePartition(tx.db, "stock_observation", now);
    const shelf =
      (await findShelf(tx.db, report.facility)) ??
      (await createShelf(
        tx.db,
        report.facility,
        areaOf(tx.city.centre, await findPosition(tx.db, report.facility)),
      ));
    const taking = new Taking(report, shelf, now, await versionsOf(tx, report), {
      leads: await findLeadsOf(tx, report.facility),
      known: await findKnownLines(tx.db, shelf, report.full ? undefined : numbersIn(report, book)),
      listed: await findListed(tx.db, shelf.no),
    });
    const outcomes = report.lines.map((line) => taking.take(line, numberIn(book, line.medicine)));
    const gone = report.full ? taking.clear(report.full.observedAt) : 0;
    await write(tx, report, shelf, taking);
    return { outcomes, gone, facilityNo: shelf.no };
  });
}

/** Nothing has changed on a shelf: whatever stands there is seen to be so at a moment. @returns whether there is one */
export function confirmShelf(
  ctx: Context,
  facility: FacilityId,
  { sender }: { sender: string },
  observedAt: Instant,
): Promise<boolean> {
  return ctx.transaction(async (tx) => {
    await lockFacilities(tx.db, [facility]);
    const shelf = await findShelf(tx.db, facility);
    if (!shelf) return false;
    const [at, now] = [wholeSecond(observedAt), wholeSecond(tx.now())];
    const known = await findKnownLines(tx.db, shelf, undefined);
    const listed = await findListed(tx.db, shelf.no);
    for (const source of new Set(known.map((line) => line.source))) {
      const before = listed.find((one) => one.source === source);
      if (before && before.listedAt >= at) continue;
      const version = await nextStockVersion(tx.db);
      const confirmed = known.filter((line) => line.source === source && line.observedAt < at).length;
      const batch = { version, facilityNo: shelf.no, source, sender, observedAt: at, receivedAt: now };
      await saveBatches(tx.db, [{ ...batch, isFull: true, changed: 0, confirmed, superseded: 0 }]);
      await saveListed(tx.db, shelf.no, version, { source, listedAt: at, receivedAt: now });
      const change = { kind: "stock", facility, no: shelf.no, source, version, receivedAt: now } as const;
      await appendChanges(tx, [{ ...change, listedAt: at, lines: "" } satisfies StockChange]);
    }
    return true;
  });
}

/** Make sure that a book has the numbers of some medicines. New ones are numbered, and the other processes told. */
export async function fillBook(ctx: Context, medicines: readonly string[], book: NumberBook): Promise<void> {
  const missing = [...new Set(medicines)].filter((medicine) => !book.has(medicine));
  if (missing.length === 0) return;
  for (const [medicine, no] of await findNumbers(ctx.db, missing)) book.set(medicine, no);
  const unnumbered = missing.filter((medicine) => !book.has(medicine));
  if (unnumbered.length === 0) return;
  await ctx.transaction(async (tx) => {
    const added = [...(await createNumbers(tx.db, unnumbered))];
    if (added.length > 0)
      await appendChanges(tx, [{ kind: "stock-names", added } satisfies StockNamesChange]);
  });
  for (const [medicine, no] of await findNumbers(ctx.db, unnumbered)) book.set(medicine, no);
}

function numberIn(book: NumberBook, medicine: string): number {
  const no = book.get(medicine);
  if (no === undefined) throw new Error(`${medicine} has no number`);
  return no;
}

function numbersIn({ lines }: StockReport, book: NumberBook): number[] {
  return [...new Set(lines.map(({ medicine }) => numberIn(book, medicine)))];
}

async function findLeadsOf(ctx: Context, facility: FacilityId): Promise<LeadSetting[]> {
  const leads = await findLeads(ctx.db, [facility]);
  return z.array(LeadSetting).parse(leads.get(facility) ?? []);
}

/** A version for each moment that the report speaks of. */
async function versionsOf(ctx: Context, { lines, full }: StockReport): Promise<Map<Instant, number>> {
  const moments = full ? [full.observedAt] : [...new Set(lines.map(({ observedAt }) => observedAt))];
  const versions = new Map<Instant, number>();
  for (const moment of moments) versions.set(moment, await nextStockVersion(ctx.db));
  return versions;
}

/** A report on its way in: what is decided line by line, and what is to be written of it in the end. */
class Taking {
  readonly batches: Map<number, StockBatch>;
  readonly lines = new Map<number, LineToSave>();
  readonly ledger: StockLedgerRow[] = [];
  listedAt: Instant | undefined;
  readonly #report: StockReport;
  readonly #now: Instant;
  readonly #versions: ReadonlyMap<Instant, number>;
  readonly #leads: readonly LeadSetting[];
  readonly #known: Map<number, KnownLine[]>;
  readonly #listed: readonly Listed[];
  readonly #told = new Set<number>();

  constructor(
    report: StockReport,
    shelf: Shelf,
    now: Instant,
    versions: ReadonlyMap<Instant, number>,
    standing: { leads: readonly LeadSetting[]; known: readonly KnownLine[]; listed: readonly Listed[] },
  ) {
    this.#report = report;
    this.#now = now;
    this.#versions = versions;
    this.#leads = standing.leads;
    this.#known = Map.groupBy(standing.known, ({ medicineNo }) => medicineNo);
    this.#listed = standing.listed;
    const { source, sender, full } = report;
    const said = { facilityNo: shelf.no, source, sender, receivedAt: now, isFull: full !== undefined };
    this.batches = new Map(
      [...versions].map(([observedAt, version]) => [
        version,
        { ...said, version, observedAt, changed: 0, confirmed: 0, superseded: 0 },
      ]),
    );
  }

  take({ medicine, value, observedAt }: SaidLine, medicineNo: number): StockOutcome {
    this.#told.add(medicineNo);
    const { facility, source, sender, full } = this.#report;
    const known = this.#known.get(medicineNo) ?? [];
    const own = known.find((line) => line.source === source);
    const subject = stockSubject(medicine);
    const drafts = draftsOf(known, this.#listed, facility, subject);
    const lead: Lead | undefined = leadFor({ leads: [...this.#leads] }, subject);
    const decision = decideObservation(
      drafts,
      { facility, subject, value, observedAt, source, sender },
      lead,
      this.#now,
    );
    if (decision.kind === "refused") return decision;
    const isSame = own !== undefined && isSameStock(own.value, value);
    const before = drafts.find((draft) => draft.source === source);
    if (decision.standing && isSame && before?.observedAt === observedAt)
      return { kind: "repeated", medicineNo };
    const version = this.#versions.get(observedAt);
    const batch = version === undefined ? undefined : this.batches.get(version);
    if (version === undefined || !batch) throw new Error("a line of another moment than its report");
    batch[decision.kind === "unchanged" ? "confirmed" : decision.kind] += 1;
    if (!isSame || decision.kind === "superseded")
      this.ledger.push({
        version,
        medicineNo,
        value,
        outcome: decision.kind === "unchanged" ? "confirmed" : decision.kind,
      });
    if (decision.standing) {
      const line: KnownLine = { medicineNo, source, value, observedAt, receivedAt: this.#now };
      this.#known.set(medicineNo, [...known.filter((one) => one !== own), line]);
      // A full list confirms what it does not change by its own moment.
      if (!(full && isSame)) this.#save(line, version, own === undefined);
    }
    return { kind: decision.kind, version, medicineNo };
  }

  /** What a full list does not have is gone. @returns how many medicines */
  clear(observedAt: Instant): number {
    const { source } = this.#report;
    const before = this.#listed.find((one) => one.source === source);
    if (before && before.listedAt > observedAt) return 0;
    this.listedAt = observedAt;
    const version = this.#versions.get(observedAt);
    const batch = version === undefined ? undefined : this.batches.get(version);
    if (version === undefined || !batch) throw new Error("a full list without its batch");
    let gone = 0;
    for (const [medicineNo, lines] of this.#known) {
      const own = lines.find((line) => line.source === source);
      if (!own || own.value.quantity === 0 || own.observedAt > observedAt || this.#told.has(medicineNo))
        continue;
      gone += 1;
      batch.changed += 1;
      const value = { quantity: 0 };
      this.ledger.push({ version, medicineNo, value, outcome: "changed" });
      this.#save({ medicineNo, source, value, observedAt, receivedAt: this.#now }, version, false);
    }
    return gone;
  }

  #save(line: KnownLine, version: number, isNew: boolean): void {
    const isNewHere = isNew || this.lines.get(line.medicineNo)?.isNew === true;
    this.lines.set(line.medicineNo, { ...line, version, isNew: isNewHere });
  }
}

async function write(ctx: Context, report: StockReport, shelf: Shelf, taking: Taking): Promise<void> {
  const { facility, source } = report;
  const receivedAt = wholeSecond(ctx.now());
  const { listedAt } = taking;
  const batches = [...taking.batches.values()].filter(
    ({ changed, confirmed, superseded }) => changed + confirmed + superseded > 0 || listedAt !== undefined,
  );
  const lines = [...taking.lines.values()];
  await saveBatches(ctx.db, batches);
  await saveLines(ctx.db, shelf, lines);
  await appendToStockLedger(ctx.db, await unrecorded(ctx, report, shelf, taking), receivedAt);
  const changes: StockChange[] = [];
  const byVersion = Map.groupBy(lines, ({ version }) => version);
  for (const { version } of batches) {
    const change = { kind: "stock", facility, no: shelf.no, source, version, receivedAt } as const;
    const some = byVersion.get(version) ?? [];
    for (let at = 0; at < some.length; at += CHANGE_LINES_MAX)
      changes.push({
        ...change,
        listedAt: null,
        lines: packLines(some.slice(at, at + CHANGE_LINES_MAX)),
      });
    if (listedAt !== undefined) {
      await saveListed(ctx.db, shelf.no, version, { source, listedAt, receivedAt });
      changes.push({ ...change, listedAt, lines: "" });
    }
  }
  await appendChanges(ctx, changes);
}

/** What is late and in the ledger already, word for word, does not enter it again: a list was sent twice. */
async function unrecorded(
  ctx: Context,
  { source, sender }: StockReport,
  shelf: Shelf,
  { ledger, batches }: Taking,
): Promise<StockLedgerRow[]> {
  const late = ledger.filter(({ outcome }) => outcome === "superseded");
  if (late.length === 0) return ledger;
  const moments = [...batches.values()].map(({ observedAt }) => observedAt);
  const before = await findRecordedLines(ctx.db, shelf.no, { source, sender, moments });
  return ledger.filter(({ outcome, version, medicineNo, value }) => {
    if (outcome !== "superseded") return true;
    const of = `${batches.get(version)?.observedAt} ${medicineNo}`;
    return !(before.get(of) ?? []).some((one) => isSameStock(one, value));
  });
}

/** What is believed of a medicine at a facility. */
export interface StandingStock {
  value: StockValue;
  observedAt: Instant;
  receivedAt: Instant;
  source: Source;
  freshness: Freshness;
}

/** A medicine at a facility as the database has it now; undefined when nobody ever spoke of it. */
export async function findStockFigure(
  ctx: Context,
  facility: FacilityId,
  medicine: string,
): Promise<StandingStock | undefined> {
  const shelf = await findShelf(ctx.db, facility);
  const no = (await findNumbers(ctx.db, [medicine])).get(medicine);
  if (!shelf || no === undefined) return undefined;
  const known = await findKnownLines(ctx.db, shelf, [no]);
  if (known.length === 0) return undefined;
  const subject = stockSubject(medicine);
  const lead = leadFor({ leads: await findLeadsOf(ctx, facility) }, subject);
  const drafts = draftsOf(known, await findListed(ctx.db, shelf.no), facility, subject);
  const [shown] = inOrderOfBelief(drafts, lead, ctx.now());
  if (!shown) return undefined;
  const { observedAt, receivedAt, source } = shown;
  const { freshness } = freshnessOf(subject, observedAt, ctx.now());
  return { value: VALUE_BY_KIND.medicine.parse(shown.value), observedAt, receivedAt, source, freshness };
}

/** What each source says of a medicine: its line, seen again with its last full list, or nothing left by that. */
export function draftsOf(
  known: readonly KnownLine[],
  listed: readonly Listed[],
  facility: FacilityId,
  subject: Subject,
): Draft[] {
  const of = { facility, subject, sender: "" };
  const told = known.map(({ source, value, ...seen }): Draft => {
    const list = listed.find((one) => one.source === source);
    const again = list && list.listedAt > seen.observedAt ? list : undefined;
    const observedAt = again?.listedAt ?? seen.observedAt;
    return { ...of, source, value, observedAt, receivedAt: again?.receivedAt ?? seen.receivedAt };
  });
  const untold = listed.filter(({ source }) => !known.some((line) => line.source === source));
  const nothing = untold.map(({ source, listedAt, receivedAt }): Draft => {
    return { ...of, source, value: { quantity: 0 }, observedAt: listedAt, receivedAt };
  });
  return [...told, ...nothing];
}
