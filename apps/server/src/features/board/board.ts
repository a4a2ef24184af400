import { randomBytes } from "node:crypto";
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
import type { Position } from "@ihims/core/geo.ts";
import { instantOf, millisOf, MINUTE_MS, type Day, type Instant } from "@ihims/core/time.ts";
import { isOfFeed, senderOfFeed, type BoardChange } from "../observations/observations.ts";
import { sumBeds, type BedSum } from "./bed-sums.ts";
import type { Entry, View } from "./entry.ts";
import { Places, type Found } from "./places.ts";
import { bytesOf, fieldsOf, listBytes, rowBytes, type Rows } from "./rows.ts";
import { ANYTHING, isPaidFor, isProfileOf, partsWanted, type Wanted } from "./wanted.ts";

export type { Entry, Found, Rows, Wanted };
export { ANYTHING, bytesOf, fieldsOf, listBytes, rowBytes };

interface BedSums {
  byKind: ReadonlyMap<FacilityKind, BedSum>;
  /** When time alone makes them others; null when never. */
  until: Instant | null;
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

/**
 * The city's current state in the memory of this process: all public reads are answered from here.
 * It is built from the database at start and follows the change stream; a change that it has seen
 * already, or an older one, changes nothing, so the order in which they come does not matter.
 */
export class Board {
  /** Tells this board's views from those of another process, or of another start. */
  readonly id = randomBytes(6).toString("base64url");
  readonly #entries = new Map<FacilityId, Entry>();
  readonly #timeZone: () => string;
  /** Where everything is; made when first wanted after a page changed. */
  #places: Places | undefined;
  readonly #bedSums = new Map<BedType, BedSums>();
  /** Feeds by the name under which they report, with where they do. */
  readonly #feeds = new Map<string, { silentFrom: Instant | undefined; entries: Set<Entry> }>();
  #byName: Entry[] | undefined;
  #version = 0;
  #pagesVersion = 0;
  #viewsMade = 0;
  #today: { until: Instant; day: Day } | undefined;

  constructor(timeZone: () => string) {
    this.#timeZone = timeZone;
  }

  /** Take in a change, from the stream or from this process's own commit. */
  apply(change: BoardChange): void {
    this.#version += 1;
    switch (change.kind) {
      case "facility":
        return this.#applyFacility(change.facility);
      case "standing":
        return this.#applyStanding(change.standing);
      case "withdrawn":
        return this.#applyWithdrawn(change.facility, change.subject, change.source, change.version);
      case "held":
        return this.#applyHeld(change);
      case "feed":
        return this.#applyFeed(senderOfFeed(change.feed), change.silentFrom);
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
        held: new Map(),
        withdrawn: new Map(),
        view: undefined,
      });
    this.#places = undefined;
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
    this.#replaceSaid(entry, standing.subject, [
      ...said.filter((one) => one !== before),
      this.#withSilence(entry, standing),
    ]);
  }

  /** A feed was heard of: what it told counts as not silent for longer. */
  #applyFeed(sender: string, silentFrom: Instant): void {
    const feed = this.#feedOf(sender);
    if (feed.silentFrom !== undefined && feed.silentFrom >= silentFrom) return;
    feed.silentFrom = silentFrom;
    for (const entry of feed.entries) {
      for (const said of entry.standings.values())
        for (const standing of said) if (standing.sender === sender) standing.silentFrom = silentFrom;
      entry.view = undefined;
    }
    if (feed.entries.size > 0) this.#bedSums.clear();
  }

  #feedOf(sender: string): { silentFrom: Instant | undefined; entries: Set<Entry> } {
    const known = this.#feeds.get(sender);
    if (known) return known;
    const made = { silentFrom: undefined, entries: new Set<Entry>() };
    this.#feeds.set(sender, made);
    return made;
  }

  /** A feed's word carries when the feed counts as silent. */
  #withSilence(entry: Entry, standing: Standing): Standing {
    if (!isOfFeed(standing.sender)) return standing;
    const feed = this.#feedOf(standing.sender);
    feed.entries.add(entry);
    feed.silentFrom ??= standing.silentFrom ?? undefined;
    return { ...standing, silentFrom: feed.silentFrom };
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

  #applyHeld({ facility, subject, held, version }: Extract<BoardChange, { kind: "held" }>): void {
    const entry = this.#entries.get(facility);
    if (!entry || (entry.held.get(subject)?.version ?? -1) >= version) return;
    entry.held.set(subject, { held, version });
    entry.view = undefined;
    if (kindOf(subject) === "bed") this.#bedSums.clear();
  }

  #replaceSaid(entry: Entry, subject: Subject, said: Standing[]): void {
    // The first word on beds of a type puts the facility among those that have them.
    if (!entry.standings.has(subject) && kindOf(subject) === "bed")
      this.#places?.forget(subject as `bed:${BedType}`); // a bed's subject is its part's name
    entry.standings.set(subject, said);
    entry.view = undefined;
    if (kindOf(subject) === "bed") this.#bedSums.clear();
  }

  /** Grows with every change that is taken in. */
  get version(): number {
    return this.#version;
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
    const { record, until } = this.#recordOf(entry, now, false);
    const beds = new Map(record.beds.map((figure) => [figure.type, figure]));
    this.#viewsMade += 1;
    entry.view = { record, beds, until, rows: new Map(), serial: this.#viewsMade };
    return entry.view;
  }

  /**
   * A row of a list with room for its distance, for `listBytes`: almost always it is there already.
   *
   * @param bed only the live beds of this type; null: of all
   */
  row(entry: Entry, now: Instant, bed: BedType | null, includeStale: boolean): Buffer {
    if (includeStale) return summaryRow(this.record(entry, now, true), bed);
    const { rows, record } = this.view(entry, now);
    const known = rows.get(bed ?? "all");
    if (known) return known;
    const made = summaryRow(record, bed);
    rows.set(bed ?? "all", made);
    return made;
  }

  /** The whole record of a facility. */
  record(entry: Entry, now: Instant, includeStale: boolean): FacilityRecord {
    if (!includeStale) return this.view(entry, now).record;
    return this.#recordOf(entry, now, true).record;
  }

  #recordOf(entry: Entry, now: Instant, includeStale: boolean): ReturnType<typeof recordOf> {
    const held = new Map([...entry.held].map(([subject, kept]) => [subject, kept.held]));
    return recordOf(entry.facility, entry.standings, now, this.#timeZone(), { includeStale, held });
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
    for (const one of this.#placesNow().outwards(partsWanted(wanted), from, radiusM)) {
      // Of many at one address the cut falls between ids, so all of them are read.
      if (found.length >= limit && one.distance > (found[limit - 1]?.distance ?? 0) + SAME_PLACE_M) break;
      if (!isPaidFor(one.entry, wanted, today) || isMeant?.(one.entry) === false) continue;
      if (this.#isServing(one.entry, wanted, now, includeStale)) found.push(one);
    }
    return found.sort(nearestFirst).slice(0, limit);
  }

  /**
   * Whatever is wanted as far as its page tells, within a radius, in no order.
   *
   * @param from null: everywhere
   */
  inside(wanted: Wanted, from: Position | null, radiusM: number, now: Instant): Entry[] {
    const today = () => this.today(now);
    const [middle, reach] = from ? [from, radiusM] : [{ lat: 0, lon: 0 }, Infinity];
    const found = this.#placesNow().inside(partsWanted(wanted), middle, reach);
    return wanted.scheme === null ? found : found.filter((entry) => isPaidFor(entry, wanted, today));
  }

  /** Those that are not closed for good. */
  #active(): Entry[] {
    return [...this.#entries.values()].filter(({ facility }) => facility.isActive);
  }

  #placesNow(): Places {
    return (this.#places ??= new Places(this.#active()));
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

  /** All facilities by name, then id. */
  byName(): readonly Entry[] {
    this.#byName ??= this.#active().sort((a, b) => compareText(a.nameKey, b.nameKey));
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
    const having = this.inside({ ...ANYTHING, bed: type }, null, Infinity, now);
    const views = having.map((entry) => this.view(entry, now));
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

function summaryRow(record: FacilityRecord, bed: BedType | null): Buffer {
  const summary = summaryOf(record);
  const beds = bed === null ? summary.beds : summary.beds.filter(({ type }) => type === bed);
  return rowBytes(JSON.stringify({ ...summary, beds }).slice(1));
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
