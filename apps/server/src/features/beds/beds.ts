import type { z } from "zod";
import type { BedCounts, BedType } from "@ihims/core/beds/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import type { ReportedBeds } from "@ihims/core/observations/endpoints.ts";
import { versionOf } from "@ihims/core/observations/figures.ts";
import { bedSubject } from "@ihims/core/observations/schema.ts";
import { mayReport } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { lockFacility } from "../facilities/facilities.ts";
import { findStandings, findFigures, recordObservations, senderOf } from "../observations/observations.ts";

/**
 * Say how many beds of one type there are and how they are used.
 *
 * @param version of the figure that the report was made from; undefined to report whatever stands
 * @throws Problem `not-found`, `not-allowed`, `changed-meanwhile`, `conflict` when it is refused
 */
export function reportBedCounts(
  ctx: Context,
  given: {
    facility: FacilityId;
    type: BedType;
    counts: BedCounts;
    observedAt: Instant | undefined;
    version: string | undefined;
  },
): Promise<z.output<typeof ReportedBeds>> {
  return ctx.transaction(async (tx) => {
    const { type, version } = given;
    const facility = await lockFacility(tx, given.facility);
    if (!mayReport(tx.actor, facility.id, "bed"))
      throw new Problem("not-allowed", "You do not report beds of this facility");
    const subject = bedSubject(type);
    if (version !== undefined && version !== versionOf(await findStandings(tx, facility.id, subject))) {
      throw new Problem("changed-meanwhile", "Somebody else has reported these beds since");
    }
    const [recorded] = await recordObservations(tx, [
      {
        facility: facility.id,
        subject,
        value: given.counts,
        observedAt: given.observedAt ?? tx.now(),
        ...senderOf(tx.actor),
      },
    ]);
    if (!recorded) throw new Error("no answer for an observation");
    if (recorded.kind === "refused")
      throw new Problem(
        "conflict",
        recorded.reason === "from-the-future"
          ? "observedAt is more than five minutes ahead of our clock"
          : "There is no such facility",
      );
    const figure = (await findFigures(tx, facility)).beds.find((one) => one.type === type);
    if (!figure) throw new Error("a figure that was just reported is not there");
    return {
      outcome: recorded.kind === "unchanged" ? "confirmed" : recorded.kind,
      observation: recorded.observation,
      figure,
    };
  });
}
