import type { z } from "zod";
import type {
  DoctorFilters,
  DoctorRecord,
  DoctorSummary,
  listDoctors,
  PostFacility,
} from "@ihims/core/doctors/endpoints.ts";
import { Roster, type Doctor, type Duty } from "@ihims/core/doctors/schema.ts";
import type { Reply } from "@ihims/core/endpoint.ts";
import type { Facility } from "@ihims/core/facilities/schema.ts";
import { distanceM, positionOf } from "@ihims/core/geo.ts";
import type { DoctorId } from "@ihims/core/ids.ts";
import type { Language } from "@ihims/core/languages.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { Instant } from "@ihims/core/time.ts";
import { specialtyName } from "@ihims/core/vocabulary/specialties.ts";
import { readCursor, writeCursor } from "../../platform/cursor.ts";
import type { Board } from "../board/board.ts";
import type { DoctorAt, DoctorBoard } from "./doctor-board.ts";

type Query = z.output<typeof listDoctors.query>;

/** Most doctors that a name may mean. */
const NAMED_MAX = 500;

/** One page of doctors: those of a name by how well it fits, otherwise the nearest first, otherwise by name. */
export function searchDoctors(
  { board, doctors }: { board: Board; doctors: DoctorBoard },
  query: Query,
  now: Instant,
  lang: Language,
): Reply<typeof listDoctors> {
  const filters = filtersOf(query, now);
  const dutyOf = (one: DoctorAt): Duty =>
    filters.onDuty === null || filters.onDuty === now
      ? doctors.duty(one, now)
      : doctors.plannedDuty(one, filters.onDuty);
  const ranked = candidates(doctors, filters).flatMap(({ doctor, rank }) => {
    const summary = summaryOf(board, doctor, filters, dutyOf, lang);
    if (summary.posts.length === 0) return [];
    const key =
      rank ?? (filters.near ? Math.min(...summary.posts.map(({ distance }) => distance ?? 0)) : doctor.name);
    return [{ summary, place: [key, doctor.id] as const }];
  });
  ranked.sort((a, b) => comparePlaces(a.place, b.place));
  const after =
    query.cursor === undefined
      ? undefined
      : readCursor(query.cursor, filters.near || filters.q ? "number" : "string");
  const left = after ? ranked.filter(({ place }) => comparePlaces(place, after) > 0) : ranked;
  const page = left.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(({ summary }) => summary),
    nextCursor: left.length > query.limit && last ? writeCursor(last.place) : null,
    filters,
  };
}

function filtersOf(query: Query, now: Instant): DoctorFilters {
  if (query.radius !== undefined && query.near === undefined)
    throw new Problem("bad-input", "A radius needs a place: give near as well", {
      errors: [{ parameter: "radius", detail: "needs near" }],
    });
  if (query.mode !== undefined && query.onDuty === undefined)
    throw new Problem("bad-input", "In the house or on call is said of those on duty: give onDuty as well", {
      errors: [{ parameter: "mode", detail: "needs onDuty" }],
    });
  return {
    near: query.near === undefined ? null : positionOf(query.near),
    radius: query.radius ?? null,
    specialty: query.specialty ?? null,
    q: query.q ?? null,
    language: query.language ?? null,
    facility: query.facility ?? null,
    onDuty: query.onDuty === undefined ? null : query.onDuty === "now" ? now : query.onDuty,
    mode: query.mode ?? null,
  };
}

/** Whoever is called so, of the specialty, speaks the language and works there. */
function candidates(
  doctors: DoctorBoard,
  filters: DoctorFilters,
): { doctor: Doctor; rank: number | undefined }[] {
  const { q, facility, specialty, language } = filters;
  const named = q === null ? undefined : doctors.names.find(q, { limit: NAMED_MAX, isTyping: true });
  const all: Iterable<{ doctor: Doctor | undefined; rank: number | undefined }> = named
    ? named.map(({ key }, rank) => ({ doctor: doctors.doctor(key), rank }))
    : facility === null
      ? [...doctors.all()].map((doctor) => ({ doctor, rank: undefined }))
      : doctors.at(facility).map(({ doctor }) => ({ doctor, rank: undefined }));
  return [...all].flatMap(({ doctor, rank }) => {
    if (!doctor) return [];
    if (specialty !== null && !doctor.specialties.includes(specialty)) return [];
    if (language !== null && !doctor.languages.includes(language)) return [];
    return [{ doctor, rank }];
  });
}

function summaryOf(
  board: Board,
  doctor: Doctor,
  filters: DoctorFilters,
  dutyOf: (one: DoctorAt) => Duty,
  lang: Language,
): DoctorSummary {
  const { near, radius, facility, onDuty, mode } = filters;
  const posts = doctor.posts.flatMap((post) => {
    const entry = board.entry(post.facility);
    if (!entry || (facility !== null && post.facility !== facility)) return [];
    const distance = near ? distanceM(near, entry.facility.position) : null;
    if (distance !== null && distance > (radius ?? Infinity)) return [];
    const duty = dutyOf({ doctor, post });
    if (onDuty !== null && (duty.state !== "on-duty" || (mode !== null && duty.mode !== mode))) return [];
    const whole = distance === null ? null : Math.round(distance);
    return [{ facility: postFacilityOf(entry.facility), distance: whole, duty }];
  });
  posts.sort((a, b) => (a.distance ?? 0) - (b.distance ?? 0));
  return { ...pageOf(doctor, lang), posts };
}

/** One doctor's whole page. @throws Problem `not-found` */
export function doctorRecord(
  { board, doctors }: { board: Board; doctors: DoctorBoard },
  id: DoctorId,
  now: Instant,
  lang: Language,
): DoctorRecord {
  const doctor = doctors.doctor(id);
  if (!doctor) throw new Problem("not-found", "There is no such doctor");
  const posts = doctor.posts.flatMap((post) => {
    const entry = board.entry(post.facility);
    if (!entry) return [];
    return [
      {
        ...Roster.parse(post),
        facility: postFacilityOf(entry.facility),
        duty: doctors.duty({ doctor, post }, now),
      },
    ];
  });
  return { ...pageOf(doctor, lang), registration: doctor.registration, posts };
}

function pageOf({ id, name, names, languages, gender, qualifications, specialties }: Doctor, lang: Language) {
  return {
    id,
    name,
    names,
    languages,
    gender,
    qualifications,
    specialties: specialties.map((one) => ({ id: one, name: specialtyName(one, lang) })),
  };
}

function postFacilityOf({
  id,
  name,
  names,
  kind,
  locality,
  localityNames,
  position,
  phones,
}: Facility): PostFacility {
  return { id, name, names, kind, locality, localityNames, position, phones };
}

type Place = readonly [key: number | string, id: string];

/** By number or by name, then by id: all keys of one list are of one kind. */
function comparePlaces([a, idA]: Place, [b, idB]: Place): number {
  if (a !== b) return a < b ? -1 : 1;
  return idA < idB ? -1 : idA > idB ? 1 : 0;
}
