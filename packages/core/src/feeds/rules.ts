import { kindOf, type Subject, type Value } from "../observations/schema.ts";
import { later, type Instant } from "../time.ts";
import { SILENT_INTERVALS, type FeedShape, type FeedSource, type PoisonFinding } from "./schema.ts";

/** A field counts to a feed's columns when at least this share of its records have it. */
const STEADY_SHARE = 0.9;
/** Below so many records or numbers a share says nothing. */
const ROWS_TELLING_MIN = 4;
/** Fewer than this share of the rows before, and something was lost on the way. */
const ROWS_LEFT_MIN = 0.5;
const REFUSED_MAX = 0.5;
const REFUSED_BEFORE_MAX = 0.25;
/** A mass change: more than `share` of at least `subjects` figures moved by more than half and by more than `least`. */
const MASS_CHANGE = { share: 0.5, subjects: 8, least: 5, relative: 0.5 } as const;

/** Each delivery the whole list, unless it is pushed or read by what changed. */
export function deliversOf(source: FeedSource): "all" | "changes" {
  return source.kind === "push" || (source.kind === "fhir" && source.since) ? "changes" : "all";
}

/** A file that is the same says nothing new; a question that is asked again is answered now. */
export function repeatsOf(source: FeedSource): "ignore" | "confirm" {
  return source.kind === "sql" || source.kind === "fhir" || source.kind === "push" ? "confirm" : "ignore";
}

/**
 * When a feed counts as silent.
 *
 * @param lastSuccessAt when it was last heard of, or made when it never was
 */
export function silentFromOf(lastSuccessAt: Instant, usualIntervalS: number): Instant {
  return later(lastSuccessAt, SILENT_INTERVALS * usualIntervalS * 1000);
}

/** A column's name without the figures in it: `Day 12` and `Day 13` are one column, tomorrow's too. */
function steadyName(name: string): string {
  return name.trim().replace(/\p{Nd}+/gu, "#");
}

/** Collects what a delivery looks like while it is read. */
export class ShapeKeeper {
  readonly #fields = new Map<string, number>();
  #records = 0;

  /** @param fields the names of one record's fields */
  add(fields: Iterable<string>): void {
    this.#records += 1;
    for (const name of new Set([...fields].map(steadyName)))
      this.#fields.set(name, (this.#fields.get(name) ?? 0) + 1);
  }

  get records(): number {
    return this.#records;
  }

  shape(observed: readonly { value: Value }[], refused: number): FeedShape {
    const columns = [...this.#fields]
      .filter(([name, count]) => name !== "" && name.length <= 200 && count >= STEADY_SHARE * this.#records)
      .map(([name]) => name)
      .sort()
      .slice(0, 500);
    const numbers = observed.flatMap(({ value }) => numbersIn(value));
    return {
      columns,
      records: this.#records,
      observations: observed.length,
      refused,
      largest: numbers.length < ROWS_TELLING_MIN ? null : Math.max(...sampled(numbers)),
    };
  }
}

/** `Math.max` takes so many arguments at most. */
function sampled(numbers: number[]): number[] {
  return numbers.length <= 10_000 ? numbers : [numbers.reduce((a, b) => Math.max(a, b), 0)];
}

function numbersIn(value: Value): number[] {
  return Object.values(value).filter((one): one is number => typeof one === "number");
}

/** A figure as the feed last told it and as it tells it now. */
export interface Told {
  subject: Subject;
  before: Value;
  now: Value;
}

/**
 * Whether a delivery can be believed, held against the last one that was. What cannot is not taken
 * at all: the last good state stays and ages, and a person looks.
 *
 * @param good what the last good delivery looked like; undefined for a first one
 * @param delivers whether rows that are not there are missing
 * @param told what it says of subjects that it has told of before
 * @returns what is wrong; nothing when it can be taken
 */
export function poisonIn(
  good: FeedShape | undefined,
  now: FeedShape,
  delivers: "all" | "changes",
  told: readonly Told[],
): PoisonFinding[] {
  const findings: PoisonFinding[] = [];
  if (now.observations === 0 && (delivers === "all" || now.refused > 0))
    findings.push({
      code: "nothing-read",
      detail:
        now.records === 0
          ? "there are no records in it"
          : `none of ${now.records} records became a figure; ${now.refused} lines were refused`,
    });
  if (now.refused > REFUSED_MAX * (now.refused + now.observations) && now.observations > 0) {
    const wasUsual = good && good.refused > REFUSED_BEFORE_MAX * (good.refused + good.observations);
    if (!wasUsual && good)
      findings.push({
        code: "mostly-refused",
        detail: `${now.refused} of ${now.refused + now.observations} lines were refused, before ${good.refused}`,
      });
  }
  if (!good) return findings;
  const gone = now.records === 0 ? [] : good.columns.filter((name) => !now.columns.includes(name));
  if (gone.length > 0)
    findings.push({ code: "columns-gone", detail: `gone: ${gone.slice(0, 10).join(", ")}` });
  if (
    delivers === "all" &&
    good.records >= ROWS_TELLING_MIN &&
    now.records > 0 &&
    now.records < ROWS_LEFT_MIN * good.records
  )
    findings.push({ code: "rows-gone", detail: `${now.records} records, before ${good.records}` });
  if (now.largest === 0 && (good.largest ?? 0) > 0)
    findings.push({ code: "all-zero", detail: "every number in it is 0" });
  else {
    const moved = told.filter(hasLeapt);
    if (told.length >= MASS_CHANGE.subjects && moved.length > MASS_CHANGE.share * told.length)
      findings.push({
        code: "mass-change",
        detail: `${moved.length} of ${told.length} figures moved by more than half at once`,
      });
  }
  return findings;
}

/** What columns are there that were not. Nothing is wrong with them; an owner may want to read them. */
export function newColumns(good: FeedShape | undefined, now: FeedShape): string[] {
  return good ? now.columns.filter((name) => !good.columns.includes(name)) : [];
}

const MAIN_NUMBER: Partial<Record<ReturnType<typeof kindOf>, readonly string[]>> = {
  bed: ["staffed", "occupied"],
  blood: ["units"],
  waiting: ["minutes"],
};

function hasLeapt({ subject, before, now }: Told): boolean {
  return (MAIN_NUMBER[kindOf(subject)] ?? []).some((name) => {
    const [was, is] = [numberAt(before, name), numberAt(now, name)];
    if (was === undefined || is === undefined) return false;
    const by = Math.abs(is - was);
    return by > MASS_CHANGE.least && by > MASS_CHANGE.relative * Math.max(was, is);
  });
}

function numberAt(value: Value, name: string): number | undefined {
  const found = Object.entries(value).find(([key]) => key === name)?.[1];
  return typeof found === "number" ? found : undefined;
}
