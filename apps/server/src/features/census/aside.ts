import { withoutPatient } from "@ihims/connectors/hl7v2/aside.ts";
import type { ReadMessage } from "@ihims/connectors/hl7v2/message.ts";
import type { BedPlace } from "@ihims/core/census/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import type { Context } from "../../platform/context.ts";
import { insertAside } from "./message-store.ts";

/** Messages kept aside for one facility; older ones make room. */
export const ASIDE_KEPT_MAX = 10_000;
/** The same for all senders that are not registered. */
export const UNKNOWN_KEPT_MAX = 1000;

export interface Aside {
  text: string;
  read: ReadMessage | undefined;
  facility: FacilityId | null;
  /** The bed that two patients claim; undefined for a message that was not applied. */
  place?: BedPlace;
  reason: string;
}

/** Keep a message for a person to look at, without what identifies a patient. */
export async function keepAside(ctx: Context, { text, read, facility, place, reason }: Aside): Promise<void> {
  const aside = {
    facility,
    application: read?.header.application.slice(0, 200) ?? "",
    facilityCode: read?.header.facilityCode.slice(0, 200) ?? "",
    kind: place ? ("conflict" as const) : ("refused" as const),
    event: read?.header.event.slice(0, 20) ?? "",
    reason,
    place: place ?? null,
    message: withoutPatient(text),
  };
  await insertAside(ctx.db, aside, ctx.now(), facility === null ? UNKNOWN_KEPT_MAX : ASIDE_KEPT_MAX);
}
