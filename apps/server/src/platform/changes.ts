import { sql } from "kysely";
import type { Context } from "./context.ts";
import type { Db } from "./database.ts";
import type { Logger } from "./log.ts";

/** One committed change, with its place in the stream. */
export interface Change {
  /** Opaque and ordered: what `Last-Event-ID` carries. */
  position: Position;
  body: unknown;
}

/** Place in the stream: the transaction's number and the row's, as `123-45`. */
export type Position = `${number}-${number}`;

/** Rows that are read from the stream at a time. */
const BATCH_MAX = 2000;
/** How often another process's changes are looked for, in milliseconds. Our own wake the follower at once. */
const POLL_MS = 250;

export function isPosition(text: string): text is Position {
  return /^\d{1,20}-\d{1,19}$/.test(text);
}

function partsOf(position: Position): [xid: string, id: string] {
  const [xid = "0", id = "0"] = position.split("-");
  return [xid, id];
}

/** Whether `a` comes before or is the same as `b`. */
export function isUpTo(a: Position, b: Position): boolean {
  const [xidA, idA] = partsOf(a).map(BigInt);
  const [xidB, idB] = partsOf(b).map(BigInt);
  return xidA === xidB ? (idA ?? 0n) <= (idB ?? 0n) : (xidA ?? 0n) < (xidB ?? 0n);
}

/** Write changes beside what changed, in its transaction, and tell this process's memory once it is committed. */
export async function appendChanges(ctx: Context, bodies: readonly unknown[]): Promise<void> {
  if (bodies.length === 0) return;
  await sql`
    insert into change (committed_about, body)
    select ${ctx.now()}::timestamptz, body::jsonb from unnest(${bodies.map((body) => JSON.stringify(body))}::text[]) as given (body)
  `.execute(ctx.db);
  ctx.afterCommit(() => ctx.announce(bodies));
  await ctx.follow(ctx, bodies);
}

/** The place after everything that is committed and visible to all. */
export async function newestPosition(db: Db): Promise<Position> {
  const { rows } = await sql<{ xid: string; id: number }>`
    select xid::text as xid, id from change where xid < pg_snapshot_xmin(pg_current_snapshot())
    order by xid desc, id desc limit 1
  `.execute(db);
  return rows[0] ? `${Number(rows[0].xid)}-${rows[0].id}` : "0-0";
}

/** Changes after a place, oldest first; undefined when those next after it are no longer kept. */
export async function readChangesAfter(
  db: Db,
  position: Position,
  limit = BATCH_MAX,
): Promise<Change[] | undefined> {
  const [xid, id] = partsOf(position);
  const { rows } = await sql<{ xid: string; id: number; body: unknown; is_kept: boolean }>`
    select xid::text as xid, id, body, ${position} = '0-0' or exists (
      select from change as c where (c.xid, c.id) <= (${xid}::xid8, ${id}::bigint)
    ) as is_kept
    from change
    where (xid, id) > (${xid}::xid8, ${id}::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by xid, id limit ${limit}
  `.execute(db);
  if (rows[0] && !rows[0].is_kept) return undefined;
  return rows.map((row) => ({ position: `${Number(row.xid)}-${row.id}` as const, body: row.body }));
}

/** Forget changes that are older than readers come back for. One row is always left to tell the place by. */
export async function forgetChangesBefore(db: Db, moment: string): Promise<void> {
  await sql`
    delete from change where committed_about < ${moment}::timestamptz
      and id < (select id from change order by xid desc, id desc limit 1)
  `.execute(db);
}

export interface Follower {
  /** Look for changes now. */
  wake(): void;
  /** The place up to which listeners have been told. */
  position(): Position;
  stop(): Promise<void>;
}

/**
 * Follow the stream from a place on: every committed change once, in one order that is the same in
 * every process. A failing database is tried again; nothing is skipped.
 */
export function followChanges(
  db: Db,
  from: Position,
  onChanges: (changes: readonly Change[]) => void,
  log: Logger,
): Follower {
  let position = from;
  let isStopped = false;
  let isWoken = false;
  let wakeUp: (() => void) | undefined;

  async function rest(): Promise<void> {
    if (isWoken || isStopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    wakeUp = undefined;
  }

  async function follow(): Promise<void> {
    while (!isStopped) {
      isWoken = false;
      try {
        const changes = await readChangesAfter(db, position);
        const last = changes?.at(-1);
        if (changes === undefined) position = await newestPosition(db);
        if (changes && last) {
          onChanges(changes);
          position = last.position;
          if (changes.length === BATCH_MAX) continue;
        }
      } catch (error) {
        if (!isStopped) log.error({ err: error }, "the change stream could not be read; trying again");
      }
      await rest();
    }
  }

  const following = follow();
  return {
    wake() {
      isWoken = true;
      wakeUp?.();
    },
    position: () => position,
    async stop() {
      isStopped = true;
      wakeUp?.();
      await following;
    },
  };
}
