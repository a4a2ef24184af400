import type { BloodGroup } from "@ihims/core/blood/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import type { Language } from "@ihims/core/languages.ts";
import { GENERICS } from "@ihims/core/medicines/generics.ts";
import { GenericId, MedicineId } from "@ihims/core/medicines/schema.ts";
import { kindOf, VALUE_BY_KIND } from "@ihims/core/observations/schema.ts";
import type { Understanding } from "@ihims/core/search/interpret.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import type { Board, Entry } from "../board/board.ts";
import type { StockNeed, StockSeen } from "../care/care.ts";
import { findEquivalentIds, findMedicinesById, type MedicineBoard } from "../medicines/medicines.ts";
import { isPromising, type Shelves } from "../stock/stock.ts";

/** What shelves are looked through with. */
export interface ShelfMemory {
  shelves: Shelves;
  medicines: MedicineBoard;
}

/** Products that are looked for at each place, those on most shelves first. */
const PRODUCTS_MAX = 60;
/** Products of a generic that are read to find those of it alone. */
const READ_MAX = 200;
/** From this share of the best one's score on another product of the name is meant as well. */
const SAME_NAME_SHARE = 0.95;

/** Blood of a group, any component of it. */
export function bloodNeed(board: Board, group: BloodGroup): StockNeed {
  return {
    name: group,
    seenAt(entry, now) {
      const told = board
        .view(entry, now)
        .record.figures.filter(
          ({ subject, value }) =>
            value !== null && kindOf(subject) === "blood" && subject.startsWith(`blood:${group}:`),
        );
      const here = told.find(({ value }) => VALUE_BY_KIND.blood.parse(value).units > 0);
      const shown = here ?? told[0];
      return shown && { state: here ? "here" : "gone", freshness: shown.freshness };
    },
  };
}

/**
 * The medicine that words mean: the product they name, or what may stand in for it; or any product of
 * a generic alone. Undefined when the words name none.
 */
export async function medicineNeed(
  ctx: Context,
  { shelves, medicines }: ShelfMemory,
  found: Understanding["medicines"],
  lang: Language,
): Promise<StockNeed | undefined> {
  const [best] = found;
  if (!best) return undefined;
  const generic = GENERICS.find(({ id }) => id === best.key);
  if (generic) {
    const ids = onMostShelves(shelves, medicines.withGeneric(GenericId.parse(generic.id), undefined)).slice(
      0,
      READ_MAX,
    );
    const alone = (await findMedicinesById(ctx, ids)).filter(({ composition }) => composition.length === 1);
    const name = generic[lang][0] ?? generic.id;
    return needOf(
      shelves,
      name,
      alone.slice(0, PRODUCTS_MAX).map(({ id }) => ({ id, name, isMeant: true })),
    );
  }
  const meant = found
    .filter(({ score }) => score >= best.score * SAME_NAME_SHARE)
    .flatMap(({ key }) => MedicineId.safeParse(key).data ?? []);
  const others = onMostShelves(shelves, [...(await findEquivalentIds(ctx, meant)).values()].flat());
  const ids = [...new Set([...meant, ...others])].slice(0, PRODUCTS_MAX);
  const products = (await findMedicinesById(ctx, ids)).map(({ id, name, names }) => {
    return { id, name: names[lang] ?? name, isMeant: meant.includes(id) };
  });
  const [first] = products;
  return first && needOf(shelves, first.name, products);
}

function onMostShelves(shelves: Shelves, ids: readonly MedicineId[]): MedicineId[] {
  return ids
    .filter((id) => shelves.tellersOf(id) > 0)
    .sort((a, b) => shelves.tellersOf(b) - shelves.tellersOf(a) || (a < b ? -1 : 1));
}

interface Product {
  id: MedicineId;
  name: string;
  /** False: it may stand in for what is meant. */
  isMeant: boolean;
}

/** @param products those that are meant before those that stand in for them */
function needOf(shelves: Shelves, name: string, products: readonly Product[]): StockNeed {
  const seen = new Map<FacilityId, StockSeen | undefined>();
  return {
    name,
    seenAt({ facility: { id } }: Entry, now: Instant) {
      if (!seen.has(id)) seen.set(id, seenOf(shelves, products, id, now));
      return seen.get(id);
    },
  };
}

function seenOf(
  shelves: Shelves,
  products: readonly Product[],
  facility: FacilityId,
  now: Instant,
): StockSeen | undefined {
  let seen: StockSeen | undefined;
  for (const { id, name, isMeant } of products) {
    const figure = shelves.figureAt(facility, id, now);
    if (!figure || figure.freshness === "expired" || figure.freshness === "unknown") continue;
    const { free, freshness } = figure;
    const state = free === 0 ? "gone" : isMeant ? "here" : "equivalent";
    if (state === "gone" && (seen || !isMeant)) continue;
    if (state !== "gone" && isPromising(figure)) return { state, name, freshness };
    if (!seen || seen.state === "gone") seen = { state, name, freshness };
  }
  return seen;
}
