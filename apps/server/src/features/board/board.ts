import { around } from "geokdbush";
import KDBush from "kdbush";
import type { BedTotals, FacilityRecord, FacilitySummary } from "@ihims/core/facilities/endpoints.ts";
import { dateIn } from "@ihims/core/calendar.ts";
import { recordOf } from "@ihims/core/facilities/record.ts";
import type { Facility, FacilityKind } from "@ihims/core/facilities/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { earliest } from "@ihims/core/observations/figures.ts";
import {
  kindOf,
  Subject,
  VALUE_BY_KIND,
  type BedFigure,
  type Figure,
  type Source,
  type Standing,
} from "@ihims/core/observations/schema.ts";
import { BedType } from "@ihims/core/beds/schema.ts";
import { distanceM, type Position } from "@ihims/core/geo.ts";
import { instantOf, millisOf, MINUTE_MS, type Day, type Instant } from "@ihims/core/time.ts";
import type { CityChange } from "../observations/observations.ts";
import { sumBeds, type BedSum } from "./bed-sums.ts";
import type { Entry, View } from "./entry.ts";
import { ANYTHING, isPartOf, isProfileOf, smallestPart, type Part, type Wanted } from "./wanted.ts";

export type { Entry, Part, Wanted };
export { ANYTHING, smallestPart };

interface BedSums {
  byKind: ReadonlyMap<FacilityKind, BedSum>;
  /** When time alone makes them others; null when never. */
  until: Instant | null;
}

/** The facilities of a part, and where they are. */
interface Places {
  index: KDBush | undefined;
  /** In the order of the index. */
  entries: readonly Entry[];
  /** Longitude and latitude of each: close together, where the entries are all over the memory. */
  positions: Float64Array;
}

/** How far and for how many the nearest are looked for. */
export interface Reach {
  radiusM: number;
  limit: number;
  now: Instant;
  /** The others are left out. */
  isMeant?: ((entry: Entry) => boolean) | undefined;
  /** Count beds of expired figures as well. */
  includeStale?: boolean;
}

/** The way outwards is by another formula than the distance, so neighbours may change places by so much, in metres. */
const SAME_PLACE_M = 1;

/** A facility on the way outwards. */
export interface Found {
  entry: Entry;
  /** In metres along the great circle. */
  distance: number;
}

/**
 * The city's current state in the memory of this process: all public reads are answered from here.
 * It is built from the database at start and follows the change stream; a change that it has seen
 * already, or an older one, changes nothing, so the order in which they come does not matter.
 */
export class Board {
  readonly #entries = new Map<FacilityId, Entry>();
  readonly #timeZone: () => string;
  /** By part; made when first wanted. */
  readonly #places = new Map<string, Places>();
  readonly #bedSums = new Map<BedType, BedSums>();
  #byName: Entry[] | undefined;
  #pagesVersion = 0;
  #today: { until: Instant; day: Day } | undefined;

  constructor(timeZone: () => string) {
    this.#timeZone = timeZone;
  }

  /** Take in a change, from the stream or from this process's own commit. */
  apply(change: Exclude<CityChange, { kind: "doctor" }>): void {
    switch (change.kind) {
      case "facility":
        return this.#applyFacility(change.facility);
      case "standing":
        return this.#applyStanding(change.standing);
      case "withdrawn":
        return this.#applyWithdrawn(change.facility, change.subject, change.source, change.version);
    }
  }

  #applyFacility(facility: Facility): void {
    const known = this.#entries.get(facility.id);
    if (known && known.facility.version >= facility.version) return;
    const words = fold([facility.name, ...Object.values(facility.names)].join(" "));
    const nameKey = `${fold(facility.name)} ${facility.id}`;
    if (known) Object.assign(known, { facility, words, nameKey, view: undefined });
    else
      this.#entries.set(facility.id, {
        facility,
        words,
        nameKey,
        standings: new Map(),
        withdrawn: new Map(),
        view: undefined,
      });
    this.#places.clear();
    this.#bedSums.clear();
    this.#byName = undefined;
    this.#pagesVersion += 1;
  }

  #applyStanding(standing: Standing): void {
    const entry = this.#entries.get(standing.facility);
    if (!entry) return;
    const said = entry.standings.get(standing.subject) ?? [];
    const before = said.find(({ source }) => source === standing.source);
    const withdrawn = entry.withdrawn.get(`${standing.subject} ${standing.source}`) ?? 0;
    if (Math.max(before?.version ?? 0, withdrawn) >= standing.version) return;
    this.#replaceSaid(entry, standing.subject, [...said.filter((one) => one !== before), standing]);
  }

  #applyWithdrawn(facility: FacilityId, subject: Subject, source: Source, version: number): void {
    const entry = this.#entries.get(facility);
    if (!entry) return;
    const said = entry.standings.get(subject) ?? [];
    if (said.some((one) => one.source === source && one.version >= version)) return;
    this.#replaceSaid(
      entry,
      subject,
      said.filter((one) => one.source !== source),
    );
    entry.withdrawn.set(`${subject} ${source}`, version);
  }

  #replaceSaid(entry: Entry, subject: Subject, said: Standing[]): void {
    // The first word on beds of a type puts the facility among those that have them.
    if (!entry.standings.has(subject)) this.#places.delete(subject);
    entry.standings.set(subject, said);
    entry.view = undefined;
    if (kindOf(subject) === "bed") this.#bedSums.clear();
  }

  /** Grows whenever a page changes, is added or replaced. */
  get pagesVersion(): number {
    return this.#pagesVersion;
  }

  facilities(): Iterable<Entry> {
    return this.#entries.values();
  }

  size(): number {
    return this.#entries.size;
  }

  entry(id: FacilityId): Entry | undefined {
    return this.#entries.get(id);
  }

  /** Everything that is shown of a facility at `now`. */
  view(entry: Entry, now: Instant): View {
    if (entry.view && (entry.view.until === null || now <= entry.view.until)) return entry.view;
    const { record, until } = recordOf(entry.facility, entry.standings, now, this.#timeZone(), false);
    const beds = new Map(record.beds.map((figure) => [figure.type, figure]));
    entry.view = { record, beds, until, json: summaryBytes(record) };
    return entry.view;
  }

  /** A row of a list as JSON, to go on after a `distance` field: almost always it is there already. */
  summaryJson(entry: Entry, now: Instant, includeStale: boolean): Buffer {
    return includeStale ? summaryBytes(this.record(entry, now, true)) : this.view(entry, now).json;
  }

  /** The whole record of a facility. */
  record(entry: Entry, now: Instant, includeStale: boolean): FacilityRecord {
    if (!includeStale) return this.view(entry, now).record;
    return recordOf(entry.facility, entry.standings, now, this.#timeZone(), true).record;
  }

  /** The beds of one type at a facility; undefined when nobody ever spoke of them and the profile does not either. */
  bedFigure(entry: Entry, type: BedType, now: Instant, includeStale = false): BedFigure | undefined {
    if (!includeStale) return this.view(entry, now).beds.get(type);
    return this.record(entry, now, true).beds.find((figure) => figure.type === type);
  }

  /** One figure other than beds. */
  figure(entry: Entry, subject: Subject, now: Instant): Figure | undefined {
    return this.view(entry, now).record.figures.find((figure) => figure.subject === subject);
  }

  /**
   * Whether a facility is and has what is wanted, at `now`.
   *
   * @param includeStale count beds of expired figures as well
   */
  serves(entry: Entry, wanted: Wanted, now: Instant, includeStale = false): boolean {
    return (
      isProfileOf(entry, wanted, () => this.today(now)) && this.#isServing(entry, wanted, now, includeStale)
    );
  }

  /** What the page does not say: what is live, and the hours. */
  #isServing(entry: Entry, { services, bed, isOpen }: Wanted, now: Instant, includeStale: boolean): boolean {
    if (bed !== null && (this.bedFigure(entry, bed, now, includeStale)?.value?.free ?? 0) <= 0) return false;
    if (isOpen && this.view(entry, now).record.open.state !== "open") return false;
    return services.every((service) => !isDown(this.figure(entry, serviceSubject(service), now)));
  }

  /** The nearest facilities that are and have what is wanted: nearest first, those equally near by id. */
  nearest(wanted: Wanted, from: Position, reach: Reach): Found[] {
    const { radiusM, limit, now, isMeant, includeStale = false } = reach;
    const found: Found[] = [];
    const today = () => this.today(now);
    const isWanted = (entry: Entry) => isProfileOf(entry, wanted, today) && (isMeant?.(entry) ?? true);
    // Beyond the page some are full or shut, so a few more are read.
    for (const one of this.outwards(smallestPart(wanted), from, { radiusM, isWanted, likely: limit * 2 })) {
      // Of many at one address the cut falls between ids, so all of them are read.
      if (found.length >= limit && one.distance > (found[limit - 1]?.distance ?? 0) + SAME_PLACE_M) break;
      if (this.#isServing(one.entry, wanted, now, includeStale)) found.push(one);
    }
    return found.sort(nearestFirst).slice(0, limit);
  }

  /** The day of the city's calendar at `now`. */
  today(now: Instant): Day {
    if (this.#today === undefined || now >= this.#today.until) {
      const millis = millisOf(now);
      const day = dateIn(this.#timeZone(), millis);
      // A day turns on a full quarter of an hour in every time zone.
      const until = instantOf((Math.floor(millis / QUARTER_MS) + 1) * QUARTER_MS);
      this.#today = { until, day };
    }
    return this.#today.day;
  }

  /**
   * Facilities of a part from a place outwards, as far as somebody reads on.
   *
   * @param isWanted the others are left out; asked of many more than are read, so it has to be quick
   * @param likely about as many as will be read; all unless said
   */
  *outwards(
    part: Part,
    from: Position,
    {
      radiusM,
      isWanted,
      likely = Infinity,
    }: { radiusM: number; isWanted?: ((entry: Entry) => boolean) | undefined; likely?: number },
  ): Generator<Found, void> {
    const { index, entries, positions } = this.#placesOf(part);
    if (!index) return;
    const wants =
      isWanted &&
      ((place: number) => {
        const entry = entries[place];
        return entry !== undefined && isWanted(entry);
      });
    for (let max = likely, seen = 0; ; max *= 4) {
      const places = around(index, from.lon, from.lat, max, radiusM / 1000, wants);
      for (const place of places.slice(seen)) {
        const entry = entries[place];
        const [lon = 0, lat = 0] = [positions[2 * place], positions[2 * place + 1]];
        if (entry) yield { entry, distance: distanceM(from, { lat, lon }) };
      }
      if (places.length < max) return;
      seen = places.length;
    }
  }

  #placesOf(part: Part): Places {
    const known = this.#places.get(part);
    if (known) return known;
    const entries = [...this.#entries.values()].filter((entry) => isPartOf(entry, part));
    // An index of nothing cannot be made.
    const index = entries.length > 0 ? new KDBush(entries.length) : undefined;
    const positions = Float64Array.from(
      entries.flatMap(({ facility: { position } }) => [position.lon, position.lat]),
    );
    for (const { facility } of entries) index?.add(facility.position.lon, facility.position.lat);
    index?.finish();
    const places = { index, entries, positions };
    this.#places.set(part, places);
    return places;
  }

  /** All facilities by name, then id. */
  byName(): readonly Entry[] {
    this.#byName ??= [...this.#entries.values()].sort((a, b) => compareText(a.nameKey, b.nameKey));
    return this.#byName;
  }

  /** Beds of the whole city by type, with how many facilities are in the sums. */
  bedTotals(now: Instant): BedTotals[] {
    return BedType.options.flatMap((type) => {
      const total: BedTotals = { type, staffed: 0, occupied: 0, free: 0, reporting: 0, of: 0 };
      for (const sum of this.bedSums(type, now).values()) {
        total.staffed += sum.staffed;
        total.occupied += sum.occupied;
        total.free += sum.free;
        total.reporting += sum.counted;
        total.of += sum.of;
      }
      return total.of > 0 ? [total] : [];
    });
  }

  /** Beds of one type over the city, by the kind of facility. */
  bedSums(type: BedType, now: Instant): ReadonlyMap<FacilityKind, BedSum> {
    const known = this.#bedSums.get(type);
    if (known && (known.until === null || now <= known.until)) return known.byKind;
    const views = this.#placesOf(`bed:${type}`).entries.map((entry) => this.view(entry, now));
    const sums = {
      byKind: sumBeds(
        views.map(({ record }) => record),
        type,
      ),
      until: earliest(views.map(({ until }) => until)),
    };
    this.#bedSums.set(type, sums);
    return sums.byKind;
  }
}

const QUARTER_MS = 15 * MINUTE_MS;

function serviceSubject(service: string): Subject {
  return Subject.parse(`service:${service}`);
}

/** Told not to be there, and not long ago. */
function isDown(figure: Figure | undefined): boolean {
  const told = VALUE_BY_KIND.service.safeParse(figure?.value);
  return told.success && !told.data.available;
}

function summaryBytes(record: FacilityRecord): Buffer {
  return Buffer.from(JSON.stringify(summaryOf(record)).slice(1));
}

function summaryOf(record: FacilityRecord): Omit<FacilitySummary, "distance"> {
  const {
    id,
    name,
    names,
    kind,
    ownership,
    position,
    locality,
    localityNames,
    phones,
    emergencyPhone,
    hasEmergency,
    wheelchair,
    open,
    beds,
  } = record;
  return {
    id,
    name,
    names,
    kind,
    ownership,
    position,
    locality,
    localityNames,
    phones,
    emergencyPhone,
    hasEmergency,
    wheelchair,
    open,
    beds,
  };
}

/** Lower case, without marks that readers leave out; for Latin letters only, since elsewhere a mark is a vowel. */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, "")
    .normalize("NFC")
    .toLowerCase();
}

function nearestFirst(a: Found, b: Found): number {
  return a.distance - b.distance || compareText(a.entry.facility.id, b.entry.facility.id);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
