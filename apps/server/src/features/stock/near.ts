import type { OpenState } from "@ihims/core/facilities/schema.ts";
import { openStateOf } from "@ihims/core/facilities/hours.ts";
import { distanceM, type Position } from "@ihims/core/geo.ts";
import { freshnessOf } from "@ihims/core/observations/freshness.ts";
import { stockSubject } from "@ihims/core/observations/schema.ts";
import type { StockFigure as ShownFigure, StockPlace } from "@ihims/core/stock/endpoints.ts";
import { levelOf } from "@ihims/core/stock/rules.ts";
import type { StockLevel } from "@ihims/core/stock/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import { momentOfSecond } from "../observations/observations.ts";
import type { Entry } from "../board/board.ts";
import type { Shelves, StockFigure } from "./shelves.ts";

/** A place that has spoken of a medicine, with what it can be told to have. */
export interface SeenPlace {
  facilityNo: number;
  entry: Entry;
  distance: number | null;
  /** Packs that are not kept for somebody. */
  free: number;
  priceMinor: number;
  level: StockLevel;
}

/** Distances of all shelves from one place, each reckoned once. */
export class Surroundings {
  readonly #shelves: Shelves;
  readonly #from: Position | undefined;
  readonly #radiusM: number;
  readonly #known = new Map<number, { entry: Entry; distance: number | null } | undefined>();

  constructor(shelves: Shelves, from: Position | undefined, radiusM: number) {
    this.#shelves = shelves;
    this.#from = from;
    this.#radiusM = radiusM;
  }

  /** A facility within the radius; undefined when it is not. */
  find(facilityNo: number): { entry: Entry; distance: number | null } | undefined {
    if (this.#known.has(facilityNo)) return this.#known.get(facilityNo);
    const found = this.#look(facilityNo);
    this.#known.set(facilityNo, found);
    return found;
  }

  #look(facilityNo: number): { entry: Entry; distance: number | null } | undefined {
    const entry = this.#shelves.entryOf(facilityNo);
    if (!entry) return undefined;
    const distance = this.#from ? distanceM(this.#from, entry.facility.position) : null;
    return distance !== null && distance > this.#radiusM ? undefined : { entry, distance };
  }
}

/** Every place around that has spoken of a medicine, in no order. */
export function placesWith(
  shelves: Shelves,
  around: Surroundings,
  medicine: string,
  packs: number,
  now: Instant,
): SeenPlace[] {
  const places: SeenPlace[] = [];
  const ages = new Map<number, ReturnType<typeof freshnessOf>["freshness"]>();
  const freshnessAt = (observedS: number) => {
    const known = ages.get(observedS);
    if (known) return known;
    const { freshness } = freshnessOf(ANY_MEDICINE, momentOfSecond(observedS), now);
    ages.set(observedS, freshness);
    return freshness;
  };
  shelves.each(
    medicine,
    now,
    (facilityNo) => around.find(facilityNo) !== undefined,
    ({ facilityNo, free, priceMinor, observedS }) => {
      const found = around.find(facilityNo);
      if (!found) return;
      const level = levelOf(free, freshnessAt(observedS), packs);
      places.push({ facilityNo, ...found, free, priceMinor, level });
    },
  );
  return places;
}

/** All medicines age alike. */
const ANY_MEDICINE = stockSubject("any");

/** Until when what was reckoned of a place's hours holds. */
interface KnownOpen {
  from: Instant;
  open: OpenState;
}

const opens = new WeakMap<Entry["facility"], KnownOpen>();

/** Hours are reckoned anew only when what they said is over: a medicine may be asked of thousands. */
function openOf(facility: Entry["facility"], now: Instant, timeZone: string): OpenState {
  const known = opens.get(facility);
  if (known && known.from <= now && (known.open.until === null || now < known.open.until)) return known.open;
  const open = openStateOf(facility.hours, now, timeZone);
  opens.set(facility, { from: now, open });
  return open;
}

/** A place as a row of a list. */
export function placeOf(entry: Entry, distance: number | null, now: Instant, timeZone: string): StockPlace {
  const { id, name, names, kind, locality, localityNames, position, phones } = entry.facility;
  return {
    id,
    name,
    names,
    kind,
    locality,
    localityNames,
    position,
    phones,
    open: openOf(entry.facility, now, timeZone),
    distance: distance === null ? null : Math.round(distance),
  };
}

/** A figure as it may be shown: an expired number is withdrawn, and what is kept for somebody is left out. */
export function shownFigure(figure: StockFigure, packs: number, includeStale = false): ShownFigure {
  const { free, priceMinor, observedAt, receivedAt, source, freshness, freshUntil } = figure;
  const isWithdrawn = freshness === "expired" && !includeStale;
  return {
    level: levelOf(free, freshness, packs),
    value: isWithdrawn ? null : { quantity: free, priceMinor },
    observedAt,
    receivedAt,
    source,
    freshness,
    freshUntil,
  };
}
