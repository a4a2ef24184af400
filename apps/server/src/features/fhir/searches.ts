import type { Bundle, BundleEntry, Resource } from "@medplum/fhirtypes";
import { distanceM, type Position } from "@ihims/core/geo.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { ResourceSearch } from "@ihims/connectors/fhir/search-parameter.ts";
import { readSearch, type SearchQuery } from "@ihims/connectors/fhir/search.ts";
import type { Near } from "@ihims/connectors/fhir/search-values.ts";
import { EXTENSION } from "@ihims/connectors/fhir/systems.ts";
import { readCursor, writeCursor } from "../../platform/cursor.ts";
import type { Row } from "./directory.ts";
import { FhirRefusal } from "./outcome.ts";

/** Where resources are, kind by kind. */
export interface Shelf {
  search(type: string): ResourceSearch | undefined;
  rows(type: string): readonly Row[];
  find(type: string, id: string): Row | undefined;
}

/** A row that was found, and how far it is in metres where a place was asked for. */
interface Match {
  row: Row;
  id: string;
  distance: number | undefined;
}

export type Pairs = readonly (readonly [string, string])[];

/** Most resources that are brought along with a page. */
const INCLUDED_MAX = 1000;

/**
 * Answer a search of one kind of resource.
 *
 * @param base address of the facade as it was called
 * @throws FhirRefusal 400 that names every parameter that is not known or cannot be read
 */
export function searchShelf(
  shelf: Shelf,
  search: ResourceSearch,
  pairs: Pairs,
  base: string,
  now: Instant,
): Bundle {
  const query = understood(search, pairs, base);
  const matches = findMatches(shelf, search.type, query);
  const address = (more: Pairs) => {
    const text = new URLSearchParams(
      [...pairs.filter(([key]) => key !== "_page"), ...more].map(([k, v]) => [k, v]),
    );
    return `${base}/${search.type}${text.size > 0 ? `?${text}` : ""}`;
  };
  const self = { relation: "self", url: address(query.page === undefined ? [] : [["_page", query.page]]) };
  const bundle: Bundle = { resourceType: "Bundle", type: "searchset", total: matches.length, link: [self] };
  if (query.isCountOnly) return bundle;

  const left = query.page === undefined ? matches : after(matches, query);
  const page = left.slice(0, query.count);
  const last = page.at(-1);
  const entries = [
    ...page.map((match) => entryOf(match, base, now)),
    ...included(shelf, search, query, page).map((row) => includedEntry(row, base, now)),
  ];
  if (left.length > page.length && last)
    bundle.link = [
      self,
      { relation: "next", url: address([["_page", writeCursor([last.distance ?? last.id, last.id])]]) },
    ];
  // FHIR knows no empty list.
  if (entries.length > 0) bundle.entry = entries;
  return bundle;
}

/** A search as it was understood. @throws FhirRefusal 400 that names every parameter that was not */
function understood(search: ResourceSearch, pairs: Pairs, base: string): SearchQuery {
  const { query, problems } = readSearch(search, pairs, base);
  if (problems.length === 0) return query;
  throw new FhirRefusal(
    400,
    problems.map(({ parameter, detail }) => ({
      code: detail.startsWith("is not a parameter") ? "not-supported" : "value",
      details: `${parameter}: ${detail}`,
      expression: parameter,
    })),
  );
}

/** Everything that a search finds, without pages. @throws FhirRefusal 400 as a search does */
export function findAll(shelf: Shelf, search: ResourceSearch, pairs: Pairs, base: string): Row[] {
  return findMatches(shelf, search.type, understood(search, pairs, base)).map(({ row }) => row);
}

function findMatches(shelf: Shelf, type: string, { tests, near, ids }: SearchQuery): Match[] {
  const candidates = ids ? ids.flatMap((id) => shelf.find(type, id) ?? []) : shelf.rows(type);
  const matches: Match[] = [];
  for (const row of new Set(candidates)) {
    if (!tests.every((test) => test(row.resource))) continue;
    const id = row.resource.id ?? "";
    if (!near) matches.push({ row, id, distance: undefined });
    else {
      const distance = row.position && nearest(near, row.position);
      if (distance !== undefined) matches.push({ row, id, distance });
    }
  }
  return near || ids ? matches.sort(inOrder) : matches;
}

/** Metres to the nearest of the places that it lies around; undefined when around none. */
function nearest(places: readonly Near[], position: Position): number | undefined {
  let least: number | undefined;
  for (const place of places) {
    const distance = distanceM(place, position);
    if (distance <= place.radiusM && (least === undefined || distance < least)) least = distance;
  }
  return least;
}

function inOrder(a: Match, b: Match): number {
  return (a.distance ?? 0) - (b.distance ?? 0) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** What comes after the last of the page before. */
function after(matches: readonly Match[], { page = "", near }: SearchQuery): Match[] {
  if (near) {
    const [distance, id] = readPage(page, "number");
    return matches.filter(
      (one) => (one.distance ?? 0) > distance || (one.distance === distance && one.id > id),
    );
  }
  const [, id] = readPage(page, "string");
  return matches.filter((one) => one.id > id);
}

export function readPage<K extends "number" | "string">(
  page: string,
  kind: K,
): ReturnType<typeof readCursor<K>> {
  try {
    return readCursor(page, kind);
  } catch {
    throw new FhirRefusal(400, [
      {
        code: "value",
        details: "_page: is not a page that this search gave; follow its next link",
        expression: "_page",
      },
    ]);
  }
}

function entryOf({ row, id, distance }: Match, base: string, now: Instant): BundleEntry {
  const resource = row.live?.(now) ?? row.resource;
  return {
    fullUrl: `${base}/${resource.resourceType}/${id}`,
    resource,
    search: {
      ...(distance === undefined
        ? {}
        : {
            extension: [
              {
                url: EXTENSION.distance,
                valueDistance: {
                  value: Math.round(distance) / 1000,
                  unit: "km",
                  system: "http://unitsofmeasure.org",
                  code: "km",
                },
              },
            ],
          }),
      mode: "match",
    },
  };
}

function includedEntry(row: Row, base: string, now: Instant): BundleEntry {
  const resource = row.live?.(now) ?? row.resource;
  return {
    fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
    resource,
    search: { mode: "include" },
  };
}

/** What the matches of a page name, and what names them, each once and none that is a match itself. */
function included(shelf: Shelf, search: ResourceSearch, query: SearchQuery, page: readonly Match[]): Row[] {
  const matched = new Set(page.map(({ row }) => row));
  const found = new Set<Row>();
  for (const name of query.includes)
    for (const { row } of page)
      for (const named of search.includes.get(name)?.(row.resource) ?? []) {
        const [type = "", id = ""] = named.split("/");
        const target = shelf.find(type, id);
        if (target && !matched.has(target)) found.add(target);
      }
  const ids = new Set(page.map(({ id }) => `${search.type}/${id}`));
  for (const name of query.revincludes)
    for (const row of namers(shelf, name, ids)) if (!matched.has(row)) found.add(row);
  if (found.size > INCLUDED_MAX)
    throw new FhirRefusal(400, [
      {
        code: "too-costly",
        details: `_count: the page would bring more than ${INCLUDED_MAX} others along; ask for fewer`,
        expression: "_count",
      },
    ]);
  return [...found];
}

/** The rows of another kind that name any of some resources: `Location:organization`. */
function namers(shelf: Shelf, name: string, ids: ReadonlySet<string>): Row[] {
  const [type = "", parameter = ""] = name.split(":");
  const other = shelf.search(type);
  const read = other?.parameters.find((one) => one.name === parameter);
  if (!read) return [];
  return shelf.rows(type).filter(({ resource }) => {
    const found = read.find(resource);
    return "references" in found && found.references.some((one) => ids.has(one));
  });
}

/** A resource as it stands at `now`. */
export function standing(row: Row, now: Instant): Resource {
  return row.live?.(now) ?? row.resource;
}
