import { dutyOf } from "@ihims/core/doctors/duty.ts";
import type { Doctor, Duty, Post } from "@ihims/core/doctors/schema.ts";
import type { DoctorId, FacilityId } from "@ihims/core/ids.ts";
import { earliest } from "@ihims/core/observations/figures.ts";
import { Subject, type Figure } from "@ihims/core/observations/schema.ts";
import { NameIndex } from "@ihims/core/search/names.ts";
import { DAY_MS, later, type Instant } from "@ihims/core/time.ts";
import type { SpecialtyId } from "@ihims/core/vocabulary/schema.ts";
import type { Board } from "../board/board.ts";

/** Somebody's post at a facility. */
export interface DoctorAt {
  doctor: Doctor;
  post: Post;
}

/** Duty as it was reckoned, for as long as it stays so. */
interface Reckoned {
  duty: Duty;
  /** The live figure that went into it; null without one. */
  observation: string | null;
  until: Instant;
}

/** The doctors of the city in the memory of this process, kept current by the change stream as the board is. */
export class DoctorBoard {
  readonly #board: Board;
  readonly #timeZone: () => string;
  readonly #doctors = new Map<DoctorId, Doctor>();
  readonly #byFacility = new Map<FacilityId, DoctorAt[]>();
  #duties = new WeakMap<Post, Reckoned>();
  /** Names in all languages, findable. */
  readonly names = new NameIndex<DoctorId>();

  #version = 0;

  constructor(board: Board, timeZone: () => string) {
    this.#board = board;
    this.#timeZone = timeZone;
  }

  /** Grows with every change that is taken in. */
  get version(): number {
    return this.#version;
  }

  /** Take in a doctor's page; one that is not newer changes nothing. */
  apply(doctor: Doctor): void {
    this.#version += 1;
    const known = this.#doctors.get(doctor.id);
    if (known && known.version >= doctor.version) return;
    for (const { facility } of known?.posts ?? [])
      this.#byFacility.set(
        facility,
        this.at(facility).filter((one) => one.doctor !== known),
      );
    this.#doctors.set(doctor.id, doctor);
    for (const post of doctor.posts)
      this.#byFacility.set(post.facility, [...this.at(post.facility), { doctor, post }]);
    this.names.put(doctor.id, [doctor.name, ...Object.values(doctor.names)]);
  }

  all(): Iterable<Doctor> {
    return this.#doctors.values();
  }

  doctor(id: DoctorId): Doctor | undefined {
    return this.#doctors.get(id);
  }

  /** Who works at a facility. */
  at(facility: FacilityId): readonly DoctorAt[] {
    return this.#byFacility.get(facility) ?? [];
  }

  /** Duty now, with what was said live. */
  duty({ doctor, post }: DoctorAt, now: Instant): Duty {
    const live = this.#live(doctor.id, post.facility, now);
    const observation = live?.observation ?? null;
    const known = this.#duties.get(post);
    if (known && known.observation === observation && now < known.until) return known.duty;
    const duty = dutyOf(post, live, now, this.#timeZone());
    const until = earliest([duty.until, duty.next, live?.freshUntil ?? null, later(now, DAY_MS)]);
    this.#duties.set(post, { duty, observation, until: until ?? now });
    return duty;
  }

  /** Duty as it is planned for a moment. */
  plannedDuty({ post }: DoctorAt, moment: Instant): Duty {
    return dutyOf(post, undefined, moment, this.#timeZone());
  }

  /** Who of some specialties is at a facility now; `known` false where there is no roster for any of them. */
  dutyAt(
    facility: FacilityId,
    specialties: readonly SpecialtyId[],
    now: Instant,
  ): { onSite: number; onCall: number; next: Instant | null; known: boolean } {
    let [onSite, onCall] = [0, 0];
    let known = false;
    const starts: (Instant | null)[] = [];
    for (const one of this.at(facility)) {
      if (!one.doctor.specialties.some((id) => specialties.includes(id))) continue;
      const { state, mode, next } = this.duty(one, now);
      if (state === "unknown") continue;
      known = true;
      if (state === "on-duty" && mode === "on-site") onSite += 1;
      else if (state === "on-duty") onCall += 1;
      else starts.push(next);
    }
    return { onSite, onCall, next: onSite + onCall > 0 ? null : earliest(starts), known };
  }

  #live(doctor: DoctorId, facility: FacilityId, now: Instant): Figure | undefined {
    const entry = this.#board.entry(facility);
    return entry && this.#board.figure(entry, dutySubject(doctor), now);
  }
}

/** The subject under which somebody's duty is reported. */
export function dutySubject(doctor: DoctorId): Subject {
  return Subject.parse(`duty:${doctor}`);
}
