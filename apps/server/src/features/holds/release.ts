import type { Facility } from "@ihims/core/facilities/schema.ts";
import { availabilityOf } from "@ihims/core/beds/rules.ts";
import { heldAt, uncovered } from "@ihims/core/holds/rules.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import {
  bedTypeOf,
  medicineOf,
  VALUE_BY_KIND,
  type Freshness,
  type Subject,
} from "@ihims/core/observations/schema.ts";
import { elapsedMs, type Instant } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { startRepeating, type Repeating } from "../../platform/repeating.ts";
import { lockFacility } from "../facilities/facilities.ts";
import { findFigures, findHeldAt, findStockFigure, type CityChange } from "../observations/observations.ts";
import { takeStep } from "./steps.ts";
import { findFacilitiesDue, findOpenAt, type HoldRow } from "./store.ts";

/** Facilities whose holds are looked after at a time. */
const DUE_MAX = 50;
/** How often it is looked for holds whose time is over. */
const LOOK_MS = 2000;

/** What stands of a subject. */
interface Standing {
  freshness: Freshness;
  /** Units that are there, whether or not they are kept for somebody; null: not known. */
  there: number | null;
  /** Units that are kept for somebody, or taken by who came and not counted since. */
  held: number;
}

/**
 * How much of a subject can still be promised, as the database has it at this moment. With the
 * facility locked it cannot change until the transaction ends.
 */
export async function roomFor(
  ctx: Context,
  facility: Facility,
  subject: Subject,
): Promise<{ freshness: Freshness; free: number | null }> {
  const { freshness, there, held } = await standingOf(ctx, facility, subject);
  return { freshness, free: there === null ? null : Math.max(0, there - held) };
}

async function standingOf(ctx: Context, facility: Facility, subject: Subject): Promise<Standing> {
  const medicine = medicineOf(subject);
  if (medicine !== undefined) {
    const stock = await findStockFigure(ctx, facility.id, medicine);
    const kept = (await findHeldAt(ctx, facility.id)).get(subject) ?? [];
    return {
      freshness: stock?.freshness ?? "unknown",
      there: stock?.value.quantity ?? null,
      held: heldAt(kept, stock?.observedAt ?? null, ctx.now()),
    };
  }
  const { beds, figures } = await findFigures(ctx, facility);
  const type = bedTypeOf(subject);
  if (type) {
    const figure = beds.find((one) => one.type === type);
    const { value, freshness = "unknown" } = figure ?? {};
    return { freshness, there: value ? availabilityOf(value, 0).free : null, held: value?.held ?? 0 };
  }
  const figure = figures.find((one) => one.subject === subject);
  const stock = VALUE_BY_KIND.blood.safeParse(figure?.value).data;
  return { freshness: figure?.freshness ?? "unknown", there: stock?.units ?? null, held: figure?.held ?? 0 };
}

/** Those whose time is over. */
export function overAt(holds: readonly HoldRow[], now: Instant): HoldRow[] {
  return holds.filter(({ until }) => elapsedMs(until, now) >= 0);
}

/**
 * Let go of what is promised beyond what changed figures still cover, in the transaction that
 * changed them: their facilities are locked by who wrote them.
 */
export async function releaseUncovered(ctx: Context, changes: readonly CityChange[]): Promise<void> {
  const touched = new Map<FacilityId, Set<string> | "all">();
  for (const change of changes) {
    if (change.kind === "standing") add(touched, change.standing.facility, change.standing.subject);
    else if (change.kind === "withdrawn") add(touched, change.facility, change.subject);
    else if (change.kind === "stock") touched.set(change.facility, "all");
    else if (change.kind === "facility") touched.set(change.facility.id, "all");
  }
  if (touched.size === 0) return;
  const open = await findOpenAt(ctx.db, [...touched.keys()].sort());
  for (const [id, holds] of Map.groupBy(open, ({ facility }) => facility)) {
    const subjects = touched.get(id);
    const concerned = holds.filter(({ subject }) => subjects === "all" || subjects?.has(subject));
    if (concerned.length > 0) await coverAt(ctx, await lockFacility(ctx, id), concerned);
  }
}

function add(touched: Map<FacilityId, Set<string> | "all">, facility: FacilityId, subject: Subject): void {
  const known = touched.get(facility) ?? new Set();
  if (known !== "all") touched.set(facility, known.add(subject));
}

/** Write down what is over of some open holds of a facility, and let go of what is not covered. */
async function coverAt(ctx: Context, facility: Facility, open: readonly HoldRow[]): Promise<void> {
  const over = overAt(open, ctx.now());
  if (over.length > 0) await takeStep(ctx, facility, over, { state: "expired" });
  const left = open.filter((hold) => !over.includes(hold));
  for (const [subject, holds] of Map.groupBy(left, (hold) => hold.subject)) {
    const { there, held } = await standingOf(ctx, facility, subject);
    const taken = held - holds.reduce((sum, { units }) => sum + units, 0);
    // What is not known any more says nothing against a promise.
    const lost = there === null ? [] : uncovered(holds, there - taken);
    if (lost.length > 0) await takeStep(ctx, facility, lost, { state: "released" });
  }
}

/** Look after facilities at which the time of holds is over. @returns how many there were */
export async function endDueHolds(ctx: Context): Promise<number> {
  const due = await findFacilitiesDue(ctx.db, ctx.now(), DUE_MAX);
  for (const id of due)
    await ctx.transaction(async (tx) => {
      const facility = await lockFacility(tx, id);
      await coverAt(tx, facility, await findOpenAt(tx.db, [id]));
    });
  return due.length;
}

/**
 * Write down what is over, as it comes. Nothing waits for it: a hold past its time counts as ended
 * wherever it is read; this tells open pages and the log.
 */
export function startEnding(ctx: Context): Repeating {
  return startRepeating(() => endDueHolds(ctx), {
    everyMs: LOOK_MS,
    onError: (error) => ctx.log.error({ err: error }, "holds could not be ended; trying again"),
  });
}
