import type { z } from "zod";
import type { AppliedFilters, FacilitySort, listFacilities } from "@ihims/core/facilities/endpoints.ts";
import { positionOf } from "@ihims/core/geo.ts";
import { Problem } from "@ihims/core/problem.ts";
import { specialtiesSought } from "@ihims/core/search/complaints.ts";
import { readersOfVocabulary } from "@ihims/core/search/readers.ts";
import { fold, type Entry, type Wanted } from "../board/board.ts";

export type Query = z.output<typeof listFacilities.query>;

/** Orders that say nothing without a place to start from. */
const FROM_A_PLACE: readonly FacilitySort[] = ["care", "distance", "travel"];

/** The filters of a query as they are understood and applied. @throws Problem where one needs another */
export function filtersOf(query: Query): AppliedFilters {
  refuseWithoutPlace(query);
  const near = query.near === undefined ? null : positionOf(query.near);
  const filters: Omit<AppliedFilters, "sort"> = {
    near,
    radius: query.radius ?? null,
    kind: query.kind ?? [],
    specialty: query.specialty ?? null,
    condition: query.condition ?? null,
    specialties: query.specialty ? [query.specialty] : specialtiesFor(query.condition),
    service: query.service ?? null,
    bed: query.bed ?? null,
    scheme: query.scheme ?? null,
    open: query.open ?? null,
    q: query.q ?? null,
    includeStale: query.includeStale ?? false,
  };
  const byNeed = isOfNeed(filters) ? "care" : "distance";
  return { ...filters, sort: query.sort ?? (near ? byNeed : "name") };
}

function refuseWithoutPlace({ near, radius, sort }: Query): void {
  if (near !== undefined) return;
  const refuse = (parameter: string, detail: string): never => {
    throw new Problem("bad-input", detail, { errors: [{ parameter, detail: "needs near" }] });
  };
  if (radius !== undefined) refuse("radius", "A radius needs a place: give near as well");
  if (sort !== undefined && FROM_A_PLACE.includes(sort))
    refuse("sort", `Sorting by ${sort} needs a place: give near as well`);
}

/** Whoever treats a condition; nobody when its words are not understood, because everybody would be a guess. */
function specialtiesFor(condition: string | undefined): AppliedFilters["specialties"] {
  if (condition === undefined) return [];
  const sought = specialtiesSought(readersOfVocabulary().complaints.read(condition.replaceAll("-", " ")));
  if (sought.length > 0) return sought;
  throw new Problem("bad-input", "The condition is not understood: write it in other words", {
    errors: [{ parameter: "condition", detail: "is not understood" }],
  });
}

/** Whether somebody looks for something to be done there, and not only for a place. */
export function isOfNeed({
  specialties,
  service,
  bed,
  scheme,
}: Pick<AppliedFilters, "specialties" | "service" | "bed" | "scheme">): boolean {
  return specialties.length > 0 || service !== null || bed !== null || scheme !== null;
}

/** What the filters ask of a facility, apart from its name. */
export function wantedOf({ kind, specialties, service, bed, scheme, open }: AppliedFilters): Wanted {
  return {
    kinds: kind,
    specialties,
    services: service === null ? [] : [service],
    bed,
    scheme,
    isOpen: open === "now",
    isEmergencyDepartment: false,
  };
}

/** Whether all words that are asked for are in its names; undefined when none are asked for. */
export function isCalled({ q }: AppliedFilters): ((entry: Entry) => boolean) | undefined {
  if (q === null) return undefined;
  const words = fold(q).split(/\s+/);
  return ({ words: known }) => words.every((word) => known.includes(word));
}
