import { createHash } from "node:crypto";
import type { z } from "zod";
import { allTaxonomies, allTerms, type TaxonomyName } from "@ihims/connectors/hsds/terms.ts";
import {
  offersOf,
  placeOf,
  postcodeIn,
  serviceIdOf,
  type HsdsPlace,
  type HsdsSetting,
} from "@ihims/connectors/hsds/write.ts";
import type { City } from "@ihims/core/city/schema.ts";
import { distanceM, type Position } from "@ihims/core/geo.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { Problem } from "@ihims/core/problem.ts";
import { millisOf, type Instant } from "@ihims/core/time.ts";
import { fold, type Board, type Entry } from "../board/board.ts";
import type { Page, ServicesQuery } from "./queries.ts";

/** The namespace of the UUIDs that are made of our names (RFC 9562, version 5): chosen once, never changed. */
const NAMESPACE = Buffer.from("6c8f4f0e7d3b4a52b1d95be3a7c6e210", "hex");

/** The UUID of a name of ours: always the same one. */
export function uuidOf(name: string): string {
  const digest = createHash("sha1").update(NAMESPACE).update(name).digest().subarray(0, 16);
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  const hex = digest.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** A service that a facility offers, before anything of it is written. */
interface Offer {
  entry: Entry;
  taxonomy: TaxonomyName;
  code: string;
}

/** What was asked for, in HSDS's page. */
export interface HsdsPage<T> {
  total_items: number;
  total_pages: number;
  page_number: number;
  size: number;
  first_page: boolean;
  last_page: boolean;
  empty: boolean;
  contents: T[];
}

/** One page of a list, of which only what stands on it is written. */
export function pageOf<T, R>(
  all: readonly T[],
  { page, per_page: size }: Page,
  write: (one: T) => R,
): HsdsPage<R> {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const contents = all.slice((page - 1) * size, page * size).map(write);
  return {
    total_items: all.length,
    total_pages: pages,
    page_number: page,
    size: contents.length,
    first_page: page === 1,
    last_page: page >= pages,
    empty: contents.length === 0,
    contents,
  };
}

/** The city's places in HSDS, written from the board when they are asked for. */
export class HsdsDirectory {
  readonly #board: Board;
  #ids: { pages: number; byId: ReadonlyMap<string, FacilityId> } | undefined;

  constructor(board: Board) {
    this.#board = board;
  }

  place(entry: Entry, city: City, now: Instant): HsdsPlace {
    return placeOf(this.#board.record(entry, now, false), settingOf(city, now));
  }

  /** Facilities that a query leaves, by name. */
  entries(query: Partial<ServicesQuery>): Entry[] {
    const { search, organization_id: organization, modified_after: after } = query;
    const words = search === undefined ? [] : fold(search).split(/\s+/u).filter(Boolean);
    return this.#board
      .byName()
      .filter(
        ({ facility, words: known }) =>
          (organization === undefined || uuidOf(`organization:${facility.id}`) === organization) &&
          (after === undefined || facility.updatedAt > after) &&
          words.every((word) => known.includes(word)),
      );
  }

  /** The services that a query leaves. @throws Problem `bad-input` for a proximity without a postcode */
  offers(query: ServicesQuery, now: Instant): Offer[] {
    const { taxonomy_id: taxonomyId, taxonomy_term_id: termId } = query;
    const near = this.#nearPostcode(query);
    return this.entries({ ...query, search: undefined })
      .filter((entry) => near(entry.facility.position, entry.facility.address))
      .flatMap((entry) =>
        offersOf(this.#board.record(entry, now, false)).map((offer) => ({ entry, ...offer })),
      )
      .filter(
        (offer) =>
          (taxonomyId === undefined || uuidOf(`taxonomy:${offer.taxonomy}`) === taxonomyId) &&
          (termId === undefined || uuidOf(`term:${offer.taxonomy}:${offer.code}`) === termId) &&
          isSearched(offer, query.search),
      );
  }

  /** Within so many metres of where a postcode is, as the addresses of the city tell it. */
  #nearPostcode({ postcode, proximity }: ServicesQuery): (at: Position, address: string | null) => boolean {
    if (postcode === undefined) {
      if (proximity === undefined) return () => true;
      throw new Problem("bad-input", "proximity needs a postcode", {
        errors: [{ parameter: "proximity", detail: "needs postcode" }],
      });
    }
    const wanted = postcode.replaceAll(" ", "");
    const has = (address: string | null) => address !== null && postcodeIn(address) === wanted;
    if (proximity === undefined) return (_, address) => has(address);
    const known = [...this.#board.facilities()].filter(({ facility }) => has(facility.address));
    const positions = known.map(({ facility }) => facility.position);
    return (at) => positions.some((position) => distanceM(position, at) <= proximity);
  }

  /** The facility of an organization, service, location or service at a location. @throws Problem `not-found` */
  find(id: string, now: Instant): Entry {
    const known = this.#ids?.pages === this.#board.pagesVersion ? this.#ids.byId.get(id) : undefined;
    const facility = known ?? this.#readIds(now).get(id);
    const entry = facility === undefined ? undefined : this.#board.entry(facility);
    if (!entry) throw new Problem("not-found", "There is no such thing");
    return entry;
  }

  #readIds(now: Instant): ReadonlyMap<string, FacilityId> {
    const byId = new Map<string, FacilityId>();
    for (const entry of this.#board.facilities()) {
      const { id } = entry.facility;
      for (const name of [`organization:${id}`, `location:${id}`]) byId.set(uuidOf(name), id);
      for (const { taxonomy, code } of offersOf(this.#board.record(entry, now, false))) {
        byId.set(serviceIdOf(id, taxonomy, code, uuidOf), id);
        byId.set(uuidOf(`service-at-location:${id}:${taxonomy}:${code}`), id);
      }
    }
    this.#ids = { pages: this.#board.pagesVersion, byId };
    return byId;
  }
}

function isSearched({ entry, taxonomy, code }: Offer, search: string | undefined): boolean {
  if (search === undefined) return true;
  const known = `${entry.words} ${fold(code.replaceAll("-", " "))} ${taxonomy}`;
  return fold(search)
    .split(/\s+/u)
    .every((word) => known.includes(word));
}

function settingOf(city: City, now: Instant): HsdsSetting {
  return { city, utcOffsetHours: offsetHours(city.timeZone, now), uuidOf };
}

function offsetHours(timeZone: string, now: Instant): number {
  const written = new Intl.DateTimeFormat("en-GB", { timeZone, timeZoneName: "longOffset" })
    .formatToParts(millisOf(now))
    .find(({ type }) => type === "timeZoneName")?.value;
  const [, sign = "+", hours = "0", minutes = "0"] = /GMT([+-])(\d\d):(\d\d)/u.exec(written ?? "") ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) + Number(minutes) / 60);
}

/** Our taxonomies and their terms. */
export const TAXONOMIES = allTaxonomies(uuidOf);
export const TERMS = allTerms(uuidOf);

export type HsdsServiceItem = HsdsPlace["services"][number];
export type Query = z.output<typeof ServicesQuery>;
