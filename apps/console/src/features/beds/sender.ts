import type { BedCounts, BedType } from "@ihims/core/beds/schema.ts";
import type { BedFigure } from "@ihims/core/observations/schema.ts";
import type { ReportedBeds } from "@ihims/core/observations/endpoints.ts";
import { SECOND_MS, type Instant } from "@ihims/core/time.ts";
import {
  afterNews,
  afterRefusedVersion,
  afterSaved,
  reportOf,
  withMine,
  withSet,
  type Attempt,
  type Edit,
  type NotSentReason,
} from "./edits.ts";
import { seenAt } from "./figures.ts";

/** Presses of + and - that follow one another faster than this are one report. */
export const GATHER_MS = 400;
/** Automatic attempts before only the person's own "send again" is left. */
export const ATTEMPTS_MAX = 12;
const RETRY_FIRST_MS = 1 * SECOND_MS;
const RETRY_MAX_MS = 30 * SECOND_MS;

/** How a report ended. */
export type Sent =
  | { kind: "saved"; reply: ReportedBeds }
  | { kind: "changed-meanwhile"; theirs: BedFigure }
  | { kind: "refused"; reason: "not-allowed" | "other"; words: string }
  | { kind: "not-sent"; reason: NotSentReason };

/** What the sender needs of the world around it. */
export interface Surroundings {
  send(type: BedType, attempt: Attempt): Promise<Sent>;
  now(): Instant;
  newKey(): string;
  /** Call `work` once after a time; the returned function takes it back. */
  schedule(work: () => void, afterMs: number): () => void;
  /** The server has it: the figure as it is now. */
  onSaved(type: BedType, reply: ReportedBeds): void;
  /** The figure is another one than was known here. */
  onFigure(figure: BedFigure): void;
}

/** How long to wait before attempt number `failures + 1`. */
export function retryAfterMs(failures: number): number {
  return Math.min(RETRY_FIRST_MS * 2 ** Math.max(0, failures - 1), RETRY_MAX_MS);
}

/**
 * What people are changing at one facility, and its way to the server: one request a row at a
 * time, rapid steps gathered into one, nothing lost that was typed.
 */
export class BedEdits {
  readonly #around: Surroundings;
  #edits: ReadonlyMap<BedType, Edit> = new Map();
  readonly #timers = new Map<BedType, () => void>();
  readonly #listeners = new Set<() => void>();

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** All edits; another object after every change of one. */
  readonly snapshot = (): ReadonlyMap<BedType, Edit> => this.#edits;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * The person set some layers of a row.
   *
   * @param seen the figure that was on the screen when they began
   */
  set(seen: BedFigure, layers: BedCounts, how: "typed" | "stepped"): void {
    const edit = withSet(this.#edits.get(seen.type), seen.type, layers, seen, how === "typed");
    this.#put(seen.type, edit);
    if (edit?.stage.kind === "gathering")
      this.#later(seen.type, how === "typed" ? 0 : GATHER_MS, () => this.flush(seen.type));
  }

  /** Send what was gathered for a row without waiting longer. */
  flush(type: BedType): void {
    const edit = this.#edits.get(type);
    if (edit?.stage.kind !== "gathering") return;
    const report = reportOf(edit);
    if (!report) return;
    const attempt = {
      key: this.#around.newKey(),
      version: edit.basis.version,
      report: { ...report, observedAt: seenAt(this.#around.now(), edit.basis.observedAt) },
      failures: 0,
    };
    void this.#send(edit, attempt);
  }

  /** Send again what was not sent, now. */
  retry(type: BedType): void {
    const edit = this.#edits.get(type);
    if (edit?.stage.kind === "not-sent") void this.#send(edit, edit.stage.attempt);
  }

  /** Send again everything that was not sent: the network is back, or the person has signed in again. */
  retryAll(): void {
    for (const type of this.#edits.keys()) this.retry(type);
  }

  /** Of two figures for one row, the person's own is to stand. */
  keepMine(type: BedType): void {
    const edit = this.#edits.get(type);
    if (edit?.stage.kind !== "changed-meanwhile") return;
    this.#put(type, withMine(edit));
    this.flush(type);
  }

  /** Give up what was typed in a row: the other's figure stands, or the one from before. */
  drop(type: BedType): void {
    if (this.#edits.get(type)?.stage.kind === "sending") return;
    this.#put(type, undefined);
  }

  /** The figure of a row is known to be another now. */
  arrived(news: BedFigure): void {
    const edit = this.#edits.get(news.type);
    if (!edit) return;
    const next = afterNews(edit, news);
    if (next !== edit) this.#put(news.type, next);
    if (next?.stage.kind === "changed-meanwhile") this.#cancel(news.type);
  }

  async #send(edit: Edit, attempt: Attempt): Promise<void> {
    const { type } = edit;
    this.#cancel(type);
    this.#put(type, { ...edit, stage: { kind: "sending", attempt } });
    const sent = await this.#around.send(type, attempt);
    // What the person did in the meantime is in the map, not in `edit`.
    const now = this.#edits.get(type) ?? edit;
    switch (sent.kind) {
      case "saved":
        this.#around.onSaved(type, sent.reply);
        this.#put(type, afterSaved(now, sent.reply.figure));
        return this.flush(type);
      case "changed-meanwhile":
        this.#around.onFigure(sent.theirs);
        this.#put(type, afterRefusedVersion(now, sent.theirs));
        return this.flush(type);
      case "refused":
        return this.#put(type, {
          ...now,
          stage: { kind: "refused", reason: sent.reason, words: sent.words },
        });
      case "not-sent":
        return this.#keep(now, { ...attempt, failures: attempt.failures + 1 }, sent.reason);
    }
  }

  #keep(edit: Edit, attempt: Attempt, reason: NotSentReason): void {
    this.#put(edit.type, { ...edit, stage: { kind: "not-sent", attempt, reason } });
    // After a new sign-in everything is sent again; before it, trying is no use.
    if (reason !== "signed-out" && attempt.failures < ATTEMPTS_MAX) {
      this.#later(edit.type, retryAfterMs(attempt.failures), () => this.retry(edit.type));
    }
  }

  #later(type: BedType, ms: number, work: () => void): void {
    this.#cancel(type);
    this.#timers.set(type, this.#around.schedule(work, ms));
  }

  #cancel(type: BedType): void {
    this.#timers.get(type)?.();
    this.#timers.delete(type);
  }

  #put(type: BedType, edit: Edit | undefined): void {
    const next = new Map(this.#edits);
    if (edit) next.set(type, edit);
    else {
      next.delete(type);
      this.#cancel(type);
    }
    this.#edits = next;
    for (const listener of this.#listeners) listener();
  }
}
