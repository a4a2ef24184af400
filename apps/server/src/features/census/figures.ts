import { figureOf } from "@ihims/core/census/counts.ts";
import type { Ward } from "@ihims/core/census/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { bedSubject, type Observation } from "@ihims/core/observations/schema.ts";
import type { Context } from "../../platform/context.ts";
import { findStandings, recordObservations } from "../observations/observations.ts";
import { countWards, findCensus, findWards, type WardCounts } from "./store.ts";

/** Report again what the feed says of some types, after their wards were mapped anew: the moment stays that of the last message. */
export async function reportAgain(ctx: Context, facility: FacilityId, reference: string): Promise<void> {
  const wards = await findWards(ctx.db, facility);
  const observations: Observation[] = [];
  for (const [type, census] of await findCensus(ctx.db, facility)) {
    const ofType = wards.filter(({ bedType }) => bedType === type);
    const last = (await findStandings(ctx, facility, bedSubject(type))).find(
      ({ source }) => source === "hl7",
    )?.observedAt;
    if (ofType.length === 0 || last === undefined) continue;
    const counts = await countWards(
      ctx.db,
      facility,
      ofType.map(({ code }) => code),
    );
    const statuses = {
      known: total(counts, ofType, "statuses"),
      blocking: total(counts, ofType, "blocking"),
    };
    const value = figureOf(census, total(counts, ofType, "visits"), statuses, ofType);
    observations.push({
      facility,
      subject: bedSubject(type),
      value,
      observedAt: last,
      source: "hl7",
      sender: "hl7:wards",
      sourceRef: reference,
    });
  }
  await reportFigures(ctx, observations);
}

/** Report the feed's figures; the caller has locked their facilities and checked their moments. */
export async function reportFigures(ctx: Context, observations: readonly Observation[]): Promise<void> {
  for (const recorded of await recordObservations(ctx, observations)) {
    // What is refused here is a bug, and nothing of the message is kept.
    if (recorded.kind === "refused") throw new Error(`a census figure was refused: ${recorded.reason}`);
  }
}

function total(
  counts: readonly WardCounts[],
  wards: readonly Ward[],
  what: "visits" | "statuses" | "blocking",
): number {
  return counts.reduce(
    (sum, one) => (wards.some(({ code }) => code === one.ward) ? sum + one[what] : sum),
    0,
  );
}
