import { queryOptions, useQuery, type QueryClient } from "@tanstack/react-query";
import { getCity, getGround } from "@ihims/core/city/endpoints.ts";
import type { City } from "@ihims/core/city/schema.ts";
import type { Position } from "@ihims/core/geo.ts";
import type { Language, Names } from "@ihims/core/languages.ts";
import { read } from "../../platform/api.ts";
import { useWhereabouts } from "../../platform/position.ts";

/** The city that is served. It does not change while a page is open. */
const cityQuery = queryOptions({
  queryKey: ["city"],
  queryFn: ({ signal }) => read(getCity, {}, signal),
  staleTime: Number.POSITIVE_INFINITY,
});

export function useCity() {
  return useQuery(cityQuery);
}

/** Begin to read the city before anything is drawn; a failure is the page's to show. */
export function readCityAhead(queries: QueryClient): Promise<unknown> {
  return queries.prefetchQuery(cityQuery);
}

/** Wards, roads and water to draw under the places. */
export function useGround() {
  return useQuery({
    queryKey: ["ground"],
    queryFn: ({ signal }) => read(getGround, {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Numbers that work in every city of India, for before the city's own are known. */
const NUMBERS_OF_INDIA: City["emergencyNumbers"] = [
  { number: "112", what: "emergency" },
  { number: "108", what: "ambulance" },
];

/** The numbers to call in an emergency; never none. */
export function emergencyNumbersOf(city: City | undefined): City["emergencyNumbers"] {
  return city && city.emergencyNumbers.length > 0 ? city.emergencyNumbers : NUMBERS_OF_INDIA;
}

/** A name in the reader's language, and the name of its own place when that is another. */
export function nameIn(
  language: Language,
  named: { name: string; names: Names },
): { name: string; original: string | null } {
  const name = named.names[language] ?? named.name;
  return { name, original: name === named.name ? null : named.name };
}

/** The language in which a screen reader should say a name of the place itself, as far as its letters tell. */
export function languageOfScript(name: string): Language {
  return /[\u0900-\u097F]/.test(name) ? "mr" : "en";
}

/** From where distances count: the reader's place when it is known, otherwise the city's centre. */
export function useNear(): { near: Position | undefined; isMine: boolean } {
  const whereabouts = useWhereabouts();
  const city = useCity();
  if (whereabouts.kind === "known") return { near: whereabouts.position, isMine: true };
  return { near: city.data?.centre, isMine: false };
}
