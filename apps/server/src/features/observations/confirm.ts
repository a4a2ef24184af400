import type { z } from "zod";
import type { FacilityId } from "@ihims/core/ids.ts";
import type { confirmFigures } from "@ihims/core/observations/endpoints.ts";
import { leadFor } from "@ihims/core/observations/figures.ts";
import { bedCountsOf, CLOCK_SKEW_MAX_MS, inOrderOfBelief } from "@ihims/core/observations/rules.ts";
import {
  bedTypeOf,
  kindOf,
  type Observation,
  type Source,
  type Standing,
  type Subject,
} from "@ihims/core/observations/schema.ts";
import { mayReport } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import { elapsedMs, type Instant } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { findFacility, lockFacility } from "../facilities/facilities.ts";
import {
  confirmShelf,
  findFigures,
  findStandingsOfFacility,
  recordObservations,
  senderOf,
} from "./observations.ts";

/**
 * Nothing has changed: what is shown is seen to be so now. Each figure becomes an observation like
 * any other, made by who confirms it.
 *
 * @param subjects only these; all that the actor may report when undefined
 * @throws Problem `not-found`, `not-allowed`, `conflict` when the moment is refused
 */
export function confirmStanding(
  ctx: Context,
  facilityId: FacilityId,
  subjects: readonly Subject[] | undefined,
  observedAt: Instant | undefined,
): Promise<z.output<typeof confirmFigures.reply>> {
  return ctx.transaction(async (tx) => {
    const facility = await lockFacility(tx, facilityId);
    const standings = await findStandingsOfFacility(tx, facilityId);
    const isShelfSeen = subjects === undefined && (await seeShelf(tx, facilityId, observedAt ?? tx.now()));
    if (isShelfSeen && standings.size === 0) return { confirmed: [], beds: [] };
    const wanted = wantedOf(tx, facilityId, subjects, standings);
    const now = tx.now();
    const observations = wanted.map((subject): Observation => {
      const ordered = inOrderOfBelief(standings.get(subject) ?? [], leadFor(facility, subject), now);
      return {
        facility: facilityId,
        subject,
        value: shownValue(subject, ordered, now),
        observedAt: observedAt ?? now,
        ...senderOf(tx.actor),
        isConfirmation: isOfAnother(ordered[0], senderOf(tx.actor).source),
      };
    });
    const recorded = await recordObservations(tx, observations);
    const confirmed = recorded.map((one, place) => {
      if (one.kind === "refused")
        throw new Problem("conflict", `The confirmation was refused: ${one.reason}`);
      return { subject: subjectAt(wanted, place), observation: one.observation };
    });
    const after = await findFigures(tx, (await findFacility(tx, facilityId)) ?? facility);
    return { confirmed, beds: after.beds };
  });
}

/** A shelf has no subjects of its own here: all of it is seen at once. @returns whether the actor keeps one */
async function seeShelf(ctx: Context, facility: FacilityId, observedAt: Instant): Promise<boolean> {
  if (!mayReport(ctx.actor, facility, "medicine")) return false;
  if (elapsedMs(ctx.now(), observedAt) > CLOCK_SKEW_MAX_MS)
    throw new Problem("conflict", "The confirmation was refused: from-the-future");
  return confirmShelf(ctx, facility, senderOf(ctx.actor), observedAt);
}

function wantedOf(
  ctx: Context,
  facility: FacilityId,
  subjects: readonly Subject[] | undefined,
  standings: ReadonlyMap<Subject, readonly Standing[]>,
): Subject[] {
  const known = [...standings.keys()].filter((subject) => (standings.get(subject)?.length ?? 0) > 0);
  const mine = known.filter((subject) => mayReport(ctx.actor, facility, kindOf(subject)));
  if (subjects === undefined) {
    if (mine.length === 0 && !known.length)
      throw new Problem("conflict", "There is no figure to confirm yet: report one first");
    if (mine.length === 0)
      throw new Problem("not-allowed", "You report none of the figures of this facility");
    return mine;
  }
  const foreign = subjects.find((subject) => !mayReport(ctx.actor, facility, kindOf(subject)));
  if (foreign) throw new Problem("not-allowed", `You may not report ${foreign} of this facility`);
  const unknown = subjects.findIndex((subject) => !mine.includes(subject));
  if (unknown >= 0) {
    throw new Problem("conflict", "There is no such figure to confirm", {
      errors: [{ pointer: `/subjects/${unknown}`, detail: "was never reported" }],
    });
  }
  return [...new Set(subjects)];
}

/** Whether a person confirms what another source says. Who confirms a correction of their own corrects again. */
function isOfAnother(shown: Standing | undefined, source: Source): boolean {
  return source === "staff" && (shown?.source !== "staff" || shown.isConfirmation === true);
}

/** What is shown is what is confirmed, also where it was put together from two sources. */
function shownValue(subject: Subject, ordered: readonly Standing[], now: Instant): Observation["value"] {
  const [first] = ordered;
  if (!first) throw new Error(`nothing stands of ${subject}`);
  return bedTypeOf(subject) ? bedCountsOf(ordered, now) : first.value;
}

function subjectAt(subjects: readonly Subject[], place: number): Subject {
  const subject = subjects[place];
  if (subject === undefined) throw new Error("more answers than subjects");
  return subject;
}
