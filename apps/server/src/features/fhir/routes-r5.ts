import type { CapabilityStatement } from "fhir/r5.js";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { partId } from "@ihims/connectors/fhir/elements.ts";
import type { Db } from "../../platform/database.ts";
import type { Server } from "../../platform/http.ts";
import type { Board } from "../board/board.ts";
import { findMedicinesById } from "../medicines/medicines.ts";
import type { Shelves } from "../stock/stock.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import type { Instant } from "@ihims/core/time.ts";
import { send, type FhirBody } from "./formats.ts";
import {
  inventoryOf,
  itemOf,
  searchInventories,
  searchItems,
  takeInventory,
  type Storeroom,
} from "./inventories.ts";
import { baseOf, formatIn, isOfFormat, pairsOf, actOnce, refuseOthers } from "./requests.ts";
import type { Pairs } from "./searches.ts";

/** What the R5 facade needs. */
export interface R5Parts {
  board: Board;
  /** What is on the city's shelves, when it has been read. */
  shelves(): Promise<Shelves>;
  publicUrl: string | undefined;
  now(): Instant;
  db: Db;
}

/** What each search of R5 takes. */
const SEARCHES = {
  InventoryReport: { answer: searchInventories, parameters: ["_id", "location", "reporter"] },
  InventoryItem: { answer: searchItems, parameters: ["_id", "identifier", "code"] },
} as const;

/** Inventories of pharmacies, for which R4 has no resource. */
export function mountR5(scope: FastifyInstance, server: Server, parts: R5Parts): void {
  const { board, publicUrl, now } = parts;
  const room = async (request: FastifyRequest): Promise<Storeroom> => ({
    board,
    shelves: await parts.shelves(),
    medicines: (ids) => findMedicinesById({ db: parts.db }, ids),
    base: baseOf(request, publicUrl, "R5"),
    now: now(),
  });
  const answer =
    (
      request: FastifyRequest,
      reply: FastifyReply,
      make: (room: Storeroom, pairs: Pairs) => FhirBody | Promise<FhirBody>,
    ) =>
    async () => {
      const pairs = pairsOf(request);
      const format = formatIn(request, pairs, ["json"]);
      const body = await make(
        await room(request),
        pairs.filter(([key]) => !isOfFormat(key)),
      );
      return send(reply.header("cache-control", "no-cache"), 200, body, format);
    };

  scope.get("/R5/metadata", (request, reply) =>
    answer(request, reply, ({ base }, pairs) => {
      refuseOthers(pairs, ["mode"]);
      return capabilityR5(base);
    })(),
  );
  for (const [type, { answer: search }] of Object.entries(SEARCHES)) {
    scope.get(`/R5/${type}`, (request, reply) => answer(request, reply, search)());
    scope.post(`/R5/${type}/_search`, (request, reply) => answer(request, reply, search)());
  }
  for (const [type, read] of [
    ["InventoryReport", inventoryOf],
    ["InventoryItem", itemOf],
  ] as const)
    scope.get<{ Params: { id: string } }>(`/R5/${type}/:id`, (request, reply) =>
      answer(request, reply, (store, pairs) => {
        refuseOthers(pairs, []);
        return read(store, request.params.id);
      })(),
    );
  scope.post("/R5/InventoryReport", async (request, reply) => {
    const pairs = pairsOf(request);
    refuseOthers(pairs, []);
    const format = formatIn(request, pairs, ["json"]);
    const facility = await actOnce(server, request, reply, FacilityId, (ctx) =>
      takeInventory(ctx, board, request.body),
    );
    const id = partId(facility);
    const store = await room(request);
    reply.header("location", `${store.base}/InventoryReport/${id}`).header("cache-control", "no-store");
    return send(reply, 201, inventoryOf(store, id), format);
  });
}

function capabilityR5(base: string): CapabilityStatement {
  const parameters = (type: keyof typeof SEARCHES) =>
    SEARCHES[type].parameters.map((name) => ({
      name,
      type: name === "location" || name === "reporter" ? ("reference" as const) : ("token" as const),
    }));
  const title = "IHIMS: inventories of pharmacies";
  return {
    resourceType: "CapabilityStatement",
    status: "active",
    date: "2026-11-28",
    kind: "instance",
    title,
    software: { name: "IHIMS", version: "0.1.0" },
    implementation: { description: title, url: base },
    fhirVersion: "5.0.0",
    format: ["application/fhir+json", "json"],
    rest: [
      {
        mode: "server",
        security: {
          description: "Reading is public. A report needs Authorization: Bearer with a key for medicine.",
        },
        resource: [
          {
            type: "InventoryReport",
            documentation: "Of one facility, which has to be named; only what is not expired",
            interaction: [{ code: "read" }, { code: "search-type" }, { code: "create" }],
            searchParam: parameters("InventoryReport"),
          },
          {
            type: "InventoryItem",
            documentation: "A medicine of the catalogue, or one that some facility told of",
            interaction: [{ code: "read" }, { code: "search-type" }],
            searchParam: parameters("InventoryItem"),
          },
        ],
      },
    ],
  };
}
