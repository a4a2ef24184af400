import { sql } from "kysely";
import type { FastifyInstance } from "fastify";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Follower } from "./changes.ts";
import type { Db } from "./database.ts";

/** What the metrics count beside the process itself. */
export interface Watched {
  db: Db;
  board: { size(): number };
  stream: { readonly count: number; readonly dropped: number };
  follower: Follower;
}

/** `/healthz` (alive), `/readyz` (can serve) and `/metrics` (Prometheus). */
export function mountHealth(app: FastifyInstance, watched: Watched): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge("ihims_facilities", "Facilities on the board", () => watched.board.size());
  gauge("ihims_live_readers", "Open readers of the live stream", () => watched.stream.count);
  gauge(
    "ihims_live_readers_dropped",
    "Readers let go because they were too slow",
    () => watched.stream.dropped,
  );
  const seconds = new Histogram({
    name: "ihims_http_request_seconds",
    help: "Time to answer a request",
    labelNames: ["method", "route", "status"],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2],
    registers: [registry],
  });
  app.addHook("onResponse", async (request, reply) => {
    seconds.observe(
      { method: request.method, route: request.routeOptions.url ?? "none", status: reply.statusCode },
      reply.elapsedTime / 1000,
    );
  });

  app.get("/healthz", async () => ({ alive: true }));
  app.get("/readyz", async (_request, reply) => {
    try {
      await sql`select 1`.execute(watched.db);
      return { ready: true, facilities: watched.board.size() };
    } catch (error) {
      app.log.warn({ err: error }, "not ready: the database does not answer");
      return reply.code(503).send({ ready: false });
    }
  });
  app.get("/metrics", async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
