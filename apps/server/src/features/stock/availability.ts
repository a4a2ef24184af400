import type { z } from "zod";
import type { Reply } from "@ihims/core/endpoint.ts";
import { positionOf } from "@ihims/core/geo.ts";
import type { MedicineId } from "@ihims/core/medicines/schema.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { getAvailability, StockPlace } from "@ihims/core/stock/endpoints.ts";
import { LEVEL_RANK } from "@ihims/core/stock/rules.ts";
import type { StockLevel } from "@ihims/core/stock/schema.ts";
import { currencyOf } from "@ihims/core/city/currency.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { Language } from "@ihims/core/languages.ts";
import type { Context } from "../../platform/context.ts";
import { readCursor, writeCursor } from "../../platform/cursor.ts";
import type { Catalogue } from "./catalogue.ts";
import { placeOf, placesWith, shownFigure, Surroundings, type SeenPlace } from "./near.ts";
import type { Shelves } from "./shelves.ts";
import type { UnmetSearches } from "./unmet.ts";

type Query = z.output<typeof getAvailability.query>;
type Answer = Reply<typeof getAvailability>;

/** How far one looks when nothing is said, in metres. */
const RADIUS_DEFAULT_M = 10_000;
/** Equivalents that are looked at, and that are shown. */
const EQUIVALENTS_MAX = { looked: 60, shown: 10 };
/** A shop with few packs stands as if it were so much further, in metres: it may be a way in vain. */
const LOW_DETOUR_M = 1000;
/** One that is closed, or whose hours nobody knows. */
const CLOSED_DETOUR_M = { open: 0, unknown: 1500, closed: 5000 };
/** Further than any place of a city: what is surer comes first, however far. */
const LEVEL_STEP_M = 1e7;

/** Who around has a medicine: what is sure first, then what is open and near. @throws Problem `not-found` */
export async function availabilityOf(
  ctx: Context,
  { shelves, catalogue, unmet }: { shelves: Shelves; catalogue: Catalogue; unmet: UnmetSearches },
  id: MedicineId,
  query: Query,
  lang: Language,
): Promise<Answer> {
  const now = ctx.now();
  const { timeZone } = ctx.city;
  const medicine = (await catalogue.named(ctx, [id], lang)).get(id);
  if (!medicine) throw new Problem("not-found", "There is no such medicine");
  const from = query.near === undefined ? undefined : positionOf(query.near);
  const radius = from ? (query.radius ?? RADIUS_DEFAULT_M) : null;
  const around = new Surroundings(shelves, from, radius ?? Infinity);
  const { packs } = query;
  const placed = (one: SeenPlace) => placeOf(one.entry, one.distance, now, timeZone);
  const told = placesWith(shelves, around, id, packs, now).map((one) => ({ one, place: placed(one) }));
  const isThere = told.some(({ one }) => one.level === "in-stock" || one.level === "low");
  if (from && !isThere && query.cursor === undefined) unmet.note(ctx, id, from);
  const ranked = told
    .filter(
      ({ one, place }) => one.level !== "out" && (query.open === undefined || place.open.state === "open"),
    )
    .map(({ one, place }) => ({ one, place, key: [keyOf(one.level, place), place.id] as const }))
    .sort((a, b) => compareKeys(a.key, b.key));
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, "number");
  const left = after ? ranked.filter(({ key }) => compareKeys(key, after) > 0) : ranked;
  const page = left.slice(0, query.limit);
  const last = page.at(-1);
  return {
    medicine,
    currency: currencyOf(ctx.city.countryCode),
    counts: countsOf(told.map(({ one }) => one.level)),
    items: page.flatMap(({ one, place }) => {
      const figure = shelves.figure(one.facilityNo, id, now);
      return figure ? [{ ...place, stock: shownFigure(figure, packs, query.includeStale) }] : [];
    }),
    nextCursor: left.length > query.limit && last ? writeCursor(last.key) : null,
    equivalents: await equivalentsNear(ctx, { shelves, catalogue }, id, { around, packs, lang }),
    filters: { near: from ?? null, radius, open: query.open ?? null, packs },
  };
}

/** What can stand in for it and is surely there, the nearest of each. */
async function equivalentsNear(
  ctx: Context,
  { shelves, catalogue }: { shelves: Shelves; catalogue: Catalogue },
  id: MedicineId,
  { around, packs, lang }: { around: Surroundings; packs: number; lang: Language },
): Promise<Answer["equivalents"]> {
  const now = ctx.now();
  const others = (await catalogue.equivalentsOf(ctx, [id])).get(id) ?? [];
  const found = others
    .filter((other) => shelves.tellersOf(other) > 0)
    .slice(0, EQUIVALENTS_MAX.looked)
    .flatMap((other) => {
      const sure = placesWith(shelves, around, other, packs, now).filter(
        ({ level }) => level === "in-stock" || level === "low",
      );
      const nearest = nearestOf(sure, now, ctx.city.timeZone);
      return nearest ? [{ other, places: sure.length, ...nearest }] : [];
    })
    .sort((a, b) => a.key - b.key)
    .slice(0, EQUIVALENTS_MAX.shown);
  const names = await catalogue.named(
    ctx,
    found.map(({ other }) => other),
    lang,
  );
  return found.flatMap(({ other, places, one, place }) => {
    const medicine = names.get(other);
    const figure = shelves.figure(one.facilityNo, other, now);
    if (!medicine || !figure) return [];
    return [{ ...medicine, places, nearest: { ...place, stock: shownFigure(figure, packs) } }];
  });
}

/** The first of some places; what cannot be before it even when open is not looked at closer. */
function nearestOf(
  places: readonly SeenPlace[],
  now: Instant,
  timeZone: string,
): { one: SeenPlace; place: StockPlace; key: number } | undefined {
  let first: { one: SeenPlace; place: StockPlace; key: number } | undefined;
  for (const one of places) {
    if (first && (one.distance ?? 0) >= first.key) continue;
    const place = placeOf(one.entry, one.distance, now, timeZone);
    const key = keyOf(one.level, place);
    if (!first || key < first.key) first = { one, place, key };
  }
  return first;
}

function keyOf(level: StockLevel, { open, distance }: Pick<StockPlace, "open" | "distance">): number {
  const surely = level === "low" ? LEVEL_RANK["in-stock"] : LEVEL_RANK[level];
  const detour = (level === "low" ? LOW_DETOUR_M : 0) + CLOSED_DETOUR_M[open.state];
  return surely * LEVEL_STEP_M + detour + (distance ?? 0);
}

function compareKeys(a: readonly [number, string], b: readonly [number, string]): number {
  return a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0);
}

function countsOf(levels: readonly StockLevel[]): Answer["counts"] {
  const counts = { "in-stock": 0, low: 0, usually: 0, "not-confirmed": 0, out: 0 };
  for (const level of levels) counts[level] += 1;
  return counts;
}
