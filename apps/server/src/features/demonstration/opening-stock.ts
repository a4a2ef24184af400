import type { ModelCity } from "@ihims/city/city.ts";
import type { ModelMedicine } from "@ihims/city/medicines/catalogue.ts";
import { between, randomOf } from "@ihims/city/random.ts";
import { makeShelf, placesWithStock, type StockHabit } from "@ihims/city/stock.ts";
import { dateIn } from "@ihims/core/calendar.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { wholeSecond } from "@ihims/core/stock/rules.ts";
import { later, millisOf, MINUTE_MS } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { medicineIdOf } from "../medicines/medicines.ts";
import { recordStock } from "../observations/observations.ts";

/** How old the lists are when the city opens, in minutes: the youngest and the oldest. */
const AGES_MIN: Readonly<Record<StockHabit, readonly [number, number]>> = {
  system: [5, 300],
  daily: [2 * 60, 22 * 60],
  rarely: [40 * 60, 60 * 60],
  silent: [80 * 60, 140 * 60],
};

/**
 * The lists that the city opens with: every pharmacy's and every larger hospital's, of different ages.
 *
 * @param sender of those whose systems tell
 */
export async function openShelves(
  ctx: Context,
  city: ModelCity,
  {
    medicines,
    catalogue,
    sender,
  }: { medicines: readonly ModelMedicine[]; catalogue: string; sender: string },
  idOf: (ref: string) => FacilityId,
): Promise<void> {
  const random = randomOf(city.seed, "opening shelves");
  const today = dateIn(city.city.timeZone, millisOf(ctx.now()));
  const book = new Map<string, number>();
  for (const place of placesWithStock(city)) {
    const shelf = makeShelf(city.seed, place, medicines, today);
    const observedAt = wholeSecond(later(ctx.now(), -between(random, ...AGES_MIN[shelf.habit]) * MINUTE_MS));
    const isByFile = shelf.habit === "rarely" || shelf.habit === "silent";
    const lines = shelf.lines.map(({ ref, ...value }) => ({
      medicine: medicineIdOf(catalogue, ref),
      value,
      observedAt,
    }));
    await recordStock(
      ctx,
      {
        facility: idOf(place.ref),
        ...(isByFile ? { source: "file", sender: "operator" } : { source: "api", sender }),
        lines,
        full: { observedAt },
      },
      book,
    );
  }
}
