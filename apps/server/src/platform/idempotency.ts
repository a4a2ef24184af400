import { sql } from "kysely";
import { z } from "zod";
import { Problem } from "@ihims/core/problem.ts";
import { Answer } from "./answer.ts";
import type { Context } from "./context.ts";
import type { Db } from "./database.ts";
import { keyFor, seal, unseal } from "./secrets.ts";

/** Longest key that is taken. */
const KEY_MAX_CHARS = 255;

const Kept = z.object({ json: z.string().optional(), etag: z.string().optional() });

/**
 * Act once for a key: the answer is committed together with what was done, so the same request
 * again, even after a crash in between, gives the same answer and does nothing. An act that was
 * refused leaves no trace and can be tried again.
 *
 * @param fingerprint of the request; the same key with another one is refused
 * @throws Problem `key-used-before`, `bad-input`
 */
export async function answerOnce<Body>(
  ctx: Context,
  key: string,
  fingerprint: Buffer,
  act: (ctx: Context) => Promise<Answer<Body>>,
): Promise<Answer<Body>> {
  if (key.length === 0 || key.length > KEY_MAX_CHARS) {
    throw new Problem("bad-input", "The idempotency key has 1 to 255 characters", {
      errors: [{ parameter: "Idempotency-Key", detail: "1 to 255 characters" }],
    });
  }
  const caller = callerOf(ctx);
  const sealing = keyFor(ctx.secretKey, "idempotent replies");
  return ctx.transaction(async (tx) => {
    // A second request with the key waits here until the first is committed or rolled back.
    const isFirst = await claim(tx.db, caller, key, fingerprint, tx.now());
    if (!isFirst) {
      const before = await findAnswer(tx.db, caller, key);
      if (!before || !before.request_hash.equals(fingerprint))
        throw new Problem("key-used-before", "This idempotency key was used with another request");
      const kept = Kept.parse(before.reply ? JSON.parse(unseal(sealing, before.reply)) : {});
      return new Answer<Body>({
        ...(kept.json === undefined ? {} : { json: kept.json }),
        ...(kept.etag === undefined ? {} : { etag: kept.etag }),
        headers: { "idempotency-replayed": "true" },
      });
    }
    const answer = await act(tx);
    const json =
      answer.json?.toString() ?? (answer.body === undefined ? undefined : JSON.stringify(answer.body));
    await saveAnswer(tx.db, caller, key, seal(sealing, JSON.stringify({ json, etag: answer.etag })));
    return answer;
  });
}

function callerOf({ actor }: Context): string {
  return actor.kind === "person" || actor.kind === "key" || actor.kind === "door"
    ? `${actor.kind}:${actor.id}`
    : actor.kind;
}

async function claim(
  db: Db,
  caller: string,
  key: string,
  fingerprint: Buffer,
  now: string,
): Promise<boolean> {
  const { rows } = await sql`
    insert into idempotent_request (caller, key, request_hash, answered_at)
    values (${caller}, ${key}, ${fingerprint}, ${now}::timestamptz)
    on conflict do nothing returning key
  `.execute(db);
  return rows.length > 0;
}

async function findAnswer(
  db: Db,
  caller: string,
  key: string,
): Promise<{ request_hash: Buffer; reply: Buffer | null } | undefined> {
  const { rows } = await sql<{ request_hash: Buffer; reply: Buffer | null }>`
    select request_hash, reply from idempotent_request where caller = ${caller} and key = ${key}
  `.execute(db);
  return rows[0];
}

async function saveAnswer(db: Db, caller: string, key: string, reply: Buffer): Promise<void> {
  await sql`update idempotent_request set reply = ${reply} where caller = ${caller} and key = ${key}`.execute(
    db,
  );
}

/** Forget answers that nobody repeats a request for any more. */
export async function forgetAnswersBefore(db: Db, moment: string): Promise<void> {
  await sql`delete from idempotent_request where answered_at < ${moment}::timestamptz`.execute(db);
}
