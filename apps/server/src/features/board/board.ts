import { around } from "geokdbush";
import KDBush from "kdbush";
import type { BedTotals, FacilityRecord, FacilitySummary } from "@ihims/core/facilities/endpoints.ts";
import { recordOf } from "@ihims/core/facilities/record.ts";
import type { Facility } from "@ihims/core/facilities/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import {
  bedSubject,
  type BedFigure,
  type Figure,
  type Source,
  type Standing,
  type Subject,
} from "@ihims/core/observations/schema.ts";
import { BedType } from "@ihims/core/beds/schema.ts";
import type { Position } from "@ihims/core/geo.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { CityChange } from "../observations/observations.ts";

/** A facility as the board has it. */
export interface Entry {
  facility: Facility;
  /** Names in all languages, folded for search. */
  words: string;
  standings: Map<Subject, Standing[]>;
  /** Versions of what was withdrawn, so that an older change that comes late does not bring it back. */
  withdrawn: Map<string, number>;
  /** What is shown, as long as time alone does not change it. */
  view: View | undefined;
}

interface View {
  record: FacilityRecord;
  /** When time alone makes it another; null when never. */
  until: Instant | null;
  /** The summary as JSON, to go on after a `distance` field. */
  json: string;
}

interface Places {
  index: KDBush | undefined;
  /** In the order of the index. */
  entries: readonly Entry[];
}

/**
 * The city's current state in the memory of this process: all public reads are answered from here.
 * It is built from the database at start and follows the change stream; a change that it has seen
 * already, or an older one, changes nothing, so the order in which they come does not matter.
 */
export class Board {
  readonly #entries = new Map<FacilityId, Entry>();
  readonly #timeZone: () => string;
  #places: Places | undefined;
  #byName: Entry[] | undefined;

  constructor(timeZone: () => string) {
    this.#timeZone = timeZone;
  }

  /** Take in a change, from the stream or from this process's own commit. */
  apply(change: CityChange): void {
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
    if (known) Object.assign(known, { facility, words, view: undefined });
    else
      this.#entries.set(facility.id, {
        facility,
        words,
        standings: new Map(),
        withdrawn: new Map(),
        view: undefined,
      });
    this.#places = undefined;
    this.#byName = undefined;
  }

  #applyStanding(standing: Standing): void {
    const entry = this.#entries.get(standing.facility);
    if (!entry) return;
    const said = entry.standings.get(standing.subject) ?? [];
    const before = said.find(({ source }) => source === standing.source);
    const withdrawn = entry.withdrawn.get(`${standing.subject} ${standing.source}`) ?? 0;
    if (Math.max(before?.version ?? 0, withdrawn) >= standing.version) return;
    entry.standings.set(standing.subject, [...said.filter((one) => one !== before), standing]);
    entry.view = undefined;
  }

  #applyWithdrawn(facility: FacilityId, subject: Subject, source: Source, version: number): void {
    const entry = this.#entries.get(facility);
    if (!entry) return;
    const said = entry.standings.get(subject) ?? [];
    if (said.some((one) => one.source === source && one.version >= version)) return;
    entry.standings.set(
      subject,
      said.filter((one) => one.source !== source),
    );
    entry.withdrawn.set(`${subject} ${source}`, version);
    entry.view = undefined;
  }

  size(): number {
    return this.#entries.size;
  }

  entry(id: FacilityId): Entry | undefined {
    return this.#entries.get(id);
  }

  entries(): Iterable<Entry> {
    return this.#entries.values();
  }

  /** Everything that is shown of a facility at `now`. */
  view(entry: Entry, now: Instant): View {
    if (entry.view && (entry.view.until === null || now <= entry.view.until)) return entry.view;
    const { record, until } = recordOf(entry.facility, entry.standings, now, this.#timeZone(), false);
    entry.view = { record, until, json: JSON.stringify(summaryOf(record)).slice(1) };
    return entry.view;
  }

  /** A row of a list, as JSON. Almost always only the distance is put to what is there already. */
  summaryJson(entry: Entry, now: Instant, distance: number | null, includeStale: boolean): string {
    const metres = distance === null ? "null" : String(Math.round(distance));
    const json = includeStale
      ? JSON.stringify(summaryOf(this.record(entry, now, true))).slice(1)
      : this.view(entry, now).json;
    return `{"distance":${metres},${json}`;
  }

  /** The whole record of a facility. */
  record(entry: Entry, now: Instant, includeStale: boolean): FacilityRecord {
    if (!includeStale) return this.view(entry, now).record;
    return recordOf(entry.facility, entry.standings, now, this.#timeZone(), true).record;
  }

  /** The beds of one type at a facility; undefined when nobody ever spoke of them and the profile does not either. */
  bedFigure(entry: Entry, type: BedType, now: Instant, includeStale = false): BedFigure | undefined {
    return this.record(entry, now, includeStale).beds.find((figure) => figure.type === type);
  }

  /** One figure other than beds. */
  figure(entry: Entry, subject: Subject, now: Instant): Figure | undefined {
    return this.view(entry, now).record.figures.find((figure) => figure.subject === subject);
  }

  /** Facilities from a place outwards that `isWanted`, at most `max` of them within `radiusM`. */
  around(from: Position, max: number, radiusM: number, isWanted: (entry: Entry) => boolean): Entry[] {
    const { index, entries } = this.#placesIndex();
    if (!index) return [];
    const found = around(index, from.lon, from.lat, max, radiusM / 1000, (place) => {
      const entry = entries[place];
      return entry !== undefined && isWanted(entry);
    });
    return found.flatMap((place) => entries[place] ?? []);
  }

  #placesIndex(): Places {
    if (this.#places) return this.#places;
    const entries = [...this.#entries.values()];
    // An index of nothing cannot be made.
    const index = entries.length > 0 ? new KDBush(entries.length) : undefined;
    for (const { facility } of entries) index?.add(facility.position.lon, facility.position.lat);
    index?.finish();
    this.#places = { index, entries };
    return this.#places;
  }

  /** All facilities by name, then id. */
  byName(): readonly Entry[] {
    this.#byName ??= [...this.#entries.values()].sort((a, b) => compareText(nameKeyOf(a), nameKeyOf(b)));
    return this.#byName;
  }

  /** Beds of the whole city by type, with how many facilities are in the sums. */
  bedTotals(now: Instant): BedTotals[] {
    return BedType.options.flatMap((type) => {
      const total: BedTotals = { type, staffed: 0, occupied: 0, free: 0, reporting: 0, of: 0 };
      for (const entry of this.#entries.values()) {
        if (!entry.standings.has(bedSubject(type)) && !entry.facility.bedTypes.includes(type)) continue;
        total.of++;
        const value = this.view(entry, now).record.beds.find((figure) => figure.type === type)?.value;
        if (!value || value.free === null) continue;
        total.reporting++;
        total.staffed += value.staffed ?? 0;
        total.occupied += value.occupied ?? 0;
        total.free += value.free;
      }
      return total.of > 0 ? [total] : [];
    });
  }
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

/** What facilities are put in order by, and what a cursor keeps. */
export function nameKeyOf({ facility }: Entry): string {
  return `${fold(facility.name)} ${facility.id}`;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
