import fc from "fast-check";
import { expect, test } from "vitest";
import type { Figure } from "../observations/schema.ts";
import { FacilityId } from "../ids.ts";
import { Instant, later, MINUTE_MS } from "../time.ts";
import { dutyOf } from "./duty.ts";
import { Roster } from "./schema.ts";

const zone = "Asia/Kolkata";
/** Monday, 10:00 in Pune. */
const mondayMorning = Instant.parse("2026-03-02T04:30:00Z");
const at = (text: string) => Instant.parse(text);

const morning = { day: 1, from: "09:00", to: "13:00", mode: "on-site" } as const;
const plan = Roster.parse({ spans: [morning, { day: 1, from: "20:00", to: "08:00", mode: "on-call" }] });

function said(value: Record<string, unknown>, freshness: Figure["freshness"] = "live"): Figure {
  return {
    facility: FacilityId.parse("01920000-0000-7000-8000-000000000001"),
    subject: "duty:01920000-0000-7000-8000-000000000002",
    value: { onDuty: true, onCall: false, ...value },
    observedAt: mondayMorning,
    recordedAt: mondayMorning,
    freshness,
    source: { id: "staff", kind: "staff" },
  } as unknown as Figure; // only what the rule reads of a figure
}

test("the week's plan says who is there, and until when", () => {
  expect(dutyOf(plan, undefined, mondayMorning, zone)).toEqual({
    state: "on-duty",
    mode: "on-site",
    until: "2026-03-02T07:30:00.000Z",
    next: null,
    from: "roster",
  });
});

test("off duty, the plan says when the next begins; past midnight the night before still holds", () => {
  expect(dutyOf(plan, undefined, at("2026-03-02T08:00:00Z"), zone)).toMatchObject({
    state: "off-duty",
    next: "2026-03-02T14:30:00.000Z",
  });
  expect(dutyOf(plan, undefined, at("2026-03-02T20:00:00Z"), zone)).toMatchObject({
    state: "on-duty",
    mode: "on-call",
    until: "2026-03-03T02:30:00.000Z",
  });
});

test("the moment at which duty ends is no longer duty, the one at which it begins is", () => {
  expect(dutyOf(plan, undefined, at("2026-03-02T03:30:00Z"), zone).state).toBe("on-duty");
  expect(dutyOf(plan, undefined, at("2026-03-02T07:30:00Z"), zone).state).toBe("off-duty");
});

test("an exception stands for its day, with or without hours of its own", () => {
  const away = Roster.parse({ ...plan, exceptions: [{ date: "2026-03-02", spans: [] }] });
  expect(dutyOf(away, undefined, mondayMorning, zone)).toMatchObject({ state: "off-duty" });
  const later = Roster.parse({
    ...plan,
    exceptions: [{ date: "2026-03-02", spans: [{ from: "15:00", to: "16:00" }] }],
  });
  expect(dutyOf(later, undefined, mondayMorning, zone).next).toBe("2026-03-02T09:30:00.000Z");
});

test("leave outranks an exception, and its last day is still leave", () => {
  const leave = Roster.parse({
    ...plan,
    exceptions: [{ date: "2026-03-02", spans: [{ from: "09:00", to: "12:00" }] }],
    leave: [{ from: "2026-02-27", to: "2026-03-02" }],
  });
  expect(dutyOf(leave, undefined, mondayMorning, zone).state).toBe("off-duty");
});

test("what was said live outranks the plan until the moment that was said with it, or until it expires", () => {
  const none = Roster.parse({});
  const until = "2026-03-02T06:00:00.000Z";
  expect(dutyOf(none, said({ until }), mondayMorning, zone)).toEqual({
    state: "on-duty",
    mode: "on-site",
    until,
    next: null,
    from: "live",
  });
  expect(dutyOf(none, said({ until }), at(until), zone).state).toBe("unknown");
  expect(dutyOf(plan, said({ onDuty: false }), mondayMorning, zone)).toMatchObject({
    state: "off-duty",
    from: "live",
  });
  expect(dutyOf(plan, said({ onDuty: false }, "expired"), mondayMorning, zone)).toMatchObject({
    state: "on-duty",
    from: "roster",
  });
});

test("without a plan and without a word nobody knows", () => {
  expect(dutyOf(Roster.parse({}), undefined, mondayMorning, zone).state).toBe("unknown");
});

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom("00", "15", "30", "45"))
  .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${minute}`);
const rosters = fc
  .array(
    fc.record({
      day: fc.integer({ min: 1, max: 7 }),
      from: clock,
      to: clock,
      mode: fc.constantFrom("on-site", "on-call"),
    }),
    { maxLength: 8 },
  )
  .map((spans) => Roster.parse({ spans }));
const minutes = fc.integer({ min: 0, max: 7 * 24 * 60 - 1 });

test("`until` is ahead, the state holds up to it, and at it something changes", () => {
  fc.assert(
    fc.property(rosters, minutes, fc.double({ min: 0, max: 0.999, noNaN: true }), (roster, minute, part) => {
      const now = later(mondayMorning, minute * MINUTE_MS);
      const duty = dutyOf(roster, undefined, now, zone);
      if (duty.until === null) return;
      const ms = Date.parse(duty.until) - Date.parse(now);
      expect(ms).toBeGreaterThan(0);
      const between = dutyOf(roster, undefined, later(now, Math.floor(ms * part)), zone);
      expect(between.state).toBe(duty.state);
      const then = dutyOf(roster, undefined, duty.until, zone);
      if (ms < 6 * 24 * 60 * MINUTE_MS) expect([then.state, then.mode]).not.toEqual([duty.state, duty.mode]);
    }),
  );
});

test("one more span never makes anybody less on duty", () => {
  fc.assert(
    fc.property(rosters, rosters, minutes, (roster, more, minute) => {
      const now = later(mondayMorning, minute * MINUTE_MS);
      if (dutyOf(roster, undefined, now, zone).state !== "on-duty") return;
      const both = { ...roster, spans: [...roster.spans, ...more.spans] };
      expect(dutyOf(both, undefined, now, zone).state).toBe("on-duty");
    }),
  );
});
