import { z } from "zod";
import { requestBytes } from "./connection.ts";

/** A system that reports beds with a key of its own. */
export const Desk = z.object({
  key: z.string(),
  beds: z.array(z.object({ facility: z.string(), type: z.string() })).min(1),
});
export type Desk = z.infer<typeof Desk>;

/** What every answer's body has to begin with. */
const answerStart = z.string();

/** What a load sends. Each connection is somebody else: its own place in the list, its own desk. */
export const Traffic = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("reads"), answerStart, paths: z.array(z.string()).min(1) }),
  z.object({
    kind: z.literal("batches"),
    answerStart,
    path: z.string(),
    size: z.int().min(1),
    desks: z.array(Desk).min(1),
  }),
  /** One report a request: PUT of the beds of a type, or POST of the same row to the bare table. */
  z.object({
    kind: z.literal("puts"),
    answerStart,
    method: z.enum(["PUT", "POST"]),
    desks: z.array(Desk).min(1),
  }),
]);
export type Traffic = z.infer<typeof Traffic>;

/** How the answer to a PUT of beds begins: changed, or confirmed where the figure stood so already. */
export const PUT_ANSWER = '{"outcome":"c';

/** Staffed beds of every ward that the load speaks of; occupied walks below it. */
const STAFFED = 40;

/** The requests of one connection, one after the other. */
export function requestsOf(traffic: Traffic, place: number): () => Buffer {
  switch (traffic.kind) {
    case "reads":
      return readsOf(traffic.paths, place);
    case "batches":
      return batchesOf(traffic, place);
    case "puts":
      return traffic.method === "PUT"
        ? putsOf(deskOf(traffic.desks, place))
        : batchesOf({ ...traffic, kind: "batches", path: "/bench/rows", size: 1 }, place);
  }
}

function deskOf(desks: readonly Desk[], place: number): Desk {
  const desk = desks[place % desks.length];
  if (!desk) throw new RangeError("a load without desks");
  return desk;
}

function readsOf(paths: readonly string[], place: number): () => Buffer {
  const requests = paths.map((path) => requestBytes("GET", path));
  // Far from where the others begin, so that connections do not ask the same thing one after the other.
  let at = (place * 7919) % requests.length;
  return () => {
    at = (at + 1) % requests.length;
    const request = requests[at];
    if (!request) throw new RangeError("a load without paths");
    return request;
  };
}

function batchesOf(traffic: Extract<Traffic, { kind: "batches" }>, place: number): () => Buffer {
  const { key, beds } = deskOf(traffic.desks, place);
  let turn = 0;
  return () => {
    const observedAt = new Date().toISOString();
    const observations = Array.from({ length: traffic.size }, () => {
      turn++;
      const bed = beds[turn % beds.length];
      return {
        facility: bed?.facility,
        subject: `bed:${bed?.type}`,
        value: countsOf(turn + Math.floor(turn / beds.length)),
        observedAt,
        // Named by the sender, as batches of a hospital's system are.
        sourceRef: `${place}-${turn}-${observedAt}`,
      };
    });
    return requestBytes("POST", traffic.path, { key, body: JSON.stringify({ observations }) });
  };
}

function putsOf({ key, beds }: Desk): () => Buffer {
  let turn = 0;
  return () => {
    turn++;
    const bed = beds[turn % beds.length];
    const counts = countsOf(turn + Math.floor(turn / beds.length));
    return requestBytes("PUT", `/api/v1/facilities/${bed?.facility}/beds/${bed?.type}`, {
      key,
      body: JSON.stringify(counts),
    });
  };
}

/** Counts that differ from those of the turn before, so that every report changes something. */
function countsOf(turn: number): { staffed: number; occupied: number } {
  return { staffed: STAFFED, occupied: turn % STAFFED };
}
