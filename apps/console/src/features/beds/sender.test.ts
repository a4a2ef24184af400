import { availabilityOf } from "@ihims/core/beds/rules.ts";
import type { BedCounts, BedType } from "@ihims/core/beds/schema.ts";
import { ObservationId } from "@ihims/core/ids.ts";
import type { BedFigure } from "@ihims/core/observations/schema.ts";
import { Instant, later } from "@ihims/core/time.ts";
import { expect, test } from "vitest";
import type { Attempt } from "./edits.ts";
import { unreported } from "./figures.ts";
import { ATTEMPTS_MAX, BedEdits, GATHER_MS, retryAfterMs, type Sent } from "./sender.ts";

const start = Instant.parse("2026-03-01T03:00:00Z");

function anIcu(counts: BedCounts, version = "1"): BedFigure {
  return { ...unreported("icu"), value: availabilityOf(counts, 0), version };
}

/** A ward's computer: its clock is moved by hand, and the server answers when it is told to. */
class Desk {
  readonly attempts: Attempt[] = [];
  readonly figures: BedFigure[] = [];
  #now = start;
  #keys = 0;
  #timers: { at: Instant; work: () => void }[] = [];
  #answer: ((sent: Sent) => void) | undefined;

  readonly edits = new BedEdits({
    send: (_type: BedType, attempt) => {
      this.attempts.push(attempt);
      return new Promise((resolve) => {
        this.#answer = resolve;
      });
    },
    now: () => this.#now,
    newKey: () => `key-${++this.#keys}`,
    schedule: (work, ms) => {
      const timer = { at: later(this.#now, ms), work };
      this.#timers.push(timer);
      return () => {
        this.#timers = this.#timers.filter((one) => one !== timer);
      };
    },
    onSaved: (_type, reply) => this.figures.push(reply.figure),
    onFigure: (figure) => this.figures.push(figure),
  });

  pass(ms: number): void {
    this.#now = later(this.#now, ms);
    const due = this.#timers.filter((one) => one.at <= this.#now);
    this.#timers = this.#timers.filter((one) => one.at > this.#now);
    for (const { work } of due) work();
  }

  /** The answer arrives, and what follows from it has happened. */
  async answers(sent: Sent): Promise<void> {
    this.#answer?.(sent);
    await Promise.resolve();
    await Promise.resolve();
  }

  async saves(counts: BedCounts, version: string): Promise<void> {
    await this.answers({
      kind: "saved",
      reply: { outcome: "changed", observation: ObservationId.parse("7"), figure: anIcu(counts, version) },
    });
  }

  get stage() {
    return this.edits.snapshot().get("icu")?.stage.kind;
  }
}

const stood = anIcu({ staffed: 12, occupied: 8 });
const unreachable: Sent = { kind: "not-sent", reason: "unreachable" };

test("rapid steps are one report, after a pause", () => {
  const desk = new Desk();
  for (const occupied of [9, 10, 11]) {
    desk.edits.set(stood, { occupied }, "stepped");
    desk.pass(GATHER_MS / 2);
  }
  expect(desk.attempts).toEqual([]);
  desk.pass(GATHER_MS);
  expect(desk.attempts.map(({ report, version }) => [report.occupied, version])).toEqual([[11, "1"]]);
});

test("what was typed goes at once, and once: after the answer nothing more is sent", async () => {
  const desk = new Desk();
  desk.edits.set(stood, { occupied: 9 }, "typed");
  desk.pass(0);
  await desk.saves({ staffed: 12, occupied: 9 }, "2");
  desk.pass(60_000);
  expect(desk.attempts.length).toBe(1);
  expect(desk.stage).toBeUndefined();
});

test("a change during the way goes after it, upon the new version", async () => {
  const desk = new Desk();
  desk.edits.set(stood, { occupied: 9 }, "typed");
  desk.pass(0);
  desk.edits.set(stood, { occupied: 10 }, "stepped");
  desk.pass(GATHER_MS);
  expect(desk.attempts.length).toBe(1);
  await desk.saves({ staffed: 12, occupied: 9 }, "2");
  expect(desk.attempts.map(({ version, report }) => [version, report.occupied])).toEqual([
    ["1", 9],
    ["2", 10],
  ]);
});

test("without an answer the same attempt is made again, later and later", async () => {
  const desk = new Desk();
  desk.edits.set(stood, { occupied: 9 }, "typed");
  desk.pass(0);
  await desk.answers(unreachable);
  expect(desk.stage).toBe("not-sent");
  desk.pass(retryAfterMs(1) - 1);
  expect(desk.attempts.length).toBe(1);
  desk.pass(1);
  await desk.answers(unreachable);
  desk.pass(retryAfterMs(2));
  expect(desk.attempts.length).toBe(3);
  expect(
    new Set(desk.attempts.map(({ key, version, report }) => JSON.stringify([key, version, report]))).size,
  ).toBe(1);
});

test("after many attempts only the person's own is left", async () => {
  const desk = new Desk();
  desk.edits.set(stood, { occupied: 9 }, "typed");
  desk.pass(0);
  for (let n = 1; n < ATTEMPTS_MAX; n++) {
    await desk.answers(unreachable);
    desk.pass(retryAfterMs(n));
  }
  await desk.answers(unreachable);
  desk.pass(3_600_000);
  expect(desk.attempts.length).toBe(ATTEMPTS_MAX);
  desk.edits.retry("icu");
  await desk.saves({ staffed: 12, occupied: 9 }, "2");
  expect(desk.stage).toBeUndefined();
});

test("after the end of a session nothing is tried until somebody signs in", async () => {
  const desk = new Desk();
  desk.edits.set(stood, { occupied: 9 }, "typed");
  desk.pass(0);
  await desk.answers({ kind: "not-sent", reason: "signed-out" });
  desk.pass(3_600_000);
  expect(desk.attempts.length).toBe(1);
  desk.edits.retryAll();
  expect(desk.attempts.length).toBe(2);
});

test("a figure that changed under the person is asked about, and theirs is sent upon it", async () => {
  const desk = new Desk();
  desk.edits.set(stood, { occupied: 9 }, "typed");
  desk.pass(0);
  await desk.answers({ kind: "changed-meanwhile", theirs: anIcu({ staffed: 12, occupied: 11 }, "2") });
  expect(desk.stage).toBe("changed-meanwhile");
  expect(desk.attempts.length).toBe(1);
  desk.edits.keepMine("icu");
  expect(desk.attempts.map(({ version }) => version)).toEqual(["1", "2"]);
  expect(desk.attempts[0]?.key).not.toBe(desk.attempts[1]?.key);
});

test("a figure that was only confirmed in between is no reason to ask", async () => {
  const desk = new Desk();
  desk.edits.set(stood, { occupied: 9 }, "typed");
  desk.pass(0);
  await desk.answers({ kind: "changed-meanwhile", theirs: anIcu({ staffed: 12, occupied: 8 }, "2") });
  expect(desk.attempts.map(({ version, report }) => [version, report.occupied])).toEqual([
    ["1", 9],
    ["2", 9],
  ]);
});

test("news that differ while steps are gathered stop them: nothing is sent over it", () => {
  const desk = new Desk();
  desk.edits.set(stood, { occupied: 9 }, "stepped");
  desk.edits.arrived(anIcu({ staffed: 12, occupied: 11 }, "2"));
  desk.pass(GATHER_MS);
  expect(desk.attempts).toEqual([]);
  expect(desk.stage).toBe("changed-meanwhile");
});

test("a row without its staffed beds waits for them", () => {
  const desk = new Desk();
  desk.edits.set(unreported("icu"), { occupied: 3 }, "typed");
  desk.pass(0);
  expect(desk.attempts).toEqual([]);
  desk.edits.set(unreported("icu"), { staffed: 10 }, "typed");
  desk.pass(0);
  expect(desk.attempts.map(({ report }) => report.staffed)).toEqual([10]);
});

test("a report is dated after the figure that it was made from, whatever the clock", () => {
  const desk = new Desk();
  desk.edits.set({ ...stood, observedAt: later(start, 800) }, { occupied: 9 }, "typed");
  desk.pass(0);
  expect(desk.attempts[0]?.report.observedAt).toBe(later(start, 801));
});
