import { dehydrate, hydrate, type DehydratedState, type QueryClient } from "@tanstack/react-query";
import { keep, readKept } from "./kept-store.ts";

/** Answers that are of use without a network, the newest of each first, and how many of them are kept. */
const KEPT: Readonly<Record<string, number>> = {
  ambulances: 3,
  city: 1,
  ground: 1,
  facilities: 12,
  facility: 40,
  "place-in-words": 1,
  scheme: 12,
  schemes: 3,
  search: 12,
};
/** What was heard is written down so long after it was heard, together with what came meanwhile. */
const WRITE_AFTER_MS = 1000;
/** A page is not kept waiting by a slow disk. */
const READ_MAX_MS = 300;

const KEPT_NAME = "all";
/** Another build may read other fields: the name of this very file changes with what it is made of. */
const BUILD = new URL(import.meta.url).pathname;

/** However the last try went, an answer is kept as one. */
const ANSWERED = { status: "success", error: null, fetchStatus: "idle" } as const;

interface Kept {
  build: string;
  state: DehydratedState;
}

/**
 * Answers of an earlier visit, each with the time at which it was heard: they are shown with that age
 * until the server has been asked. A browser that keeps nothing begins with nothing.
 */
export async function readKeptAnswers(queries: QueryClient): Promise<void> {
  const read = async () => {
    // Whatever was put there, it was by `keepAnswers` of some build.
    const kept = (await readKept(KEPT_NAME)) as Kept | undefined;
    if (kept?.build === BUILD) hydrate(queries, kept.state);
  };
  await Promise.race([
    read().catch(() => undefined),
    new Promise((resolve) => setTimeout(resolve, READ_MAX_MS)),
  ]);
}

/** Write down what is heard from now on. */
export function keepAnswers(queries: QueryClient): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  queries.getQueryCache().subscribe(({ type }) => {
    if (type !== "updated" || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      void write(queries).catch(() => undefined);
    }, WRITE_AFTER_MS);
  });
}

async function write(queries: QueryClient): Promise<void> {
  const state = dehydrate(queries, {
    shouldDehydrateMutation: () => false,
    // Also what could not be read again: its last answer is what is needed without a network.
    shouldDehydrateQuery: (query) => query.state.data !== undefined && String(query.queryKey[0]) in KEPT,
  });
  const left = new Map(Object.entries(KEPT));
  const newest = state.queries
    .map((query) => ({ ...query, state: { ...query.state, ...ANSWERED } }))
    .toSorted((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)
    .filter(({ queryKey }) => {
      const name = String(queryKey[0]);
      const room = left.get(name) ?? 0;
      left.set(name, room - 1);
      return room > 0;
    });
  const kept: Kept = { build: BUILD, state: { mutations: [], queries: newest } };
  await keep(KEPT_NAME, kept);
}
