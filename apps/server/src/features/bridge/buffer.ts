import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";

/** Something that is to be sent: an observation as the API takes it, or an HL7 message. */
export interface Outgoing {
  kind: "observation" | "hl7";
  source: string;
  body: string;
  /** Of a message: whose it is. An observation says so itself. */
  facility?: string | null;
  /** Where it was said, when its source says the same again and again: unchanged, it is taken once. */
  path?: string;
}

const Waiting = z.object({
  id: z.int(),
  kind: z.enum(["observation", "hl7"]),
  source: z.string(),
  body: z.string(),
  facility: z.string().nullable(),
});
/** Something that waits, with its place in the order. */
export type Waiting = z.infer<typeof Waiting>;

/** What waits, and what became of the rest. */
export interface BufferState {
  waiting: number;
  waitingBytes: number;
  oldestAt: string | null;
  sent: number;
  rejected: number;
}

/** Refused reports that are kept to be looked at; older ones make room. */
const REJECTED_KEPT_MAX = 10_000;
/** A file that was taken is known again as long as this many others were not taken after it. */
const TAKEN_KEPT_MAX = 100_000;

/** The buffer has as much in it as it may have. Its sources keep what they have until there is room. */
export class BufferFull extends Error {
  constructor(maxBytes: number) {
    super(`${Math.round(maxBytes / 1024 / 1024)} MB wait to be sent: nothing more is taken until some are`);
    this.name = "BufferFull";
  }
}

/**
 * What is to be sent, on disk and in order, until the server has said that it has it.
 *
 * Each write is one transaction that is on the disk when it returns (SQLite, synchronous=FULL): what
 * was taken survives a power cut, and a source that was half read was not read at all.
 */
export class Buffer {
  readonly #db: DatabaseSync;
  readonly #maxBytes: number;
  readonly #now: () => string;

  constructor(folder: string, options: { maxBytes: number; now: () => string }) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#maxBytes = options.maxBytes;
    this.#now = options.now;
    this.#db = new DatabaseSync(join(folder, "buffer.sqlite"));
    this.#db.exec(`
      pragma journal_mode = wal;
      pragma synchronous = full;
      pragma busy_timeout = 5000;
      create table if not exists waiting (
        id integer primary key autoincrement, kind text not null, source text not null, body text not null, facility text, queued_at text not null
      ) strict;
      create table if not exists rejected (
        id integer primary key autoincrement, source text not null, body text not null, reason text not null, at text not null
      ) strict;
      create table if not exists taken (name text primary key, at text not null) strict;
      create table if not exists total (name text primary key, value integer not null) strict;
      create table if not exists said (path text primary key, digest text not null) strict;
    `);
  }

  /**
   * Take things in, all or none.
   *
   * @param name of what they come from, as a file with its digest: a second time it is not taken
   * @param rejected what of it cannot be sent, and why
   * @returns false when it was taken before
   * @throws BufferFull
   */
  take(
    outgoing: readonly Outgoing[],
    name?: string,
    rejected: readonly (Outgoing & { reason: string })[] = [],
  ): boolean {
    if (this.isFull) throw new BufferFull(this.#maxBytes);
    return this.#transaction(() => {
      if (name !== undefined) {
        const { changes } = this.#db
          .prepare("insert into taken (name, at) values (?, ?) on conflict do nothing")
          .run(name, this.#now());
        if (changes === 0) return false;
        this.#db
          .prepare("delete from taken where rowid <= (select max(rowid) from taken) - ?")
          .run(TAKEN_KEPT_MAX);
      }
      const insert = this.#db.prepare(
        "insert into waiting (kind, source, body, facility, queued_at) values (?, ?, ?, ?, ?)",
      );
      let bytes = 0;
      for (const { kind, source, body, facility = null, path } of outgoing) {
        if (path !== undefined && !this.#isNews(path, body)) continue;
        insert.run(kind, source, body, facility, this.#now());
        bytes += body.length;
      }
      this.#count("bytes", bytes);
      for (const { source, body, reason, path } of rejected)
        if (path === undefined || this.#isNews(path, reason)) this.#reject(source, body, reason);
      return true;
    });
  }

  /** The oldest that wait, in their order. */
  next(most: number): Waiting[] {
    return this.#db
      .prepare("select id, kind, source, body, facility from waiting order by id limit ?")
      .all(most)
      .map((row) => Waiting.parse(row));
  }

  /** The server has these: forget them, and keep those that it refused with the reason. */
  settle(done: readonly Waiting[], refused: ReadonlyMap<number, string>): void {
    this.#transaction(() => {
      const remove = this.#db.prepare("delete from waiting where id = ?");
      let bytes = 0;
      for (const { id, source, body } of done) {
        remove.run(id);
        bytes += body.length;
        const reason = refused.get(id);
        if (reason !== undefined) this.#reject(source, body, reason);
      }
      this.#count("bytes", -bytes);
      this.#count("sent", done.length - refused.size);
    });
  }

  /** What was refused, the newest first. */
  rejected(most: number): { source: string; body: string; reason: string; at: string }[] {
    return z
      .array(z.object({ source: z.string(), body: z.string(), reason: z.string(), at: z.string() }))
      .parse(
        this.#db.prepare("select source, body, reason, at from rejected order by id desc limit ?").all(most),
      );
  }

  /** Whether nothing more is taken for now. */
  get isFull(): boolean {
    return this.state().waitingBytes >= this.#maxBytes;
  }

  state(): BufferState {
    const row = this.#db
      .prepare(
        `select (select count(*) from waiting) as waiting, (select min(queued_at) from waiting) as oldestAt,
           coalesce((select value from total where name = 'bytes'), 0) as waitingBytes,
           coalesce((select value from total where name = 'sent'), 0) as sent,
           coalesce((select value from total where name = 'rejected'), 0) as rejected`,
      )
      .get();
    return z
      .object({
        waiting: z.int(),
        waitingBytes: z.int(),
        oldestAt: z.string().nullable(),
        sent: z.int(),
        rejected: z.int(),
      })
      .parse(row);
  }

  close(): void {
    this.#db.close();
  }

  /** Whether this was not the last thing that was said of a path; from now on it is. */
  #isNews(path: string, text: string): boolean {
    const digest = createHash("sha256").update(text).digest("base64url");
    const { changes } = this.#db
      .prepare(
        "insert into said (path, digest) values (?, ?) on conflict (path) do update set digest = excluded.digest where digest <> excluded.digest",
      )
      .run(path, digest);
    return changes > 0;
  }

  #reject(source: string, body: string, reason: string): void {
    this.#db
      .prepare("insert into rejected (source, body, reason, at) values (?, ?, ?, ?)")
      .run(source, body, reason, this.#now());
    this.#db
      .prepare("delete from rejected where id <= (select max(id) from rejected) - ?")
      .run(REJECTED_KEPT_MAX);
    this.#count("rejected", 1);
  }

  #count(name: string, by: number): void {
    this.#db
      .prepare(
        "insert into total (name, value) values (?, ?) on conflict (name) do update set value = value + excluded.value",
      )
      .run(name, by);
  }

  #transaction<T>(work: () => T): T {
    this.#db.exec("begin immediate");
    try {
      const result = work();
      this.#db.exec("commit");
      return result;
    } catch (error) {
      this.#db.exec("rollback");
      throw error;
    }
  }
}
