import type { VehicleState } from "@ihims/core/ambulances/schema.ts";
import type { BedCounts, BedType } from "@ihims/core/beds/schema.ts";
import type { Position } from "@ihims/core/geo.ts";
import { later, MINUTE_MS, millisOf, SECOND_MS, type Instant } from "@ihims/core/time.ts";
import type { ModelCity } from "../city.ts";
import type { ModelHospital } from "../facilities.ts";
import { between, happens, pick, randomOf, waitS, wholeBetween, type Random } from "../random.ts";
import type { ModelBloodLine } from "../blood.ts";
import { makePatient, writeAdt, type Movement, type Patient } from "./adt.ts";
import type { ModelStockLine } from "../stock.ts";
import { scheduleBlood } from "./blood.ts";
import { scheduleStock } from "./stock.ts";
import { scheduleVehicles } from "./vehicles.ts";
import { activityAt, nextShiftEnd, occupancyAt, onwardFrom, stayS } from "./stays.ts";
import {
  capacityOf,
  countsOf,
  openWards,
  type OpeningCensus,
  type SimulatedWard,
  type Slot,
} from "./wards.ts";

/** What one of the city's hospitals sends, and by which door. `facility` is the `ref` of the model city. */
export type SimulatedEvent =
  /** An HL7 v2 message as it goes over the wire. */
  | { kind: "message"; door: "hl7"; at: Instant; facility: string; message: string }
  /** The beds of one type as they are now. */
  | { kind: "report"; door: "api" | "staff"; at: Instant; facility: string; type: BedType; counts: BedCounts }
  /** How long one waits in each queue now, in minutes. */
  | {
      kind: "waiting";
      door: "api";
      at: Instant;
      facility: string;
      minutes: { emergency: number; opd: number };
    }
  /** What is on a shelf: all of it, or what has changed. */
  | {
      kind: "stock";
      door: "api";
      at: Instant;
      facility: string;
      isFull: boolean;
      lines: ModelStockLine[];
    }
  /** Units of blood on a bank's shelf: of all groups and components, or of those that changed. */
  | { kind: "blood"; door: "api"; at: Instant; facility: string; lines: ModelBloodLine[] }
  /** Where an ambulance is. */
  | {
      kind: "vehicle";
      door: "api";
      at: Instant;
      facility: string;
      vehicle: string;
      position: Position;
      state: VehicleState;
    }
  /** Nothing has changed in these. */
  | { kind: "confirmation"; door: "api" | "staff"; at: Instant; facility: string; types: BedType[] };

/** A city in motion. Changed by `nextEvent`; made by `startSimulation`. */
export interface Simulation {
  readonly wards: readonly SimulatedWard[];
  readonly homes: readonly string[];
  readonly random: Random;
  /** What will happen at its time: shifts that end, mistakes that are put right. */
  readonly agenda: { atMs: number; act: (at: Instant, speed: number) => void }[];
  /** Events that have happened and are not handed out yet. */
  readonly outbox: SimulatedEvent[];
  messages: number;
  /** For when the wards' rates were reckoned. */
  period: string;
  /** Told apart in MSH-10 from the messages of an earlier run. */
  readonly run: string;
}

/** Systems that call the API say at these times that all is as it was. */
const API_CONFIRMS_MS = 10 * MINUTE_MS;
/** And at these how long one waits. */
const API_TELLS_WAITING_MS = 15 * MINUTE_MS;
/** Minutes of waiting when as many come as in the mean of a day, the shortest and the longest. */
const WAITING_MIN = { emergency: [5, 25], opd: [15, 60] } as const;
/** After a start they do so soon, as interfaces do that connect again. */
const API_FIRST_CONFIRMS_MS = 5 * SECOND_MS;
/** A shift goes through its board within this after its end, and the once-a-day ones take their time. */
const SHIFT_ROUND_MS = 25 * MINUTE_MS;
/** How soon staff type in what has changed, on average, in seconds at speed 1. */
const TYPES_AFTER_S = { faithful: 12 * 60, daily: 6 * 3600, rarely: 36 * 3600 } as const;
/** The time of day changes what happens; so long is it taken as the same. */
const STEADY_MS = 5 * MINUTE_MS;
/** Of so many movements one is a mistake that is taken back. */
const CANCELLED = { admission: 0.02, transfer: 0.03, discharge: 0.015 } as const;
/** Mistakes are found within this, in seconds at speed 1. */
const MISTAKE_S = { from: 20, to: 120 } as const;

/**
 * Set a city in motion.
 *
 * @param seed of what happens; another one than the city's own
 * @param at from when on
 * @param census patients in bed now, as far as known
 */
export function startSimulation(
  city: ModelCity,
  seed: number,
  at: Instant,
  census: OpeningCensus = () => undefined,
): Simulation {
  const simulation: Simulation = {
    wards: openWards(city, seed, at, census),
    homes: city.wards.map(({ name }) => name),
    random: randomOf(seed, "simulation"),
    agenda: [],
    outbox: [],
    messages: 0,
    period: "",
    run: millisOf(at).toString(36).toUpperCase(),
  };
  for (const hospital of city.hospitals) {
    scheduleConfirmations(simulation, hospital, at);
    scheduleWaiting(simulation, hospital, at);
  }
  scheduleStock(simulation, city, seed, at);
  scheduleBlood(simulation, city, seed, at);
  scheduleVehicles(simulation, city, seed, at);
  return simulation;
}

/**
 * The next thing that one of the hospitals tells, after a moment. What happens in between without
 * anybody telling happens too.
 *
 * What comes is drawn afresh from `after` on (arrivals have no memory), so that a caller who has
 * been away for long may go on from now instead of catching up.
 *
 * @param after not before the event that was handed out last
 * @param speed how many times as fast as the demonstration usually runs, above 0
 */
export function nextEvent(simulation: Simulation, after: Instant, speed: number): SimulatedEvent {
  const { outbox, agenda, random } = simulation;
  let at = after;
  for (;;) {
    const told = outbox.shift();
    if (told) return told;
    const rate = refreshRates(simulation, at, speed);
    const wait = rate > 0 ? waitS(random, rate) * 1000 : STEADY_MS;
    const due = agenda.reduce<Simulation["agenda"][number] | undefined>(
      (first, one) => (first && first.atMs <= one.atMs ? first : one),
      undefined,
    );
    const dueIn = due ? Math.max(0, due.atMs - millisOf(at)) : Infinity;
    if (due && dueIn <= Math.min(wait, STEADY_MS)) {
      agenda.splice(agenda.indexOf(due), 1);
      at = later(at, dueIn);
      due.act(at, speed);
    } else if (wait > STEADY_MS) {
      at = later(at, STEADY_MS);
    } else {
      at = later(at, Math.ceil(wait));
      happenNext(simulation, rate, at, speed);
    }
  }
}

/** Bring the wards' rates up to date. @returns their sum */
function refreshRates(simulation: Simulation, at: Instant, speed: number): number {
  const period = `${Math.floor(millisOf(at) / STEADY_MS)} ${speed}`;
  const isAnother = period !== simulation.period;
  simulation.period = period;
  let sum = 0;
  for (const ward of simulation.wards) {
    if (isAnother || ward.isStirred) {
      ward.rates = ratesOf(ward, at, speed);
      ward.isStirred = false;
    }
    sum += ward.rates[0] + ward.rates[1] + ward.rates[2];
  }
  return sum;
}

function ratesOf(ward: SimulatedWard, at: Instant, speed: number): SimulatedWard["rates"] {
  const { type, staffed, door } = ward.ward;
  const { occupied } = ward;
  const activity = activityAt(at);
  const stay = stayS(type) / speed;
  const usual = occupancyAt(type, ward.phase, at);
  // As many come as leave when the ward is as full as usual; nobody comes when it is full.
  const room = Math.min(2, Math.max(0, (capacityOf(ward) - occupied) / (staffed * (1 - usual))));
  const isUntold = door === "staff" && ward.told !== occupied;
  return [
    ((staffed * usual) / stay) * activity.admissions * room,
    (occupied / stay) * activity.discharges,
    isUntold ? speed / TYPES_AFTER_S[ward.hospital.habit] : 0,
  ];
}

/** Let one of the things happen that can, each as likely as its rate. */
function happenNext(simulation: Simulation, rate: number, at: Instant, speed: number): void {
  let left = simulation.random.next() * rate;
  for (const ward of simulation.wards) {
    for (const [kind, share] of ward.rates.entries()) {
      left -= share;
      if (left >= 0) continue;
      if (kind === 0) admit(simulation, ward, at, speed);
      else if (kind === 1) leave(simulation, ward, at, speed);
      else tell(simulation, ward, at);
      return;
    }
  }
}

function admit(simulation: Simulation, ward: SimulatedWard, at: Instant, speed: number): void {
  const { random, homes } = simulation;
  if (ward.ward.door !== "hl7") return move(simulation, ward, 1, at);
  const slot = freeSlot(random, ward);
  if (!slot) return;
  const patient = makePatient(random, homes);
  occupy(ward, slot, patient);
  const isEmergency = ward.ward.type === "emergency";
  send(simulation, ward, at, { event: isEmergency ? "A04" : "A01", patient, slot });
  if (!happens(random, CANCELLED.admission)) return;
  slot.isReserved = true;
  putRight(simulation, at, speed, (moment) => {
    vacate(ward, slot);
    send(simulation, ward, moment, { event: "A11", patient, slot });
  });
}

/** Somebody leaves the ward: for another ward of the hospital, or for home. */
function leave(simulation: Simulation, ward: SimulatedWard, at: Instant, speed: number): void {
  const { random } = simulation;
  const onward = destinationOf(simulation, ward);
  if (ward.ward.door !== "hl7") {
    move(simulation, ward, -1, at);
    if (onward) move(simulation, onward, 1, at);
    return;
  }
  const here = ward.slots.filter(({ patient, isReserved }) => patient && !isReserved);
  if (here.length === 0) return;
  const slot = pick(random, here);
  const to = onward && freeSlot(random, onward);
  const patient = slot.patient;
  if (!patient) return;
  if (onward && to) return transfer(simulation, { ward, slot, onward, to, patient }, at, speed);
  vacate(ward, slot);
  send(simulation, ward, at, { event: "A03", patient, slot });
  if (!happens(random, CANCELLED.discharge)) return;
  slot.isReserved = true;
  putRight(simulation, at, speed, (moment) => {
    occupy(ward, slot, patient);
    send(simulation, ward, moment, { event: "A13", patient, slot });
  });
}

function transfer(
  simulation: Simulation,
  {
    ward,
    slot,
    onward,
    to,
    patient,
  }: { ward: SimulatedWard; slot: Slot; onward: SimulatedWard; to: Slot; patient: Patient },
  at: Instant,
  speed: number,
): void {
  vacate(ward, slot);
  occupy(onward, to, patient);
  // Who comes in through the emergency ward becomes an inpatient by being given a bed elsewhere.
  const event = ward.ward.type === "emergency" ? "A06" : "A02";
  send(simulation, onward, at, { event, patient, slot: to, prior: slot, visit: slot.visit });
  if (event === "A02" && happens(simulation.random, CANCELLED.transfer)) {
    for (const one of [slot, to]) one.isReserved = true;
    putRight(simulation, at, speed, (moment) => {
      vacate(onward, to);
      occupy(ward, slot, patient);
      send(simulation, ward, moment, { event: "A12", patient, slot, prior: to });
    });
  } else {
    // The stay goes on under the new bed's number (see Slot).
    send(simulation, onward, later(at, 1), { event: "A50", patient, slot: to, priorVisit: slot.visit });
  }
}

/** A ward of the same hospital that is reached by the same door and has a bed; undefined for home. */
function destinationOf(
  { random, wards }: Simulation,
  { hospital, ward }: SimulatedWard,
): SimulatedWard | undefined {
  let chance = random.next();
  for (const [type, share] of onwardFrom(ward.type)) {
    chance -= share;
    if (chance >= 0) continue;
    const open = wards.filter(
      (one) =>
        one.hospital === hospital &&
        one.ward.type === type &&
        one.ward.door === ward.door &&
        one.occupied < one.ward.staffed,
    );
    return open.length > 0 ? pick(random, open) : undefined;
  }
  return undefined;
}

/** A free bed; a trolley when there is none. */
function freeSlot(random: Random, { slots }: SimulatedWard): Slot | undefined {
  const free = slots.filter(({ patient, isReserved }) => !patient && !isReserved);
  const beds = free.filter(({ place }) => place.bed !== "");
  return beds.length > 0 ? pick(random, beds) : free[0];
}

function occupy(ward: SimulatedWard, slot: Slot, patient: Patient): void {
  slot.patient = patient;
  slot.isReserved = false;
  ward.occupied += 1;
  ward.isStirred = true;
}

function vacate(ward: SimulatedWard, slot: Slot): void {
  slot.patient = undefined;
  slot.isReserved = false;
  ward.occupied -= 1;
  ward.isStirred = true;
}

function putRight(simulation: Simulation, at: Instant, speed: number, act: (at: Instant) => void): void {
  const delay = (between(simulation.random, MISTAKE_S.from, MISTAKE_S.to) * 1000) / speed;
  simulation.agenda.push({ atMs: millisOf(at) + delay, act });
}

type Said = {
  event: Movement["event"];
  patient: Patient;
  slot: Slot;
  prior?: Slot;
  visit?: string;
  priorVisit?: string;
};

function send(
  simulation: Simulation,
  { hospital, ward }: SimulatedWard,
  at: Instant,
  { slot, prior, visit, priorVisit, ...said }: Said,
): void {
  const { sender } = hospital;
  if (!sender) return;
  simulation.messages += 1;
  const message = writeAdt({
    ...said,
    sender,
    at,
    controlId: `${simulation.run}${simulation.messages}`,
    visit: visit ?? slot.visit,
    place: slot.place,
    isEmergency: ward.type === "emergency",
    ...(prior && { prior: prior.place }),
    ...(priorVisit !== undefined && { priorVisit }),
  });
  simulation.outbox.push({ kind: "message", door: "hl7", at, facility: hospital.ref, message });
}

/** One more or fewer in a ward that is counted: a system tells at once, a person later. */
function move(simulation: Simulation, ward: SimulatedWard, by: 1 | -1, at: Instant): void {
  ward.occupied = Math.min(ward.ward.staffed, Math.max(0, ward.occupied + by));
  ward.isStirred = true;
  if (happens(simulation.random, 0.05))
    ward.blocked = wholeBetween(simulation.random, 0, Math.ceil(ward.ward.staffed / 12));
  if (ward.ward.door === "api") tell(simulation, ward, at);
}

function tell({ outbox }: Simulation, ward: SimulatedWard, at: Instant): void {
  const { door, type } = ward.ward;
  if (door !== "api" && door !== "staff") return;
  ward.told = ward.occupied;
  ward.isStirred = true;
  outbox.push({ kind: "report", door, at, facility: ward.hospital.ref, type, counts: countsOf(ward) });
}

/** Systems confirm every few minutes; staff at the end of a shift; some hardly ever. */
function scheduleConfirmations(simulation: Simulation, hospital: ModelHospital, at: Instant): void {
  const typesBy = (door: "api" | "staff") =>
    hospital.wards.filter((ward) => ward.door === door).map(({ type }) => type);
  const { agenda, random, outbox } = simulation;
  const api = typesBy("api");
  const confirmByApi = (moment: Instant) => {
    outbox.push({ kind: "confirmation", door: "api", at: moment, facility: hospital.ref, types: api });
    agenda.push({ atMs: millisOf(moment) + API_CONFIRMS_MS, act: confirmByApi });
  };
  if (api.length > 0)
    agenda.push({ atMs: millisOf(at) + random.next() * API_FIRST_CONFIRMS_MS, act: confirmByApi });

  const staff = typesBy("staff");
  if (staff.length === 0 || hospital.habit === "rarely") return;
  const isMorningOnly = hospital.habit === "daily";
  const roundEnd = (from: Instant) =>
    nextShiftEnd(from, isMorningOnly) + random.next() * SHIFT_ROUND_MS * (isMorningOnly ? 3 : 1);
  const goRound = (moment: Instant) => {
    for (const ward of simulation.wards)
      if (ward.hospital === hospital && ward.told !== ward.occupied) tell(simulation, ward, moment);
    outbox.push({ kind: "confirmation", door: "staff", at: moment, facility: hospital.ref, types: staff });
    agenda.push({ atMs: roundEnd(moment), act: goRound });
  };
  agenda.push({ atMs: roundEnd(at), act: goRound });
}

/** Hospitals whose system calls the API and that take emergencies tell how long one waits; it follows the hours of the day. */
function scheduleWaiting(simulation: Simulation, hospital: ModelHospital, at: Instant): void {
  if (hospital.profile.hasEmergency !== true || !hospital.wards.some(({ door }) => door === "api")) return;
  const { agenda, random, outbox } = simulation;
  const usual = {
    emergency: between(random, ...WAITING_MIN.emergency),
    opd: between(random, ...WAITING_MIN.opd),
  };
  const tellWaiting = (moment: Instant) => {
    const { admissions } = activityAt(moment);
    const minutesOf = (queue: keyof typeof usual) =>
      Math.round(usual[queue] * admissions * between(random, 0.7, 1.4));
    const minutes = { emergency: minutesOf("emergency"), opd: minutesOf("opd") };
    outbox.push({ kind: "waiting", door: "api", at: moment, facility: hospital.ref, minutes });
    agenda.push({ atMs: millisOf(moment) + API_TELLS_WAITING_MS, act: tellWaiting });
  };
  agenda.push({ atMs: millisOf(at) + random.next() * API_FIRST_CONFIRMS_MS, act: tellWaiting });
}

/** The patients in bed by hospital and type, as the simulation has them. */
export function occupiedOf(simulation: Simulation, ref: string, type: BedType): number {
  return simulation.wards
    .filter((one) => one.hospital.ref === ref && one.ward.type === type)
    .reduce((sum, one) => sum + one.occupied, 0);
}
