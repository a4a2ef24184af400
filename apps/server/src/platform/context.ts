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
  /** Do it after the transaction is committed, at once when none is open; never after a rollback. */
  afterCommit(work: () => void): void;
  /** Tell those who read from memory what was committed; called through `afterCommit`. */
  announce(committed: readonly unknown[]): void;
}

export interface ContextBase {
  db: Db;
  city(): City;
  secretKey: Buffer;
  log: Logger;
  now(): Instant;
  announce(committed: readonly unknown[]): void;
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
    afterCommit: (work) => work(),
    async transaction(work) {
      const after: (() => void)[] = [];
      const result = await base.db.transaction().execute((db) => {
        const inside: Context = {
          ...outside,
          db,
          afterCommit: (later) => void after.push(later),
          transaction: (joined) => joined(inside),
        };
        return work(inside);
      });
      for (const one of after) one();
      return result;
    },
  };
  return outside;
}
