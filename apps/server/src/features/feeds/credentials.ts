import { FeedCredentials } from "@ihims/core/feeds/schema.ts";
import type { FeedId } from "@ihims/core/ids.ts";
import { createHash } from "node:crypto";
import type { Context } from "../../platform/context.ts";
import { keyFor, seal, unseal } from "../../platform/secrets.ts";
import { FetchFailed } from "./delivery.ts";
import { findSealed } from "./store.ts";

/** Bytes by which the key that sealed is known again. */
const KEY_ID_BYTES = 4;

function keyOf({ secretKey }: Pick<Context, "secretKey">): { id: Buffer; key: Buffer } {
  const key = keyFor(secretKey, "credentials of feeds");
  return { key, id: createHash("sha256").update(key).digest().subarray(0, KEY_ID_BYTES) };
}

/** Credentials as they are kept: the key's id, then what is sealed with it (AES-256-GCM). */
export function sealCredentials(ctx: Pick<Context, "secretKey">, credentials: FeedCredentials): Buffer {
  const { id, key } = keyOf(ctx);
  return Buffer.concat([id, seal(key, JSON.stringify(credentials))]);
}

/** @throws FetchFailed when they were sealed with another SECRET_KEY */
export function unsealCredentials(ctx: Pick<Context, "secretKey">, sealed: Buffer): FeedCredentials {
  const { id, key } = keyOf(ctx);
  if (!sealed.subarray(0, KEY_ID_BYTES).equals(id))
    throw new FetchFailed("its credentials were kept with another SECRET_KEY: enter them again", {
      isFinal: true,
    });
  return FeedCredentials.parse(JSON.parse(unseal(key, sealed.subarray(KEY_ID_BYTES))));
}

/** What a feed's source is opened with; empty when it needs nothing. */
export async function credentialsOf(
  ctx: Pick<Context, "db" | "secretKey">,
  feed: FeedId,
): Promise<FeedCredentials> {
  const sealed = await findSealed(ctx.db, feed);
  return sealed ? unsealCredentials(ctx, sealed) : {};
}
