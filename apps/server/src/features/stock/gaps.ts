import { dateIn } from "@ihims/core/calendar.ts";
import type { Reply } from "@ihims/core/endpoint.ts";
import type { Language } from "@ihims/core/languages.ts";
import { Problem } from "@ihims/core/problem.ts";
import { GAP_DAYS_MAX, GAPS_SHOWN_MAX, tellable, type listStockGaps } from "@ihims/core/stock/gaps.ts";
import { DAY_MS, elapsedMs, later, millisOf, MINUTE_MS, type Instant } from "@ihims/core/time.ts";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Context } from "../../platform/context.ts";
import type { Catalogue } from "./catalogue.ts";
import { findGaps, forgetGapsBefore, replaceGaps, type Gap, type GapRow } from "./gap-store.ts";
import { placesWith, Surroundings } from "./near.ts";
import type { Shelves } from "./shelves.ts";
import type { ShelfKeeper } from "./stock.ts";
import type { Wards } from "./wards.ts";

/** A gap: so many pharmacies of a ward without, and this share of those that tell. */
const WITHOUT_MIN = 2;
const WITHOUT_MIN_SHARE = 0.5;
/** Gaps that are kept of one ward and day. */
const KEPT_MAX = 200;
/** Medicines that are counted before others have their turn. */
const TURN_MEDICINES = 200;

/** So long what was counted is new enough. */
const COUNTED_MS = 5 * MINUTE_MS;

/** Counts gaps: once an hour for the record of the day, and when somebody looks. */
export class GapCounter {
  readonly #keeper: ShelfKeeper;
  readonly #wards: Wards;
  #countedAt: Instant | undefined;

  constructor(keeper: ShelfKeeper, wards: Wards) {
    this.#keeper = keeper;
    this.#wards = wards;
  }

  async bringUpToDate(ctx: Context): Promise<void> {
    const now = ctx.now();
    if (this.#countedAt !== undefined && elapsedMs(this.#countedAt, now) < COUNTED_MS) return;
    await countGaps(ctx, await this.#keeper.ready(), this.#wards);
    this.#countedAt = now;
  }
}

/** What the pharmacies of each ward do not have, counted now and kept for the day. Expired figures tell nothing. */
async function countGaps(ctx: Context, shelves: Shelves, wards: Wards): Promise<void> {
  const around = new Surroundings(shelves, undefined, Infinity);
  const wardOf = new Map<number, string | undefined>();
  const byWard = new Map<string, Gap[]>();
  let counted = 0;
  for (const medicine of shelves.allMedicines()) {
    if (++counted % TURN_MEDICINES === 0) await nextTurn();
    const counts = new Map<string, Gap>();
    for (const { facilityNo, entry, level } of placesWith(shelves, around, medicine, 1, ctx.now())) {
      if (!wardOf.has(facilityNo)) wardOf.set(facilityNo, wards.wardOf(entry.facility.position));
      const ward = wardOf.get(facilityNo);
      if (ward === undefined || level === "not-confirmed") continue;
      const gap = counts.get(ward) ?? { ward, medicine, reporting: 0, without: 0 };
      gap.reporting += 1;
      if (level === "out") gap.without += 1;
      counts.set(ward, gap);
    }
    for (const gap of counts.values())
      if (gap.without >= WITHOUT_MIN && gap.without >= gap.reporting * WITHOUT_MIN_SHARE)
        byWard.set(gap.ward, [...(byWard.get(gap.ward) ?? []), gap]);
  }
  const kept = [...byWard.values()].flatMap((gaps) =>
    gaps.sort((a, b) => b.without - a.without || (a.medicine < b.medicine ? -1 : 1)).slice(0, KEPT_MAX),
  );
  const { timeZone } = ctx.city;
  await ctx.transaction((tx) => replaceGaps(tx.db, dateIn(timeZone, millisOf(tx.now())), kept));
  await forgetGapsBefore(ctx.db, dateIn(timeZone, millisOf(later(ctx.now(), -GAP_DAYS_MAX * DAY_MS))));
}

/**
 * What wards are short of, over the last days.
 *
 * @throws Problem `not-allowed` for others than the city's officers
 */
export async function gapsOf(
  ctx: Context,
  { catalogue, counter }: { catalogue: Catalogue; counter: GapCounter },
  days: number,
  lang: Language,
): Promise<Reply<typeof listStockGaps>> {
  const { actor } = ctx;
  const isOfCity =
    actor.kind === "operator" ||
    (actor.kind === "person" &&
      actor.cityRoles.some((role) => role === "health-officer" || role === "platform-administrator"));
  if (!isOfCity) throw new Problem("not-allowed", "Only the city's officers see what wards are short of");
  await counter.bringUpToDate(ctx);
  const dayOf = (before: number) => dateIn(ctx.city.timeZone, millisOf(later(ctx.now(), -before * DAY_MS)));
  const [from, to] = [dayOf(days - 1), dayOf(0)];
  const rows = await findGaps(ctx.db, from, to);
  const shown = [...Map.groupBy(rows, ({ ward }) => ward)].map(([ward, all]) => ({
    ward,
    total: all.reduce((sum, { searches }) => sum + searches, 0),
    // What was searched for by a few alone and is no gap would tell of those few.
    gaps: all
      .filter(({ searches, without }) => without > 0 || tellable(searches) !== null)
      .sort(byNeed)
      .slice(0, GAPS_SHOWN_MAX),
  }));
  const ids = shown.flatMap(({ gaps }) => gaps.map(({ medicine }) => medicine));
  const names = await catalogue.named(ctx, [...new Set(ids)], lang);
  return {
    from,
    to,
    wards: shown
      .filter(({ gaps, total }) => gaps.length > 0 || tellable(total) !== null)
      .sort((a, b) => b.total - a.total || b.gaps.length - a.gaps.length || (a.ward < b.ward ? -1 : 1))
      .map(({ ward, total, gaps }) => ({
        ward,
        searches: tellable(total),
        gaps: gaps.flatMap(({ medicine: id, searches, reporting, without }) => {
          const medicine = names.get(id);
          return medicine ? [{ medicine, searches: tellable(searches), reporting, without }] : [];
        }),
      })),
  };
}

function byNeed(a: GapRow, b: GapRow): number {
  const [searchesA, searchesB] = [tellable(a.searches) ?? 0, tellable(b.searches) ?? 0];
  return searchesB - searchesA || b.without - a.without || (a.medicine < b.medicine ? -1 : 1);
}
