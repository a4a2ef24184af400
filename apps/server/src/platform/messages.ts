import { sql } from "kysely";
import { z } from "zod";
import { later, MINUTE_MS, SECOND_MS, type Instant } from "@ihims/core/time.ts";
import type { Context, ContextBase } from "./context.ts";
import type { Db } from "./database.ts";
import { keyFor, seal, unseal } from "./secrets.ts";
import { SmsRefused, type Sms, type SmsProvider } from "./sms.ts";

/** Messages that a process carries at a time. */
const BATCH_MAX = 20;
/** A process that took a message and has not sent it by then is gone: another takes it. */
const LEASE_MS = MINUTE_MS;
/** Tries of one message, with twice as long between them each time. */
const TRIES_MAX = 5;
const FIRST_RETRY_MS = 5 * SECOND_MS;
/** How often messages are looked for. */
const POLL_MS = SECOND_MS;

const Sealed = z.object({ phone: z.string(), text: z.string() });

/**
 * Put a message on its way, in the transaction of what it tells of: it is sent when that is
 * committed, at least once, also when the process ends in between. Until then it stands encrypted.
 *
 * @param expiresAt when it is of no use any more
 */
export async function queueSms(ctx: Context, sms: Sms, expiresAt: Instant): Promise<void> {
  const sealed = seal(keyFor(ctx.secretKey, "messages"), JSON.stringify(sms));
  await sql`
    insert into message (sealed, due_at, expires_at)
    values (${sealed}, ${ctx.now()}::timestamptz, ${expiresAt}::timestamptz)
  `.execute(ctx.db);
}

type Base = Pick<ContextBase, "db" | "secretKey" | "log" | "now">;

/** Send what is due. @returns how many were looked at */
export async function sendDueMessages(base: Base, provider: SmsProvider): Promise<number> {
  const { db, log } = base;
  const due = await takeDue(db, base.now());
  const key = keyFor(base.secretKey, "messages");
  for (const { id, sealed, tries, expires_at } of due) {
    if (expires_at <= base.now()) {
      await forget(db, id);
      continue;
    }
    try {
      await provider.send(Sealed.parse(JSON.parse(unseal(key, sealed))));
      await forget(db, id);
    } catch (error) {
      // Neither the number nor the words are in the log.
      const why = error instanceof Error ? error.message : "unknown";
      if (error instanceof SmsRefused || tries >= TRIES_MAX) {
        log.error({ message: id, tries, why }, "a message could not be sent and is given up");
        await forget(db, id);
      } else {
        log.warn({ message: id, tries, why }, "a message could not be sent; trying again");
        await wait(db, id, later(base.now(), FIRST_RETRY_MS * 2 ** (tries - 1)));
      }
    }
  }
  return due.length;
}

/** Send messages as they come, until it is stopped. */
export function startSending(base: Base, provider: SmsProvider): { stop(): Promise<void> } {
  let isStopped = false;
  let wakeUp: (() => void) | undefined;
  async function work(): Promise<void> {
    while (!isStopped) {
      const count = await sendDueMessages(base, provider).catch((error: unknown) => {
        if (!isStopped) base.log.error({ err: error }, "messages could not be read; trying again");
        return 0;
      });
      if (count === BATCH_MAX || isStopped) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, POLL_MS);
        wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
  const working = work();
  return {
    async stop() {
      isStopped = true;
      wakeUp?.();
      await working;
    },
  };
}

interface Due {
  id: number;
  sealed: Buffer;
  tries: number;
  expires_at: string;
}

async function takeDue(db: Db, now: Instant): Promise<Due[]> {
  const { rows } = await sql<Due>`
    update message set tries = tries + 1, due_at = ${later(now, LEASE_MS)}::timestamptz
    where id in (
      select id from message where due_at <= ${now}::timestamptz order by due_at, id
      limit ${BATCH_MAX} for update skip locked
    )
    returning id, sealed, tries, expires_at
  `.execute(db);
  return rows.sort((a, b) => a.id - b.id);
}

async function forget(db: Db, id: number): Promise<void> {
  await sql`delete from message where id = ${id}`.execute(db);
}

async function wait(db: Db, id: number, until: Instant): Promise<void> {
  await sql`update message set due_at = ${until}::timestamptz where id = ${id}`.execute(db);
}
