import type { BloodBank } from "@ihims/core/blood/schema.ts";
import type { FacilityPatch } from "@ihims/core/facilities/endpoints.ts";
import { FacilityProfile, type Facility } from "@ihims/core/facilities/schema.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import { mayAdminister, mayChangePage } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import { appendChanges } from "../../platform/changes.ts";
import type { Context } from "../../platform/context.ts";
import { randomId } from "../../platform/random-id.ts";
import type { CityChange } from "../observations/observations.ts";
import {
  findAllFacilities,
  findFacilityById,
  findFacilityForUpdate,
  insertFacility,
  replaceFacility,
} from "./store.ts";

/** Add a facility to the city. Whether it is there already under another name is for the caller to find out before. */
export function createFacility(ctx: Context, profile: FacilityProfile): Promise<Facility> {
  return ctx.transaction(async (tx) => {
    const facility = await insertFacility(tx.db, FacilityId.parse(`f${randomId()}`), profile, tx.now());
    await announceFacility(tx, facility);
    return facility;
  });
}

/** Write a facility's whole profile over, as an import does; who leads for its figures stays. */
export function updateFacility(ctx: Context, id: FacilityId, profile: FacilityProfile): Promise<Facility> {
  return ctx.transaction(async (tx) => {
    const known = await lockFacility(tx, id);
    const facility = await replaceFacility(tx.db, id, profile, known.leads, tx.now());
    await announceFacility(tx, facility);
    return facility;
  });
}

/**
 * Change parts of a facility's page, as its administrator or a key that may.
 *
 * @param version the version that the change was made from; undefined to change whatever is there
 * @throws Problem `not-found`; `not-allowed`; `changed-meanwhile` when it is another version by now
 */
export function changeFacilityProfile(
  ctx: Context,
  id: FacilityId,
  patch: FacilityPatch,
  version: number | undefined,
): Promise<Facility> {
  return ctx.transaction(async (tx) => {
    const known = await lockFacility(tx, id);
    if (!mayChangePage(tx.actor, id))
      throw new Problem("not-allowed", "Only an administrator of the facility changes its page");
    if (patch.leads !== undefined && !mayAdminister(tx.actor, id))
      throw new Problem("not-allowed", "Only an administrator says which source leads");
    if (version !== undefined && version !== known.version)
      throw new Problem("changed-meanwhile", `The page is at version ${known.version} now`);
    const { leads = known.leads, ...changes } = patch;
    const stated = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const facility = await replaceFacility(
      tx.db,
      id,
      FacilityProfile.parse({ ...known, ...stated }),
      leads,
      tx.now(),
    );
    await announceFacility(tx, facility);
    return facility;
  });
}

/** Write what a blood bank says of itself; who may is for the caller to decide. @param known locked */
export async function replaceBloodBank(ctx: Context, known: Facility, bloodBank: BloodBank): Promise<void> {
  const profile = FacilityProfile.parse({ ...known, bloodBank });
  await announceFacility(ctx, await replaceFacility(ctx.db, known.id, profile, known.leads, ctx.now()));
}

export function findFacility(ctx: Context, id: FacilityId): Promise<Facility | undefined> {
  return findFacilityById(ctx.db, id);
}

/** Every facility of the city. */
export function listAllFacilities(ctx: Context): Promise<Facility[]> {
  return findAllFacilities(ctx.db);
}

/**
 * The facility, with other writers of it and its figures waiting until the transaction ends.
 *
 * @throws Problem `not-found`
 */
export async function lockFacility(ctx: Context, id: FacilityId): Promise<Facility> {
  const facility = await findFacilityForUpdate(ctx.db, id);
  if (!facility) throw new Problem("not-found", "There is no such facility");
  return facility;
}

function announceFacility(ctx: Context, facility: Facility): Promise<void> {
  return appendChanges(ctx, [{ kind: "facility", facility } satisfies CityChange]);
}
