import type { VehicleState } from "@ihims/core/ambulances/schema.ts";
import { distanceM, type Position } from "@ihims/core/geo.ts";
import { millisOf, MINUTE_MS, SECOND_MS, type Instant } from "@ihims/core/time.ts";
import type { ModelCity } from "../city.ts";
import { between, happens, pick, randomOf, type Random } from "../random.ts";
import type { Simulation } from "./simulate.ts";

/** A vehicle that moves tells more often than one that stands, from and to. */
const TELLS_MOVING_MS = [24 * SECOND_MS, 36 * SECOND_MS] as const;
const TELLS_STANDING_MS = [44 * SECOND_MS, 56 * SECOND_MS] as const;
/** Through a city's streets, as the crow flies. */
const SPEED_M_S = 6.5;
/** A free one is called about four times in an hour; seen at each of its reports. */
const CALLED = 0.05;
/** As near to each other as two things are that are at one place. */
const THERE_M = 40;
const AT_THE_SCENE_MS = [3 * MINUTE_MS, 9 * MINUTE_MS] as const;
const HANDING_OVER_MS = [4 * MINUTE_MS, 12 * MINUTE_MS] as const;
/** Some have a device that says nothing. */
const SILENT = 0.08;

interface Leg {
  to: Position;
  state: VehicleState;
  /** How long it stands there. */
  staysMs: number;
}

interface Moving {
  facility: string;
  id: string;
  base: Position;
  at: Position;
  state: VehicleState;
  legs: Leg[];
  /** Until when it stands where it is. */
  standsUntilMs: number;
  seenMs: number;
}

/** Let ambulances drive to people, take them to a hospital and come back, and say where they are on the way. */
export function scheduleVehicles(simulation: Simulation, city: ModelCity, seed: number, at: Instant): void {
  const { agenda, outbox } = simulation;
  const random = randomOf(seed, "vehicles");
  const hospitals = city.hospitals.filter(({ profile }) => profile.hasEmergency === true);
  const places = city.facilities.map(({ profile }) => profile.position);
  for (const { ref, profile } of city.facilities) {
    for (const { id } of profile.vehicles) {
      if (happens(random, SILENT)) continue;
      const vehicle: Moving = {
        facility: ref,
        id,
        base: profile.position,
        at: profile.position,
        state: "available",
        legs: [],
        standsUntilMs: 0,
        seenMs: millisOf(at),
      };
      const tell = (moment: Instant) => {
        const now = millisOf(moment);
        if (vehicle.legs.length === 0 && happens(random, CALLED)) call(random, vehicle, places, hospitals);
        drive(vehicle, now);
        outbox.push({
          kind: "vehicle",
          door: "api",
          at: moment,
          facility: ref,
          vehicle: id,
          position: rounded(vehicle.at),
          state: vehicle.state,
        });
        const isMoving = vehicle.legs.length > 0;
        agenda.push({
          atMs: now + between(random, ...(isMoving ? TELLS_MOVING_MS : TELLS_STANDING_MS)),
          act: tell,
        });
      };
      agenda.push({ atMs: millisOf(at) + random.next() * TELLS_STANDING_MS[1], act: tell });
    }
  }
}

/** To somebody, with them to the nearest emergency department, and home. */
function call(
  random: Random,
  vehicle: Moving,
  places: readonly Position[],
  hospitals: ModelCity["hospitals"],
): void {
  const scene = pick(random, places);
  const [nearest] = hospitals
    .map(({ profile }) => profile.position)
    .toSorted((a, b) => distanceM(scene, a) - distanceM(scene, b));
  vehicle.legs = [
    { to: scene, state: "assigned", staysMs: between(random, ...AT_THE_SCENE_MS) },
    { to: nearest ?? vehicle.base, state: "busy", staysMs: between(random, ...HANDING_OVER_MS) },
    { to: vehicle.base, state: "available", staysMs: 0 },
  ];
}

/** Move a vehicle to where it is now. */
function drive(vehicle: Moving, nowMs: number): void {
  const fromMs = Math.max(vehicle.seenMs, Math.min(nowMs, vehicle.standsUntilMs));
  vehicle.seenMs = nowMs;
  const [leg] = vehicle.legs;
  if (!leg || nowMs < vehicle.standsUntilMs) return;
  vehicle.state = leg.state;
  const left = distanceM(vehicle.at, leg.to);
  const step = ((nowMs - fromMs) / SECOND_MS) * SPEED_M_S;
  if (left > Math.max(step, THERE_M)) {
    const share = step / left;
    vehicle.at = {
      lat: vehicle.at.lat + (leg.to.lat - vehicle.at.lat) * share,
      lon: vehicle.at.lon + (leg.to.lon - vehicle.at.lon) * share,
    };
    return;
  }
  vehicle.at = leg.to;
  vehicle.standsUntilMs = nowMs + leg.staysMs;
  vehicle.legs.shift();
}

function rounded({ lat, lon }: Position): Position {
  return { lat: Number(lat.toFixed(5)), lon: Number(lon.toFixed(5)) };
}
