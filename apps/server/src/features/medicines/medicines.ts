import { createHash } from "node:crypto";
import { formulary } from "@ihims/core/medicines/formulary.ts";
import { equivalenceOf } from "@ihims/core/medicines/rules.ts";
import { MedicineId, type Medicine, type MedicineProfile } from "@ihims/core/medicines/schema.ts";
import { Problem } from "@ihims/core/problem.ts";
import { appendChanges } from "../../platform/changes.ts";
import type { Context } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import type { CityChange } from "../observations/observations.ts";
import { MedicineBoard, type ReadMedicines } from "./medicine-board.ts";
import { MedicineNames } from "./names.ts";
import {
  compareMedicines,
  findEquivalents,
  findIds,
  findIdsOfEquivalents,
  findMedicines,
  findMedicinesAfter,
  saveMedicines,
  takeRevision,
  type MedicineToSave,
} from "./store.ts";

export { MedicineBoard, MedicineNames };
export { summaryOf } from "./summary.ts";

/** Most products that may stand in for one that are looked at; the cheapest are among them. */
export const EQUIVALENTS_MAX = 2000;

/** A product as a list has it. */
export interface ListedMedicine {
  /** Within its list, the same however often it is read. */
  ref: string;
  profile: MedicineProfile;
}

export interface SavedMedicines {
  created: number;
  updated: number;
  unchanged: number;
}

/** The id of a product of a list: the same for the same, in every process and at every import. */
export function medicineIdOf(source: string, ref: string): MedicineId {
  const hash = createHash("sha256").update(`${source}\n${ref}`).digest();
  return MedicineId.parse(`m-${BigInt(`0x${hash.subarray(0, 12).toString("hex")}`).toString(36)}`);
}

/**
 * Take products of a list into the catalogue: new ones are made, changed ones changed.
 *
 * @param source the list's name, as `national-list-2026`
 * @param medicines each ref once
 * @param options.dryRun only say what would happen
 */
export async function addMedicines(
  ctx: Context,
  source: string,
  medicines: readonly ListedMedicine[],
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<SavedMedicines> {
  if (medicines.length === 0) return { created: 0, updated: 0, unchanged: 0 };
  const rows = medicines.map((medicine) => toSave(source, medicine));
  const written = dryRun
    ? await compareMedicines(ctx.db, rows)
    : await ctx.transaction(async (tx) => {
        const revision = await takeRevision(tx.db);
        const saved = await saveMedicines(tx.db, rows, { revision, now: tx.now() });
        if (saved.length > 0) await appendChanges(tx, [{ kind: "medicines", revision } satisfies CityChange]);
        return saved;
      });
  const created = written.filter(({ isNew }) => isNew).length;
  return { created, updated: written.length - created, unchanged: rows.length - written.length };
}

function toSave(source: string, { ref, profile }: ListedMedicine): MedicineToSave {
  const equivalence = equivalenceOf(profile, formulary());
  return {
    id: medicineIdOf(source, ref),
    source,
    ref,
    profile,
    equivalence: "key" in equivalence ? equivalence.key : null,
  };
}

/** Reads the catalogue for the memory of a process. */
export function readMedicinesOf(db: Db): ReadMedicines {
  return (after, limit) => findMedicinesAfter(db, after, limit);
}

/** @throws Problem `not-found` */
export async function getMedicineById({ db }: Context, id: MedicineId): Promise<Medicine> {
  const [medicine] = await findMedicines(db, [id]);
  if (!medicine) throw new Problem("not-found", "There is no such medicine");
  return medicine;
}

/** Products by their ids, in that order; those that are not there are left out. */
export function findMedicinesById(
  { db }: Pick<Context, "db">,
  ids: readonly MedicineId[],
): Promise<Medicine[]> {
  return findMedicines(db, ids);
}

/** What may stand in for a product: the same generics, salts, strengths, form, route and release. In no order. */
export function findEquivalentsOf({ db }: Context, id: MedicineId): Promise<Medicine[]> {
  return findEquivalents(db, id, EQUIVALENTS_MAX);
}

/** As `findEquivalentsOf`, of several and their ids alone; those that have none are left out. */
export function findEquivalentIds(
  { db }: Context,
  ids: readonly MedicineId[],
): Promise<Map<MedicineId, MedicineId[]>> {
  return findIdsOfEquivalents(db, ids);
}

/** Those of some ids that the catalogue has. */
export function findExisting({ db }: Context, ids: readonly MedicineId[]): Promise<MedicineId[]> {
  return findIds(db, ids);
}
