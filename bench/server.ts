import { createApp } from "@ihims/server/app.ts";
import { startHl7Listener } from "@ihims/server/features/census/listener.ts";
import { createLog } from "@ihims/server/platform/log.ts";
import { z } from "zod";
import { answer } from "./child.ts";
import { startBareListeners } from "./bare-mllp.ts";
import { SECRET_KEY } from "./city.ts";
import { mountPeers } from "./peers.ts";

/** The server as it is, in a process of its own, with the peers mounted beside its own routes. */
export const ServerCommand = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("open"),
    databaseUrl: z.string(),
    /** Of a PostGIS to be asked beside our own. */
    postgisUrl: z.string().optional(),
  }),
  /** `isCollected`: after everything that nobody holds any more is gone, which takes a while. */
  z.object({ kind: z.literal("usage"), isCollected: z.boolean() }),
]);
export type ServerCommand = z.infer<typeof ServerCommand>;

export const ServerResult = z.object({
  origin: z.string(),
  mllpPort: z.int(),
  /** Listeners that do as little as possible with a message. */
  barePorts: z.object({ grouped: z.int(), each: z.int() }),
  /** Processor time that the process has taken so far, in milliseconds. */
  cpuMs: z.number(),
  /** Memory that its objects and buffers take, in bytes. */
  memoryBytes: z.number(),
});
export type ServerResult = z.infer<typeof ServerResult>;

interface Opened {
  origin: string;
  mllpPort: number;
  barePorts: ServerResult["barePorts"];
  close(): Promise<void>;
}
let opened: Opened | undefined;

async function open(databaseUrl: string, postgisUrl: string | undefined): Promise<Opened> {
  const app = await createApp({
    databaseUrl,
    secretKey: SECRET_KEY,
    log: createLog("warn"),
    publicUrl: undefined,
  });
  await mountPeers(app, postgisUrl);
  const listener = await startHl7Listener(() => app.operator(), { port: 0, host: "127.0.0.1" });
  const bare = await startBareListeners(app);
  return {
    origin: await app.fastify.listen({ port: 0, host: "127.0.0.1" }),
    mllpPort: listener.address.port,
    barePorts: { grouped: bare.grouped.address.port, each: bare.each.address.port },
    async close() {
      for (const one of [listener, bare.grouped, bare.each]) await one.close();
      await app.close();
    },
  };
}

async function work(command: ServerCommand): Promise<ServerResult> {
  if (command.kind === "open") opened = await open(command.databaseUrl, command.postgisUrl);
  if (!opened) throw new Error("open it first");
  if (command.kind === "usage" && command.isCollected) globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { heapUsed, external } = process.memoryUsage();
  const memoryBytes = heapUsed + external;
  const { origin, mllpPort, barePorts } = opened;
  return { origin, mllpPort, barePorts, cpuMs: (user + system) / 1000, memoryBytes };
}

if (import.meta.main) answer(ServerCommand, work, async () => opened?.close());
