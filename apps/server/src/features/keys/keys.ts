import { createHash, randomBytes } from "node:crypto";
import { KeyId, type FacilityId } from "@ihims/core/ids.ts";
import type { SubjectKind } from "@ihims/core/observations/schema.ts";
import { mayAdminister } from "@ihims/core/people/rules.ts";
import type { Actor, ApiKey } from "@ihims/core/people/schema.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { readCursor, writeCursor } from "../../platform/cursor.ts";
import { randomId } from "../../platform/random-id.ts";
import { findKey, findKeyBySecretHash, findKeys, insertKey, saveRevocation, touchKey } from "./store.ts";

/** What every secret begins with, so that a leaked one is recognised for what it is. */
const SECRET_PREFIX = "ihims_";
const PREFIX_SHOWN_CHARS = SECRET_PREFIX.length + 6;

export interface NewKey {
  name: string;
  facilities: readonly FacilityId[];
  subjects: readonly SubjectKind[];
  /** Whether it may change the pages of its facilities; it may not unless said. */
  mayChangePages?: boolean;
  expiresAt?: Instant | undefined;
}

/**
 * Issue a key. Its secret has 256 random bits, so a plain hash of it is enough to keep.
 *
 * @throws Problem `not-allowed` when the actor does not administer each of the facilities
 */
export async function issueApiKey(ctx: Context, given: NewKey): Promise<ApiKey & { secret: string }> {
  if (!given.facilities.every((facility) => mayAdminister(ctx.actor, facility))) {
    throw new Problem("not-allowed", "Only an administrator of the facility issues keys for it");
  }
  const secret = SECRET_PREFIX + randomBytes(32).toString("base64url");
  const key: ApiKey = {
    id: KeyId.parse(`k${randomId()}`),
    name: given.name,
    prefix: secret.slice(0, PREFIX_SHOWN_CHARS),
    facilities: [...given.facilities],
    subjects: [...given.subjects],
    mayChangePages: given.mayChangePages ?? false,
    createdAt: ctx.now(),
    lastUsedAt: null,
    expiresAt: given.expiresAt ?? null,
    revokedAt: null,
  };
  await insertKey(ctx.db, key, hashOf(secret), ctx.actor.kind === "person" ? ctx.actor.id : ctx.actor.kind);
  return { ...key, secret };
}

/** One page of the keys that the actor administers. */
export async function listApiKeys(
  ctx: Context,
  query: { facility?: FacilityId | undefined; limit: number; cursor?: string | undefined },
): Promise<{ items: ApiKey[]; nextCursor: string | null }> {
  const mine = administered(ctx.actor);
  if (query.facility && !mayAdminister(ctx.actor, query.facility))
    throw new Problem("not-allowed", "Only an administrator of the facility sees its keys");
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, "string");
  const found = await findKeys(ctx.db, query.facility ? [query.facility] : mine, query.limit + 1, after);
  const items = found.slice(0, query.limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor: found.length > query.limit && last ? writeCursor([last.createdAt, last.id]) : null,
  };
}

function administered(actor: Actor): FacilityId[] | undefined {
  if (actor.kind === "operator") return undefined;
  if (actor.kind !== "person") throw new Problem("not-allowed", "A machine does not see keys");
  if (actor.cityRoles.includes("platform-administrator")) return undefined;
  return actor.memberships.filter(({ role }) => role === "administrator").map(({ facility }) => facility);
}

/** @throws Problem `not-found`, also when it belongs to somebody else's facility */
export async function revokeApiKey(ctx: Context, id: KeyId): Promise<void> {
  const key = await findKey(ctx.db, id);
  if (!key || !key.facilities.some((facility) => mayAdminister(ctx.actor, facility)))
    throw new Problem("not-found", "There is no such key");
  await saveRevocation(ctx.db, id, ctx.now());
}

/**
 * Who a secret belongs to.
 *
 * @throws Problem `not-signed-in` when it opens nothing (any more)
 */
export async function keyHolderOf(ctx: Pick<Context, "db" | "now">, secret: string): Promise<Actor> {
  const key = secret.startsWith(SECRET_PREFIX)
    ? await findKeyBySecretHash(ctx.db, hashOf(secret))
    : undefined;
  const now = ctx.now();
  if (!key || key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt <= now)) {
    throw new Problem("not-signed-in", "The API key is not known, was revoked or has expired");
  }
  await touchKey(ctx.db, key.id, now);
  const { id, facilities, subjects, mayChangePages } = key;
  return { kind: "key", id, facilities, subjects, mayChangePages };
}

function hashOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
