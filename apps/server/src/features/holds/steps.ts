import { timeIn } from "@ihims/core/calendar.ts";
import type { Facility } from "@ihims/core/facilities/schema.ts";
import { holdInWords } from "@ihims/core/holds/words.ts";
import type { HoldState } from "@ihims/core/holds/schema.ts";
import { HOUR_MS, later, millisOf } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { queueSms } from "../../platform/messages.ts";
import { announceHeld } from "../observations/observations.ts";
import { phoneOf } from "../people/people.ts";
import { appendToLog } from "./log.ts";
import { saveHold, type HoldRow } from "./store.ts";

/** After this a message of what became of a hold is of no use. */
const NOTICE_MAX_MS = 2 * HOUR_MS;

/** What changes with a step. */
type Step = Partial<Pick<HoldRow, "officer" | "officerRole" | "reason">> & { state: HoldState };

/**
 * Take holds of one facility a step on: what stands, what everybody is shown, the public log and the
 * message to who waits, all in this transaction. Only with the facility locked.
 */
export async function takeStep(
  ctx: Context,
  facility: Facility,
  holds: readonly HoldRow[],
  step: Step,
): Promise<HoldRow[]> {
  const now = ctx.now();
  const isEnd = step.state !== "accepted";
  const taken = holds.map((hold): HoldRow => {
    const isAnswer = step.state === "accepted" || step.state === "refused";
    return {
      ...hold,
      ...step,
      answeredAt: isAnswer ? now : hold.answeredAt,
      endedAt: isEnd ? now : null,
    };
  });
  for (const hold of taken) {
    await saveHold(ctx.db, hold);
    await tellHolder(ctx, facility, hold);
  }
  if (isEnd) await tellEverybody(ctx, taken);
  await appendToLog(ctx, taken);
  return taken;
}

/** Show what is kept of the subjects of holds. */
export async function tellEverybody(ctx: Context, holds: readonly HoldRow[]): Promise<void> {
  for (const [subject, [first]] of Map.groupBy(holds, (hold) => hold.subject))
    if (first) await announceHeld(ctx, first.facility, subject);
}

async function tellHolder(ctx: Context, facility: Facility, hold: HoldRow): Promise<void> {
  const phone = phoneOf(ctx, hold.phone);
  if (phone === null) return;
  const text = holdInWords(hold.state, {
    place: facility.names[hold.language] ?? facility.name,
    code: hold.code,
    time: timeIn(ctx.city.timeZone, millisOf(hold.until)),
    phone: phoneToCall(facility) ?? "",
    lang: hold.language,
  });
  if (text !== undefined) await queueSms(ctx, { phone, text }, later(ctx.now(), NOTICE_MAX_MS));
}

/** The number of a facility that answers soonest. */
export function phoneToCall({
  emergencyPhone,
  phones,
}: Pick<Facility, "emergencyPhone" | "phones">): string | null {
  return emergencyPhone ?? phones[0]?.number ?? null;
}
