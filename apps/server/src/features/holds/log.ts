import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  sign,
  verify,
  type KeyObject,
} from "node:crypto";
import { dateIn } from "@ihims/core/calendar.ts";
import { FIRST_HASH, hashedText, signedText, type LogEntry, type LogHead } from "@ihims/core/audit/log.ts";
import { bedTypeOf } from "@ihims/core/observations/schema.ts";
import { canonical } from "@ihims/core/observations/rules.ts";
import { millisOf } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { keyFor } from "../../platform/secrets.ts";
import { findLogEnd, findLogHeads, insertLogHead, insertLogRows, lockLogEnd, type HoldRow } from "./store.ts";

const PSEUDONYM_CHARS = 16;

/**
 * Append what became of holds to the public log, in the transaction in which it did. All writers of
 * the log wait for each other from here to the commit, so it is the last that a transaction does.
 */
export function appendToLog(ctx: Context, holds: readonly HoldRow[]): Promise<void> {
  return ctx.beforeCommit(async (tx) => {
    const end = await lockLogEnd(tx.db);
    let { seq, hash } = end ?? { seq: 0, hash: FIRST_HASH };
    const rows = holds.map((hold) => {
      seq += 1;
      const entry = entryOf(tx, hold, seq);
      hash = sha256(hashedText(hash, entry));
      return { seq, entry: canonical(entry), hash };
    });
    await insertLogRows(tx.db, rows);
  });
}

function entryOf(ctx: Context, hold: HoldRow, seq: number): LogEntry {
  const { facility, holder, officer, subject } = hold;
  const key = keyFor(ctx.secretKey, "pseudonyms of the log of holds");
  const pseudonym = (...of: string[]) =>
    createHmac("sha256", key).update(JSON.stringify(of)).digest("base64url").slice(0, PSEUDONYM_CHARS);
  const day = dateIn(ctx.city.timeZone, millisOf(hold.requestedAt));
  return {
    seq,
    at: ctx.now(),
    step: hold.state,
    hold: pseudonym("hold", hold.id),
    holder: pseudonym("holder", facility, day, holder),
    facility,
    kind: hold.kind,
    bedType: bedTypeOf(subject) ?? null,
    units: hold.units,
    officer: officer && pseudonym("officer", facility, officer),
    officerRole: hold.officerRole,
  };
}

/** Of a text in UTF-8, in hexadecimal digits. */
export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** Ed25519 in PKCS #8 (RFC 8410), before its 32 bytes. */
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
const SPKI_PREFIX_BYTES = 12;

function signingKey(ctx: Pick<Context, "secretKey">): KeyObject {
  const seed = keyFor(ctx.secretKey, "heads of the log of holds");
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: "der", type: "pkcs8" });
}

/** Where the log stands now, signed. */
export async function signLogHead(ctx: Pick<Context, "db" | "secretKey" | "now">): Promise<LogHead> {
  const { seq, hash } = (await findLogEnd(ctx.db)) ?? { seq: 0, hash: FIRST_HASH };
  const at = ctx.now();
  const key = signingKey(ctx);
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  return {
    seq,
    hash,
    at,
    publicKey: spki.subarray(SPKI_PREFIX_BYTES).toString("base64url"),
    signature: sign(null, Buffer.from(signedText({ seq, hash, at })), key).toString("base64url"),
  };
}

/** Whether a head was signed by who has the key to the public key that it names. */
export function isSigned(head: LogHead): boolean {
  try {
    const jwk = { kty: "OKP", crv: "Ed25519", x: head.publicKey };
    const key = createPublicKey({ key: jwk, format: "jwk" });
    return verify(null, Buffer.from(signedText(head)), key, Buffer.from(head.signature, "base64url"));
  } catch {
    return false;
  }
}

/** Keep a signed head, and print it where it cannot be taken back, when the log has grown since the last. */
export async function keepLogHead(ctx: Pick<Context, "db" | "secretKey" | "now" | "log">): Promise<void> {
  const [last] = await findLogHeads(ctx.db, Number.MAX_SAFE_INTEGER, 1);
  const head = await signLogHead(ctx);
  if (head.seq <= (last?.seq ?? 0)) return;
  await insertLogHead(ctx.db, head);
  ctx.log.info({ head }, "head of the log of holds");
}
