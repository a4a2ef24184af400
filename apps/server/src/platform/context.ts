import type { City } from "@ihims/core/city/schema.ts";
import type { Actor } from "@ihims/core/people/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { Db } from "./database.ts";
import type { Logger } from "./log.ts";

/** What every use case is given first: where the truth is, who asks, and what time it is. */
export interface Context {
  readonly db: Db;
  readonly actor: Actor;
  readonly city: City;
  /** Secret that sessions, keys and visits are hashed with. */
  readonly secretKey: Buffer;
  readonly log: Logger;
  now(): Instant;
  /** Do the work in one transaction; joins the one that is open. */
  transaction<T>(work: (ctx: Context) => Promise<T>): Promise<T>;
  /**
   * Do it as the last thing of the transaction, when all else is written; at once, in one of its own,
   * when none is open. For what all writers wait for each other at: it is then waited for shortly.
   */
  beforeCommit(work: (ctx: Context) => Promise<void>): Promise<void>;
  /** Do it after the transaction is committed, at once when none is open; never after a rollback. */
  afterCommit(work: () => void): void;
  /** Tell those who read from memory what was committed; called through `afterCommit`. */
  announce(committed: readonly unknown[]): void;
  /** Do what has to follow from changes, in their transaction. */
  follow(ctx: Context, changes: readonly unknown[]): Promise<void>;
}

export interface ContextBase {
  db: Db;
  city(): City;
  secretKey: Buffer;
  log: Logger;
  now(): Instant;
  announce(committed: readonly unknown[]): void;
  follow(ctx: Context, changes: readonly unknown[]): Promise<void>;
}

/** A context for one caller. */
export function contextFor(base: ContextBase, actor: Actor): Context {
  const outside: Context = {
    db: base.db,
    actor,
    city: base.city(),
    secretKey: base.secretKey,
    log: base.log,
    now: base.now,
    announce: base.announce,
    follow: base.follow,
    beforeCommit: (work) => outside.transaction(work),
    afterCommit: (work) => work(),
    async transaction(work) {
      const before: ((ctx: Context) => Promise<void>)[] = [];
      const after: (() => void)[] = [];
      const result = await base.db.transaction().execute(async (db) => {
        const inside: Context = {
          ...outside,
          db,
          beforeCommit: async (last) => void before.push(last),
          afterCommit: (later) => void after.push(later),
          transaction: (joined) => joined(inside),
        };
        const done = await work(inside);
        for (const one of before) await one(inside);
        return done;
      });
      for (const one of after) one();
      return result;
    },
  };
  return outside;
}
