import type { Socket } from "node:net";
import type { App } from "@ihims/server/app.ts";
import { sql } from "kysely";
import { Pool } from "pg";
import { z } from "zod";
import { NEAREST_SQL } from "./postgis.ts";

const Rows = z.object({ observations: z.array(z.record(z.string(), z.unknown())) });
const Publish = z.object({ frames: z.int(), bytes: z.int() });

/**
 * What our routes are held against: the same server, the same hooks, the same pool and sockets, and
 * as little as possible of our own work.
 */
export async function mountPeers({ fastify, base }: App, postgisUrl: string | undefined): Promise<void> {
  await sql`
    create table if not exists bench_row (
      id bigint generated always as identity, received_at timestamptz not null, observed_at timestamptz not null,
      facility_id text not null, subject text not null, source text not null, sender text not null,
      source_ref text, value jsonb not null, outcome text not null, primary key (id, received_at)
    )
  `.execute(base.db);
  await sql`create index if not exists bench_row_subject on bench_row (facility_id, subject, observed_at desc)`.execute(
    base.db,
  );

  const bodies = new Map<string, Buffer>();
  fastify.get<{ Params: { bytes: string } }>("/bench/constant/:bytes", async (request, reply) => {
    const { bytes } = request.params;
    const body = bodies.get(bytes) ?? Buffer.alloc(Number(bytes), "x");
    bodies.set(bytes, body);
    return reply.type("application/json; charset=utf-8").send(body);
  });

  fastify.post("/bench/rows", async (request) => {
    const { observations } = Rows.parse(request.body);
    const column = (name: string) => observations.map((row) => row[name]);
    const now = base.now();
    await sql`
      insert into bench_row (received_at, observed_at, facility_id, subject, source, sender, source_ref, value, outcome)
      select ${now}::timestamptz, observed_at, facility_id, subject, 'api', 'bench', source_ref, value::jsonb, 'changed'
      from unnest(
        ${column("observedAt")}::timestamptz[], ${column("facility")}::text[], ${column("subject")}::text[],
        ${column("sourceRef")}::text[], ${column("value").map((value) => JSON.stringify(value))}::text[]
      ) as r (observed_at, facility_id, subject, source_ref, value)
    `.execute(base.db);
    return { accepted: observations.length };
  });

  if (postgisUrl !== undefined) mountPostGis({ fastify }, postgisUrl);
  mountBareStream({ fastify });
}

const Nearest = z.object({ near: z.string(), specialty: z.string(), bed: z.string() });

/** The same question to PostGIS: a prepared statement, on a pool of a few sessions. */
function mountPostGis({ fastify }: Pick<App, "fastify">, url: string): void {
  const pool = new Pool({ connectionString: url, max: 4 });
  fastify.addHook("onClose", () => pool.end());
  fastify.get("/bench/postgis", async (request, reply) => {
    const { near, specialty, bed } = Nearest.parse(request.query);
    const [lat, lon] = near.split(",").map(Number);
    const { rows } = await pool.query<{ body: string }>({
      name: "nearest",
      text: NEAREST_SQL,
      values: [lon, lat, specialty, bed],
    });
    return reply.type("application/json; charset=utf-8").send(rows[0]?.body);
  });
}

/** Readers to whose sockets the same bytes are written, again and again. */
function mountBareStream({ fastify }: Pick<App, "fastify">): void {
  const readers = new Set<Socket>();
  fastify.get("/bench/live", (_request, reply) => {
    const { socket } = reply.raw;
    if (!socket) throw new Error("a request without a socket");
    reply.hijack();
    readers.add(socket);
    socket.setNoDelay(true);
    socket.once("close", () => readers.delete(socket));
    socket.write("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\nid: 0\n\n");
  });
  fastify.post("/bench/live", async (request) => {
    const { frames, bytes } = Publish.parse(request.body);
    const frame = Buffer.from(`data: ${"x".repeat(bytes - 8)}\n\n`);
    for (let i = 0; i < frames; i++) for (const socket of readers) socket.write(frame);
    return { accepted: frames };
  });
}
