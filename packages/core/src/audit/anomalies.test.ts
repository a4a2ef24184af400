import { expect, test } from "vitest";
import type { HoldState } from "../holds/schema.ts";
import { FacilityId } from "../ids.ts";
import { HOUR_MS, instantOf, millisOf } from "../time.ts";
import { anomaliesIn, type Watched } from "./anomalies.ts";

const facility = FacilityId.parse("f1");

/** Holds one an hour from 10:00 on: `holder state` of each, all answered by one officer. */
function found(...holds: readonly `${string} ${HoldState}`[]) {
  const watched = holds.map((one, hour): Watched => {
    const [holder = "", state] = one.split(" ");
    const moment = instantOf(Date.parse("2026-03-01T10:00:00Z") + hour * HOUR_MS);
    // The second word is a state by the type of what is given.
    return {
      facility,
      holder,
      officer: "o1",
      state: state as HoldState,
      requestedAt: moment,
      answeredAt: moment,
    };
  });
  return anomaliesIn(watched, (moment) => new Date(millisOf(moment)).getUTCHours()).map(({ kind }) => kind);
}

test("a busy hour of as many people is none", () =>
  expect(
    found("a fulfilled", "b fulfilled", "c fulfilled", "d fulfilled", "e fulfilled", "f fulfilled"),
  ).toEqual([]));

test("the same two again and again are", () =>
  expect(
    found("a cancelled", "b fulfilled", "a cancelled", "b fulfilled", "a cancelled", "b fulfilled"),
  ).toEqual(["few-holders"]));

test("who asks four times and never comes is", () =>
  expect(found("a cancelled", "a cancelled", "a expired", "a refused")).toEqual(["repeated"]));

test("most of it at night is", () =>
  expect(
    found(
      ...Array.from({ length: 19 }, (_, hour) => `p${hour} ${hour < 14 ? "refused" : "fulfilled"}` as const),
    ),
  ).toEqual(["at-night"]));

test("a facility to which nobody comes is", () =>
  expect(found(...Array.from({ length: 10 }, (_, one) => `p${one} expired` as const))).toEqual([
    "nobody-comes",
  ]));
