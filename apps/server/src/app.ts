import type { FastifyInstance } from "fastify";
import type { City } from "@ihims/core/city/schema.ts";
import { instantOf, later, HOUR_MS, type Instant } from "@ihims/core/time.ts";
import { UNNAMED_CITY, findCity } from "./features/city/city.ts";
import { mountBeds } from "./features/beds/routes.ts";
import { Board } from "./features/board/board.ts";
import { mountCity } from "./features/city/routes.ts";
import { listAllFacilities } from "./features/facilities/facilities.ts";
import { mountFacilities } from "./features/facilities/routes.ts";
import { keyHolderOf } from "./features/keys/keys.ts";
import { mountKeys } from "./features/keys/routes.ts";
import { LiveStream } from "./features/live/live.ts";
import { mountLive } from "./features/live/routes.ts";
import { CityChange, listAllStandings } from "./features/observations/observations.ts";
import { mountObservations } from "./features/observations/routes.ts";
import { createAuthentication } from "./features/people/authentication.ts";
import { personOf } from "./features/people/people.ts";
import { mountPeople } from "./features/people/routes.ts";
import { followChanges, forgetChangesBefore, newestPosition } from "./platform/changes.ts";
import { contextFor, type Context, type ContextBase } from "./platform/context.ts";
import { openDatabase } from "./platform/database.ts";
import { createFastify } from "./platform/fastify.ts";
import { Server } from "./platform/http.ts";
import { forgetAnswersBefore } from "./platform/idempotency.ts";
import type { Logger } from "./platform/log.ts";
import { mountHealth } from "./platform/health.ts";
import { mountReference } from "./platform/reference.ts";
import { mountWebApps } from "./platform/web-apps.ts";

/** Readers that were away come back within this; then what they missed is forgotten. */
const CHANGES_KEPT_MS = 24 * HOUR_MS;
/** Requests are repeated within this. */
const ANSWERS_KEPT_MS = 24 * HOUR_MS;
const HOUSEKEEPING_MS = HOUR_MS;

export interface AppOptions {
  databaseUrl: string;
  secretKey: Buffer;
  log: Logger;
  publicUrl: string | undefined;
  now?: () => Instant;
  /** Check replies against their endpoints, as tests do. */
  isChecking?: boolean;
}

export interface App {
  fastify: FastifyInstance;
  base: ContextBase;
  board: Board;
  server: Server;
  stream: LiveStream;
  /** A context for somebody who sits at the machine. */
  operator(): Context;
  close(): Promise<void>;
}

/** The whole server on a database that is up to date, without its ports. */
export async function createApp(options: AppOptions): Promise<App> {
  const { log, secretKey } = options;
  const now = options.now ?? (() => instantOf(new Date()));
  const database = openDatabase(options.databaseUrl, { onError: (error) => log.warn({ err: error }, "a database connection was lost") });
  const authentication = createAuthentication(options.databaseUrl, secretKey, { publicUrl: options.publicUrl });
  let city: City = (await findCity(database.db)) ?? UNNAMED_CITY;
  const board = new Board(() => city.timeZone);
  const base: ContextBase = {
    db: database.db,
    city: () => city,
    secretKey,
    log,
    now,
    announce(committed) {
      for (const body of committed) board.apply(CityChange.parse(body));
      follower.wake();
    },
  };

  // The place is read before the state: what is committed in between comes twice, and changes nothing.
  const start = await newestPosition(database.db);
  const operator = () => contextFor(base, { kind: "operator" });
  for (const facility of await listAllFacilities(operator())) board.apply({ kind: "facility", facility });
  for (const standing of await listAllStandings(operator())) board.apply({ kind: "standing", standing });
  const stream = new LiveStream(board, now, start);
  const follower = followChanges(
    database.db,
    start,
    (changes) => {
      for (const { body } of changes) board.apply(CityChange.parse(body));
      stream.publish(changes);
    },
    log,
  );

  const fastify = await createFastify(log);
  const server = new Server(
    fastify,
    base,
    async ({ headers }) => {
      const bearer = /^Bearer\s+(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1];
      return bearer ? keyHolderOf(base, bearer) : personOf(base, authentication, headers);
    },
    { isChecking: options.isChecking ?? false },
  );
  // The table of contents of the server: one line for each feature.
  mountCity(server);
  mountFacilities(server, board);
  mountBeds(server, board);
  mountObservations(server);
  mountPeople(server, authentication);
  mountKeys(server);
  const stopLive = mountLive(fastify, stream, database.db, log);
  await mountReference(server, options.publicUrl);
  mountHealth(fastify, { db: database.db, board, stream, follower });
  await mountWebApps(fastify);

  async function keepHouse(): Promise<void> {
    await forgetChangesBefore(database.db, later(now(), -CHANGES_KEPT_MS));
    await forgetAnswersBefore(database.db, later(now(), -ANSWERS_KEPT_MS));
    city = (await findCity(database.db)) ?? city;
  }
  const housekeeping = setInterval(() => void keepHouse().catch((error: unknown) => log.warn({ err: error }, "housekeeping failed")), HOUSEKEEPING_MS);

  return {
    fastify,
    base,
    board,
    server,
    stream,
    operator,
    async close() {
      clearInterval(housekeeping);
      stopLive();
      await fastify.close();
      await follower.stop();
      await authentication.close();
      await database.close();
    },
  };
}
