import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { takeCopies } from "./copy.ts";

/** Tables are known to the store that owns them: `db.withTables<BedTables>()`. */
// oxlint-disable-next-line typescript/no-empty-object-type -- a database of which nobody knows a table yet
export type Db = Kysely<{}>;

/** Connections that one process keeps open at most. */
export const CONNECTIONS_MAX = 20;

export interface Database {
  db: Db;
  pool: pg.Pool;
  close(): Promise<void>;
}

/** int8 as a number: our counters stay far below 2^53. */
const INT8_OID = 20;
/** timestamptz as text; stores turn it into an `Instant`. */
const TIMESTAMPTZ_OID = 1184;

function parserOf(oid: number, format?: "text" | "binary") {
  if (oid === INT8_OID) return Number;
  if (oid === TIMESTAMPTZ_OID) return (text: string) => new Date(text).toISOString();
  return pg.types.getTypeParser(oid, format);
}

/** Connect to a PostgreSQL. Connections are opened when they are first wanted. */
export function openDatabase(
  url: string,
  options: { connectionsMax?: number; onError?: (error: Error) => void } = {},
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connectionsMax ?? CONNECTIONS_MAX,
    application_name: "ihims",
    types: { getTypeParser: parserOf },
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on("error", (error) => options.onError?.(error));
  // The same of one that breaks between two statements of a transaction: the next statement fails.
  pool.on("connect", (client) => client.on("error", (error) => options.onError?.(error)));
  pool.on("connect", takeCopies);
  const db = new Kysely<Record<never, never>>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
}
