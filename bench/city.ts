import { makeCity, type ModelCity } from "@ihims/city/city.ts";
import { between, pick, randomOf, wholeBetween, type Random } from "@ihims/city/random.ts";
import type { FacilityProfile } from "@ihims/core/facilities/schema.ts";
import type { Position } from "@ihims/core/geo.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import { bedSubject, type Observation } from "@ihims/core/observations/schema.ts";
import { instantOf, HOUR_MS, MINUTE_MS, type Instant } from "@ihims/core/time.ts";
import { createApp } from "@ihims/server/app.ts";
import { setFeed } from "@ihims/server/features/census/census.ts";
import { issueApiKey } from "@ihims/server/features/keys/keys.ts";
import { recordObservations, RECORD_MAX } from "@ihims/server/features/observations/observations.ts";
import type { Context } from "@ihims/server/platform/context.ts";
import { createLog } from "@ihims/server/platform/log.ts";
import { sql } from "kysely";
import type { Sender } from "./mllp-load.ts";
import type { Desk } from "./traffic.ts";

export const FACILITIES = 20_000;
/** Connections, and so systems, that write at a time. */
export const DESKS = 16;
/** Nothing outside of a benchmark is hashed with it. */
export const SECRET_KEY = Buffer.alloc(32, 9);

/** Different model cities; they are repeated, because each takes a moment to make. */
const MODELS = 3;
/** They stand side by side, this many to a row. */
const CITIES_PER_ROW = 6;
/** From one model city's middle to the next, in degrees: a little less than one is wide. */
const STEP = { lat: 0.12, lon: 0.16 };

/** How old the figures are, and how many of 100 are so: most are fresh, some have expired. */
const AGES = [
  { share: 70, from: 0, to: 20 * MINUTE_MS },
  { share: 15, from: 30 * MINUTE_MS, to: 90 * MINUTE_MS },
  { share: 10, from: 2 * HOUR_MS, to: 3 * HOUR_MS },
  { share: 5, from: 5 * HOUR_MS, to: 30 * HOUR_MS },
] as const;

/** What is asked about and reported of the city that was made. */
export interface BenchCity {
  desks: Desk[];
  /** Hospitals' systems that send ADT messages. */
  senders: Sender[];
  /** Where people ask from: not far from where something is. */
  places: Position[];
  /** What each facility offers, by its id. */
  specialties: ReadonlyMap<string, readonly string[]>;
}

interface Place {
  id: FacilityId;
  profile: FacilityProfile;
  beds: readonly { type: FacilityProfile["bedTypes"][number]; staffed: number }[];
}

/**
 * Fill a migrated, empty database with a conurbation: the model city many times over side by side,
 * 20,000 facilities in its shares of kinds, names in three languages, every hospital's beds reported.
 */
export async function fillCity(databaseUrl: string): Promise<BenchCity> {
  const random = randomOf(1, "bench");
  const places = makePlaces();
  const app = await createApp({
    databaseUrl,
    secretKey: SECRET_KEY,
    log: createLog("warn"),
    publicUrl: undefined,
  });
  try {
    const ctx = app.operator();
    await insertFacilities(ctx, places);
    await recordAll(
      ctx,
      places.flatMap((place) => reportsOf(random, place, ctx.now())),
    );
    return {
      desks: await openDesks(ctx, places),
      senders: await openSenders(ctx, places),
      places: askedFrom(random, places),
      specialties: new Map(places.map(({ id, profile }) => [id, profile.specialties])),
    };
  } finally {
    await app.close();
  }
}

function makePlaces(): Place[] {
  const models = Array.from({ length: MODELS }, (_, seed) => makeCity(seed));
  const places: Place[] = [];
  for (let turn = 0; places.length < FACILITIES; turn++)
    for (const model of models) places.push(...placesOf(model, turn * MODELS + model.seed));
  return places.slice(0, FACILITIES);
}

/** One model city, at its place among the others. */
function placesOf({ facilities, hospitals }: ModelCity, place: number): Place[] {
  const shift = {
    lat: Math.floor(place / CITIES_PER_ROW) * STEP.lat,
    lon: (place % CITIES_PER_ROW) * STEP.lon,
  };
  const wardsOf = new Map(hospitals.map(({ ref, wards }) => [ref, wards]));
  return facilities.map(({ ref, profile }) => {
    const byType = Map.groupBy(wardsOf.get(ref) ?? [], ({ type }) => type);
    return {
      id: FacilityId.parse(`b${place}-${ref}`),
      profile: {
        ...profile,
        position: {
          lat: toMetre(profile.position.lat + shift.lat),
          lon: toMetre(profile.position.lon + shift.lon),
        },
      },
      beds: [...byType].map(([type, wards]) => ({
        type,
        staffed: wards.reduce((sum, ward) => sum + ward.staffed, 0),
      })),
    };
  });
}

/** One statement instead of 20,000 transactions: how they came in is not what is measured. */
async function insertFacilities(ctx: Context, places: readonly Place[]): Promise<void> {
  await sql`
    insert into facility (id, profile, updated_at)
    select id, profile::jsonb, ${ctx.now()}::timestamptz
    from unnest(${places.map(({ id }) => id)}::text[], ${places.map(({ profile }) => JSON.stringify(profile))}::text[])
      as given (id, profile)
  `.execute(ctx.db);
}

function reportsOf(random: Random, { id, beds }: Place, now: Instant): Observation[] {
  const seen = instantOf(Date.parse(now) - ageMs(random));
  return beds.map(({ type, staffed }) => ({
    facility: id,
    subject: bedSubject(type),
    value: { staffed, occupied: wholeBetween(random, Math.floor(staffed * 0.5), staffed) },
    observedAt: seen,
    source: "api",
    sender: "bench",
  }));
}

function ageMs(random: Random): number {
  let left = random.next() * 100;
  for (const { share, from, to } of AGES) {
    if (left < share) return between(random, from, to);
    left -= share;
  }
  return 0;
}

async function recordAll(ctx: Context, observations: readonly Observation[]): Promise<void> {
  for (let from = 0; from < observations.length; from += RECORD_MAX)
    await recordObservations(ctx, observations.slice(from, from + RECORD_MAX));
}

/** Share the hospitals out among systems that report, so that none waits for another's lock. */
async function openDesks(ctx: Context, places: readonly Place[]): Promise<Desk[]> {
  const hospitals = places.filter(({ beds }) => beds.length > 0);
  return Promise.all(
    Array.from({ length: DESKS }, async (_, desk): Promise<Desk> => {
      const own = hospitals.filter((_hospital, i) => i % DESKS === desk);
      const { secret } = await issueApiKey(ctx, {
        name: `desk ${desk}`,
        facilities: own.map(({ id }) => id),
        subjects: ["bed"],
      });
      return {
        key: secret,
        beds: own.flatMap(({ id, beds }) => beds.map(({ type }) => ({ facility: id, type }))),
      };
    }),
  );
}

/** Let some hospitals send ADT messages about one of their wards. */
async function openSenders(ctx: Context, places: readonly Place[]): Promise<Sender[]> {
  const hospitals = places.filter(({ beds }) => beds.some(({ type }) => type === "general"));
  const senders: Sender[] = [];
  for (const { id } of hospitals.slice(0, DESKS)) {
    const sender: Sender = { application: "BENCH", facility: id, ward: "GEN" };
    await setFeed(ctx, id, {
      senders: [{ application: sender.application, facilityCode: sender.facility }],
      wards: [{ code: sender.ward, bedType: "general", staffed: 40 }],
    });
    senders.push(sender);
  }
  return senders;
}

/** Some hundreds of places, each within a kilometre or two of a facility. */
function askedFrom(random: Random, places: readonly Place[]): Position[] {
  return Array.from({ length: 500 }, () => {
    const { position } = pick(random, places).profile;
    return {
      lat: toMetre(position.lat + between(random, -0.015, 0.015)),
      lon: toMetre(position.lon + between(random, -0.015, 0.015)),
    };
  });
}

/** Five decimals: a metre. */
function toMetre(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5;
}
