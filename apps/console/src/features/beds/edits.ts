import {
  BEDS_MAX,
  MOVING_LAYERS,
  STANDING_LAYERS,
  type BedCounts,
  type BedType,
} from "@ihims/core/beds/schema.ts";
import type { BedFigure } from "@ihims/core/observations/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import { countsOf, isSameCounts, type Layer } from "./figures.ts";

/** All the layers of a row, in the order that they are shown. */
export const LAYERS: readonly Layer[] = [...MOVING_LAYERS, ...STANDING_LAYERS];

/** What is sent for a row: every layer as it stands on the screen, the two that the door asks for at least. */
export type Report = BedCounts & { staffed: number; occupied: number };

/** A report on its way. Sent again it is the same in every part, so that the server acts once. */
export interface Attempt {
  key: string;
  /** What If-Match says: the version of the figure that the person saw. */
  version: string;
  report: Report & { observedAt: Instant };
  /** How often it was sent without an answer. */
  failures: number;
}

/** Why a report is still here. */
export type NotSentReason = "unreachable" | "signed-out" | "busy";

export type Stage =
  /** More may follow: sent after a pause. */
  | { kind: "gathering" }
  | { kind: "sending"; attempt: Attempt }
  /** No answer came. What was typed is kept, and the same attempt is made again. */
  | { kind: "not-sent"; attempt: Attempt; reason: NotSentReason }
  /** The server said no, with its words. */
  | { kind: "refused"; reason: "not-allowed" | "other"; words: string }
  /** Somebody else said something else in between: the person chooses. */
  | { kind: "changed-meanwhile"; theirs: BedFigure };

/** A figure as a person saw it. */
export interface Basis {
  version: string;
  counts: BedCounts;
  observedAt: Instant | null;
}

function basisOf(figure: BedFigure): Basis {
  return { version: figure.version, counts: countsOf(figure), observedAt: figure.observedAt };
}

/** What a person is changing in one row, until the server has it. */
export interface Edit {
  type: BedType;
  /** What stood on the screen when the edit began: only this may be replaced without asking. */
  basis: Basis;
  /** Only the layers that the person set. */
  set: BedCounts;
  /** Typed, not only stepped: the same number typed again says that it was seen to be so. */
  isStated: boolean;
  stage: Stage;
  /** How often the report was put on a newer version that says the same. */
  rebases: number;
}

/** A feed that confirms the same counts every second would otherwise keep an edit going round for ever. */
export const REBASES_MAX = 5;

/** The counts of a row as the person sees them: what is known, with what they set over it. */
export function shownCounts(figure: Pick<BedFigure, "value">, edit: Edit | undefined): BedCounts {
  return { ...countsOf(figure), ...edit?.set };
}

/** One more or one fewer, from nothing as from 0. */
export function stepped(value: number | undefined, by: number): number {
  return Math.max(0, Math.min((value ?? 0) + by, BEDS_MAX));
}

/** The number that was typed; undefined when it is none that beds can be counted in. Digits of any of our scripts are read. */
export function typedCount(text: string): number | undefined {
  const digits = text
    .replace(/[\s,]/g, "")
    .replace(/[\u0966-\u096f]/g, (digit) => String(digit.charCodeAt(0) - 0x0966));
  if (!/^\d{1,6}$/.test(digits)) return undefined;
  const count = Number(digits);
  return count <= BEDS_MAX ? count : undefined;
}

/**
 * An edit after the person set some layers.
 *
 * @param seen the figure on the screen when they began to type, which may be older than what is known now
 * @returns undefined when they stepped back to where they began: nothing is to be said
 */
export function withSet(
  edit: Edit | undefined,
  type: BedType,
  layers: BedCounts,
  seen: BedFigure,
  isStated: boolean,
): Edit | undefined {
  const before: Edit = edit ?? {
    type,
    basis: basisOf(seen),
    set: {},
    isStated: false,
    stage: { kind: "gathering" },
    rebases: 0,
  };
  const next: Edit = { ...before, set: { ...before.set, ...layers }, isStated: before.isStated || isStated };
  switch (before.stage.kind) {
    case "refused":
      return { ...next, stage: { kind: "gathering" } };
    case "gathering":
      return isIdle(next) ? undefined : next;
    default:
      return next;
  }
}

function isIdle(edit: Edit): boolean {
  return !edit.isStated && isSameCounts({ ...edit.basis.counts, ...edit.set }, edit.basis.counts);
}

/** What the row says now, to be sent; undefined as long as staffed or occupied is not known. */
export function reportOf(edit: Edit): Report | undefined {
  const { staffed, occupied, ...more } = { ...edit.basis.counts, ...edit.set };
  return staffed === undefined || occupied === undefined ? undefined : { ...more, staffed, occupied };
}

/** The layer that the person still has to give before a row can be sent; undefined when none is missing. */
export function missingLayer(edit: Edit): Layer | undefined {
  const counts = { ...edit.basis.counts, ...edit.set };
  if (counts.occupied === undefined) return "occupied";
  return counts.staffed === undefined ? "staffed" : undefined;
}

/** What is left of an edit after its report was taken: what the person set in the meantime. */
export function afterSaved(edit: Edit, figure: BedFigure): Edit | undefined {
  const left = unsent(edit);
  if (Object.keys(left).length === 0) return undefined;
  return {
    type: edit.type,
    basis: basisOf(figure),
    set: left,
    isStated: true,
    stage: { kind: "gathering" },
    rebases: 0,
  };
}

function unsent(edit: Edit): BedCounts {
  if (edit.stage.kind !== "sending" && edit.stage.kind !== "not-sent") return edit.set;
  const { report } = edit.stage.attempt;
  const left: BedCounts = {};
  for (const layer of LAYERS) {
    const count = edit.set[layer];
    if (count !== undefined && count !== report[layer]) left[layer] = count;
  }
  return left;
}

/**
 * Whether a newer version may be taken as if the person had seen it: it says the same as what they
 * saw, or what they say themselves. Anything else has to be shown to them.
 */
function isHarmless(edit: Edit, theirs: BedFigure): boolean {
  const counts = countsOf(theirs);
  return (
    isSameCounts(counts, edit.basis.counts) || isSameCounts(counts, { ...edit.basis.counts, ...edit.set })
  );
}

function onto(edit: Edit, figure: BedFigure): Edit {
  return { ...edit, basis: basisOf(figure), stage: { kind: "gathering" } };
}

/** An edit after the server said that the figure is another one than the person saw. */
export function afterRefusedVersion(edit: Edit, theirs: BedFigure): Edit {
  if (isHarmless(edit, theirs) && edit.rebases < REBASES_MAX) {
    return { ...onto(edit, theirs), isStated: true, rebases: edit.rebases + 1 };
  }
  return { ...edit, stage: { kind: "changed-meanwhile", theirs } };
}

/**
 * An edit after news of its figure. What is on its way is left alone: its answer decides.
 *
 * @returns undefined when there is nothing left to say
 */
export function afterNews(edit: Edit, news: BedFigure): Edit | undefined {
  switch (edit.stage.kind) {
    case "sending":
    case "not-sent":
    case "refused":
      return edit;
    case "gathering": {
      if (news.version === edit.basis.version) return edit;
      if (!isHarmless(edit, news)) return { ...edit, stage: { kind: "changed-meanwhile", theirs: news } };
      const next = onto(edit, news);
      return isIdle(next) ? undefined : next;
    }
    case "changed-meanwhile":
      return { ...edit, stage: { kind: "changed-meanwhile", theirs: news } };
  }
}

/** The person keeps their own figures, now knowing what the other said. */
export function withMine(edit: Edit): Edit {
  if (edit.stage.kind !== "changed-meanwhile") return edit;
  return { ...onto(edit, edit.stage.theirs), isStated: true, rebases: 0 };
}
