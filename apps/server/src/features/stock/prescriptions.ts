import type { z } from "zod";
import { currencyOf } from "@ihims/core/city/currency.ts";
import type { Reply } from "@ihims/core/endpoint.ts";
import type { Position } from "@ihims/core/geo.ts";
import type { Language } from "@ihims/core/languages.ts";
import type { MedicineId } from "@ihims/core/medicines/schema.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { matchPrescription } from "@ihims/core/stock/endpoints.ts";
import {
  compareOffers,
  planPrescription,
  type Offer,
  type Plan,
  type Shop,
} from "@ihims/core/stock/match.ts";
import { planReasons } from "@ihims/core/stock/words.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { detour, type Travels } from "../travel/travel.ts";
import type { Entry } from "../board/board.ts";
import type { Catalogue, Meant } from "./catalogue.ts";
import { placeOf, placesWith, shownFigure, Surroundings } from "./near.ts";
import type { Shelves } from "./shelves.ts";

type Body = z.output<typeof matchPrescription.body>;
type Answer = Reply<typeof matchPrescription>;
type AnsweredPlan = Answer["one"][number];

/** Products of other makers that may stand in for one line. */
const EQUIVALENTS_MAX = 40;
/** Plans of each sort. */
const PLANS_MAX = 3;
/** What one line may mean, when it is not certain. */
const CANDIDATES_MAX = 5;

interface Wanted {
  /** Place in the prescription. */
  line: number;
  packs: number;
  /** The product asked for, and those that may stand in for it. */
  options: readonly MedicineId[];
}

export interface MatchMemory {
  shelves: Shelves;
  catalogue: Catalogue;
  travels: Travels;
}

/**
 * Where all of a prescription can be had. Only what is live or recent counts as being there; nothing
 * of the prescription is kept.
 *
 * @throws Problem `not-found` when it names a medicine that is not in the catalogue
 */
export async function prescriptionPlans(
  ctx: Context,
  memory: MatchMemory,
  body: Body,
  lang: Language,
): Promise<Answer> {
  const { catalogue, shelves } = memory;
  await catalogue.ready();
  const lines = await understoodLines(ctx, catalogue, body, lang);
  const asked = lines.flatMap(({ medicine }) => (medicine ? [medicine.id] : []));
  const equivalents = await catalogue.equivalentsOf(ctx, body.equivalents ? asked : []);
  const wanted = lines.flatMap(({ medicine, packs }, line): Wanted[] => {
    if (!medicine) return [];
    const others = (equivalents.get(medicine.id) ?? []).filter((other) => shelves.tellersOf(other) > 0);
    return [{ line, packs, options: [medicine.id, ...others.slice(0, EQUIVALENTS_MAX)] }];
  });
  const of = { now: ctx.now(), timeZone: ctx.city.timeZone };
  const shops = shopsWith(shelves, wanted, body, of);
  const between = (a: Place, b: Place) =>
    detour(a.entry.facility.position, b.entry.facility.position).seconds;
  const plans = planPrescription(shops, wanted.length, between, PLANS_MAX);
  const answered = (some: readonly Plan<Place>[]) =>
    Promise.all(some.map((plan) => answeredPlan(ctx, memory, plan, wanted, { near: body.near, lang })));
  return {
    lines,
    currency: currencyOf(ctx.city.countryCode),
    one: await answered(plans.one),
    two: await answered(plans.two),
    most: await answered(plans.most),
  };
}

/** What each line means: a medicine when that is certain, and else what it may be. */
async function understoodLines(
  ctx: Context,
  catalogue: Catalogue,
  { lines }: Body,
  lang: Language,
): Promise<Answer["lines"]> {
  const meant = lines.map(({ medicine, text }): Meant => {
    if (medicine !== undefined) return { certain: medicine, candidates: [] };
    const { certain, candidates } = catalogue.matchPrescribed(text ?? "");
    return { certain, candidates: candidates.slice(0, CANDIDATES_MAX) };
  });
  const ids = meant.flatMap(({ certain, candidates }) => [...(certain ? [certain] : []), ...candidates]);
  const names = await catalogue.named(ctx, ids, lang);
  const errors = lines.flatMap(({ medicine }, at) =>
    medicine === undefined || names.has(medicine)
      ? []
      : [{ pointer: `/lines/${at}/medicine`, detail: "is not in the catalogue" }],
  );
  if (errors.length > 0) throw new Problem("not-found", "There is no such medicine", { errors });
  return meant.map(({ certain, candidates }, at) => ({
    medicine: (certain && names.get(certain)) ?? null,
    candidates: candidates.flatMap((id) => names.get(id) ?? []),
    packs: lines[at]?.packs ?? 1,
  }));
}

interface Place {
  facilityNo: number;
  entry: Entry;
  distance: number | null;
}

/** Every shop around that surely has something of it. */
function shopsWith(
  shelves: Shelves,
  wanted: readonly Wanted[],
  body: Body,
  { now, timeZone }: { now: Instant; timeZone: string },
): Shop<Place>[] {
  const around = new Surroundings(shelves, body.near, body.radius);
  const shops = new Map<number, { place: Place; offers: (Offer | null)[] }>();
  for (const [at, { packs, options }] of wanted.entries())
    for (const [option, medicine] of options.entries())
      for (const seen of placesWith(shelves, around, medicine, packs, now)) {
        if (seen.level !== "in-stock" && seen.level !== "low") continue;
        const { facilityNo, entry, distance, priceMinor } = seen;
        const offer = { option, priceMinor: priceMinor < 0 ? null : priceMinor * packs };
        const shop = shops.get(facilityNo) ?? {
          place: { facilityNo, entry, distance },
          offers: wanted.map(() => null),
        };
        const before = shop.offers[at];
        if (!before || compareOffers(offer, before) < 0) shop.offers[at] = offer;
        shops.set(facilityNo, shop);
      }
  const isMeant = ({ entry, distance }: Place) =>
    body.open === undefined || placeOf(entry, distance, now, timeZone).open.state === "open";
  return [...shops.values()]
    .filter(({ place }) => isMeant(place))
    .map((shop) => ({ ...shop, seconds: detour(body.near, shop.place.entry.facility.position).seconds }));
}

async function answeredPlan(
  ctx: Context,
  { shelves, catalogue, travels }: MatchMemory,
  plan: Plan<Place>,
  wanted: readonly Wanted[],
  { near, lang }: { near: Position; lang: Language },
): Promise<AnsweredPlan> {
  const now = ctx.now();
  const { timeZone } = ctx.city;
  const idOf = (line: number, { option }: Offer) => wanted[line]?.options[option];
  const ids = plan.visits.flatMap(({ lines }) => lines.flatMap(({ line, offer }) => idOf(line, offer) ?? []));
  const names = await catalogue.named(ctx, ids, lang);
  const stops = plan.visits.map(({ place }) => place.entry.facility.position);
  const ways = await Promise.all(
    stops.map(async (stop, at) => (await travels.from(stops[at - 1] ?? near, [stop]))[0]),
  );
  const visits = plan.visits.map(({ place, lines }) => ({
    place: placeOf(place.entry, place.distance, now, timeZone),
    offers: lines.flatMap(({ line, offer }) => {
      const { packs = 1, line: at = 0 } = wanted[line] ?? {};
      const id = idOf(line, offer);
      const medicine = id && names.get(id);
      const figure = id && shelves.figure(place.facilityNo, id, now);
      if (!medicine || !figure) return [];
      const stock = shownFigure(figure, packs);
      return [
        { line: at, medicine, isEquivalent: offer.option > 0, packs, priceMinor: offer.priceMinor, stock },
      ];
    }),
  }));
  const sum = (of: "seconds" | "metres") => ways.reduce((all, way) => all + (way?.[of] ?? 0), 0);
  return {
    visits,
    missing: plan.missing.map((line) => wanted[line]?.line ?? line),
    priceMinor: plan.priceMinor,
    travel: { seconds: sum("seconds"), metres: sum("metres") },
    reasons: planReasons(
      {
        lines: wanted.length,
        missing: plan.missing.length,
        replaced: plan.replaced,
        shops: plan.visits.length,
        isPriced: plan.priceMinor !== null,
        isOpen: visits.every(({ place }) => place.open.state === "open"),
        isFewLeft: visits.some(({ offers }) => offers.some(({ stock }) => stock.level === "low")),
      },
      lang,
    ),
  };
}
