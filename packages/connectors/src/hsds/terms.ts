import { BedType } from "@ihims/core/beds/schema.ts";
import { FacilityKind, Ownership } from "@ihims/core/facilities/schema.ts";
import { specialtyName } from "@ihims/core/vocabulary/specialties.ts";
import { ServiceId, SpecialtyId } from "@ihims/core/vocabulary/schema.ts";
import type { HsdsTaxonomy, HsdsTaxonomyTerm } from "./schema.ts";

/** Gives a name of ours the UUID that HSDS wants: the same name always the same one. */
export type UuidOf = (name: string) => string;

/** Our code lists as HSDS taxonomies, by the name that comes before the colon in a term's code. */
const TAXONOMIES = {
  kind: "What kind of place it is",
  ownership: "Who owns a place",
  specialty: "Medical specialties that are treated",
  service: "Services and apparatus",
  bed: "Kinds of bed",
  capacity:
    "Live capacity of the beds of one kind: licensed, physical, staffed, blocked, occupied, held, surge and free are counts; observed-at says when it was seen, freshness how far it can be relied on, source who said so",
  fact: "Facts of a place for which HSDS has no field",
} as const;
export type TaxonomyName = keyof typeof TAXONOMIES;

export const CAPACITY_COUNTS = [
  "licensed",
  "physical",
  "staffed",
  "blocked",
  "occupied",
  "held",
  "surge",
  "free",
] as const;
const CAPACITY = [...CAPACITY_COUNTS, "observed-at", "freshness", "source"] as const;

export const FACTS = [
  "name-in",
  "locality",
  "locality-in",
  "has-emergency",
  "scheme",
  "attribution",
] as const;
export type Fact = (typeof FACTS)[number];

const CODES: Record<TaxonomyName, readonly string[]> = {
  kind: FacilityKind.options,
  ownership: Ownership.options,
  specialty: SpecialtyId.options,
  service: ServiceId.options,
  bed: BedType.options,
  capacity: CAPACITY,
  fact: FACTS,
};

export function taxonomyOf(name: TaxonomyName, uuidOf: UuidOf): HsdsTaxonomy {
  return { id: uuidOf(`taxonomy:${name}`), name, description: TAXONOMIES[name] };
}

export function allTaxonomies(uuidOf: UuidOf): HsdsTaxonomy[] {
  return namesOf(TAXONOMIES).map((name) => taxonomyOf(name, uuidOf));
}

/** A term; also one that no code list has, as a service that an institution named itself. */
export function termOf(taxonomy: TaxonomyName, code: string, uuidOf: UuidOf): HsdsTaxonomyTerm {
  const name = nameOf(taxonomy, code);
  return {
    id: uuidOf(`term:${taxonomy}:${code}`),
    code: `${taxonomy}:${code}`,
    name,
    description: name,
    taxonomy_id: uuidOf(`taxonomy:${taxonomy}`),
  };
}

export function allTerms(uuidOf: UuidOf): HsdsTaxonomyTerm[] {
  return namesOf(CODES).flatMap((taxonomy) => CODES[taxonomy].map((code) => termOf(taxonomy, code, uuidOf)));
}

/** A code in words, in English: the specification is. */
export function nameOf(taxonomy: TaxonomyName, code: string): string {
  const specialty = SpecialtyId.safeParse(code);
  if (taxonomy === "specialty" && specialty.success) return specialtyName(specialty.data, "en");
  const words = code.replaceAll("-", " ");
  return taxonomy === "bed" ? `Beds: ${words}` : words.charAt(0).toUpperCase() + words.slice(1);
}

function namesOf<T extends object>(given: T): (keyof T)[] {
  // Object.keys forgets that these are the keys.
  return Object.keys(given) as (keyof T)[];
}
