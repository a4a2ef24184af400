import type { BedType } from "../beds/schema.ts";
import type { OpenState } from "../facilities/schema.ts";
import type { Freshness } from "../observations/schema.ts";
import type { SchemeId } from "../schemes/schema.ts";
import { elapsedMs, HOUR_MS, SECOND_MS, type Instant } from "../time.ts";
import type { SpecialtyId } from "../vocabulary/schema.ts";

/** Who of the wanted specialties is there, as the roster and what is told live have it. */
export interface DutyProspect {
  onSite: number;
  onCall: number;
  /** When somebody is there next; null when that is not known, or somebody is there. */
  next: Instant | null;
  /** False: nobody ever gave a roster, so nothing follows from nobody being in it. */
  known: boolean;
}

/**
 * What is known at one moment of one place for one need. What is not asked for is null, and then
 * plays no part.
 */
export interface Prospect {
  now: Instant;
  /** Seconds of the way; null when nobody said from where. */
  travelS: number | null;
  /**
   * Which of the wanted specialties it offers: the place of the first of them in the list of those
   * wanted, 0 the best. `unlisted`: it does not say what it offers. Null: none is wanted.
   */
  offers: number | "unlisted" | null;
  specialty: SpecialtyId | null;
  open: OpenState;
  duty: DutyProspect | null;
  bed: { type: BedType; free: number; freshness: Freshness; isDisputed: boolean } | null;
  services: readonly string[];
  /** Services that what is complained of is often treated with: those that the place has, and those that it has not. */
  helps: { has: readonly string[]; lacks: readonly string[] };
  scheme: { id: SchemeId; isAccepted: boolean } | null;
  /**
   * A medicine, or blood of a group: on the shelf, only what may stand in for it, told to be gone, or
   * never told of. `name` in the reader's words.
   */
  stock: { name: string; state: "here" | "equivalent" | "gone" | "untold"; freshness: Freshness } | null;
  /** Told waiting in minutes, not expired; null when not told. */
  waitingMinutes: number | null;
  /** It asks that emergencies go elsewhere. */
  isDiverting: boolean;
  isEmergencyDepartment: boolean;
  /**
   * Share of answers "it was as shown", 0 to 1; null where there are none. It multiplies how far the
   * figures are believed.
   */
  accuracy: number | null;
}

/** A fact behind a place's rank, for words and machines. */
export type CareReason =
  | { code: "bed"; type: BedType; free: number }
  | { code: "bed-few"; type: BedType }
  | { code: "bed-stale" }
  | { code: "bed-disputed" }
  | { code: "offers"; specialty: SpecialtyId }
  | { code: "offers-unlisted" }
  | { code: "duty-on-site" | "duty-on-call" | "duty-nobody" }
  | { code: "duty-later"; at: Instant }
  | { code: "service"; service: string }
  | { code: "scheme"; scheme: SchemeId }
  | { code: "scheme-unknown"; scheme: SchemeId }
  | { code: "stock-here" | "stock-equivalent" | "stock-gone" | "stock-untold"; name: string }
  | { code: "emergency-department" | "diverting" }
  | { code: "open-always" | "open-unknown" | "closed" }
  | { code: "open-until" | "opens"; at: Instant }
  | { code: "waiting"; minutes: number }
  | { code: "travel"; seconds: number };

/** What a way in vain costs: to be sent on, and the way to the next place and the waiting there. */
export const IN_VAIN_S = 45 * 60;
/** Waiting where nobody tells it. */
const WAITING_UNTOLD_S = 20 * 60;
/** Until somebody who is on call has come. */
const ON_CALL_S = 30 * 60;

/** The chance that a figure of this age is still so, by judgement: about what telephone audits of such figures found. */
const TRUTH: Record<Freshness, number> = {
  live: 0.97,
  recent: 0.88,
  stale: 0.6,
  expired: 0.25,
  unknown: 0.25,
};
/** The chance that one bed that was free is taken by another before one arrives. */
const TAKEN_MEANWHILE = 0.35;
/** Two sources say different things: one of them is wrong. */
const DISPUTED = 0.75;
/** From the first of the wanted specialties on: the first treats it, the others may send one on. */
const OFFERS = [0.97, 0.88, 0.8];
const OFFERS_LATER = 0.75;
const OFFERS_UNLISTED = 0.4;
/** For each service that it would often take and that is not there: one may be sent on. */
const LACKS_HELP = 0.6;
const ON_DUTY = 0.98;
const DUTY_NOT_KNOWN = 0.85;
const NOBODY_ON_DUTY = 0.35;
const HOURS_UNKNOWN = 0.7;
const CLOSED_FOR_GOOD = 0.05;
const SCHEME_UNKNOWN = 0.45;
const DIVERTING = 0.2;
/** Shops of the kind have most of what is asked for, but nobody said so of this one. */
const STOCK_UNTOLD = 0.5;
const STOCK_GONE = 0.03;
/** Not everybody takes another maker's box, and the pharmacist is asked first. */
const STOCK_EQUIVALENT = 0.85;

/** Below this count a number says more than it knows: it is shown as "1-2 left, call first". */
export const FEW_BEDS = 2;

/**
 * When somebody who sets out now is likely cared for at a place: the way, until it opens and
 * somebody is there, the waiting, and what a way in vain costs by its chance.
 *
 * Monotone: other things equal, what is nearer, fresher, more capable, sooner open, with more beds
 * free or a shorter wait has no longer time and no smaller chance.
 */
export function prospectsOf(prospect: Prospect): {
  seconds: number;
  confidence: number;
  reasons: CareReason[];
} {
  const confidence = chanceOf(prospect);
  const arrival = Math.max(prospect.travelS ?? 0, untilOpenS(prospect), untilDutyS(prospect));
  const waiting = prospect.waitingMinutes === null ? WAITING_UNTOLD_S : prospect.waitingMinutes * 60;
  const seconds = Math.round(arrival + waiting + comingS(prospect) + (1 - confidence) * IN_VAIN_S);
  return { seconds, confidence: Math.round(confidence * 1000) / 1000, reasons: reasonsOf(prospect) };
}

/** The chance that one is cared for there. */
function chanceOf(prospect: Prospect): number {
  const { offers, duty, open, bed, scheme, stock, accuracy, isDiverting } = prospect;
  let chance = accuracy ?? 1;
  if (offers !== null) chance *= offers === "unlisted" ? OFFERS_UNLISTED : (OFFERS[offers] ?? OFFERS_LATER);
  chance *= LACKS_HELP ** prospect.helps.lacks.length;
  if (duty !== null) chance *= chanceOfDuty(duty);
  if (open.state === "unknown") chance *= HOURS_UNKNOWN;
  if (open.state === "closed" && open.until === null) chance *= CLOSED_FOR_GOOD;
  if (bed !== null) {
    chance *= TRUTH[bed.freshness] * (1 - TAKEN_MEANWHILE ** bed.free);
    if (bed.isDisputed) chance *= DISPUTED;
  }
  if (scheme !== null && !scheme.isAccepted) chance *= SCHEME_UNKNOWN;
  if (stock !== null) chance *= chanceOfStock(stock);
  if (isDiverting) chance *= DIVERTING;
  return chance;
}

function chanceOfDuty({ onSite, onCall, next, known }: DutyProspect): number {
  if (!known) return DUTY_NOT_KNOWN;
  return onSite + onCall > 0 || next !== null ? ON_DUTY : NOBODY_ON_DUTY;
}

/** What was told long ago is no worse than what was never told. */
function chanceOfStock({ state, freshness }: NonNullable<Prospect["stock"]>): number {
  if (state === "gone") return STOCK_GONE;
  if (state === "untold") return STOCK_UNTOLD;
  return Math.max(STOCK_UNTOLD, TRUTH[freshness] * (state === "equivalent" ? STOCK_EQUIVALENT : 1));
}

function untilOpenS({ open, now }: Prospect): number {
  return open.state === "closed" && open.until !== null ? secondsFrom(now, open.until) : 0;
}

function untilDutyS({ duty, now }: Prospect): number {
  if (duty === null || !duty.known || duty.onSite + duty.onCall > 0 || duty.next === null) return 0;
  return secondsFrom(now, duty.next);
}

function comingS({ duty }: Prospect): number {
  return duty !== null && duty.onSite === 0 && duty.onCall > 0 ? ON_CALL_S : 0;
}

function secondsFrom(now: Instant, then: Instant): number {
  return Math.max(0, elapsedMs(now, then) / SECOND_MS);
}

/** Strongest first: what was asked for, then what else one wants to know before one goes. */
function reasonsOf(prospect: Prospect): CareReason[] {
  const { isDiverting, isEmergencyDepartment, services, scheme, waitingMinutes, travelS } = prospect;
  const reasons: CareReason[] = [...bedReasons(prospect)];
  if (prospect.stock !== null)
    reasons.push({ code: `stock-${prospect.stock.state}`, name: prospect.stock.name });
  if (isDiverting) reasons.push({ code: "diverting" });
  if (prospect.offers === "unlisted") reasons.push({ code: "offers-unlisted" });
  else if (
    prospect.specialty !== null &&
    !(isEmergencyDepartment && prospect.specialty === "emergency-medicine")
  )
    reasons.push({ code: "offers", specialty: prospect.specialty });
  if (isEmergencyDepartment) reasons.push({ code: "emergency-department" });
  reasons.push(
    ...dutyReasons(prospect),
    ...[...services, ...prospect.helps.has].map((service) => ({ code: "service" as const, service })),
  );
  if (scheme !== null)
    reasons.push({ code: scheme.isAccepted ? "scheme" : "scheme-unknown", scheme: scheme.id });
  reasons.push(...openReasons(prospect));
  if (waitingMinutes !== null) reasons.push({ code: "waiting", minutes: waitingMinutes });
  if (travelS !== null) reasons.push({ code: "travel", seconds: travelS });
  return reasons;
}

function bedReasons({ bed }: Prospect): CareReason[] {
  if (bed === null) return [];
  const { type, free, freshness, isDisputed } = bed;
  const isFew = free >= 1 && free <= FEW_BEDS;
  const reasons: CareReason[] = [isFew ? { code: "bed-few", type } : { code: "bed", type, free }];
  if (freshness === "stale" || freshness === "expired") reasons.push({ code: "bed-stale" });
  if (isDisputed) reasons.push({ code: "bed-disputed" });
  return reasons;
}

function dutyReasons({ duty }: Prospect): CareReason[] {
  if (duty === null || !duty.known) return [];
  if (duty.onSite > 0) return [{ code: "duty-on-site" }];
  if (duty.onCall > 0) return [{ code: "duty-on-call" }];
  return [duty.next === null ? { code: "duty-nobody" } : { code: "duty-later", at: duty.next }];
}

/** A time further off than this is not worth the words "open until". */
const CLOSES_SOON_MS = 3 * HOUR_MS;

function openReasons({ open, now }: Prospect): CareReason[] {
  if (open.state === "unknown") return [{ code: "open-unknown" }];
  if (open.state === "closed")
    return [open.until === null ? { code: "closed" } : { code: "opens", at: open.until }];
  return open.until !== null && elapsedMs(now, open.until) < CLOSES_SOON_MS
    ? [{ code: "open-until", at: open.until }]
    : [{ code: "open-always" }];
}

/** Near-equal choices are those that are no more than about this many seconds apart. */
const SPREAD_S = 6 * 60;
/** Most that a place is put back for the sake of others, in seconds. */
const SPREAD_MAX_S = 15 * 60;

/**
 * Seconds by which a place with few beds free is put back in one request's order, so that not all
 * who ask are sent to the same last bed: an exponential delay whose mean falls with the beds that
 * are free. Among places that are equally soon, each is then first for a share of the requests in
 * proportion to its free beds (the least of exponential variables). The same request gets the same
 * order, and more free beds never put a place back further.
 *
 * @param request what tells one request from others: where it was made, and what it wants
 * @param free beds free, 1 or more
 */
export function spreadS(request: string, facility: string, free: number): number {
  const chance = (hashOf(`${request} ${facility}`) + 1) / (HASH_MAX + 2);
  return Math.min(SPREAD_MAX_S, (SPREAD_S * -Math.log(chance)) / Math.max(1, free));
}

const HASH_MAX = 0xffff_ffff;

/** FNV-1a over UTF-16 code units with a last mixing (murmur3's), for an even spread of near-equal texts; 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
