import { queryOptions } from "@tanstack/react-query";
import { getCity } from "@ihims/core/city/endpoints.ts";
import { call } from "../../platform/api.ts";

/** The city that the server serves. It does not change while a page is open. */
export const cityQuery = queryOptions({
  queryKey: ["city"],
  queryFn: ({ signal }) => call(getCity, {}, { signal }),
  staleTime: Infinity,
});
