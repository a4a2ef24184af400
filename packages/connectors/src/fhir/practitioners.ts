import type {
  Extension,
  HumanName,
  Practitioner,
  PractitionerRole,
  PractitionerRoleAvailableTime,
} from "@medplum/fhirtypes";
import {
  DoctorProfile,
  Roster,
  type Doctor,
  type Duty,
  type DutyMode,
  type Post,
} from "@ihims/core/doctors/schema.ts";
import type { Facility } from "@ihims/core/facilities/schema.ts";
import { specialtyConcept } from "./codes.ts";
import {
  beside,
  codesOf,
  coding,
  concept,
  externalIdsIn,
  identifiersOf,
  metaOf,
  part,
  partId,
  reference,
  stated,
  translationsIn,
  translationsOf,
} from "./elements.ts";
import { timeOf, WEEKDAYS, weekdayOf, type Weekday } from "./hours.ts";
import { specialtyServiceId } from "./services.ts";
import { BCP_47, EXTENSION, MEDICAL_COUNCIL, PRACTITIONER_ROLE, SPECIALTY } from "./systems.ts";

/** The titles that stand before names here. */
const TITLE = /^(?:(?:dr|prof|mr|mrs|ms|smt|shri)\.?\s+)+/i;

/** A doctor: who it is. What for and where is in the roles. */
export function practitionerOf(doctor: Doctor): Practitioner {
  return stated({
    resourceType: "Practitioner",
    id: partId(doctor.id),
    meta: metaOf(doctor, "IHE.mCSD.Practitioner"),
    identifier: [
      ...identifiersOf(doctor.id, doctor.externalIds),
      ...(doctor.registration ? [{ system: MEDICAL_COUNCIL, value: doctor.registration }] : []),
    ],
    active: true,
    name: [nameOf(doctor)],
    gender: doctor.gender,
    qualification: [
      ...(doctor.qualifications ? [{ code: { text: doctor.qualifications } }] : []),
      ...doctor.specialties.map((slug) => ({ code: specialtyConcept(slug) })),
    ],
    communication: doctor.languages.map((code) => concept(coding(BCP_47, code))),
  }) as Practitioner; // Only what was empty is gone.
}

function nameOf({ name, names }: DoctorProfile): HumanName {
  const title = TITLE.exec(name)?.[0]?.trim();
  const words = name
    .replace(TITLE, "")
    .split(/\s+/)
    .filter((word) => word !== "");
  const family = words.at(-1);
  return stated({
    text: name,
    _text: translationsOf(names),
    family,
    given: words.slice(0, -1),
    prefix: title ? [title] : [],
  });
}

/** What is read back of a doctor's page; undefined what cannot be read as one. */
export function doctorInPractitioner(practitioner: Practitioner): DoctorProfile | undefined {
  const { name: [name] = [], identifier, gender, qualification = [], communication } = practitioner;
  const text =
    name?.text ?? [...(name?.prefix ?? []), ...(name?.given ?? []), name?.family].filter(Boolean).join(" ");
  const read = DoctorProfile.safeParse({
    name: text,
    names: name ? translationsIn(beside(name, "text")) : {},
    specialties: codesOf(
      qualification.map(({ code }) => code),
      SPECIALTY,
    ),
    languages: codesOf(communication, BCP_47),
    gender: gender === "unknown" ? null : (gender ?? null),
    qualifications: qualification.find(({ code }) => code.coding === undefined)?.code.text ?? null,
    registration: identifier?.find(({ system }) => system === MEDICAL_COUNCIL)?.value ?? null,
    externalIds: externalIdsIn(identifier),
  });
  return read.data;
}

/** A doctor at a facility, and when. Whether on duty now is added when it is sent. */
export function roleOf(doctor: Doctor, post: Post, facility: Facility): PractitionerRole {
  const offered = doctor.specialties.filter((slug) => facility.specialties.includes(slug));
  return stated({
    resourceType: "PractitionerRole",
    id: partId(doctor.id, facility.id),
    meta: metaOf(doctor, "IHE.mCSD.PractitionerRole"),
    active: facility.isActive,
    practitioner: reference("Practitioner", partId(doctor.id), doctor.name),
    organization: reference("Organization", partId(facility.id), facility.name),
    code: [concept(coding(PRACTITIONER_ROLE, "doctor", "Doctor"))],
    specialty: doctor.specialties.map(specialtyConcept),
    location: [reference("Location", partId(facility.id), facility.name)],
    healthcareService: offered.map((slug) =>
      reference("HealthcareService", specialtyServiceId(facility.id, slug)),
    ),
    availableTime: availableTimesOf(post),
    notAvailable: [
      ...post.leave.map(({ from, to, reason }) => ({
        description: reason ?? "On leave",
        during: { start: from, end: to },
      })),
      ...post.exceptions
        .filter(({ spans }) => spans.length === 0)
        .map(({ date, reason }) => ({
          description: reason ?? "Not there",
          during: { start: date, end: date },
        })),
    ],
    availabilityExceptions: exceptionsInWords(post),
  }) as PractitionerRole; // Only what was empty is gone.
}

function availableTimesOf(roster: Roster): PractitionerRoleAvailableTime[] {
  const sameTimes = Map.groupBy(roster.spans, ({ from, to, mode }) => `${from} ${to} ${mode}`);
  return [...sameTimes.values()].flatMap((spans) => {
    const [first] = spans;
    if (!first) return [];
    const daysOfWeek = [...new Set(spans.map(({ day }) => day))].sort((a, b) => a - b).map(weekdayOf);
    return [
      {
        ...(first.mode === "on-call"
          ? { extension: [{ url: EXTENSION.dutyMode, valueCode: first.mode }] }
          : {}),
        daysOfWeek,
        availableStartTime: timeOf(first.from),
        availableEndTime: timeOf(first.to),
      },
    ];
  });
}

/** Days with other times than the week's, for a person to read: R4 has no place for them. */
function exceptionsInWords({ exceptions }: Roster): string | undefined {
  const days = exceptions.filter(({ spans }) => spans.length > 0);
  if (days.length === 0) return undefined;
  return days
    .map(({ date, spans }) => `${date}: ${spans.map(({ from, to }) => `${from}-${to}`).join(", ")}`)
    .join("; ");
}

/** The week's plan and the days of leave that a role states; undefined when they cannot be read. */
export function rosterInRole({
  availableTime = [],
  notAvailable = [],
}: PractitionerRole): Roster | undefined {
  return Roster.safeParse({
    spans: availableTime.flatMap(
      ({ daysOfWeek, allDay, availableStartTime, availableEndTime, extension }) => {
        const from = allDay ? "00:00" : (availableStartTime ?? "00:00").slice(0, 5);
        const end = allDay ? "24:00" : (availableEndTime ?? "24:00").slice(0, 5);
        const mode: DutyMode =
          part(extension, EXTENSION.dutyMode)?.valueCode === "on-call" ? "on-call" : "on-site";
        return (daysOfWeek ?? WEEKDAYS).map((day) => ({
          day: WEEKDAYS.indexOf(day as Weekday) + 1, // A code of the seven; another is refused by the schema.
          from,
          to: end === "00:00" ? "24:00" : end,
          mode,
        }));
      },
    ),
    leave: notAvailable.map(({ description, during }) => ({
      from: during?.start?.slice(0, 10),
      to: (during?.end ?? during?.start)?.slice(0, 10),
      reason: description,
    })),
  }).data;
}

/** A role with whether its doctor is on duty now. */
export function withDuty(role: PractitionerRole, duty: Duty): PractitionerRole {
  const { state, mode, until, next, from } = duty;
  const extension: Extension[] = [
    { url: "state", valueCode: state },
    ...(mode === null ? [] : [{ url: "mode", valueCode: mode }]),
    ...(until === null ? [] : [{ url: "until", valueInstant: until }]),
    ...(next === null ? [] : [{ url: "next", valueInstant: next }]),
    { url: "from", valueCode: from },
  ];
  return { ...role, extension: [...(role.extension ?? []), { url: EXTENSION.duty, extension }] };
}
