import type { z } from "zod";
import type { BloodBank, BloodComponent, BloodGroup } from "@ihims/core/blood/schema.ts";
import {
  stockOfUnits,
  UNITS_MAX_BAGS,
  type addBloodUnit,
  type BloodUnit,
  type BloodUnitState,
} from "@ihims/core/blood/units.ts";
import type { Facility } from "@ihims/core/facilities/schema.ts";
import { BloodUnitId, type FacilityId } from "@ihims/core/ids.ts";
import { bloodSubject } from "@ihims/core/observations/schema.ts";
import { mayChangePage, mayKeep, mayReport } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import { elapsedMs, type Instant } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { randomId } from "../../platform/random-id.ts";
import { lockFacility, replaceBloodBank } from "../facilities/facilities.ts";
import { findFigures, recordObservations, senderOf } from "../observations/observations.ts";
import { countShelf, findBag, findShelf, findUnit, insertUnit, saveState, type UnitRow } from "./store.ts";

type Changed = z.output<typeof addBloodUnit.reply>;
type Bag = z.output<typeof addBloodUnit.body>;

/** The bags on the shelf, for who keeps it. @throws Problem `not-allowed` */
export async function listUnits(
  ctx: Context,
  facility: FacilityId,
  of: { group?: BloodGroup | undefined; component?: BloodComponent | undefined },
): Promise<BloodUnit[]> {
  needKeeper(ctx, facility);
  return (await findShelf(ctx.db, facility, of)).map((unit) => shown(unit, ctx.now()));
}

/**
 * Put a bag on the shelf. The same bag again is no error.
 *
 * @throws Problem `not-found`, `not-allowed`; `bad-input` of one that has expired; `conflict` of one that
 *   left the shelf, that is known as another, or when the shelf is full
 */
export function addUnit(ctx: Context, id: FacilityId, bag: Bag): Promise<Changed> {
  return ctx.transaction(async (tx) => {
    const facility = await lockFacility(tx, id);
    needKeeper(tx, id);
    const known = await findBag(tx.db, id, bag);
    if (known) return knownBag(tx, facility, known, bag);
    if (elapsedMs(bag.expiresAt, tx.now()) >= 0)
      throw new Problem("bad-input", "expiresAt: this bag has expired", {
        errors: [{ pointer: "/expiresAt", detail: "is over" }],
      });
    if ((await countShelf(tx.db, id)) >= UNITS_MAX_BAGS)
      throw new Problem("conflict", `A shelf has at most ${UNITS_MAX_BAGS} bags: issue or discard some`);
    const unit: UnitRow = {
      ...bag,
      id: BloodUnitId.parse(`u${randomId()}`),
      state: "available",
      addedAt: tx.now(),
    };
    await insertUnit(tx.db, id, unit, senderOf(tx.actor).sender);
    return counted(tx, facility, unit, "changed");
  });
}

function knownBag(ctx: Context, facility: Facility, known: UnitRow, bag: Bag): Promise<Changed> {
  if (known.state !== "available")
    throw new Problem("conflict", `This bag is not on the shelf any more: ${known.state}`, {
      reason: known.state,
    });
  const { group, component, expiresAt } = known;
  if (group !== bag.group || component !== bag.component || expiresAt !== bag.expiresAt)
    throw new Problem("conflict", `This bag is on the shelf as ${group} ${component} until ${expiresAt}`, {
      reason: "another",
    });
  return counted(ctx, facility, known, "known");
}

/** A bag was issued or discarded, or is back. @throws Problem `not-found`, `not-allowed` */
export function moveUnit(
  ctx: Context,
  id: FacilityId,
  unitId: BloodUnitId,
  state: BloodUnitState,
): Promise<Changed> {
  return ctx.transaction(async (tx) => {
    const facility = await lockFacility(tx, id);
    needKeeper(tx, id);
    const known = await findUnit(tx.db, id, unitId);
    if (!known) throw new Problem("not-found", "There is no such bag here");
    if (known.state === state) return counted(tx, facility, known, "known");
    const unit = { ...known, state };
    await saveState(tx.db, unit, { at: tx.now(), by: senderOf(tx.actor).sender });
    return counted(tx, facility, unit, "changed");
  });
}

/** Count the shelf of a bag's group and component, and tell it as any other report. */
async function counted(
  ctx: Context,
  facility: Facility,
  unit: UnitRow,
  outcome: Changed["outcome"],
): Promise<Changed> {
  const { group, component } = unit;
  const subject = bloodSubject(group, component);
  const shelf = await findShelf(ctx.db, facility.id, { group, component });
  const now = ctx.now();
  const [recorded] = await recordObservations(ctx, [
    {
      facility: facility.id,
      subject,
      value: stockOfUnits(shelf, now),
      observedAt: now,
      ...senderOf(ctx.actor),
      // The same count again is told anew: another bag left and one came.
      sourceRef: `bags ${randomId()}`,
    },
  ]);
  if (recorded?.kind === "refused") throw new Error(`a count of now was refused: ${recorded.reason}`);
  const figure = (await findFigures(ctx, facility)).figures.find((one) => one.subject === subject);
  if (!figure) throw new Error("a figure that was just counted is not there");
  return { outcome, unit: shown(unit, now), figure };
}

/** Whether a group and component is counted from bags at a bank: typed counts would be lost at the next. */
export async function isKeptByUnits(
  ctx: Context,
  facility: FacilityId,
  of: { group: BloodGroup; component: BloodComponent },
): Promise<boolean> {
  return (await findShelf(ctx.db, facility, of)).length > 0;
}

/** @throws Problem `not-found`, `not-allowed` */
export function changeBloodBank(ctx: Context, id: FacilityId, bank: BloodBank): Promise<BloodBank> {
  return ctx.transaction(async (tx) => {
    const facility = await lockFacility(tx, id);
    if (!mayKeep(tx.actor, id, "blood") && !mayChangePage(tx.actor, id)) throw notYours();
    await replaceBloodBank(tx, facility, bank);
    return bank;
  });
}

function needKeeper({ actor }: Context, facility: FacilityId): void {
  if (!mayReport(actor, facility, "blood")) throw notYours();
}

function notYours(): Problem {
  return new Problem("not-allowed", "You do not keep blood of this facility");
}

function shown(unit: UnitRow, now: Instant): BloodUnit {
  return { ...unit, isExpired: elapsedMs(unit.expiresAt, now) >= 0 };
}
