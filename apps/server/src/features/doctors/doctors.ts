import type { RosterEntry } from "@ihims/core/doctors/endpoints.ts";
import { Roster, type Doctor, type DoctorProfile } from "@ihims/core/doctors/schema.ts";
import { DoctorId, type FacilityId, type ObservationId } from "@ihims/core/ids.ts";
import { mayAdminister, mayKeep, mayReport } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { Instant } from "@ihims/core/time.ts";
import { appendChanges } from "../../platform/changes.ts";
import type { Context } from "../../platform/context.ts";
import { randomId } from "../../platform/random-id.ts";
import { lockFacility } from "../facilities/facilities.ts";
import { recordObservations, senderOf, type CityChange } from "../observations/observations.ts";
import { DoctorBoard, dutySubject } from "./doctor-board.ts";
import {
  countVersions,
  deletePostsOf,
  findAllDoctors,
  findDoctors,
  findDoctorsOf,
  insertDoctors,
  insertPosts,
} from "./store.ts";

export { DoctorBoard };

/** One doctor of a roster that is given: known already, or with a page of their own. */
export type RosterItem = Roster & { doctor: DoctorId | DoctorProfile };

/** Every doctor of the city. */
export function listAllDoctors(ctx: Context): Promise<Doctor[]> {
  return findAllDoctors(ctx.db);
}

/** Add doctors with all their posts, as somebody does who sets up a city. */
export function addDoctors(
  ctx: Context,
  given: readonly { profile: DoctorProfile; posts: readonly (Roster & { facility: FacilityId })[] }[],
): Promise<Doctor[]> {
  return ctx.transaction(async (tx) => {
    const doctors = given.map(({ profile, posts }) => ({ id: newDoctorId(), profile, posts }));
    await insertDoctors(tx.db, doctors, tx.now());
    const posts = doctors.flatMap(({ id, posts: some }) =>
      some.map(({ facility, ...roster }) => ({ doctor: id, facility, roster })),
    );
    await insertPosts(tx.db, posts);
    return await announceDoctors(
      tx,
      doctors.map(({ id }) => id),
    );
  });
}

/**
 * The roster of a facility, as those who keep it see it.
 *
 * @throws Problem `not-found`; `not-allowed` for others than its own people
 */
export async function findRoster(ctx: Context, facility: FacilityId): Promise<RosterEntry[]> {
  await lockFacility(ctx, facility);
  mayKeepRoster(ctx, facility);
  return entriesOf(await findDoctorsOf(ctx.db, facility), facility);
}

/**
 * Say who works at a facility and when. Whoever is not named has no post there any more.
 *
 * @throws Problem `not-found`; `not-allowed`; `bad-input` when somebody is named twice or not known
 */
export function replaceRosterOf(
  ctx: Context,
  facility: FacilityId,
  items: readonly RosterItem[],
): Promise<RosterEntry[]> {
  return ctx.transaction(async (tx) => {
    await lockFacility(tx, facility);
    mayKeepRoster(tx, facility);
    const before = await findDoctorsOf(tx.db, facility);
    const added: { id: DoctorId; profile: DoctorProfile }[] = [];
    const posts = items.map(({ doctor, ...roster }) => {
      if (typeof doctor === "string") return { doctor, facility, roster };
      const id = newDoctorId();
      added.push({ id, profile: doctor });
      return { doctor: id, facility, roster };
    });
    await refuseUnknown(tx, items);
    await deletePostsOf(tx.db, facility);
    await insertDoctors(tx.db, added, tx.now());
    await insertPosts(tx.db, posts);
    const isNew = new Set(added.map(({ id }) => id));
    const changed = new Set([...before.map(({ id }) => id), ...posts.map(({ doctor }) => doctor)]);
    await countVersions(
      tx.db,
      [...changed].filter((id) => !isNew.has(id)),
      tx.now(),
    );
    await announceDoctors(tx, [...changed]);
    return entriesOf(await findDoctorsOf(tx.db, facility), facility);
  });
}

async function refuseUnknown(ctx: Context, items: readonly RosterItem[]): Promise<void> {
  const ids = items.map(({ doctor }) => (typeof doctor === "string" ? doctor : undefined));
  const known = new Set(
    (await findDoctors(ctx.db, [...new Set(ids.flatMap((id) => id ?? []))])).map(({ id }) => id),
  );
  const errors = ids.flatMap((id, at) => {
    if (id === undefined) return [];
    const pointer = `/items/${at}/doctor`;
    if (!known.has(id)) return [{ pointer, detail: "there is no such doctor" }];
    return ids.indexOf(id) < at ? [{ pointer, detail: "is named before" }] : [];
  });
  if (errors.length > 0)
    throw new Problem("bad-input", "The roster names doctors that it cannot", { errors });
}

/**
 * Say that a doctor is or is not on duty now, whatever the roster says.
 *
 * @throws Problem `not-found` also for a doctor who has no post there; `not-allowed`; `conflict` when it is refused
 */
export function reportDutyOf(
  ctx: Context,
  given: {
    facility: FacilityId;
    doctor: DoctorId;
    value: { onDuty: boolean; onCall?: boolean | undefined; until?: Instant | undefined };
    observedAt: Instant | undefined;
  },
): Promise<{ outcome: "changed" | "confirmed" | "superseded" | "duplicate"; observation: ObservationId }> {
  return ctx.transaction(async (tx) => {
    const { doctor, value } = given;
    const facility = await lockFacility(tx, given.facility);
    if (!mayReport(tx.actor, facility.id, "duty"))
      throw new Problem("not-allowed", "You do not report who is on duty at this facility");
    const posts = await findDoctorsOf(tx.db, facility.id);
    if (!posts.some(({ id }) => id === doctor))
      throw new Problem("not-found", "There is no such doctor at this facility");
    const stated = Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
    const [recorded] = await recordObservations(tx, [
      {
        facility: facility.id,
        subject: dutySubject(doctor),
        value: { onDuty: value.onDuty, ...stated },
        observedAt: given.observedAt ?? tx.now(),
        ...senderOf(tx.actor),
      },
    ]);
    if (!recorded) throw new Error("no answer for an observation");
    if (recorded.kind === "refused")
      throw new Problem("conflict", "observedAt is more than five minutes ahead of our clock");
    return {
      outcome: recorded.kind === "unchanged" ? "confirmed" : recorded.kind,
      observation: recorded.observation,
    };
  });
}

function mayKeepRoster({ actor }: Context, facility: FacilityId): void {
  if (!mayAdminister(actor, facility) && !mayKeep(actor, facility, "duty"))
    throw new Problem("not-allowed", "Only those who keep this facility's roster see and change it");
}

function newDoctorId(): DoctorId {
  return DoctorId.parse(`d${randomId()}`);
}

async function announceDoctors(ctx: Context, ids: readonly DoctorId[]): Promise<Doctor[]> {
  const doctors = await findDoctors(ctx.db, ids);
  await appendChanges(
    ctx,
    doctors.map((doctor): CityChange => ({ kind: "doctor", doctor })),
  );
  return doctors;
}

function entriesOf(doctors: readonly Doctor[], facility: FacilityId): RosterEntry[] {
  return doctors.flatMap(({ id, name, specialties, posts }) =>
    posts
      .filter((post) => post.facility === facility)
      .map((post) => ({ ...Roster.parse(post), doctor: id, name, specialties })),
  );
}
