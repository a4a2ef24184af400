import { QueryClient } from "@tanstack/react-query";
import { DAY_MS, MINUTE_MS } from "@ihims/core/time.ts";
import { Refused } from "./api.ts";

/** Tries after the first, when the server could not be reached. What it refused is not asked again. */
const RETRIES_MAX = 2;

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The live stream keeps figures current; this is for what it does not tell.
      staleTime: MINUTE_MS,
      // What was heard today is better than nothing when the network is gone, and says how old it is.
      gcTime: DAY_MS,
      // A browser that believes to be offline may be wrong, and one that waits shows nothing.
      networkMode: "always",
      retry: (failures, error) => failures < RETRIES_MAX && !(error instanceof Refused && error.status < 500),
    },
  },
});
