import type { FeedCredentials, FeedSource } from "@ihims/core/feeds/schema.ts";
import { connect } from "node:net";
import mssql from "mssql";
import { createConnection } from "mysql2";
import pg from "pg";
import { FetchFailed, type Delivery, type Fetching } from "./delivery.ts";
import { failureOf } from "./http-source.ts";
import type { Guard } from "./guard.ts";
import { oneQuestion } from "./sql-text.ts";

type SqlSource = Extract<FeedSource, { kind: "sql" }>;
type SqlFetching = Fetching & { guard: Guard };

const CONNECT_MAX_MS = 15_000;
const PORTS = { postgresql: 5432, mysql: 3306, sqlserver: 1433 } as const;

/** Where and how to connect: the address that the guard found, the name that certificates are of. */
export interface SqlTarget {
  source: SqlSource;
  address: string;
  port: number;
  password: string;
  query: string;
  rowsMax: number;
  timeMaxMs: number;
  signal: AbortSignal;
}

/**
 * The rows that a hospital's database answers with, one JSON object on each line.
 *
 * The session cannot write, runs one statement, and ends at the feed's bounds of rows, bytes and time.
 */
export async function fetchSql(
  source: SqlSource,
  { password = "" }: FeedCredentials,
  { guard, limits, signal }: SqlFetching,
): Promise<Delivery> {
  const query = oneQuestion(source.query);
  const { address } = await guard.addressOf(source.host);
  const target: SqlTarget = {
    source,
    address,
    port: source.port ?? PORTS[source.engine],
    password,
    query,
    rowsMax: limits.rows,
    timeMaxMs: limits.seconds * 1000,
    signal,
  };
  const asked = { postgresql: askPostgres, mysql: askMysql, sqlserver: askSqlServer }[source.engine](target);
  try {
    const bytes = await linesOf(asked, limits.rows, limits.bytes);
    return { name: null, bytes, charset: "utf-8", cursor: {} };
  } catch (error) {
    throw failureOf(error, signal, limits.seconds);
  }
}

async function linesOf(rows: AsyncIterable<object>, rowsMax: number, bytesMax: number): Promise<Buffer> {
  const lines: Buffer[] = [];
  let bytes = 0;
  for await (const row of rows) {
    if (lines.length >= rowsMax)
      throw new FetchFailed(`the query has more than ${rowsMax} rows, the feed's limit`);
    const line = Buffer.from(`${JSON.stringify(row, plain)}\n`);
    bytes += line.length;
    if (bytes > bytesMax)
      throw new FetchFailed(`the rows are larger than ${bytesMax} bytes, the feed's limit`);
    lines.push(line);
  }
  return Buffer.concat(lines);
}

function plain(_name: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  return value !== null && typeof value === "object" && "type" in value && value.type === "Buffer"
    ? null
    : value;
}

/** int2, int4, int8, float4, float8, numeric: numbers; bool as it is; everything else the text that PostgreSQL writes. */
const NUMBERS = new Set([20, 21, 23, 700, 701, 1700]);
const BOOLEAN_OID = 16;
const JSON_OIDS = new Set([114, 3802]);

function postgresParser(oid: number): (text: string) => unknown {
  if (NUMBERS.has(oid)) return Number;
  if (oid === BOOLEAN_OID) return (text) => text === "t";
  return JSON_OIDS.has(oid) ? (text) => JSON.parse(text) : (text) => text;
}

/** Rows that are asked for at a time. */
const PAGE_ROWS = 1000;

async function* askPostgres(target: SqlTarget): AsyncGenerator<object> {
  const { source, address, port, password, query, timeMaxMs, signal } = target;
  const client = new pg.Client({
    host: address,
    port,
    database: source.database,
    user: source.user,
    password,
    connectionTimeoutMillis: CONNECT_MAX_MS,
    statement_timeout: timeMaxMs,
    application_name: "ihims feed",
    options: "-c default_transaction_read_only=on",
    ssl: source.tls === "off" ? false : { servername: source.host, rejectUnauthorized: source.tls === "on" },
    types: { getTypeParser: postgresParser as typeof pg.types.getTypeParser }, // Texts only: nothing is asked for in binary.
  });
  client.on("error", () => undefined);
  const stop = () => void client.end().catch(() => undefined);
  signal.addEventListener("abort", stop, { once: true });
  try {
    await client.connect();
    await client.query("begin transaction read only");
    // One statement by protocol, and a cursor can only be declared for one that reads.
    await client.query(extended(`declare feed no scroll cursor for ${query}`));
    for (;;) {
      const { rows } = await client.query<Record<string, unknown>>(`fetch ${PAGE_ROWS} from feed`);
      yield* rows;
      if (rows.length < PAGE_ROWS) return;
    }
  } finally {
    signal.removeEventListener("abort", stop);
    await client.end().catch(() => undefined);
  }
}

/** A query in the protocol that takes one statement; the driver's types do not know of it yet. */
function extended(text: string): pg.QueryConfig {
  const config: pg.QueryConfig & { queryMode: "extended" } = { text, queryMode: "extended" };
  return config;
}

async function* askMysql(target: SqlTarget): AsyncGenerator<object> {
  const { source, address, port, password, query, rowsMax, timeMaxMs, signal } = target;
  const connection = createConnection({
    // The name is what the certificate is of; what is connected to is the address that was looked at.
    host: source.host,
    stream: () => connect({ host: address, port }),
    database: source.database,
    user: source.user,
    password,
    connectTimeout: CONNECT_MAX_MS,
    multipleStatements: false,
    dateStrings: true,
    decimalNumbers: true,
    supportBigNumbers: true,
    // A hostile server could otherwise ask for files of this machine.
    flags: ["-LOCAL_FILES"],
    ...(source.tls === "off"
      ? {}
      : { ssl: { rejectUnauthorized: source.tls === "on", verifyIdentity: source.tls === "on" } }),
  });
  const failed = new Promise<never>((_, reject) => connection.on("error", reject));
  failed.catch(() => undefined);
  const stop = () => connection.destroy();
  signal.addEventListener("abort", stop, { once: true });
  const run = (text: string) => connection.promise().query(text);
  try {
    const [[kind]] = (await run("select version() as version")) as unknown as [[{ version: string }]]; // One row, one column.
    const isMaria = /mariadb/i.test(kind.version);
    await run(
      isMaria
        ? `set session max_statement_time = ${Math.ceil(timeMaxMs / 1000)}`
        : `set session max_execution_time = ${timeMaxMs}`,
    );
    await run(`set session sql_select_limit = ${rowsMax + 1}`);
    await run("set session transaction read only");
    await run("start transaction read only");
    for await (const row of connection.query(query).stream({ highWaterMark: 100 }))
      if (row !== null && typeof row === "object") yield row;
  } finally {
    signal.removeEventListener("abort", stop);
    connection.destroy();
  }
}

/** What the driver for SQL Server is opened with. */
export function sqlServerConfig({ source, address, port, password, timeMaxMs }: SqlTarget): mssql.config {
  return {
    server: address,
    port,
    database: source.database,
    user: source.user,
    password,
    connectionTimeout: CONNECT_MAX_MS,
    requestTimeout: timeMaxMs,
    pool: { max: 1, min: 0 },
    options: {
      encrypt: source.tls !== "off",
      trustServerCertificate: source.tls === "unverified",
      serverName: source.host,
      readOnlyIntent: true,
      enableArithAbort: true,
      useUTC: true,
      appName: "ihims feed",
    },
  };
}

/** What is sent to SQL Server: it ends after the rows that are read, and whatever was done is undone. */
export function sqlServerBatch(query: string, rowsMax: number): string {
  return [
    "set xact_abort on; set implicit_transactions off;",
    `set rowcount ${rowsMax + 1};`,
    "begin transaction;",
    `${query};`,
    "rollback transaction;",
  ].join("\n");
}

async function* askSqlServer(target: SqlTarget): AsyncGenerator<object> {
  const pool = new mssql.ConnectionPool(sqlServerConfig(target));
  const stop = () => void pool.close().catch(() => undefined);
  target.signal.addEventListener("abort", stop, { once: true });
  try {
    await pool.connect();
    const request = pool.request();
    request.stream = true;
    const columns: mssql.IColumnMetadata[] = [];
    request.on("recordset", (found: mssql.IColumnMetadata) => columns.push(found));
    const rows = request.toReadableStream({ highWaterMark: 100 });
    const done = request.query(sqlServerBatch(target.query, target.rowsMax));
    done.catch((error: Error) => rows.destroy(error));
    for await (const row of rows)
      if (row !== null && typeof row === "object") yield withLocalTimes(row, columns[0]);
    await done;
  } finally {
    target.signal.removeEventListener("abort", stop);
    await pool.close().catch(() => undefined);
  }
}

/** Times without a zone come as moments of UTC: written as the clock on the wall that they are. */
export function withLocalTimes(row: object, columns: mssql.IColumnMetadata | undefined): object {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]: [string, unknown]) => {
      if (!(value instanceof Date)) return [name, value];
      const text = value.toISOString();
      const isZoned = columns?.[name]?.type === mssql.DateTimeOffset;
      return [name, isZoned ? text : text.slice(0, -1)];
    }),
  );
}
