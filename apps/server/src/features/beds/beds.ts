import type { z } from "zod";
import type { BedCounts, BedType } from "@ihims/core/beds/schema.ts";
import type { Facility } from "@ihims/core/facilities/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import type { ReportedBeds } from "@ihims/core/observations/endpoints.ts";
import { versionOf } from "@ihims/core/observations/figures.ts";
import { bedSubject, type Observation } from "@ihims/core/observations/schema.ts";
import { mayReport } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import type { GroupCommit } from "../../platform/group-commit.ts";
import { findFacility, lockFacility } from "../facilities/facilities.ts";
import {
  findFigures,
  findStandings,
  recordObservations,
  senderOf,
  type Recorded,
} from "../observations/observations.ts";

/** What is said of the beds of one type. */
export interface BedReport {
  facility: FacilityId;
  type: BedType;
  counts: BedCounts;
  observedAt: Instant | undefined;
  /** Of the figure that the report was made from; undefined to report whatever stands. */
  version: string | undefined;
}

/** What takes in the reports of many callers together. */
export type Together = GroupCommit<Observation, Recorded>;

/**
 * Say how many beds of one type there are and how they are used.
 *
 * A report that depends on what stands has a transaction of its own, and so has one that is part of
 * a greater act; all others are taken in together with those of other callers.
 *
 * @throws Problem `not-found`, `not-allowed`, `changed-meanwhile`, `conflict` when it is refused
 */
export async function reportBedCounts(
  ctx: Context,
  together: Together,
  given: BedReport,
): Promise<z.output<typeof ReportedBeds>> {
  if (given.version !== undefined || ctx.db.isTransaction)
    return ctx.transaction((tx) => reportAlone(tx, given));
  const facility = await findFacility(ctx, given.facility);
  if (!facility) throw new Problem("not-found", "There is no such facility");
  const observation = observationOf(ctx, facility, given);
  return replyOf(ctx, facility, given.type, await together.take(ctx, observation));
}

async function reportAlone(ctx: Context, given: BedReport): Promise<z.output<typeof ReportedBeds>> {
  const facility = await lockFacility(ctx, given.facility);
  const observation = observationOf(ctx, facility, given);
  const { subject } = observation;
  if (
    given.version !== undefined &&
    given.version !== versionOf(await findStandings(ctx, facility.id, subject))
  ) {
    throw new Problem("changed-meanwhile", "Somebody else has reported these beds since");
  }
  const [recorded] = await recordObservations(ctx, [observation]);
  return replyOf(ctx, facility, given.type, recorded);
}

function observationOf(ctx: Context, facility: Facility, given: BedReport): Observation {
  if (!mayReport(ctx.actor, facility.id, "bed"))
    throw new Problem("not-allowed", "You do not report beds of this facility");
  return {
    facility: facility.id,
    subject: bedSubject(given.type),
    value: given.counts,
    observedAt: given.observedAt ?? ctx.now(),
    ...senderOf(ctx.actor),
  };
}

async function replyOf(
  ctx: Context,
  facility: Facility,
  type: BedType,
  recorded: Recorded | undefined,
): Promise<z.output<typeof ReportedBeds>> {
  if (!recorded) throw new Error("no answer for an observation");
  if (recorded.kind === "refused")
    throw new Problem(
      "conflict",
      recorded.reason === "from-the-future"
        ? "observedAt is more than five minutes ahead of our clock"
        : "There is no such facility",
    );
  const figure = (await findFigures(ctx, facility)).beds.find((one) => one.type === type);
  if (!figure) throw new Error("a figure that was just reported is not there");
  return {
    outcome: recorded.kind === "unchanged" ? "confirmed" : recorded.kind,
    observation: recorded.observation,
    figure,
  };
}
