import { createHmac } from "node:crypto";
import { sql } from "kysely";
import { Problem } from "@ihims/core/problem.ts";
import { elapsedMs, later, type Instant } from "@ihims/core/time.ts";
import { openDatabase, type Database, type Db } from "./database.ts";
import { keyFor } from "./secrets.ts";

const CONNECTIONS_MAX = 2;

/** How often something may be tried in a while. */
export interface Limit {
  /** What is counted: each limit counts by itself. */
  name: string;
  max: number;
  windowMs: number;
}

/**
 * Counts what may only be tried so often, in the database: for all processes together, and across
 * restarts. It counts outside of the caller's transaction, so that a try that is rolled back was one.
 * Who tried is kept as a keyed hash.
 */
export class Attempts {
  readonly #database: Database;
  readonly #key: Buffer;

  /** @param url of the database; connections of its own, since those who try may have taken all others */
  constructor(url: string, secretKey: Buffer, onError: (error: Error) => void) {
    this.#database = openDatabase(url, { connectionsMax: CONNECTIONS_MAX, onError });
    this.#key = keyFor(secretKey, "attempts");
  }

  /**
   * Count one try. It is counted before it is made, so that many at once are not more than are allowed.
   *
   * @throws Problem `too-many-requests` when it is one too many
   */
  async take(limit: Limit, who: string, now: Instant): Promise<void> {
    const { rows } = await sql<{ count: number; since: Instant }>`
      insert into attempt as a (key, since, count) values (${this.#keyOf(limit, who)}, ${now}::timestamptz, 1)
      on conflict (key) do update set
        count = case when a.since <= ${later(now, -limit.windowMs)}::timestamptz then 1 else a.count + 1 end,
        since = case when a.since <= ${later(now, -limit.windowMs)}::timestamptz then excluded.since else a.since end
      returning count, since
    `.execute(this.#database.db);
    const [counted] = rows;
    if (!counted || counted.count <= limit.max) return;
    const left = limit.windowMs - elapsedMs(counted.since, now);
    throw new Problem("too-many-requests", "Too many tries; Retry-After says when to come back", {
      retryAfterS: Math.max(1, Math.ceil(left / 1000)),
    });
  }

  /** What was tried has succeeded: those before are forgiven. */
  async forgive(limit: Limit, who: string): Promise<void> {
    await sql`delete from attempt where key = ${this.#keyOf(limit, who)}`.execute(this.#database.db);
  }

  /** A try that was none of those that are counted: it is taken off again. */
  async giveBack(limit: Limit, who: string): Promise<void> {
    await sql`
      update attempt set count = greatest(count - 1, 0) where key = ${this.#keyOf(limit, who)}
    `.execute(this.#database.db);
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  #keyOf({ name }: Limit, who: string): string {
    return createHmac("sha256", this.#key).update(`${name} ${who}`).digest("base64url");
  }
}

/** Forget what was counted before a moment. */
export async function forgetAttemptsBefore(db: Db, moment: Instant): Promise<void> {
  await sql`delete from attempt where since < ${moment}::timestamptz`.execute(db);
}
