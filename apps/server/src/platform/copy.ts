import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import { sql } from "kysely";
import type { ClientBase, QueryResult } from "pg";
import { from } from "pg-copy-streams";
import type { Db } from "./database.ts";

/** Rows on their way into a table, as the text format of COPY. */
class CopyRows {
  readonly statement: string;
  readonly text: string;

  constructor(statement: string, text: string) {
    this.statement = statement;
    this.text = text;
  }
}

/**
 * Write rows as PostgreSQL does it fastest, inside of the transaction that is open.
 *
 * @param into table with its columns, as `stock_line (area, quantity)`
 * @param text rows in COPY's text format, each ended by a line feed
 */
export async function copyInto(db: Db, into: string, text: string): Promise<void> {
  if (text === "") return;
  await sql`${new CopyRows(`copy ${into} from stdin`, text)}`.execute(db);
}

/** A field of COPY's text format. */
export function copyField(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "\\N";
  if (typeof value === "number") return String(value);
  return value.replace(/[\\\n\r\t]/g, (one) => ESCAPES[one] ?? one);
}
const ESCAPES: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Kysely hands statements to a client and cannot stream into it: what is to be copied comes as a parameter, and is taken out here. */
export function takeCopies(client: ClientBase): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown; // Passed on as it came.
  const taking = (...given: unknown[]) => {
    const [, values] = given;
    const rows: unknown = Array.isArray(values) ? values[0] : undefined;
    return rows instanceof CopyRows ? copy(query, rows) : query(...given);
  };
  Object.assign(client, { query: taking });
}

async function copy(
  query: (...given: unknown[]) => unknown,
  { statement, text }: CopyRows,
): Promise<Pick<QueryResult, "command" | "rowCount" | "rows">> {
  const stream = from(statement);
  query(stream);
  await pipeline(Readable.from([Buffer.from(text)]), stream);
  return { command: "COPY", rowCount: stream.rowCount, rows: [] };
}
