import { z } from "zod";
import { BedAvailability } from "../beds/schema.ts";
import { endpoint } from "../endpoint.ts";
import { distanceM, NearText, type Position } from "../geo.ts";
import { BedFigure } from "../observations/schema.ts";
import { acceptsScheme } from "../schemes/schema.ts";
import { Instant, type Day } from "../time.ts";
import { seesOnlyChildren } from "./ages.ts";
import type { AppliedFilters, FacilityRecord, FacilitySummary } from "./endpoints.ts";
import { openStateOf } from "./hours.ts";
import { Facility } from "./schema.ts";

const { shape } = Facility;

/**
 * A place as a phone keeps it for when there is no network: how to reach it, what it offers, and its
 * beds with their clocks. What is empty or not known is left out, which is most of what it saves.
 */
export const DirectoryEntry = z.object({
  id: shape.id,
  name: shape.name,
  kind: shape.kind,
  position: shape.position,
  hours: shape.hours.unwrap(),
  names: shape.names.unwrap().optional(),
  ownership: shape.ownership.unwrap().optional(),
  address: shape.address.unwrap().optional(),
  locality: shape.locality.unwrap().optional(),
  localityNames: shape.localityNames.unwrap().optional(),
  phones: shape.phones.unwrap().optional(),
  emergencyPhone: shape.emergencyPhone.unwrap().optional(),
  hasEmergency: shape.hasEmergency.unwrap().optional(),
  wheelchair: shape.wheelchair.unwrap().optional(),
  specialties: shape.specialties.unwrap().optional(),
  services: shape.services.unwrap().optional(),
  schemes: shape.schemes.unwrap().optional(),
  beds: z
    .array(
      BedFigure.pick({
        type: true,
        observedAt: true,
        receivedAt: true,
        source: true,
        freshness: true,
        freshUntil: true,
      }).extend({ value: BedAvailability.pick({ staffed: true, free: true }).nullable() }),
    )
    .optional(),
});
export type DirectoryEntry = z.infer<typeof DirectoryEntry>;

/** Most places that a phone is given to keep: a large city has more pharmacies than anybody can walk to. */
export const DIRECTORY_MAX_ITEMS = 2000;

/** The places of a city that are not closed for good, to be kept on a phone. */
export const Directory = z.object({
  asOf: Instant.describe("When it was put together"),
  timeZone: z.string().describe("IANA name of the city's zone, in which hours are"),
  of: z
    .int()
    .describe("How many places the city has; those with beds and blood come first, then the nearest"),
  items: z.array(DirectoryEntry).max(DIRECTORY_MAX_ITEMS),
});
export type Directory = z.infer<typeof Directory>;

export const getDirectory = endpoint({
  method: "GET",
  path: "/directory",
  access: "public",
  noun: "facilities",
  summary: "The whole city in one answer, to be kept for when there is no network: every figure has its age",
  query: z.strictObject({
    near: NearText.optional().describe("Where the phone is, as roughly as it likes to say"),
  }),
  reply: Directory,
});

/** What of a record goes into the directory. */
export function directoryEntryOf(record: FacilityRecord): DirectoryEntry {
  const { id, name, kind, position, hours } = record;
  const beds = record.beds
    .filter(({ observedAt }) => observedAt !== null)
    .map(({ type, value, observedAt, receivedAt, source, freshness, freshUntil }) => ({
      type,
      value: value && { staffed: value.staffed, free: value.free },
      observedAt,
      receivedAt,
      source,
      freshness,
      freshUntil,
    }));
  const said = {
    names: record.names,
    ownership: record.ownership,
    address: record.address,
    locality: record.locality,
    localityNames: record.localityNames,
    phones: record.phones,
    emergencyPhone: record.emergencyPhone,
    hasEmergency: record.hasEmergency,
    wheelchair: record.wheelchair,
    specialties: record.specialties,
    services: record.services,
    schemes: record.schemes,
    beds,
  };
  const worth = Object.entries(said).filter(
    ([, value]) => value !== null && (typeof value !== "object" || Object.keys(value).length > 0),
  );
  return { id, name, kind, position, hours, ...Object.fromEntries(worth) };
}

/** Where one would go in need comes before where one would go at leisure; lower is kept first. */
export function directoryRankOf({ hasEmergency, kind, beds }: FacilityRecord): number {
  if (hasEmergency === true) return 0;
  if (beds.length > 0 || kind === "hospital" || kind === "blood-bank") return 1;
  return 2;
}

/**
 * The record that an entry stands for, as far as the directory has it: no figures but beds, and their
 * notes and versions are not known.
 */
export function recordOfEntry(entry: DirectoryEntry, now: Instant, timeZone: string): FacilityRecord {
  const { id, name, kind, position, hours } = entry;
  return {
    id,
    name,
    kind,
    position,
    hours,
    names: entry.names ?? {},
    ownership: entry.ownership ?? null,
    isActive: true,
    address: entry.address ?? null,
    locality: entry.locality ?? null,
    localityNames: entry.localityNames ?? {},
    phones: entry.phones ?? [],
    emergencyPhone: entry.emergencyPhone ?? null,
    website: null,
    hasEmergency: entry.hasEmergency ?? null,
    wheelchair: entry.wheelchair ?? null,
    specialties: entry.specialties ?? [],
    services: entry.services ?? [],
    schemes: entry.schemes ?? [],
    vehicles: [],
    holds: null,
    bloodBank: null,
    externalIds: [],
    attribution: null,
    leads: [],
    version: 1,
    updatedAt: now,
    figures: [],
    bedTypes: (entry.beds ?? []).map(({ type }) => type),
    beds: bedsOf(entry),
    open: openStateOf(hours, now, timeZone),
  };
}

function bedsOf({ beds = [] }: DirectoryEntry): BedFigure[] {
  return beds.map((figure) => ({
    ...figure,
    value: figure.value && { ...figure.value, held: 0 },
    observation: null,
    version: "0",
    notes: [],
    others: [],
  }));
}

/** What a list without a network can be filtered by. */
export type DirectoryFilters = Pick<AppliedFilters, "bed" | "service" | "scheme" | "q"> & {
  kind: FacilityRecord["kind"] | null;
  specialty: string | null;
  isOpenNow: boolean;
  radius: number | null;
};

/**
 * Rows of the directory that fit, nearest first. A bed that was free when it was last told counts as
 * free: the row says how old that is, and `isShown` leaves out figures that are too old to be shown.
 *
 * @param day in the city's time zone, for schemes
 */
export function searchDirectory(
  directory: Directory,
  filters: DirectoryFilters,
  near: Position | undefined,
  at: { now: Instant; day: Day; isShown: (figure: BedFigure) => boolean },
): FacilitySummary[] {
  const { kind, specialty, service, scheme, bed, isOpenNow, radius, q } = filters;
  const words = q?.toLocaleLowerCase().split(/\s+/u).filter(Boolean) ?? [];
  const rows = directory.items.flatMap((entry): FacilitySummary[] => {
    if (kind !== null && entry.kind !== kind) return [];
    const { specialties = [], services = [], schemes = [] } = entry;
    if (specialty !== null && !specialties.includes(specialty)) return [];
    if (service !== null && !services.includes(service)) return [];
    if (scheme !== null && !acceptsScheme(schemes, scheme, at.day, specialty === null ? [] : [specialty]))
      return [];
    const distance = near ? Math.round(distanceM(near, entry.position)) : null;
    if (radius !== null && distance !== null && distance > radius) return [];
    const called = [entry.name, ...Object.values(entry.names ?? {})].join(" ").toLocaleLowerCase();
    if (!words.every((word) => called.includes(word))) return [];
    const record = recordOfEntry(entry, at.now, directory.timeZone);
    if (isOpenNow && record.open.state !== "open") return [];
    const asked = bed === null ? record.beds : record.beds.filter(({ type }) => type === bed);
    if (bed !== null && !asked.some((figure) => at.isShown(figure) && (figure.value?.free ?? 0) > 0))
      return [];
    return [summaryOf(record, asked, distance)];
  });
  return rows.sort((a, b) => (a.distance ?? 0) - (b.distance ?? 0) || (a.id < b.id ? -1 : 1));
}

/** The nearest emergency departments of the directory with their emergency beds. */
export function emergencyDepartmentsOf(
  directory: Directory,
  near: Position,
  now: Instant,
  limit: number,
): FacilitySummary[] {
  return (
    directory.items
      // For somebody whose age is not known, so those that see everybody.
      .filter(({ hasEmergency, specialties = [] }) => hasEmergency === true && !seesOnlyChildren(specialties))
      .map((entry) => ({ entry, distance: Math.round(distanceM(near, entry.position)) }))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, limit)
      .map(({ entry, distance }) => {
        const record = recordOfEntry(entry, now, directory.timeZone);
        return summaryOf(
          record,
          record.beds.filter(({ type }) => type === "emergency"),
          distance,
        );
      })
  );
}

function summaryOf(
  record: FacilityRecord,
  beds: FacilitySummary["beds"],
  distance: number | null,
): FacilitySummary {
  const { id, name, names, kind, ownership, position, locality, localityNames } = record;
  const { phones, emergencyPhone, hasEmergency, wheelchair, open } = record;
  return {
    id,
    name,
    names,
    kind,
    ownership,
    position,
    locality,
    localityNames,
    phones,
    emergencyPhone,
    hasEmergency,
    wheelchair,
    open,
    beds,
    distance,
  };
}
