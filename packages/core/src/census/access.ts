import type { FacilityId } from "../ids.ts";
import { mayAdminister, mayKeep } from "../people/rules.ts";
import type { Actor } from "../people/schema.ts";

/** Whether somebody may set up a facility's feed and look at what it could not apply: its administrators and bed managers. */
export function mayRunCensus(actor: Actor, facility: FacilityId): boolean {
  return mayAdminister(actor, facility) || (actor.kind === "person" && mayKeep(actor, facility, "bed"));
}
