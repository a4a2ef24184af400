import type { FacilityId } from "@ihims/core/ids.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { Context } from "../../platform/context.ts";
import { findStockFigure, type StandingStock } from "../observations/observations.ts";
import { Shelves, type StockFigure, type StockPlace } from "./shelves.ts";
import { findAllListed, findMedicineNumbers, findPackedShelves, findShelfNumbers } from "./store.ts";

export { GapCounter } from "./gaps.ts";
export { UnmetSearches } from "./unmet.ts";
export { Wards } from "./wards.ts";
export { Shelves };
export { forgetListsBefore } from "./store.ts";
export type { StandingStock, StockFigure, StockPlace };

/** Facilities whose shelves are read at a time. */
const READ_FACILITIES = 100;

/**
 * How much of a medicine a facility has, as it stands in the database at this moment: what a hold is
 * decided on. Within a transaction that has locked the facility it cannot change until that ends.
 *
 * @returns undefined when nobody ever spoke of it; `quantity` is the number also where it is expired:
 *   only what is `live` or `recent` may be promised to anybody
 */
export function findStock(
  ctx: Context,
  facility: FacilityId,
  medicine: string,
): Promise<StandingStock | undefined> {
  return findStockFigure(ctx, facility, medicine);
}

/** Reads the shelves into memory behind everything else, and can be waited for. */
export class ShelfKeeper {
  readonly shelves: Shelves;
  #isStopped = false;
  #loading: Promise<boolean> = Promise.resolve(false);

  constructor(shelves: Shelves) {
    this.shelves = shelves;
  }

  /** Begin to read. What is changed meanwhile may be applied at any time. */
  start(ctx: Context): void {
    this.#loading = this.#load(ctx).catch((error: unknown) => {
      if (!this.#isStopped) ctx.log.error({ err: error }, "the shelves could not be read");
      return false;
    });
  }

  /** @throws Problem `not-ready` when the shelves could not be read */
  async ready(): Promise<Shelves> {
    if (!(await this.#loading))
      throw new Problem("not-ready", "What is on the shelves is not read yet", { retryAfterS: 5 });
    return this.shelves;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#loading;
  }

  async #load({ db }: Context): Promise<boolean> {
    for (const { id, no } of await findMedicineNumbers(db)) this.shelves.name(id, no);
    const places = await findShelfNumbers(db);
    for (const { id, no } of places) this.shelves.place(id, no);
    for (const { no, source, listedAt, receivedAt } of await findAllListed(db))
      this.shelves.list(no, source, listedAt, receivedAt);
    const last = places.at(-1)?.no ?? 0;
    for (let from = 1; from <= last && !this.#isStopped; from += READ_FACILITIES)
      for (const shelf of await findPackedShelves(db, from, from + READ_FACILITIES - 1))
        this.shelves.fill(shelf);
    return !this.#isStopped;
  }
}

/** Whether a figure may be promised to somebody. */
export function isPromising({ freshness }: Pick<StockFigure, "freshness">): boolean {
  return freshness === "live" || freshness === "recent";
}
