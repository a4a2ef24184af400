import type { BedCounts } from "@ihims/core/beds/schema.ts";
import { availabilityOf } from "@ihims/core/beds/rules.ts";
import type { BedFigure } from "@ihims/core/observations/schema.ts";
import { Instant } from "@ihims/core/time.ts";
import { describe, expect, test } from "vitest";
import {
  afterNews,
  afterRefusedVersion,
  afterSaved,
  missingLayer,
  REBASES_MAX,
  reportOf,
  shownCounts,
  stepped,
  typedCount,
  withMine,
  withSet,
  type Attempt,
  type Edit,
} from "./edits.ts";
import { unreported } from "./figures.ts";

const seenAt = Instant.parse("2026-03-01T03:00:00Z");

function anIcu(counts: BedCounts, version = "1"): BedFigure {
  return { ...unreported("icu"), value: availabilityOf(counts, 0), version, observedAt: seenAt };
}

const stood = anIcu({ staffed: 12, occupied: 8, licensed: 14 });

/** The edit of somebody who typed `set` over `figure`. */
function typed(set: BedCounts, figure: BedFigure = stood): Edit {
  const edit = withSet(undefined, "icu", set, figure, true);
  if (!edit) throw new Error("what was typed is always an edit");
  return edit;
}

function sending(edit: Edit): Edit {
  const report = reportOf(edit);
  if (!report) throw new Error("not complete");
  const attempt: Attempt = {
    key: "k",
    version: edit.basis.version,
    report: { ...report, observedAt: seenAt },
    failures: 0,
  };
  return { ...edit, stage: { kind: "sending", attempt } };
}

describe("what a person sets", () => {
  test("is shown over what is known, and reported with the rest of the row", () => {
    const edit = typed({ occupied: 9 });
    expect(shownCounts(stood, edit)).toEqual({ staffed: 12, occupied: 9, licensed: 14 });
    expect(reportOf(edit)).toEqual({ staffed: 12, occupied: 9, licensed: 14 });
  });

  test("is nothing when it was stepped back to where it began", () => {
    const up = withSet(undefined, "icu", { occupied: 9 }, stood, false);
    expect(withSet(up, "icu", { occupied: 8 }, stood, false)).toBeUndefined();
  });

  test("is a confirmation when the same number was typed", () => {
    expect(reportOf(typed({ occupied: 8 }))).toEqual({ staffed: 12, occupied: 8, licensed: 14 });
  });

  test("waits for staffed and occupied, which the door asks for", () => {
    const edit = typed({ occupied: 3 }, unreported("icu"));
    expect(reportOf(edit)).toBeUndefined();
    expect(missingLayer(edit)).toBe("staffed");
    expect(missingLayer(typed({ staffed: 3 }, unreported("icu")))).toBe("occupied");
  });

  test("can be set again after the server refused it", () => {
    const refused: Edit = {
      ...typed({ occupied: 9 }),
      stage: { kind: "refused", reason: "other", words: "no" },
    };
    expect(withSet(refused, "icu", { occupied: 7 }, stood, true)?.stage.kind).toBe("gathering");
  });
});

describe("after the server took a report", () => {
  const saved = anIcu({ staffed: 12, occupied: 9, licensed: 14 }, "2");

  test("nothing is left of the edit", () => {
    expect(afterSaved(sending(typed({ occupied: 9 })), saved)).toBeUndefined();
  });

  test("what was set in the meantime is left, upon the new figure", () => {
    const later = withSet(sending(typed({ occupied: 9 })), "icu", { occupied: 10, blocked: 1 }, stood, false);
    const left = later && afterSaved(later, saved);
    expect(left?.set).toEqual({ occupied: 10, blocked: 1 });
    expect(left?.basis.version).toBe("2");
  });
});

describe("when the figure became another one", () => {
  test("that says something else, both are shown and neither is overwritten", () => {
    const theirs = anIcu({ staffed: 12, occupied: 11, licensed: 14 }, "2");
    expect(afterRefusedVersion(typed({ occupied: 9 }), theirs).stage).toEqual({
      kind: "changed-meanwhile",
      theirs,
    });
  });

  test("that says the same as before, the report goes on upon it", () => {
    const same = anIcu({ staffed: 12, occupied: 8, licensed: 14 }, "2");
    const edit = afterRefusedVersion(sending(typed({ occupied: 9 })), same);
    expect(edit.stage.kind).toBe("gathering");
    expect(edit.basis.version).toBe("2");
    expect(edit.set).toEqual({ occupied: 9 });
  });

  test("that says what the person says, the report goes on and confirms it", () => {
    const mine = anIcu({ staffed: 12, occupied: 9, licensed: 14 }, "2");
    expect(afterRefusedVersion(typed({ occupied: 9 }), mine).stage.kind).toBe("gathering");
  });

  test("again and again, the person is asked in the end", () => {
    let edit = typed({ occupied: 9 });
    for (let n = 0; n <= REBASES_MAX; n++)
      edit = afterRefusedVersion(edit, anIcu({ staffed: 12, occupied: 8, licensed: 14 }, String(n)));
    expect(edit.stage.kind).toBe("changed-meanwhile");
  });

  test("and the person keeps their own, it is reported upon the other's version", () => {
    const theirs = anIcu({ staffed: 13, occupied: 11 }, "5");
    const edit = withMine(afterRefusedVersion(typed({ occupied: 9 }), theirs));
    expect(edit.basis.version).toBe("5");
    expect(reportOf(edit)).toEqual({ staffed: 13, occupied: 9 });
  });
});

describe("news of a figure", () => {
  const other = anIcu({ staffed: 12, occupied: 11, licensed: 14 }, "2");

  test("does not touch a report on its way: its answer decides", () => {
    const edit = sending(typed({ occupied: 9 }));
    expect(afterNews(edit, other)).toBe(edit);
  });

  test("that differs is put to the person before anything is sent", () => {
    expect(afterNews(typed({ occupied: 9 }), other)?.stage.kind).toBe("changed-meanwhile");
  });

  test("ends an edit that steps to what it says anyway", () => {
    const step = withSet(undefined, "icu", { occupied: 11 }, stood, false);
    expect(step && afterNews(step, other)).toBeUndefined();
  });

  test("replaces the other figure that is asked about", () => {
    const asked = afterRefusedVersion(typed({ occupied: 9 }), other);
    const newest = anIcu({ staffed: 12, occupied: 10 }, "3");
    expect(afterNews(asked, newest)?.stage).toEqual({ kind: "changed-meanwhile", theirs: newest });
  });
});

test("a step begins at nothing as at 0, and never goes below", () => {
  expect(stepped(undefined, 1)).toBe(1);
  expect(stepped(undefined, -1)).toBe(0);
  expect(stepped(0, -1)).toBe(0);
  expect(stepped(20_000, 1)).toBe(20_000);
});

test("digits of either script are read, what is no count of beds is not", () => {
  expect(typedCount("12")).toBe(12);
  expect(typedCount("१२")).toBe(12);
  expect(typedCount("1,200")).toBe(1200);
  expect(typedCount("20001")).toBeUndefined();
  expect(typedCount("-3")).toBeUndefined();
  expect(typedCount("")).toBeUndefined();
});
