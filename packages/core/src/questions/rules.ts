import { kindOf, type Subject, type Value } from "../observations/schema.ts";
import { DAY_MS, elapsedMs, type Instant } from "../time.ts";
import type { Doubt } from "./schema.ts";

/** Values of its own that a facility's history needs to have for a leap to be told. */
export const HISTORY_MIN = 8;
/** Values of the history that are looked at, newest first. */
export const HISTORY_MAX = 40;
/**
 * A leap is further from the median than so many standard deviations, which 1.4826 MAD stand for
 * where values are normal (Rousseeuw and Croux 1993, doi:10.1080/01621459.1993.10476408), than half
 * of the median, and than a few units.
 */
const LEAP = { deviations: 6, madToDeviation: 1.4826, share: 0.5, least: 5 } as const;
/** The same number so often, over so long, of a ward that is neither empty nor small. */
const FLAT = { times: 20, forMs: 3 * DAY_MS, staffedMin: 10 } as const;

/** One earlier report of the same source and subject. */
export interface Earlier {
  value: Value;
  observedAt: Instant;
}

const MAIN: Partial<Record<ReturnType<typeof kindOf>, readonly string[]>> = {
  bed: ["staffed", "occupied"],
  blood: ["units"],
  waiting: ["minutes"],
};

/**
 * What is worth asking about a figure that was accepted. It says nothing of whether it is true: a
 * ward in a surge raises questions too, and somebody answers them.
 *
 * @param history earlier reports of the same source and subject, newest first
 */
export function doubtsOn(
  subject: Subject,
  value: Value,
  observedAt: Instant,
  history: readonly Earlier[],
): Doubt[] {
  const doubts = [...partsIn(value)];
  for (const field of MAIN[kindOf(subject)] ?? []) {
    const leap = leapIn(field, value, history);
    if (leap) doubts.push(leap);
  }
  const flat = flatLineIn(value, observedAt, history);
  if (flat) doubts.push(flat);
  return doubts;
}

/** Parts that are larger than what they are part of. */
function partsIn(value: Value): Doubt[] {
  const of = (field: string) => numberIn(value, field);
  const [staffed, occupied, blocked, physical] = [
    of("staffed"),
    of("occupied"),
    of("blocked"),
    of("physical"),
  ];
  const doubts: Doubt[] = [];
  if (staffed !== undefined && (occupied ?? 0) + (blocked ?? 0) > staffed)
    doubts.push({
      code: "over-occupied",
      field: "occupied",
      said: (occupied ?? 0) + (blocked ?? 0),
      against: staffed,
    });
  if (staffed !== undefined && physical !== undefined && staffed > physical)
    doubts.push({ code: "does-not-add-up", field: "staffed", said: staffed, against: physical });
  const [units, expiring] = [of("units"), of("expiringSoon")];
  if (units !== undefined && expiring !== undefined && expiring > units)
    doubts.push({ code: "does-not-add-up", field: "expiringSoon", said: expiring, against: units });
  return doubts;
}

function leapIn(field: string, value: Value, history: readonly Earlier[]): Doubt | undefined {
  const said = numberIn(value, field);
  const before = history.flatMap((earlier) => numberIn(earlier.value, field) ?? []);
  if (said === undefined || before.length < HISTORY_MIN) return undefined;
  const middle = medianOf(before);
  const spread = medianOf(before.map((one) => Math.abs(one - middle)));
  const allowed = Math.max(LEAP.deviations * LEAP.madToDeviation * spread, LEAP.share * middle, LEAP.least);
  return Math.abs(said - middle) > allowed ? { code: "leap", field, said, against: middle } : undefined;
}

function flatLineIn(value: Value, observedAt: Instant, history: readonly Earlier[]): Doubt | undefined {
  const [staffed, occupied] = [numberIn(value, "staffed"), numberIn(value, "occupied")];
  if (staffed === undefined || occupied === undefined || staffed < FLAT.staffedMin) return undefined;
  if (occupied === 0) return undefined;
  const other = history.findIndex((earlier) => numberIn(earlier.value, "occupied") !== occupied);
  const same = other === -1 ? history : history.slice(0, other);
  const first = same.at(-1);
  if (!first || same.length < FLAT.times || elapsedMs(first.observedAt, observedAt) < FLAT.forMs)
    return undefined;
  return { code: "flat-line", field: "occupied", said: occupied, against: same.length };
}

/** The middle of some numbers; of an even count the mean of the two in the middle. */
export function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = Math.floor(sorted.length / 2);
  const [low, high] = sorted.length % 2 === 1 ? [sorted[at], sorted[at]] : [sorted[at - 1], sorted[at]];
  return ((low ?? 0) + (high ?? 0)) / 2;
}

function numberIn(value: Value, field: string): number | undefined {
  const found = Object.entries(value).find(([name]) => name === field)?.[1];
  return typeof found === "number" ? found : undefined;
}
