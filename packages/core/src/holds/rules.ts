import { BedType } from "../beds/schema.ts";
import type { FacilityId } from "../ids.ts";
import { kindOf, type Freshness, type Subject, type SubjectKind } from "../observations/schema.ts";
import { isOfficer, mayKeep } from "../people/rules.ts";
import type { Actor, FacilityRole } from "../people/schema.ts";
import { DAY_MS, elapsedMs, later, MINUTE_MS, type Instant } from "../time.ts";
import {
  HOLD_MIN_MINUTES,
  HoldKind,
  MEDICINE_HOLD_MINUTES,
  UNITS_MAX,
  type HeldUnits,
  type HoldRefusal,
  type HoldRule,
  type HoldState,
} from "./schema.ts";

/** Not kept unless a facility says so: who is brought to an emergency department is seen, and theatres have lists. */
const NOT_USUALLY: readonly BedType[] = ["emergency", "operating-theatre"];

/** The rule of a facility that has set none. */
export const USUAL_RULE: HoldRule = {
  beds: BedType.options
    .filter((type) => !NOT_USUALLY.includes(type))
    .map((type) => ({ type, minutes: HOLD_MIN_MINUTES })),
  bloodMinutes: 120,
  medicines: true,
};

/** Holds that may be asked for in a day (24 hours): by a person of each kind, by a hospital of each kind. */
export const HOLDS_A_DAY_MAX = { person: 5, hospital: 60 } as const;
/** Holds of a kind that may be open at once. */
export const HOLDS_OPEN_MAX = { person: 1, hospital: 10 } as const;
/** What counts as today. */
export const HOLDS_WINDOW_MS = DAY_MS;

/** The kind of hold that a subject can have; undefined when it cannot be held. */
export function holdKindOf(subject: Subject): HoldKind | undefined {
  return HoldKind.safeParse(kindOf(subject)).data;
}

/** For how many minutes a facility keeps a subject; null: it does not. */
export function holdMinutesOf(rule: HoldRule | null, subject: Subject): number | null {
  const { beds, bloodMinutes, medicines } = rule ?? USUAL_RULE;
  switch (holdKindOf(subject)) {
    case "bed":
      return beds.find(({ type }) => subject === `bed:${type}`)?.minutes ?? null;
    case "blood":
      return bloodMinutes;
    case "medicine":
      return medicines ? MEDICINE_HOLD_MINUTES : null;
    case undefined:
      return null;
  }
}

/** Only what was seen lately may be promised to anybody. */
export function isHoldable(freshness: Freshness): boolean {
  return freshness === "live" || freshness === "recent";
}

/**
 * How many units are kept back at `now` from what a figure says is there.
 *
 * @param seenAt when the figure was seen: what was taken before is in it
 */
export function heldAt(held: readonly HeldUnits[], seenAt: Instant | null, now: Instant): number {
  let units = 0;
  for (const one of held) if (isKept(one, seenAt, now)) units += one.units;
  return units;
}

function isKept({ until, takenAt }: HeldUnits, seenAt: Instant | null, now: Instant): boolean {
  if (elapsedMs(until, now) >= 0) return false;
  return takenAt === null || seenAt === null || elapsedMs(takenAt, seenAt) < 0;
}

/** The last moment at which as much is still kept as at `now`; null when time alone frees nothing. */
export function heldUntil(held: readonly HeldUnits[], now: Instant): Instant | null {
  let first: Instant | null = null;
  for (const { until } of held)
    if (elapsedMs(now, until) > 0 && (first === null || until < first)) first = until;
  return first && later(first, -1);
}

/** What is asked for, and what is known of who asks. */
export interface HoldRequest {
  subject: Subject;
  units: number;
  rule: HoldRule | null;
  /** What stands of the subject; `free`: units that are not kept for anybody yet, null: not known. */
  figure: { freshness: Freshness; free: number | null };
  holder: "person" | "hospital";
  /** The facility itself asks to have its own things kept. */
  isOwn: boolean;
  /** Of the same kind, by the same holder. */
  openOfKind: number;
  todayOfKind: number;
}

/** Whether a thing is kept for somebody, and until when. The first reason that stands in the way is told. */
export function decideHold(
  request: HoldRequest,
  now: Instant,
): { kind: "held"; until: Instant } | { kind: "refused"; reason: HoldRefusal } {
  const { subject, units, rule, figure, holder } = request;
  const kind = holdKindOf(subject);
  const minutes = holdMinutesOf(rule, subject);
  const refused = (reason: HoldRefusal) => ({ kind: "refused" as const, reason });
  if (kind === undefined || minutes === null) return refused("not-offered");
  if (request.isOwn) return refused("own-facility");
  if (units > UNITS_MAX[kind]) return refused("too-many-units");
  if (!isHoldable(figure.freshness) || figure.free === null) return refused("not-confirmed");
  if (figure.free < units) return refused("none-free");
  if (request.openOfKind >= HOLDS_OPEN_MAX[holder]) return refused("one-of-a-kind");
  if (request.todayOfKind >= HOLDS_A_DAY_MAX[holder]) return refused("too-many-today");
  return { kind: "held", until: later(now, minutes * MINUTE_MS) };
}

/** An open hold, as far as letting go of it is decided by. */
export interface OpenHold {
  id: string;
  units: number;
  state: HoldState;
  requestedAt: Instant;
}

/**
 * Which open holds are let go when less is there than was promised: those that nobody accepted yet
 * before those that an officer promised, of each the newest first.
 *
 * @param room units that are there for holds; below 0 as none
 */
export function uncovered<T extends OpenHold>(open: readonly T[], room: number): T[] {
  const firmest = [...open].sort(
    (a, b) =>
      Number(b.state === "accepted") - Number(a.state === "accepted") ||
      elapsedMs(b.requestedAt, a.requestedAt) ||
      (a.id < b.id ? -1 : 1),
  );
  let left = Math.max(0, room);
  let isFull = false;
  return firmest.filter(({ units }) => {
    isFull ||= units > left;
    if (!isFull) left -= units;
    return isFull;
  });
}

/**
 * The role in which somebody answers holds of a kind for a facility: a named person who reports such
 * things there. Undefined when they may not; a machine never does.
 */
export function officerRoleOf(
  actor: Actor,
  facility: FacilityId,
  kind: SubjectKind,
): FacilityRole | undefined {
  if (actor.kind !== "person" || !mayKeep(actor, facility, kind)) return undefined;
  return actor.memberships.find((one) => one.facility === facility)?.role;
}

/** Whether somebody may ask for holds in the name of a facility, for its patients. */
export function mayHoldFor(actor: Actor, facility: FacilityId): boolean {
  if (actor.kind === "key") return actor.facilities.includes(facility);
  if (actor.kind !== "person") return false;
  return actor.memberships.some((one) => one.facility === facility && isOfficer(one.role));
}
