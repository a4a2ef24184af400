import { dateIn } from "@ihims/core/calendar.ts";
import type { Position } from "@ihims/core/geo.ts";
import type { MedicineId } from "@ihims/core/medicines/schema.ts";
import { millisOf } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { startRepeating, type Repeating } from "../../platform/repeating.ts";
import { addUnmet } from "./gap-store.ts";
import type { Wards } from "./wards.ts";

/** How often what was counted is written down. */
const WRITE_MS = 60_000;
/** Searches that are known again, so that a page that reads itself anew counts once. */
const KNOWN_MAX = 50_000;
/** About a hundred metres: who moves about at home is the same. */
const PLACE_DECIMALS = 3;

/**
 * Searches that found a medicine nowhere near, counted by day and ward. Who asked, and from where
 * exactly, is written nowhere.
 */
export class UnmetSearches {
  readonly #wards: Wards;
  readonly #counts = new Map<string, { day: string; ward: string; medicine: MedicineId; searches: number }>();
  #known = new Set<string>();

  constructor(wards: Wards) {
    this.#wards = wards;
  }

  /** A search from a place found nothing sure. The same again on that day is no other search. */
  note(ctx: Context, medicine: MedicineId, near: Position): void {
    const ward = this.#wards.wardOf(near);
    if (ward === undefined) return;
    const day = dateIn(ctx.city.timeZone, millisOf(ctx.now()));
    const search = `${day} ${medicine} ${near.lat.toFixed(PLACE_DECIMALS)} ${near.lon.toFixed(PLACE_DECIMALS)}`;
    if (this.#known.has(search)) return;
    if (this.#known.size >= KNOWN_MAX) this.#known = new Set();
    this.#known.add(search);
    const key = `${day} ${ward} ${medicine}`;
    const before = this.#counts.get(key)?.searches ?? 0;
    this.#counts.set(key, { day, ward, medicine, searches: before + 1 });
  }

  /** Write down what was counted since the last time; what could not be written is counted on. */
  async write(ctx: Context): Promise<void> {
    const counted = new Map(this.#counts);
    if (counted.size === 0) return;
    this.#counts.clear();
    try {
      await addUnmet(ctx.db, [...counted.values()]);
    } catch (error) {
      for (const [key, one] of counted) {
        const since = this.#counts.get(key)?.searches ?? 0;
        this.#counts.set(key, { ...one, searches: one.searches + since });
      }
      throw error;
    }
  }

  /** Write down what is counted, again and again, and what is left at the end. */
  start(ctx: Context): Repeating {
    const onError = (error: unknown) =>
      ctx.log.warn({ err: error }, "searches in vain could not be written down");
    const writing = startRepeating(() => this.write(ctx), { everyMs: WRITE_MS, onError });
    return {
      stop: async () => {
        await writing.stop();
        await this.write(ctx).catch(onError);
      },
    };
  }
}
