import { FacilityKind } from "@ihims/core/facilities/schema.ts";
import { SchemeId } from "@ihims/core/schemes/schema.ts";
import { RADII_M } from "../../platform/radii.ts";

/** What the reader searches for, as it stands in the address: a link shows another reader the same. */
export interface SearchTerms {
  /** As typed; empty when nothing was. */
  q: string;
  /** What was understood and is not meant, as `kind:id`; `word:<typed>` is not misspelt. */
  without: readonly string[];
  kind: FacilityKind | null;
  scheme: SchemeId | null;
  isOpenNow: boolean;
  /** Metres; null: as far as there is anything. */
  radius: number | null;
}

export const NO_TERMS: SearchTerms = {
  q: "",
  without: [],
  kind: null,
  scheme: null,
  isOpenNow: false,
  radius: null,
};

/** As many letters of a search as the box takes. */
export const SEARCH_MAX_CHARS = 200;
const WITHOUT_MAX = 20;

/** Read the search of an address. What is not understood is left out: an old link still opens. */
export function readTerms(search: string): SearchTerms {
  const given = new URLSearchParams(search);
  const radius = Number(given.get("radius"));
  return {
    q: given.get("q")?.trim().slice(0, SEARCH_MAX_CHARS) ?? "",
    without: given.getAll("without").slice(0, WITHOUT_MAX),
    kind: FacilityKind.safeParse(given.get("kind")).data ?? null,
    scheme: SchemeId.safeParse(given.get("scheme")).data ?? null,
    isOpenNow: given.get("open") === "now",
    radius: RADII_M.find((one) => one === radius) ?? null,
  };
}

/** Write a search for an address; `readTerms` reads the same back. */
export function writeTerms({ q, without, kind, scheme, isOpenNow, radius }: SearchTerms): URLSearchParams {
  const search = new URLSearchParams();
  if (q) search.set("q", q);
  for (const one of without) search.append("without", one);
  if (kind) search.set("kind", kind);
  if (scheme) search.set("scheme", scheme);
  if (isOpenNow) search.set("open", "now");
  if (radius) search.set("radius", String(radius));
  return search;
}
