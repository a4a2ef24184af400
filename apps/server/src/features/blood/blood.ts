import type { z } from "zod";
import {
  COMPATIBILITY_SOURCE,
  compatibleGroups,
  type CompatibleGroup,
} from "@ihims/core/blood/compatibility.ts";
import { BloodCall, type BloodPlace, type findBlood, type reportBlood } from "@ihims/core/blood/endpoints.ts";
import type { BloodComponent, BloodGroup, BloodStock } from "@ihims/core/blood/schema.ts";
import { currencyOf } from "@ihims/core/city/currency.ts";
import { RADIUS_MAX_M } from "@ihims/core/facilities/endpoints.ts";
import { distanceM, positionOf, type Position } from "@ihims/core/geo.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { holdMinutesOf } from "@ihims/core/holds/rules.ts";
import { bloodSubject, VALUE_BY_KIND, type Figure } from "@ihims/core/observations/schema.ts";
import { mayReport } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { ANYTHING, type Board, type Entry } from "../board/board.ts";
import { lockFacility } from "../facilities/facilities.ts";
import { findFigures, recordObservations, senderOf } from "../observations/observations.ts";
import { isKeptByUnits } from "./units.ts";

type Query = z.output<typeof findBlood.query>;
type Found = z.output<typeof findBlood.reply>;

/** Banks to call that are named beside what was found. */
const TO_CALL_MAX = 5;

/** A bank within the radius, with what it last said of each group that is looked for. */
interface Bank {
  entry: Entry;
  distance: number | null;
  figures: readonly { of: CompatibleGroup; figure: Figure }[];
}

/** Where blood is that somebody can be given: the preferred group first, then the nearest, and whom to call where nothing is known. */
export function searchBlood(board: Board, query: Query, countryCode: string, now: Instant): Found {
  const near = query.near === undefined ? null : positionOf(query.near);
  const all = compatibleGroups(query.component, query.group);
  const wanted = query.compatible ? all : all.slice(0, 1);
  const banks = banksAround(board, near, query, wanted, now);
  const items = banks
    .flatMap((bank) => placesAt(board, bank, query, now))
    .sort((a, b) => a.rank - b.rank || a.age - b.age || a.distance - b.distance)
    .slice(0, query.limit)
    .map(({ place }) => place);
  return {
    items,
    toCall: banks
      .filter(({ entry, figures }) => isBank(entry) && !figures.some(({ figure }) => figure.value !== null))
      .sort((a, b) => (a.distance ?? 0) - (b.distance ?? 0))
      .slice(0, TO_CALL_MAX)
      .map((bank) => summaryOf(board, bank, query.component, now)),
    compatible: all.map(({ group, cautions }) => ({ group, cautions: [...cautions] })),
    filters: {
      near,
      radius: query.radius ?? null,
      group: query.group,
      component: query.component,
      units: query.units,
      compatible: query.compatible,
    },
    source: COMPATIBILITY_SOURCE,
    currency: currencyOf(countryCode),
  };
}

function banksAround(
  board: Board,
  near: Position | null,
  { radius, component }: Query,
  wanted: readonly CompatibleGroup[],
  now: Instant,
): Bank[] {
  return board.inside(ANYTHING, near, radius ?? RADIUS_MAX_M, now).flatMap((entry) => {
    const told = wanted.filter(({ group }) => entry.standings.has(bloodSubject(group, component)));
    if (told.length === 0 && !isBank(entry)) return [];
    const figures = told.flatMap((of) => {
      const figure = board.figure(entry, bloodSubject(of.group, component), now);
      return figure ? [{ of, figure }] : [];
    });
    const distance = near && Math.round(distanceM(near, entry.facility.position));
    return [{ entry, distance, figures }];
  });
}

function isBank({ facility }: Entry): boolean {
  return facility.kind === "blood-bank" || facility.services.includes("blood-bank");
}

/** What one bank has of what is looked for. `rank` is the place of the group in the order of preference; fresh before stale. */
function placesAt(
  board: Board,
  bank: Bank,
  { group, component, units }: Query,
  now: Instant,
): { place: BloodPlace; rank: number; age: number; distance: number }[] {
  const order = compatibleGroups(component, group).map((one) => one.group);
  return bank.figures.flatMap(({ of, figure }) => {
    const told = VALUE_BY_KIND.blood.safeParse(figure.value);
    const left = told.success ? Math.max(0, told.data.units - (figure.held ?? 0)) : 0;
    if (left < units) return [];
    const place: BloodPlace = {
      facility: summaryOf(board, bank, component, now),
      group: of.group,
      component,
      units: left,
      isSame: of.isSame,
      cautions: [...of.cautions],
      figure,
    };
    const age = figure.freshness === "stale" ? 1 : 0;
    return [{ place, rank: order.indexOf(of.group), age, distance: bank.distance ?? 0 }];
  });
}

function summaryOf(
  board: Board,
  { entry, distance }: Bank,
  component: BloodComponent,
  now: Instant,
): z.output<typeof BloodCall> {
  // All groups of a component are kept alike.
  const holdMinutes = holdMinutesOf(entry.facility.holds, bloodSubject("O+", component));
  return BloodCall.parse({ ...board.view(entry, now).record, distance, holdMinutes });
}

/**
 * Say how many units of one group and component a facility has.
 *
 * @throws Problem `not-found`, `not-allowed`, `conflict` when it is refused
 */
export function reportBloodUnits(
  ctx: Context,
  given: {
    facility: FacilityId;
    group: BloodGroup;
    component: BloodComponent;
    stock: BloodStock;
    observedAt: Instant | undefined;
  },
): Promise<z.output<typeof reportBlood.reply>> {
  return ctx.transaction(async (tx) => {
    const facility = await lockFacility(tx, given.facility);
    if (!mayReport(tx.actor, facility.id, "blood"))
      throw new Problem("not-allowed", "You do not report blood of this facility");
    if ((given.stock.expiringSoon ?? 0) > given.stock.units)
      throw new Problem("bad-input", "expiringSoon: more units expire soon than there are", {
        errors: [{ pointer: "/expiringSoon", detail: "more than units" }],
      });
    if (await isKeptByUnits(tx, facility.id, given))
      throw new Problem("conflict", "This is counted from its bags: add, issue or discard one", {
        reason: "kept-by-units",
      });
    const subject = bloodSubject(given.group, given.component);
    const [recorded] = await recordObservations(tx, [
      {
        facility: facility.id,
        subject,
        value: given.stock,
        observedAt: given.observedAt ?? tx.now(),
        ...senderOf(tx.actor),
      },
    ]);
    if (!recorded) throw new Error("no answer for an observation");
    if (recorded.kind === "refused")
      throw new Problem("conflict", "observedAt is more than five minutes ahead of our clock");
    const figure = (await findFigures(tx, facility)).figures.find((one) => one.subject === subject);
    if (!figure) throw new Error("a figure that was just reported is not there");
    const outcome = recorded.kind === "unchanged" ? "confirmed" : recorded.kind;
    return { outcome, observation: recorded.observation, figure };
  });
}
