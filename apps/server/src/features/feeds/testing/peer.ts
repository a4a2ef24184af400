import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { z } from "zod";
import type { NewFeed } from "@ihims/core/feeds/schema.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Another institution's web server, which answers as a test says. */
export interface Peer extends AsyncDisposable {
  url: string;
  /** What it was asked, in order. */
  asked: IncomingMessage[];
  answer(how: Answer | string): void;
}

export async function startPeer(first: Answer | string = ""): Promise<Peer> {
  let how = first;
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    if (typeof how === "string") response.setHeader("content-type", "text/csv").end(how);
    else how(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the peer has no port");
  return {
    url: `http://127.0.0.1:${address.port}/beds.csv`,
    asked,
    answer: (next) => void (how = next),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What lets feeds read the peers of a test. */
export const ALLOW_LOOPBACK = { allow: ["127.0.0.0/8"], folder: undefined };

/** A mapping of a CSV with hospital, ward, total, occupied and when. */
export const CITY_MAPPING = {
  language: 1,
  title: "Beds of the city",
  format: { kind: "csv" },
  facility: { name: "hospital" },
  observedAt: { date: "seen", otherwise: "fetch-time" },
  parts: [{ observations: [{ kind: "bed", type: "icu", staffed: "total", occupied: "occupied" }] }],
};

/** A mapping of a CSV of one hospital, with no word of when. */
export const OWN_MAPPING = {
  language: 1,
  title: "Our beds",
  format: { kind: "csv" },
  parts: [{ observations: [{ kind: "bed", type: "icu", staffed: "total", occupied: "occupied" }] }],
};

/** A feed as somebody would make it, with what a test says of it. */
export function aFeed(more: Partial<z.input<typeof NewFeed>> & Pick<z.input<typeof NewFeed>, "source">) {
  return {
    name: "Beds",
    facility: null,
    schedule: null,
    usualIntervalS: 3600,
    mapping: CITY_MAPPING,
    ...more,
  } satisfies z.input<typeof NewFeed>;
}
