import { createHash, type Hash } from "node:crypto";
import type { FacilityId } from "@ihims/core/ids.ts";
import { MedicineId } from "@ihims/core/medicines/schema.ts";
import { CLOCK_SKEW_MAX_MS } from "@ihims/core/observations/rules.ts";
import { mayReport } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import { REJECTED_MAX, type RejectedLine, type StockListReport } from "@ihims/core/stock/endpoints.ts";
import { StockLine, valueOfLine } from "@ihims/core/stock/list.ts";
import { mergedLots, wholeSecond } from "@ihims/core/stock/rules.ts";
import type { StockValue } from "@ihims/core/stock/schema.ts";
import { elapsedMs, type Instant } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { findFacility } from "../facilities/facilities.ts";
import { FULL_LIST_MAX, recordStock, senderOf, type SaidLine } from "../observations/observations.ts";
import type { Catalogue } from "./catalogue.ts";
import { BrokenList, type FoundLine } from "./found-line.ts";
import { claimList, finishList, saveProgress, type ClaimedList } from "./store.ts";
import { ListWords } from "./words.ts";

/** Lines of a list that are taken in with one transaction. */
const CHUNK_LINES = 5000;
/** A rejected line is shown up to here, to be found again. */
const TEXT_MAX_CHARS = 300;
/** A full list of which more than this cannot be read does not say what is gone. */
const REJECTED_MAX_SHARE = 0.5;

export interface ListOptions {
  isFull: boolean;
  observedAt: Instant | undefined;
  isPreview: boolean;
  /** The sender's name for this list: sent again it goes on where it stopped, or is answered as before. */
  key: string | undefined;
  catalogue: Catalogue;
  /** Numbers of medicines that are known. */
  book: Map<string, number>;
  /** Told of each line that was not taken in, also beyond those that the answer has room for. */
  onRejected?: (line: RejectedLine) => void;
  onLines?: (count: number) => void;
}

/**
 * Take in a list of what is on a shelf, line by line as it arrives.
 *
 * @throws Problem `not-found`, `not-allowed`, `bad-input`, `key-used-before`; `conflict` when a full list cannot be relied on
 */
export async function takeList(
  ctx: Context,
  facility: FacilityId,
  lines: AsyncIterable<FoundLine[]>,
  options: ListOptions,
): Promise<StockListReport> {
  if (!(await findFacility(ctx, facility))) throw new Problem("not-found", "There is no such facility");
  if (!mayReport(ctx.actor, facility, "medicine"))
    throw new Problem("not-allowed", "You do not report what is on the shelf of this facility");
  const now = ctx.now();
  const observedAt = wholeSecond(options.observedAt ?? now);
  if (elapsedMs(now, observedAt) > CLOCK_SKEW_MAX_MS)
    throw new Problem("bad-input", "observedAt is more than five minutes ahead of our clock", {
      errors: [{ parameter: "observedAt", detail: "is ahead of our clock" }],
    });
  const { sender } = senderOf(ctx.actor);
  const claimed =
    options.key === undefined || options.isPreview
      ? undefined
      : await claimList(ctx.db, { sender, key: options.key, facility, observedAt }, now);
  if (claimed && claimed.facility !== facility) throw usedBefore();
  if (claimed?.answer) return answeredBefore(lines, claimed);
  const words = await ListWords.of(ctx, options.catalogue, facility);
  const taking = new ListTaking(ctx, facility, claimed?.observedAt ?? observedAt, words, options, claimed);
  try {
    for await (const some of lines) await taking.take(some);
  } catch (error) {
    if (!(error instanceof BrokenList)) {
      await taking.settle();
      throw error;
    }
    taking.breakOff(error);
  }
  return taking.finish();
}

function usedBefore(): Problem {
  return new Problem("key-used-before", "This idempotency key was used with another list");
}

/** The list was taken in before: read it to see that it is the same, and answer as then. */
async function answeredBefore(
  lines: AsyncIterable<FoundLine[]>,
  { digest, answer }: ClaimedList,
): Promise<StockListReport> {
  const hash = createHash("sha256");
  try {
    for await (const some of lines) for (const { text } of some) hash.update(`${text()}\n`);
  } catch (error) {
    if (!(error instanceof BrokenList)) throw error;
  }
  if (!answer || !digest?.equals(hash.digest())) throw usedBefore();
  return answer;
}

interface Waiting {
  line: number;
  text: () => string;
  said: SaidLine;
}

class ListTaking {
  readonly #ctx: Context;
  readonly #facility: FacilityId;
  readonly #observedAt: Instant;
  readonly #words: ListWords;
  readonly #options: ListOptions;
  readonly #claimed: ClaimedList | undefined;
  readonly #report: StockListReport;
  /** What the list said of each medicine so far, its lots together. */
  readonly #merged = new Map<string, { value: StockValue; lots: Set<string> }>();
  readonly #hash: Hash | undefined;
  #waiting: Waiting[] = [];
  /** The last line, when it could not be taken apart: the list may have been cut off in it. */
  #tornAt: number | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    ctx: Context,
    facility: FacilityId,
    observedAt: Instant,
    words: ListWords,
    options: ListOptions,
    claimed: ClaimedList | undefined,
  ) {
    this.#ctx = ctx;
    this.#facility = facility;
    this.#observedAt = observedAt;
    this.#words = words;
    this.#options = options;
    this.#claimed = claimed;
    this.#hash = claimed && createHash("sha256");
    this.#report = {
      isWhole: true,
      brokenAt: null,
      observedAt,
      lines: 0,
      changed: 0,
      confirmed: 0,
      repeated: 0,
      superseded: 0,
      gone: 0,
      rejected: 0,
      rejectedLines: [],
    };
  }

  async take(lines: readonly FoundLine[]): Promise<void> {
    await this.#words.look(this.#ctx, lines.flatMap(medicineOfFound));
    for (const found of lines) {
      this.#takeLine(found);
      if (!this.#options.isFull && this.#waiting.length >= CHUNK_LINES) await this.#write();
    }
    this.#options.onLines?.(this.#report.lines);
  }

  /** Wait for what is being written; what comes of it is not asked any more. */
  async settle(): Promise<void> {
    await this.#writing.catch(() => undefined);
  }

  breakOff({ line, message }: BrokenList): void {
    this.#report.isWhole = false;
    this.#report.brokenAt = line;
    this.#reject({ line, reason: "unreadable", detail: `${message}; nothing after it could be read` });
  }

  #takeLine(found: FoundLine): void {
    this.#report.lines += 1;
    this.#hash?.update(`${found.text()}\n`);
    this.#refuseOther();
    const { line, text, given, fault } = found;
    this.#tornAt = fault === undefined ? null : line;
    if (fault !== undefined) return this.#reject({ line, reason: "unreadable", detail: fault }, text);
    const read = StockLine.safeParse(given);
    if (!read.success) {
      const [issue] = read.error.issues;
      const field = issue?.code === "unrecognized_keys" ? issue.keys[0] : issue?.path.join(".");
      const detail = issue?.message ?? "cannot be read";
      return this.#reject({ line, reason: "unreadable", detail, ...(field ? { field } : {}) }, text);
    }
    if (this.#options.isFull && read.data.observedAt !== undefined)
      return this.#reject(
        {
          line,
          reason: "not-of-this-list",
          field: "observedAt",
          detail: "a full list has one moment: say it once",
        },
        text,
      );
    const meaning = this.#words.meaningOf(read.data);
    if (meaning.kind !== "medicine") return this.#reject({ line, ...WHY[meaning.kind] }, text);
    const observedAt = wholeSecond(read.data.observedAt ?? this.#observedAt);
    const value = this.#mergedValue(meaning.medicine, valueOfLine(read.data), observedAt);
    this.#waiting.push({ line, text, said: { medicine: meaning.medicine, value, observedAt } });
  }

  /** A key stands for one list: where a resumed one stopped, it has to have said the same so far. */
  #refuseOther(): void {
    const { lines = 0, digest = null } = this.#claimed ?? {};
    if (lines === 0 || this.#report.lines !== lines) return;
    if (!digest || !this.#hash?.copy().digest().equals(digest)) throw usedBefore();
  }

  #mergedValue(medicine: string, value: StockValue, observedAt: Instant): StockValue {
    if (observedAt !== this.#observedAt) return value;
    const before = this.#merged.get(medicine);
    const merged = before ? mergedLots(before.value, value, before.lots) : value;
    const isAdded = before !== undefined && merged !== value;
    const lots = isAdded ? before.lots : new Set<string>();
    if (value.lot !== undefined) lots.add(value.lot);
    this.#merged.set(medicine, { value: merged, lots });
    if (this.#merged.size > FULL_LIST_MAX)
      throw new Problem("too-large", `A list has at most ${FULL_LIST_MAX} medicines`);
    return merged;
  }

  #reject(rejected: RejectedLine, text?: () => string): void {
    const report = this.#report;
    report.rejected += 1;
    const whole = { ...rejected, ...(text ? { text: text().slice(0, TEXT_MAX_CHARS) } : {}) };
    this.#options.onRejected?.(whole);
    if (report.rejectedLines.length < REJECTED_MAX) report.rejectedLines.push(whole);
  }

  /** Lines are read on while those before are written; one batch at a time. */
  async #write(): Promise<void> {
    const waiting = this.#waiting;
    const progress = { lines: this.#report.lines, digest: this.#hash?.copy().digest() };
    this.#waiting = [];
    await this.#writing;
    this.#writing = this.#writeChunk(waiting, progress);
    // Whoever awaits it next is told; until then it is no unhandled one.
    this.#writing.catch(() => undefined);
  }

  async #writeChunk(
    waiting: readonly Waiting[],
    progress: { lines: number; digest: Buffer | undefined },
  ): Promise<void> {
    // What a key is resumed after was taken in already.
    const isDone = progress.lines <= (this.#claimed?.lines ?? 0);
    const last = new Map(waiting.map((one) => [`${one.said.medicine} ${one.said.observedAt}`, one]));
    if (isDone) return void (this.#report.repeated += last.size);
    await this.#record([...last.values()], progress);
  }

  async #record(
    some: readonly Waiting[],
    progress: { lines: number; digest: Buffer | undefined },
    full?: { observedAt: Instant },
  ): Promise<void> {
    const { book, key, isPreview } = this.#options;
    const from = senderOf(this.#ctx.actor);
    const report = { facility: this.#facility, ...from, lines: some.map(({ said }) => said) };
    const work = this.#ctx.transaction(async (tx) => {
      await this.#words.save(tx);
      const recorded = await recordStock(
        tx,
        full ? { ...report, full } : report,
        isPreview ? new Map(book) : book,
      );
      if (key !== undefined && progress.digest)
        await saveProgress(tx.db, from.sender, key, progress.lines, progress.digest);
      if (isPreview) throw new Previewed(recorded);
      return recorded;
    });
    const recorded = await work.catch((error: unknown) => {
      if (error instanceof Previewed) return error.recorded;
      throw error;
    });
    this.#report.gone += recorded.gone;
    for (const [at, outcome] of recorded.outcomes.entries()) {
      const { line = 1, text } = some[at] ?? {};
      if (outcome.kind === "unchanged") this.#report.confirmed += 1;
      else if (outcome.kind === "refused")
        this.#reject({ line, reason: "from-the-future", detail: "observedAt is ahead of our clock" }, text);
      else this.#report[outcome.kind] += 1;
    }
  }

  async finish(): Promise<StockListReport> {
    const report = this.#report;
    if (this.#options.isFull && this.#tornAt !== null) {
      report.isWhole = false;
      report.brokenAt = this.#tornAt;
    }
    if (this.#options.isFull) await this.#writeFull();
    else await this.#write();
    await this.#writing;
    const { key } = this.#options;
    if (key !== undefined && this.#hash)
      await finishList(this.#ctx.db, senderOf(this.#ctx.actor).sender, key, {
        lines: report.lines,
        digest: this.#hash.copy().digest(),
        answer: report,
      });
    return report;
  }

  async #writeFull(): Promise<void> {
    const { lines, rejected, isWhole } = this.#report;
    const why = !isWhole
      ? `it breaks off in line ${this.#report.brokenAt}`
      : lines === 0
        ? "it is empty"
        : rejected > lines * REJECTED_MAX_SHARE
          ? `${rejected} of its ${lines} lines cannot be read`
          : undefined;
    if (why !== undefined)
      throw new Problem(
        "conflict",
        `A full list would mark as gone what it does not name, and ${why}: nothing was changed`,
        {
          errors: this.#report.rejectedLines.slice(0, 50).map(({ line, detail, field }) => ({
            pointer: `/${line}${field === undefined ? "" : `/${field}`}`,
            detail,
          })),
        },
      );
    const last = new Map(this.#waiting.map((one) => [one.said.medicine, one]));
    await this.#record([...last.values()], { lines, digest: undefined }, { observedAt: this.#observedAt });
  }
}

/** Thrown to roll back what was only tried. */
class Previewed extends Error {
  readonly recorded: Awaited<ReturnType<typeof recordStock>>;
  constructor(recorded: Awaited<ReturnType<typeof recordStock>>) {
    super("only a preview");
    this.recorded = recorded;
  }
}

const WHY = {
  "unknown-medicine": {
    reason: "unknown-medicine",
    field: "medicine",
    detail: "there is no such medicine in the catalogue",
  },
  "not-matched": {
    reason: "not-matched",
    detail: "it is not certain which medicine this is: decide it once under /stock/words",
  },
} as const;

function medicineOfFound({ given }: FoundLine): MedicineId[] {
  if (typeof given !== "object" || given === null || !("medicine" in given)) return [];
  const id = MedicineId.safeParse(given.medicine);
  return id.success ? [id.data] : [];
}
