import { setTimeout as sleep } from "node:timers/promises";
import { makeCity, type ModelCity } from "@ihims/city/city.ts";
import { DEMO_SYSTEM } from "@ihims/city/facilities.ts";
import {
  nextEvent,
  startSimulation,
  type SimulatedEvent,
  type Simulation,
} from "@ihims/city/simulation/simulate.ts";
import { reportPosition } from "@ihims/core/ambulances/endpoints.ts";
import { ambulanceId } from "@ihims/core/ambulances/rules.ts";
import { getFacility, listFacilities } from "@ihims/core/facilities/endpoints.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { confirmFigures, reportBeds, reportObservations } from "@ihims/core/observations/endpoints.ts";
import { reportStock } from "@ihims/core/stock/endpoints.ts";
import { bedSubject, bloodSubject } from "@ihims/core/observations/schema.ts";
import { elapsedMs, later, MINUTE_MS, millisOf, SECOND_MS, type Instant } from "@ihims/core/time.ts";
import type { Logger } from "../../platform/log.ts";
import { medicineIdOf } from "../medicines/medicines.ts";
import { DEMONSTRATION_CATALOGUE, type SimulatorAccess } from "./demonstration.ts";
import { HttpDoor, MllpDoor, StaffDoor } from "./doors.ts";
import { Lane, type Outcome } from "./lane.ts";

/** The city does not catch up on more than this: after a longer pause it goes on from now. */
const CATCH_UP_MAX_MS = MINUTE_MS;
/** How often the server is asked whether it is there, at the start. */
const KNOCK_MS = SECOND_MS;

export interface SimulatorOptions {
  access: SimulatorAccess;
  /** As http://127.0.0.1:8080 */
  apiUrl: string;
  mllp: { host: string; port: number };
  /** How many times as fast as usual, above 0. */
  speed: number;
  now(): Instant;
  /** Ends it within a second. */
  signal: AbortSignal;
  log: Logger;
  /** Asked before each event: false ends it by itself, when all that was sent is answered. */
  goesOn?: (sent: number) => boolean;
  onAnswer?(event: SimulatedEvent, outcome: Outcome): void;
}

export interface SimulatorStats {
  accepted: number;
  refused: number;
  /** The city as it was in the end; undefined when the server was never there. */
  simulation: Simulation | undefined;
}

/**
 * Make the demonstration city move, through the doors that a real city uses and no other: HL7 v2
 * over MLLP for some hospitals, the API for others, staff who sign in for the rest.
 *
 * What goes wrong is logged, and it goes on: the server may be started again meanwhile.
 */
export async function runSimulator(options: SimulatorOptions): Promise<SimulatorStats> {
  const { access, apiUrl, speed, now, signal, log } = options;
  const stats: SimulatorStats = { accepted: 0, refused: 0, simulation: undefined };
  const city = makeCity(access.seed);
  const outside = new HttpDoor(apiUrl, signal);
  const known = await findHospitals(outside, signal, log);
  if (!known) return stats;
  const census = ({ ref, type }: { ref: string; type: string }) => known.get(ref)?.occupied.get(type);
  const simulation = startSimulation(city, millisOf(now()), now(), (ref, type) => census({ ref, type }));
  stats.simulation = simulation;
  const others = [access.pharmacies, access.bloodBanks, access.ambulances].flatMap(
    (one) => one?.facilities ?? [],
  );
  const idOf = new Map(others.map(({ ref, id }) => [ref, id]));
  const switchboard = connectDoors(city, outside, options);

  let after = now();
  try {
    for (let count = 0; !signal.aborted && (options.goesOn?.(count) ?? true); count++) {
      const event = nextEvent(simulation, after, speed);
      const wait = elapsedMs(now(), event.at);
      if (wait > 0) await sleep(wait, undefined, { signal });
      const facility = idOf.get(event.facility) ?? known.get(event.facility)?.id;
      const route = facility && switchboard.routeOf(event, facility);
      if (route) {
        await route.lane.put(route.task, (outcome) => {
          stats[outcome.kind] += 1;
          options.onAnswer?.(event, outcome);
        });
      }
      const earliest = later(now(), -CATCH_UP_MAX_MS);
      after = elapsedMs(event.at, earliest) > 0 ? earliest : event.at;
    }
    await switchboard.idle();
  } catch (error) {
    // A wait that was broken off is the end that was asked for.
    if (!signal.aborted) throw error;
  } finally {
    await switchboard.close();
  }
  return stats;
}

/** The city's hospitals as the server shows them: their ids, and how many patients are in bed. */
type KnownHospitals = Map<string, { id: FacilityId; occupied: Map<string, number> }>;

/** Ask until the server answers. @returns undefined when it is to end before */
async function findHospitals(
  door: HttpDoor,
  signal: AbortSignal,
  log: Logger,
): Promise<KnownHospitals | undefined> {
  while (!signal.aborted) {
    try {
      return await readHospitals(door);
    } catch (error) {
      if (signal.aborted) return undefined;
      log.info({ err: error }, "the city waits for the server");
      await sleep(KNOCK_MS, undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
}

async function readHospitals(door: HttpDoor): Promise<KnownHospitals> {
  const hospitals: KnownHospitals = new Map();
  for (let cursor: string | undefined; ;) {
    const page = await door.read(listFacilities, {
      query: { kind: ["hospital"], limit: 100, ...(cursor !== undefined && { cursor }) },
    });
    for (const { id } of page.items) {
      const { externalIds, beds } = await door.read(getFacility, { params: { id }, query: {} });
      const ref = externalIds.find(({ system }) => system === DEMO_SYSTEM)?.value;
      if (ref === undefined) continue;
      const occupied = beds.flatMap(({ type, value }) =>
        value?.occupied === undefined ? [] : [[type, value.occupied] as const],
      );
      hospitals.set(ref, { id, occupied: new Map<string, number>(occupied) });
    }
    if (page.nextCursor === null) return hospitals;
    cursor = page.nextCursor;
  }
}

interface Route {
  lane: Lane;
  task: () => Promise<Outcome>;
}

/** Which door each event goes through. Each hospital has a lane for each of its doors. */
function connectDoors(
  city: ModelCity,
  outside: HttpDoor,
  { access, apiUrl, mllp, signal, log }: SimulatorOptions,
) {
  const lanes = new Map<string, Lane>();
  const interfaces = new Map<string, MllpDoor>();
  const doorOf = (key: string) => new HttpDoor(apiUrl, signal, { authorization: `Bearer ${key}` });
  const api = doorOf(access.apiKey);
  const pharmacies = access.pharmacies && doorOf(access.pharmacies.apiKey);
  const bloodBanks = access.bloodBanks && doorOf(access.bloodBanks.apiKey);
  const ambulances = access.ambulances && doorOf(access.ambulances.apiKey);
  const desks = new Map(access.staff.map((account) => [account.facility, new StaffDoor(outside, account)]));
  let told = 0;
  const laneOf = (name: string): Lane => {
    const lane = lanes.get(name) ?? new Lane(name, { signal, log });
    lanes.set(name, lane);
    return lane;
  };
  return {
    /** Undefined for what nobody sends: the visitor is the staff there. */
    routeOf(event: SimulatedEvent, facility: FacilityId): Route | undefined {
      const lane = laneOf(`${event.facility} ${event.door}`);
      if (event.kind === "message") {
        const door = interfaces.get(event.facility) ?? new MllpDoor(mllp, signal);
        interfaces.set(event.facility, door);
        return { lane, task: () => door.send(event.message) };
      }
      const door =
        event.kind === "blood" ? bloodBanks : event.door === "api" ? api : desks.get(event.facility);
      if (!door) return undefined;
      if (event.kind === "vehicle")
        return ambulances && { lane, task: () => tellPosition(ambulances, event, facility) };
      if (event.kind === "stock")
        return pharmacies && { lane, task: () => sendList(pharmacies, event, facility) };
      const idempotencyKey = `city-${city.seed}-${millisOf(event.at).toString(36)}-${(told += 1)}`;
      return { lane, task: () => tell(door, event, facility, idempotencyKey) };
    },
    async idle(): Promise<void> {
      for (const lane of lanes.values()) await lane.idle();
    },
    async close(): Promise<void> {
      await Promise.all([...interfaces.values()].map((door) => door.close()));
    },
  };
}

function tellPosition(
  door: HttpDoor,
  { vehicle, position, state, at }: Extract<SimulatedEvent, { kind: "vehicle" }>,
  facility: FacilityId,
): Promise<Outcome> {
  const params = { id: ambulanceId(facility, vehicle) };
  return door.tell(reportPosition, { params, body: { position, state, observedAt: at } });
}

/** A pharmacy's list, as its program exports it. */
function sendList(
  door: HttpDoor,
  { at, isFull, lines }: Extract<SimulatedEvent, { kind: "stock" }>,
  id: FacilityId,
): Promise<Outcome> {
  const rows = lines.map(({ ref, quantity, priceMinor, expiresOn, lot }) =>
    [
      medicineIdOf(DEMONSTRATION_CATALOGUE, ref),
      quantity,
      (priceMinor / 100).toFixed(2),
      expiresOn,
      lot,
    ].join(","),
  );
  return door.send(reportStock, {
    params: { id },
    query: { observedAt: at, ...(isFull ? { snapshot: "full" } : {}) },
    type: "text/csv",
    text: `medicine,quantity,price,expiry,lot\n${rows.join("\n")}\n`,
  });
}

function tell(
  door: HttpDoor | StaffDoor,
  event: Exclude<SimulatedEvent, { kind: "message" | "stock" | "vehicle" }>,
  id: FacilityId,
  idempotencyKey: string,
): Promise<Outcome> {
  const observedAt = event.at;
  if (event.kind === "confirmation") {
    const subjects = event.types.map(bedSubject);
    return door.tell(confirmFigures, { params: { id }, body: { subjects, observedAt }, idempotencyKey });
  }
  if (event.kind === "waiting") {
    const observations = Object.entries(event.minutes).map(([queue, minutes]) => ({
      facility: id,
      subject: `waiting:${queue}`,
      value: { minutes },
      observedAt,
    }));
    return door.tell(reportObservations, { body: { observations }, idempotencyKey });
  }
  if (event.kind === "blood") {
    const observations = event.lines.map(({ group, component, ...value }) => ({
      facility: id,
      subject: bloodSubject(group, component),
      value,
      observedAt,
    }));
    return door.tell(reportObservations, { body: { observations }, idempotencyKey });
  }
  const { staffed = 0, occupied = 0, ...counts } = event.counts;
  const body = { ...counts, staffed, occupied, observedAt };
  return door.tell(reportBeds, { params: { id, type: event.type }, body, idempotencyKey });
}
