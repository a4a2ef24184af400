import fc from "fast-check";
import { availabilityOf } from "@ihims/core/beds/rules.ts";
import { BedType } from "@ihims/core/beds/schema.ts";
import type { FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import { FacilityProfile } from "@ihims/core/facilities/schema.ts";
import { FacilityId, ObservationId } from "@ihims/core/ids.ts";
import { Subject, type BedFigure, type Figure } from "@ihims/core/observations/schema.ts";
import { instantOf, type Instant } from "@ihims/core/time.ts";
import { HAVE_SERVICES } from "../services.ts";

export const SEEN: Instant = instantOf(Date.parse("2026-03-01T11:50:00Z"));

const clocks = (observedAt: Instant) => ({
  observedAt,
  receivedAt: observedAt,
  source: "hl7" as const,
  freshness: "live" as const,
  freshUntil: null,
  observation: ObservationId.parse("1"),
});

/** A figure of beds as a facility shows it. */
export function aBedFigure(
  type: BedType,
  counts: Parameters<typeof availabilityOf>[0],
  held = 0,
  observedAt = SEEN,
): BedFigure {
  return {
    type,
    value: availabilityOf(counts, held),
    ...clocks(observedAt),
    version: "1",
    notes: [],
    others: [],
  };
}

export function aFigure(subject: string, value: Figure["value"], observedAt = SEEN): Figure {
  return { subject: Subject.parse(subject), value, ...clocks(observedAt) };
}

/** A hospital's record with whatever is said of it. */
export function aRecord(given: Partial<FacilityRecord> = {}): FacilityRecord {
  return {
    ...FacilityProfile.parse({
      name: "Riverside Hospital",
      kind: "hospital",
      position: { lat: 18.52, lon: 73.85 },
    }),
    id: FacilityId.parse("f1"),
    leads: [],
    version: 1,
    updatedAt: SEEN,
    open: { state: "open", until: null },
    beds: [],
    figures: [],
    ...given,
  };
}

const moment = fc
  .integer({ min: Date.parse("2020-01-01T00:00:00Z"), max: Date.parse("2030-01-01T00:00:00Z") })
  .map((millis) => instantOf(millis));
const count = fc.nat({ max: 20_000 });
const counts = fc
  .record(
    { licensed: count, physical: count, staffed: count, blocked: count, occupied: count, surge: count },
    { requiredKeys: [] },
  )
  .filter((one) => Object.keys(one).length > 0);

/** Text as people write it: anything that XML can carry, trimmed, not empty. */
export const words = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 60 })
  // oxlint-disable-next-line no-control-regex -- what XML cannot carry
  .map((text) => text.replace(/[\u0000-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu, "").trim())
  .filter((text) => text !== "");

const bedFigures = fc
  .uniqueArray(
    fc.record({ type: fc.constantFrom(...BedType.options), counts, held: fc.nat({ max: 50 }), at: moment }),
    { selector: ({ type }) => type },
  )
  .map((all) => all.map(({ type, counts: given, held, at }) => aBedFigure(type, given, held, at)));

const services = fc
  .uniqueArray(
    fc.record({ id: fc.constantFrom(...HAVE_SERVICES.map(({ id }) => id)), available: fc.boolean() }),
    {
      selector: ({ id }) => id,
    },
  )
  .map((all) => all.map(({ id, available }) => aFigure(`service:${id}`, { available })));

const diversion = fc
  .record({
    state: fc.constantFrom("open" as const, "diverting" as const, "closed" as const),
    until: moment,
    reason: fc.option(words, { nil: undefined }),
    at: moment,
  })
  .map(({ at, reason, ...rest }) =>
    aFigure("diversion:emergency", { ...rest, ...(reason !== undefined && { reason }) }, at),
  );

/** Any hospital with any live beds, services and diversion. */
export const records = fc
  .record({
    name: words,
    address: fc.option(words),
    lat: fc.double({ min: -90, max: 90, noNaN: true }),
    lon: fc.double({ min: -180, max: 180, noNaN: true }),
    phones: fc.uniqueArray(fc.constantFrom("+912025501000", "108", "020 2550 1000"), { maxLength: 3 }),
    beds: bedFigures,
    services,
    diversion: fc.option(diversion),
  })
  .map(({ name, address, lat, lon, phones, beds, services: told, diversion: divert }) =>
    aRecord({
      name,
      address,
      // Adding nothing makes a plain 0 of -0, which is written the same.
      position: { lat: lat + 0, lon: lon + 0 },
      phones: phones.map((number) => ({ number })),
      beds,
      figures: [...(divert ? [divert] : []), ...told],
    }),
  );
