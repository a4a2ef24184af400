/** What a shop surely has of one line of a prescription. */
export interface Offer {
  /** Place of the product among those that the line can be filled with; 0 is the one asked for. */
  option: number;
  /** Of all packs, in minor units; null: the shop does not say. */
  priceMinor: number | null;
}

/** A shop, with what it has of each line; null where it surely has nothing. */
export interface Shop<Place> {
  place: Place;
  /** The way there in seconds. */
  seconds: number;
  offers: readonly (Offer | null)[];
}

export interface Visit<Place> {
  place: Place;
  /** Lines that are bought here. */
  lines: readonly { line: number; offer: Offer }[];
}

/** Where to go, in order, and what that comes to. */
export interface Plan<Place> {
  visits: readonly Visit<Place>[];
  missing: readonly number[];
  /** Null: some price is not known. */
  priceMinor: number | null;
  seconds: number;
  /** Lines that are filled with another product than was asked for. */
  replaced: number;
}

/** Ways that differ by less are the same; then what is paid counts. */
const SAME_WAY_S = 120;
/** Shops that pairs are made of: those with most lines, of these the nearest. */
const PAIRED_MAX = 250;

/**
 * Where a prescription can be had: `one` at a single shop, `two` at a pair, `most` where nobody has all.
 *
 * Only what shops surely have counts: the caller leaves out what is not fresh.
 *
 * @param wanted how many lines are looked for
 * @param secondsBetween the way from one place to another
 */
export function planPrescription<Place>(
  shops: readonly Shop<Place>[],
  wanted: number,
  secondsBetween: (from: Place, to: Place) => number,
  plansMax: number,
): { one: Plan<Place>[]; two: Plan<Place>[]; most: Plan<Place>[] } {
  const all = 2 ** wanted - 1;
  const known = shops
    .map((shop) => ({ shop, has: maskOf(shop) }))
    .filter(({ has }) => has > 0)
    .sort((a, b) => countOf(b.has) - countOf(a.has) || a.shop.seconds - b.shop.seconds);
  const whole = known.filter(({ has }) => has === all);
  const one = bestOf(
    whole.map(({ shop }) => planOf([shop], shop.seconds)),
    plansMax,
  );
  const parts = known.filter(({ has }) => has !== all).slice(0, PAIRED_MAX);
  const pairs: Plan<Place>[] = [];
  for (const [at, first] of parts.entries())
    for (const second of parts.slice(at + 1)) {
      if ((first.has | second.has) !== all) continue;
      const between = secondsBetween(first.shop.place, second.shop.place);
      const nearFirst = first.shop.seconds <= second.shop.seconds;
      const order = nearFirst ? [first.shop, second.shop] : [second.shop, first.shop];
      pairs.push(planOf(order, Math.min(first.shop.seconds, second.shop.seconds) + between));
    }
  const two = bestOf(pairs, plansMax);
  const isAnywhere = one.length > 0 || two.length > 0;
  const most = isAnywhere ? [] : known.slice(0, plansMax).map(({ shop }) => planOf([shop], shop.seconds));
  return { one, two, most };
}

function maskOf({ offers }: Shop<unknown>): number {
  return offers.reduce((mask, offer, line) => (offer ? mask | (1 << line) : mask), 0);
}

function countOf(mask: number): number {
  let count = 0;
  for (let left = mask; left !== 0; left &= left - 1) count += 1;
  return count;
}

/** Each line is bought where the product that was asked for is, then where it costs less. */
function planOf<Place>(shops: readonly Shop<Place>[], seconds: number): Plan<Place> {
  const bought = shops.map(({ place }) => ({ place, lines: [] as { line: number; offer: Offer }[] }));
  const missing: number[] = [];
  let priceMinor: number | null = 0;
  let replaced = 0;
  const lines = shops[0]?.offers.length ?? 0;
  for (let line = 0; line < lines; line += 1) {
    const offers = shops.flatMap(({ offers: some }, shop) => {
      const offer = some[line];
      return offer ? [{ shop, offer }] : [];
    });
    const [best] = offers.sort((a, b) => compareOffers(a.offer, b.offer) || a.shop - b.shop);
    if (!best) {
      missing.push(line);
      continue;
    }
    bought[best.shop]?.lines.push({ line, offer: best.offer });
    if (best.offer.option > 0) replaced += 1;
    priceMinor =
      priceMinor === null || best.offer.priceMinor === null ? null : priceMinor + best.offer.priceMinor;
  }
  return { visits: bought.filter((visit) => visit.lines.length > 0), missing, priceMinor, seconds, replaced };
}

/** The product that was asked for first, then what is cheaper; a price that is not said last. */
export function compareOffers(a: Offer, b: Offer): number {
  const asked = Number(a.option > 0) - Number(b.option > 0);
  return asked || compareNumbers(a.priceMinor ?? Infinity, b.priceMinor ?? Infinity) || a.option - b.option;
}

function bestOf<Place>(plans: Plan<Place>[], max: number): Plan<Place>[] {
  const way = ({ seconds }: Plan<Place>) => Math.floor(seconds / SAME_WAY_S);
  return plans
    .sort(
      (a, b) =>
        way(a) - way(b) ||
        a.replaced - b.replaced ||
        compareNumbers(a.priceMinor ?? Infinity, b.priceMinor ?? Infinity) ||
        a.seconds - b.seconds,
    )
    .slice(0, max);
}

/** Two infinities are the same. */
function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
