import { dateIn } from "@ihims/core/calendar.ts";
import { HOUR_MS, millisOf, MINUTE_MS, type Instant } from "@ihims/core/time.ts";
import type { ModelCity } from "../city.ts";
import { makeMedicines } from "../medicines/catalogue.ts";
import { between, randomOf, wholeBetween } from "../random.ts";
import { makeShelf, moveShelf, placesWithStock, type ModelShelf, type StockHabit } from "../stock.ts";
import type { Simulation } from "./simulate.ts";

/** After a start, every place sends its whole list within this: nothing is known of how long it was away. */
const FIRST_LISTS_MS = 20 * MINUTE_MS;
/** And a whole list again after, from and to. */
const LIST_EVERY_MS = { system: [6 * HOUR_MS, 9 * HOUR_MS], daily: [22 * HOUR_MS, 26 * HOUR_MS] } as const;
/** Systems tell what has changed in between, after, from and to. */
const CHANGES_EVERY_MS = [20 * MINUTE_MS, 90 * MINUTE_MS] as const;
/** Lines that changed since they told last. */
const CHANGED = { few: [2, 14], many: [10, 40] } as const;

/** Let pharmacies and dispensaries tell of their shelves; made from the seed when one first tells. */
export function scheduleStock(simulation: Simulation, city: ModelCity, seed: number, at: Instant): void {
  const { agenda, outbox } = simulation;
  const random = randomOf(seed, "stock");
  const shelves = new Map<string, ModelShelf>();
  let medicines: ReturnType<typeof makeMedicines> | undefined;
  const shelfOf = (place: { ref: string; isHospital: boolean }, moment: Instant): ModelShelf => {
    medicines ??= makeMedicines(city.seed);
    const today = dateIn(city.city.timeZone, millisOf(moment));
    const shelf = shelves.get(place.ref) ?? makeShelf(city.seed, place, medicines, today);
    shelves.set(place.ref, shelf);
    return shelf;
  };
  for (const place of placesWithStock(city)) {
    const tell = (moment: Instant) => {
      const shelf = shelfOf(place, moment);
      const every = everyOf(shelf.habit);
      if (!every) return;
      moveShelf(random, shelf, wholeBetween(random, ...CHANGED.many));
      const list = { kind: "stock", door: "api", at: moment, facility: place.ref } as const;
      outbox.push({ ...list, isFull: true, lines: shelf.lines.map((line) => ({ ...line })) });
      agenda.push({ atMs: millisOf(moment) + between(random, ...every), act: tell });
    };
    const change = (moment: Instant) => {
      const shelf = shelfOf(place, moment);
      if (shelf.habit !== "system") return;
      const lines = moveShelf(random, shelf, wholeBetween(random, ...CHANGED.few));
      const list = { kind: "stock", door: "api", at: moment, facility: place.ref } as const;
      outbox.push({ ...list, isFull: false, lines: lines.map((line) => ({ ...line })) });
      agenda.push({ atMs: millisOf(moment) + between(random, ...CHANGES_EVERY_MS), act: change });
    };
    agenda.push({ atMs: millisOf(at) + random.next() * FIRST_LISTS_MS, act: tell });
    agenda.push({ atMs: millisOf(at) + random.next() * CHANGES_EVERY_MS[1], act: change });
  }
}

/** Who hardly tells tells by hand, and nobody plays that hand; who is silent stays so. */
function everyOf(habit: StockHabit): readonly [number, number] | undefined {
  return habit === "system" || habit === "daily" ? LIST_EVERY_MS[habit] : undefined;
}
