import { elapsedMs, type Instant } from "../time.ts";
import {
  CensusEffect,
  type AdtEvent,
  type BedPlace,
  type BedStatus,
  type EndedVisit,
  type Location,
  type PatientClass,
  type Visit,
  type VisitReport,
  type Ward,
} from "./schema.ts";

/**
 * What each trigger event does (HL7 v2.8 chapter 3). Of those that do nothing: planned and pending
 * events put nobody in a bed; an update (A08) never moves the patient, since systems send it long
 * after the discharge with the last bed in it; tracking (A09, A10) is where a patient is for an hour;
 * merges and changes of numbers (A18, A30, A34 to A51) may give the visit another name.
 */
const EVENTS_BY_EFFECT: Record<CensusEffect, string> = {
  place: "A01 A04 A06 A07 A13",
  transfer: "A02",
  restore: "A12",
  leave: "A03 A11",
  delete: "A23",
  swap: "A17",
  away: "A21 A53",
  back: "A22 A52",
  "bed-status": "A20",
  none:
    "A05 A08 A09 A10 A14 A15 A16 A18 A24 A25 A26 A27 A28 A29 A30 A31 A32 A33 A34 A35 A36 A37 A38 A39 A40 " +
    "A41 A42 A43 A44 A45 A46 A47 A48 A49 A50 A51 A54 A55 A60 A61 A62",
};

/** The effect of each trigger event; those that are not here are none of ADT's that we know. */
export const EFFECT_BY_EVENT: ReadonlyMap<string, CensusEffect> = new Map(
  CensusEffect.options.flatMap((effect) =>
    EVENTS_BY_EFFECT[effect].split(" ").map((event) => [event, effect]),
  ),
);

/** What the rules look at: what is known of one facility. */
export interface CensusView {
  visit(key: string): Visit | undefined;
  /** Of a visit that is not known (any more): how it ended, as long as that is remembered. */
  ended(key: string): EndedVisit | undefined;
  /** The visit that is in a bed. */
  occupant(place: BedPlace): Visit | undefined;
  ward(code: string): Ward | undefined;
  /** When a bed's status was last said; undefined when the hospital never said it. */
  statusAt(place: BedPlace): Instant | undefined;
}

/** What is to be written. */
export interface CensusChange {
  saved: readonly Visit[];
  removed: readonly Visit[];
  statuses: readonly { place: BedPlace; status: BedStatus }[];
  /** Visits that take no bed any more, to be remembered. */
  ended: readonly EndedVisit[];
  /** The ward that somebody left of whom no message had spoken; once for each. */
  unseenLeft: readonly string[];
  /** The same of wards where it was counted so, and the patient had not been there. */
  unseenBack: readonly string[];
  /** Every ward whose beds may count differently now. */
  wards: readonly string[];
}

export type CensusDecision =
  | { kind: "changed"; change: CensusChange }
  /** Applied, but these beds were somebody else's: the patient is in the ward without a bed, and a person has to look. */
  | { kind: "conflict"; change: CensusChange; beds: readonly BedPlace[] }
  | { kind: "unchanged"; reason: "no-effect" | "planned" | "repeated" | "older-than-known" | "not-in-a-bed" }
  | { kind: "refused"; reason: "no-visit" | "no-ward" }
  | { kind: "refused"; reason: "unmapped-ward"; ward: string };

type Stop = Extract<CensusDecision, { kind: "unchanged" | "refused" }>;

/** The bed of a location; undefined when it names none. */
export function placeOf(location: Location): BedPlace | undefined {
  return location.bed === null ? undefined : { ...location, bed: location.bed };
}

/** One text for one location. */
export function locationKey({ ward, room, bed }: Location): string {
  return JSON.stringify([ward, room, bed]);
}

/** Whether two locations are the same ward, room and bed. */
export function isSameLocation(a: Location, b: Location): boolean {
  return locationKey(a) === locationKey(b);
}

/**
 * Decide what one ADT event does to the census of a facility.
 *
 * Feeds repeat: the same event again leaves every visit as it is. An event that was recorded before
 * a visit's last one changes nothing. There is never more than one bed for a visit nor more than
 * one visit in a bed.
 *
 * Who takes a bed: inpatients and emergency patients in any ward that is mapped to a type of bed;
 * ambulatory ones only when the message gives them a bed in such a ward (day care, dialysis), since
 * a clinic's waiting list is not a ward; planned ones never. A class that is not said is an
 * inpatient's, except where the event speaks of outpatients (A04, A07).
 *
 * @param event with visits under the names that the view knows them by
 */
export function decideAdt(event: AdtEvent, view: CensusView): CensusDecision {
  const draft = new Draft(view);
  rename(event, draft);
  const stop = applyEffect(event, draft);
  if (stop?.kind === "refused") return stop;
  if (draft.isUntouched()) return stop ?? { kind: "unchanged", reason: "no-effect" };
  if (stop === undefined && event.effect !== "bed-status") {
    for (const said of event.statuses)
      if (!isOlderStatus(event, said.place, draft)) draft.setStatus(said.place, said.status);
  }
  const change = draft.change();
  return draft.beds.length > 0 ? { kind: "conflict", change, beds: draft.beds } : { kind: "changed", change };
}

function applyEffect(event: AdtEvent, draft: Draft): Stop | undefined {
  if (event.effect === "none") return { kind: "unchanged", reason: "no-effect" };
  if (event.effect === "bed-status") return applyStatuses(event, draft);
  if (event.effect === "swap") return swap(event, draft);
  const report = event.visits[0];
  if (!report) return { kind: "refused", reason: "no-visit" };
  const known = draft.visit(report.visit);
  if (known && isOlder(event, known)) return { kind: "unchanged", reason: "older-than-known" };
  const ended = known ? undefined : draft.ended(report.visit);
  if (ended && isOver(event, ended)) return late(event, report, ended, draft);
  switch (event.effect) {
    case "place":
    case "transfer":
      return place(event, report, draft);
    case "restore":
      return restore(event, report, draft);
    case "leave":
      return known ? draft.remove(known, event) : leaveUnseen(event, report, draft);
    case "delete":
      if (known) return draft.remove(known, event);
      draft.end(report.visit, event);
      return { kind: "unchanged", reason: "not-in-a-bed" };
    case "away":
    case "back":
      if (!known) return { kind: "unchanged", reason: "not-in-a-bed" };
      return draft.save({ ...known, isAway: event.effect === "away" }, event);
  }
}

function isOlder(event: AdtEvent, known: Visit): boolean {
  return elapsedMs(known.lastEventAt, event.recordedAt) < 0;
}

/**
 * Whether an event tells of a visit that is over. Who leaves again has left. Of the same moment (many
 * systems write their moments to the minute) an admission was before the end, and what cancels the
 * end after it; a patient who went to where nobody is counted may be back.
 */
function isOver({ event, effect, recordedAt }: AdtEvent, ended: EndedVisit): boolean {
  if (ENDING.has(effect)) return true;
  const sinceMs = elapsedMs(ended.at, recordedAt);
  const hasLeft = ENDING.has(EFFECT_BY_EVENT.get(ended.event) ?? "none");
  return sinceMs < 0 || (sinceMs === 0 && hasLeft && event !== "A13");
}

const ENDING: ReadonlySet<CensusEffect> = new Set(["leave", "delete"]);

/**
 * What is told of a visit after its end. An admission that comes after its own discharge opens
 * nothing, and shows that who left had not been among those of whom no message had spoken.
 */
function late(event: AdtEvent, report: VisitReport, ended: EndedVisit, draft: Draft): Stop {
  if (ENDING.has(event.effect)) {
    if (elapsedMs(ended.at, event.recordedAt) <= 0) return { kind: "unchanged", reason: "repeated" };
    draft.remember({ ...ended, event: event.event, at: event.recordedAt });
    return { kind: "unchanged", reason: "older-than-known" };
  }
  const isAdmission = event.effect === "place" && event.event !== "A13" && report.class !== "planned";
  if (isAdmission && ended.unseenIn !== null) draft.comeBackUnseen(ended, ended.unseenIn);
  return { kind: "unchanged", reason: "older-than-known" };
}

/** The visit is where the message says; or has no bed there. */
function place(event: AdtEvent, report: VisitReport, draft: Draft): Stop | undefined {
  if (report.class === "planned") return { kind: "unchanged", reason: "planned" };
  const known = draft.visit(report.visit);
  const isOutpatients = event.event === "A04" || event.event === "A07";
  const said = report.class === "unknown" ? known?.class : report.class;
  const patientClass: PatientClass = said ?? (isOutpatients ? "ambulatory" : "inpatient");
  // Who becomes an outpatient and is given no place has left.
  const location = report.location ?? (event.event === "A07" ? undefined : known?.location);
  const beds = location ? bedsAt(location, patientClass, draft) : undefined;
  if (beds === undefined && patientClass !== "ambulatory") return { kind: "refused", reason: "no-ward" };
  if (beds === "unmapped") return { kind: "refused", reason: "unmapped-ward", ward: location?.ward ?? "" };

  const left = known ? undefined : wardLeftBy(event, report);
  if (left !== undefined && draft.ward(left)?.bedType) draft.leaveUnseen(left);
  if (!location || beds !== "counted") {
    if (known) return draft.remove(known, event);
    return { kind: "unchanged", reason: "not-in-a-bed" };
  }
  const isMoved = known !== undefined && !isSameLocation(known.location, location);
  const prior = event.effect !== "transfer" ? null : isMoved ? known.location : (known?.prior ?? null);
  const isAway = event.effect === "transfer" && (known?.isAway ?? false);
  return draft.save({ key: report.visit, location, class: patientClass, isAway, prior }, event);
}

/** Whether a patient of a class takes a bed at a location. */
function bedsAt(
  location: Location,
  patientClass: PatientClass,
  draft: Draft,
): "counted" | "uncounted" | "unmapped" {
  const ward = draft.ward(location.ward);
  if (patientClass === "ambulatory" && (ward === undefined || location.bed === null)) return "uncounted";
  if (ward === undefined) return "unmapped";
  return ward.bedType === null ? "uncounted" : "counted";
}

/** The ward in which a patient was, of whom no message had spoken, and who moves now; undefined when none is left. */
function wardLeftBy(event: AdtEvent, { prior, location }: VisitReport): string | undefined {
  if (event.effect === "transfer" || event.effect === "restore" || event.effect === "swap")
    return prior?.ward;
  // An inpatient becomes an outpatient: out of the bed that PV1-6 names, or that PV1-3 still does.
  if (event.event === "A07") return (prior ?? location)?.ward;
  // An outpatient becomes an inpatient: only one who had a bed leaves one.
  if (event.event === "A06" && prior?.bed) return prior.ward;
  return undefined;
}

/**
 * A transfer was a mistake. PV1-3 is where the patient returns to; systems that repeat the wrong
 * place there are understood by what we remember.
 */
function restore(event: AdtEvent, report: VisitReport, draft: Draft): Stop | undefined {
  const known = draft.visit(report.visit);
  if (!known) return place(event, report, draft);
  const isRepeated = known.lastEvent === event.event && known.lastEventAt === event.recordedAt;
  if (isRepeated) return { kind: "unchanged", reason: "repeated" };
  const isEcho = report.location === null || isSameLocation(report.location, known.location);
  const location = isEcho && known.prior ? known.prior : (report.location ?? known.location);
  return place(event, { ...report, location }, draft);
}

/** Somebody leaves of whom no message had spoken. */
function leaveUnseen(event: AdtEvent, report: VisitReport, draft: Draft): Stop | undefined {
  if (report.class === "planned") return { kind: "unchanged", reason: "planned" };
  const location = report.location ?? report.prior;
  const patientClass = report.class === "unknown" ? "inpatient" : report.class;
  if (!location) {
    return patientClass === "ambulatory"
      ? { kind: "unchanged", reason: "not-in-a-bed" }
      : { kind: "refused", reason: "no-ward" };
  }
  const beds = bedsAt(location, patientClass, draft);
  if (beds === "unmapped") return { kind: "refused", reason: "unmapped-ward", ward: location.ward };
  if (beds === "uncounted") return { kind: "unchanged", reason: "not-in-a-bed" };
  draft.leaveUnseen(location.ward);
  draft.end(report.visit, event, location.ward);
  return undefined;
}

/** Two patients exchange their beds: both are lifted before either is put down. */
function swap(event: AdtEvent, draft: Draft): Stop | undefined {
  const [one, other] = event.visits;
  if (!one || !other || one.visit === other.visit) return { kind: "refused", reason: "no-visit" };
  const known = [draft.visit(one.visit), draft.visit(other.visit)].filter((visit) => visit !== undefined);
  const isLate =
    known.some((visit) => isOlder(event, visit)) ||
    [one, other].some(({ visit }) => {
      const ended = draft.visit(visit) ? undefined : draft.ended(visit);
      return ended !== undefined && isOver(event, ended);
    });
  if (isLate) return { kind: "unchanged", reason: "older-than-known" };
  if (one.class === "planned" || other.class === "planned") return { kind: "unchanged", reason: "planned" };
  for (const visit of known) draft.lift(visit);
  const stops = [
    place(event, { ...one, prior: one.prior ?? other.location }, draft),
    place(event, { ...other, prior: other.prior ?? one.location }, draft),
  ];
  return stops.find((stop) => stop?.kind === "refused") ?? stops.find((stop) => stop !== undefined);
}

function applyStatuses(event: AdtEvent, draft: Draft): Stop | undefined {
  for (const { place: bed, status } of event.statuses) {
    const ward = draft.ward(bed.ward);
    if (!ward) return { kind: "refused", reason: "unmapped-ward", ward: bed.ward };
    if (ward.bedType === null) return { kind: "unchanged", reason: "not-in-a-bed" };
    if (isOlderStatus(event, bed, draft)) return { kind: "unchanged", reason: "older-than-known" };
    draft.setStatus(bed, status);
  }
  return undefined;
}

function isOlderStatus(event: AdtEvent, bed: BedPlace, draft: Draft): boolean {
  const at = draft.view.statusAt(bed);
  return at !== undefined && elapsedMs(at, event.recordedAt) < 0;
}

/** Visits that go on under another name. Two that turn out to be one keep the bed of the one that stays. */
function rename(event: AdtEvent, draft: Draft): void {
  for (const { from, to } of event.renamed) {
    const known = from === to ? undefined : draft.visit(from);
    if (!known) continue;
    draft.forget(known);
    draft.end(from, event);
    if (!draft.visit(to)) draft.keep({ ...known, key: to });
  }
}

type Placed = Omit<Visit, "lastEvent" | "lastEventAt">;

/** What is about to be written, over what is known. */
class Draft {
  readonly view: CensusView;
  readonly beds: BedPlace[] = [];
  readonly #saved = new Map<string, Visit>();
  readonly #removed = new Map<string, Visit>();
  readonly #lifted = new Set<string>();
  readonly #statuses = new Map<string, { place: BedPlace; status: BedStatus }>();
  readonly #ended = new Map<string, EndedVisit>();
  readonly #unseenLeft: string[] = [];
  readonly #unseenBack: string[] = [];
  readonly #wards = new Set<string>();

  constructor(view: CensusView) {
    this.view = view;
  }

  ward(code: string): Ward | undefined {
    return this.view.ward(code);
  }

  visit(key: string): Visit | undefined {
    return this.#saved.get(key) ?? (this.#removed.has(key) ? undefined : this.view.visit(key));
  }

  /** Put a visit where it now is; in the ward alone when the bed is somebody else's. */
  save(wanted: Placed, event: AdtEvent): Stop | undefined {
    const known = this.visit(wanted.key);
    const bed = placeOf(wanted.location);
    const isTaken = bed !== undefined && this.#isTaken(bed, wanted.key);
    const location = isTaken ? { ...wanted.location, bed: null } : wanted.location;
    const visit: Visit = { ...wanted, location, lastEvent: event.event, lastEventAt: event.recordedAt };
    this.#lifted.delete(wanted.key);
    if (known && isSameVisit(known, visit)) return { kind: "unchanged", reason: "repeated" };
    if (isTaken && bed) this.beds.push(bed);
    if (known && !isSameLocation(known.location, location)) this.#vacate(known, event);
    this.keep(visit);
    const taken = placeOf(location);
    if (taken && this.view.statusAt(taken) !== undefined) this.setStatus(taken, "occupied");
    return undefined;
  }

  ended(key: string): EndedVisit | undefined {
    return this.#ended.get(key) ?? this.view.ended(key);
  }

  /** The visit's stay is over, or it takes no bed for now. */
  remove(visit: Visit, event: AdtEvent): undefined {
    this.#vacate(visit, event);
    this.forget(visit);
    this.end(visit.key, event);
  }

  /** @param unseenIn the ward in which this counts as the leaving of somebody of whom no message had spoken */
  end(key: string, { event, recordedAt }: AdtEvent, unseenIn: string | null = null): undefined {
    this.remember({ key, event, at: recordedAt, unseenIn });
  }

  remember(ended: EndedVisit): void {
    this.#ended.set(ended.key, ended);
  }

  /** Who left unseen had not been there: the admission before it came late. */
  comeBackUnseen(ended: EndedVisit, ward: string): void {
    this.remember({ ...ended, unseenIn: null });
    if (!this.ward(ward)?.bedType) return;
    this.#unseenBack.push(ward);
    this.#wards.add(ward);
  }

  keep(visit: Visit): void {
    this.#removed.delete(visit.key);
    this.#saved.set(visit.key, visit);
    this.#wards.add(visit.location.ward);
  }

  forget(visit: Visit): void {
    this.#saved.delete(visit.key);
    this.#removed.set(visit.key, visit);
    this.#wards.add(visit.location.ward);
  }

  lift(visit: Visit): void {
    this.#lifted.add(visit.key);
  }

  leaveUnseen(ward: string): undefined {
    this.#unseenLeft.push(ward);
    this.#wards.add(ward);
  }

  setStatus(place: BedPlace, status: BedStatus): void {
    this.#statuses.set(locationKey(place), { place, status });
    this.#wards.add(place.ward);
  }

  isUntouched(): boolean {
    return this.#wards.size === 0 && this.#ended.size === 0;
  }

  change(): CensusChange {
    return {
      saved: [...this.#saved.values()],
      removed: [...this.#removed.values()],
      statuses: [...this.#statuses.values()],
      ended: [...this.#ended.values()].filter(({ key }) => !this.#saved.has(key)),
      unseenLeft: this.#unseenLeft,
      unseenBack: this.#unseenBack,
      wards: [...this.#wards],
    };
  }

  #isTaken(bed: BedPlace, by: string): boolean {
    for (const visit of this.#saved.values()) {
      if (visit.key !== by && !this.#lifted.has(visit.key) && isSameLocation(visit.location, bed))
        return true;
    }
    const occupant = this.view.occupant(bed);
    if (!occupant || occupant.key === by) return false;
    return (
      !this.#saved.has(occupant.key) && !this.#removed.has(occupant.key) && !this.#lifted.has(occupant.key)
    );
  }

  /** A bed that was slept in is cleaned first; one that was entered by mistake is free. Only where the hospital speaks of its beds. */
  #vacate({ key, location }: Visit, event: AdtEvent): void {
    this.#wards.add(location.ward);
    const bed = placeOf(location);
    if (!bed || this.view.statusAt(bed) === undefined) return;
    const isMistake = event.event === "A11" || event.event === "A12";
    // In a swap the other patient may lie in it already.
    if (!this.#isTaken(bed, key)) this.setStatus(bed, isMistake ? "unoccupied" : "housekeeping");
  }
}

function isSameVisit(a: Visit, b: Visit): boolean {
  return (
    isSameLocation(a.location, b.location) &&
    a.class === b.class &&
    a.isAway === b.isAway &&
    a.lastEvent === b.lastEvent &&
    a.lastEventAt === b.lastEventAt &&
    (a.prior === null ? b.prior === null : b.prior !== null && isSameLocation(a.prior, b.prior))
  );
}
