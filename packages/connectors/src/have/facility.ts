import type { BedType } from "@ihims/core/beds/schema.ts";
import type { FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import { FRESHNESS_CLASSES } from "@ihims/core/observations/freshness.ts";
import { bedSubject, kindOf, Subject, VALUE_BY_KIND, type Value } from "@ihims/core/observations/schema.ts";
import { Instant, later } from "@ihims/core/time.ts";
import { readBeds, writeBeds } from "./beds.ts";
import type { HaveHospital, HospitalStatuses } from "./schema.ts";
import { HAVE_SERVICES, readServices, writeServices } from "./services.ts";

const EMERGENCY = Subject.parse("diversion:emergency");
const TRAFFIC = { open: "Normal", diverting: "Advisory", closed: "Closed" } as const;
/** HAVE gives a diversion no end, and ours must have one: it holds for as long as such a figure is shown. */
const DIVERSION_HOLDS_MS = FRESHNESS_CLASSES.flash.stale;

/** A facility with its live figures as a HAVE hospital. Nothing that has expired goes out as a number. */
export function hospitalOf(record: FacilityRecord): HaveHospital {
  const { id, name, address, phones, emergencyPhone, position, beds, figures } = record;
  const moments = [...beds, ...figures].flatMap(({ observedAt }) => observedAt ?? []);
  const numbers = [
    ...(emergencyPhone === null ? [] : [emergencyPhone]),
    ...phones.map(({ number }) => number),
  ];
  return {
    organization: {
      id,
      name,
      ...(address !== null && { address }),
      phones: [...new Set(numbers)],
      position,
      comments: [],
    },
    statuses: statusesOf(record),
    lastUpdateTime: moments.sort().at(-1) ?? record.updatedAt,
  };
}

function statusesOf(record: FacilityRecord): HospitalStatuses {
  const traffic = trafficOf(record);
  const services = writeServices(coveredBy(record));
  const beds = record.beds.map(writeBeds);
  return {
    ...(traffic && { EmergencyDepartmentStatus: { EMSTraffic: traffic } }),
    ...(beds.length > 0 && { HospitalBedCapacityStatus: { BedCapacity: beds } }),
    ...(services && { ServiceCoverageStatus: services }),
  };
}

type Traffic = NonNullable<NonNullable<HospitalStatuses["EmergencyDepartmentStatus"]>["EMSTraffic"]>;

function trafficOf({ figures, hasEmergency }: FacilityRecord): Traffic | undefined {
  const figure = figures.find(({ subject }) => subject === EMERGENCY);
  const told = VALUE_BY_KIND.diversion.safeParse(figure?.value);
  if (!told.success) return hasEmergency === false ? { EMSTrafficStatus: "NotApplicable" } : undefined;
  const { state, reason, until } = told.data;
  return {
    EMSTrafficStatus: TRAFFIC[state],
    ...(reason !== undefined && reason !== "" && { EMSTrafficReason: reason }),
    CommentText: `Until ${until}; seen ${figure?.observedAt ?? ""}`,
  };
}

/** What the profile has, and what is told of it today, which outranks it. */
function coveredBy({ specialties, services, hasEmergency, figures }: FacilityRecord): Map<string, boolean> {
  const offered = new Set<string>([...specialties, ...services]);
  if (hasEmergency) offered.add("emergency-medicine");
  const covered = new Map<string, boolean>();
  for (const { id } of HAVE_SERVICES) if (offered.has(id)) covered.set(id, true);
  for (const { subject, value } of figures) {
    const told = kindOf(subject) === "service" ? VALUE_BY_KIND.service.safeParse(value) : undefined;
    const id = subject.slice("service:".length);
    if (told?.success && HAVE_SERVICES.some((one) => one.id === id)) covered.set(id, told.data.available);
  }
  return covered;
}

/** A figure that a report tells. */
export interface ToldFigure {
  subject: Subject;
  value: Value;
  observedAt: Instant;
}

/** What a hospital's report comes to: figures, what was refused, and what is kept nowhere. */
export interface ToldByHospital {
  figures: ToldFigure[];
  rejected: { part: string; reason: string }[];
  notes: string[];
}

/**
 * The figures that a HAVE hospital tells.
 *
 * @param staffedSoFar beds of a type that are known to be staffed, for reports that only count the free ones
 */
export function figuresToldBy(
  { statuses, lastUpdateTime }: HaveHospital,
  staffedSoFar: (type: BedType) => number | undefined = () => undefined,
): ToldByHospital {
  const told: ToldByHospital = { figures: [], rejected: [], notes: [] };
  for (const capacity of statuses.HospitalBedCapacityStatus?.BedCapacity ?? []) {
    const read = readBeds(capacity, lastUpdateTime, staffedSoFar);
    if (read.kind === "rejected") told.rejected.push({ part: "BedCapacity", reason: read.reason });
    else if (read.kind === "silent") told.notes.push(read.note);
    else addBeds(told, read);
  }
  const diversion = readTraffic(statuses, lastUpdateTime);
  if (diversion) told.figures.push(diversion);
  const { covered, notes } = readServices(statuses.ServiceCoverageStatus);
  told.notes.push(...notes);
  for (const [id, available] of covered)
    told.figures.push({
      subject: Subject.parse(`service:${id}`),
      value: { available },
      observedAt: lastUpdateTime,
    });
  told.notes.push(...notKept(statuses));
  return told;
}

function addBeds(told: ToldByHospital, read: Extract<ReturnType<typeof readBeds>, { kind: "read" }>): void {
  const subject = bedSubject(read.type);
  if (told.figures.some((one) => one.subject === subject)) {
    told.rejected.push({ part: "BedCapacity", reason: `${read.type} is told twice; the first counts` });
    return;
  }
  told.figures.push({ subject, value: read.value, observedAt: read.observedAt });
  told.notes.push(...read.notes);
}

/** What we write of a diversion's end, and of when it was seen. */
const OWN_TRAFFIC = /^Until (\S+); seen (\S+)$/u;

function readTraffic(statuses: HospitalStatuses, lastUpdateTime: Instant): ToldFigure | undefined {
  const facility = statuses.HospitalFacilityStatus?.FacilityStatus;
  const traffic = statuses.EmergencyDepartmentStatus?.EMSTraffic;
  const isShut = facility === "Closed" || facility === "Evacuating";
  const status = isShut ? "Closed" : traffic?.EMSTrafficStatus;
  const state = (["open", "diverting", "closed"] as const).find((one) => TRAFFIC[one] === status);
  if (state === undefined) return undefined;
  const [, ownUntil, ownSeen] = OWN_TRAFFIC.exec(traffic?.CommentText ?? "") ?? [];
  const until = Instant.safeParse(ownUntil);
  const seen = Instant.safeParse(ownSeen);
  const reason = isShut ? `The facility is ${facility.toLowerCase()}` : traffic?.EMSTrafficReason;
  return {
    subject: EMERGENCY,
    value: {
      state,
      until: until.success ? until.data : later(lastUpdateTime, DIVERSION_HOLDS_MS),
      ...(reason !== undefined && { reason: reason.slice(0, 200) }),
    },
    observedAt: seen.success ? seen.data : lastUpdateTime,
  };
}

/** Of the parts that are read, what is kept as a figure or is only words. */
const KEPT = new Set(["EMSTraffic", "FacilityStatus", "CommentText"]);

/** Parts of the standard for which there is no figure: read, and said not to be kept. */
function notKept(statuses: HospitalStatuses): string[] {
  const parts = [
    statuses.EmergencyDepartmentStatus,
    statuses.HospitalFacilityStatus,
    statuses.HospitalResourcesStatus,
  ].flatMap((part) => Object.keys(part ?? {}));
  return parts.filter((part) => !KEPT.has(part)).map((part) => `${part} is not kept`);
}
