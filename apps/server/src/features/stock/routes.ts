import {
  decideWords,
  getAvailability,
  getShelf,
  listUnmatched,
  matchPrescription,
  reportStock,
} from "@ihims/core/stock/endpoints.ts";
import { listStockGaps } from "@ihims/core/stock/gaps.ts";
import { Problem } from "@ihims/core/problem.ts";
import { languageFor, type Incoming, type Server } from "../../platform/http.ts";
import type { MedicineBoard } from "../medicines/medicines.ts";
import type { Travels } from "../travel/travel.ts";
import { availabilityOf } from "./availability.ts";
import { Catalogue } from "./catalogue.ts";
import { gapsOf, type GapCounter } from "./gaps.ts";
import { takeList } from "./lists.ts";
import { prescriptionPlans } from "./prescriptions.ts";
import { readList } from "./reading.ts";
import { decide, shelfOf, unmatchedOf } from "./shelf.ts";
import type { ShelfKeeper } from "./stock.ts";
import type { UnmetSearches } from "./unmet.ts";

/** Longest key of a list. */
const KEY_MAX_CHARS = 255;

interface Memory {
  keeper: ShelfKeeper;
  medicines: MedicineBoard;
  travels: Travels;
  unmet: UnmetSearches;
  gaps: GapCounter;
}

export function mountStock(server: Server, { keeper, medicines, travels, unmet, gaps }: Memory): void {
  const catalogue = new Catalogue(medicines);
  const memory = async () => ({ shelves: await keeper.ready(), catalogue, travels, unmet });

  server.onStream(reportStock, async (ctx, { params, query, type, body }, incoming) =>
    takeList(ctx, params.id, readList(type, body, query.map), {
      isFull: query.snapshot === "full",
      observedAt: query.observedAt,
      isPreview: query.preview ?? false,
      key: keyOf(incoming),
      catalogue,
      book: keeper.shelves.book,
    }),
  );
  server.on(getShelf, async (ctx, { params, query }, incoming) =>
    shelfOf(ctx, await memory(), params.id, languageFor(query, incoming)),
  );
  server.on(listUnmatched, (ctx, { params, query }, incoming) =>
    unmatchedOf(ctx, catalogue, params.id, query.limit, languageFor(query, incoming)),
  );
  server.on(decideWords, (ctx, { params, body }) => decide(ctx, catalogue, params.id, body.decisions));
  server.on(getAvailability, async (ctx, { params, query }, incoming) =>
    availabilityOf(ctx, await memory(), params.id, query, languageFor(query, incoming)),
  );
  server.on(matchPrescription, async (ctx, { body, query }, incoming) =>
    prescriptionPlans(ctx, await memory(), body, languageFor(query, incoming)),
  );
  server.on(listStockGaps, (ctx, { query }, incoming) =>
    gapsOf(ctx, { catalogue, counter: gaps }, query.days, languageFor(query, incoming)),
  );
}

function keyOf({ headers }: Incoming): string | undefined {
  const key = headers.get("idempotency-key");
  if (key === null) return undefined;
  if (key.length === 0 || key.length > KEY_MAX_CHARS)
    throw new Problem("bad-input", "The idempotency key has 1 to 255 characters", {
      errors: [{ parameter: "Idempotency-Key", detail: "1 to 255 characters" }],
    });
  return key;
}
