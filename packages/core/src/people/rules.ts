import type { FacilityId } from "../ids.ts";
import type { SubjectKind } from "../observations/schema.ts";
import type { Actor, FacilityRole } from "./schema.ts";

/** The kinds of figure that each role reports at its facility. */
const REPORTS: Record<FacilityRole, readonly SubjectKind[]> = {
  administrator: ["bed", "blood", "medicine", "duty", "service", "waiting", "vehicle", "diversion"],
  "bed-manager": ["bed", "waiting", "diversion", "service"],
  pharmacist: ["medicine"],
  "blood-bank-officer": ["blood"],
  "roster-manager": ["duty"],
  dispatcher: ["vehicle"],
  crew: ["vehicle"],
  "data-entry": ["bed", "blood", "medicine", "duty", "service", "waiting", "diversion"],
  viewer: [],
};

/** Whether somebody may report figures of a kind at a facility. */
export function mayReport(actor: Actor, facility: FacilityId, kind: SubjectKind): boolean {
  switch (actor.kind) {
    case "operator":
      return true;
    case "door":
      return actor.facility === facility && kind === "bed";
    case "key":
      return actor.facilities.includes(facility) && actor.subjects.includes(kind);
    case "person":
      return actor.memberships.some((one) => one.facility === facility && REPORTS[one.role].includes(kind));
    case "anonymous":
      return false;
  }
}

/** Whether a role acts in the name of its facility: a viewer looks, data entry says figures and nothing else. */
export function isOfficer(role: FacilityRole): boolean {
  return role !== "viewer" && role !== "data-entry";
}

/**
 * Whether somebody keeps what figures of a kind are about: answers who asks for it, plans it, sets up
 * what reports it. Those who report it, apart from data entry.
 */
export function mayKeep(actor: Actor, facility: FacilityId, kind: SubjectKind): boolean {
  if (actor.kind !== "person") return mayReport(actor, facility, kind);
  const memberships = actor.memberships.filter(({ role }) => isOfficer(role));
  return mayReport({ ...actor, memberships }, facility, kind);
}

/** Whether somebody may look at all that was ever reported of a facility, and by whom. */
export function mayAudit(actor: Actor, facility: FacilityId): boolean {
  if (mayAdminister(actor, facility)) return true;
  if (actor.kind !== "person") return false;
  return (
    actor.cityRoles.includes("health-officer") ||
    actor.memberships.some((one) => one.facility === facility && one.role !== "data-entry")
  );
}

/** Whether somebody may warn the public, and take in other authorities' warnings. */
export function mayWarn(actor: Actor): boolean {
  return actor.kind === "operator" || (actor.kind === "person" && actor.cityRoles.includes("health-officer"));
}

/** Whether somebody may change a facility's page and settings, and issue keys for it. */
export function mayAdminister(actor: Actor, facility: FacilityId): boolean {
  if (actor.kind === "operator") return true;
  if (actor.kind !== "person") return false;
  return (
    actor.cityRoles.includes("platform-administrator") ||
    actor.memberships.some((one) => one.facility === facility && one.role === "administrator")
  );
}

/** Whether somebody may change what a facility's page says. Who leads for its figures is for administrators alone. */
export function mayChangePage(actor: Actor, facility: FacilityId): boolean {
  return (
    mayAdminister(actor, facility) ||
    (actor.kind === "key" && actor.mayChangePages && actor.facilities.includes(facility))
  );
}

/** Whether somebody may add facilities to the city. */
export function mayAddFacilities(actor: Actor): boolean {
  return (
    actor.kind === "operator" ||
    (actor.kind === "person" && actor.cityRoles.includes("platform-administrator"))
  );
}
