import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import { basename } from "node:path";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { FeedCredentials, FeedSource } from "@ihims/core/feeds/schema.ts";
import { bounded, FetchFailed, type Delivery, type Fetching } from "./delivery.ts";
import type { Guard } from "./guard.ts";

/** Addresses that are followed from the first. */
const REDIRECTS_MAX = 5;
/** Seconds without a byte after which a server is taken to be gone. */
const IDLE_MAX_MS = 30_000;
/** Of the answer to a refusal, so much is shown. */
const WORDS_MAX_CHARS = 200;

type HttpSource = Extract<FeedSource, { kind: "http" }>;

/** One answer of a web server, read whole. */
export interface HttpAnswer {
  status: number;
  headers: IncomingMessage["headers"];
  bytes: Buffer;
  url: URL;
}

export interface HttpAsking extends Fetching {
  guard: Guard;
  headers?: Record<string, string>;
  /** For servers that page: what has been read already counts. */
  maxBytes?: number;
}

/** @throws FetchFailed in words */
export async function fetchHttp(
  source: HttpSource,
  credentials: FeedCredentials,
  asking: HttpAsking,
): Promise<Delivery | "unchanged"> {
  const { etag, lastModified } = asking.cursor;
  const answer = await ask(new URL(source.url), {
    ...asking,
    headers: {
      ...source.headers,
      ...authorization(source.auth, credentials),
      ...(etag === undefined ? {} : { "if-none-match": etag }),
      ...(lastModified === undefined ? {} : { "if-modified-since": lastModified }),
    },
  });
  if (answer.status === 304 && (etag !== undefined || lastModified !== undefined)) return "unchanged";
  mustBeFine(answer);
  const { headers, bytes, url } = answer;
  return {
    name: nameOf(headers["content-disposition"], url),
    bytes,
    charset: /;\s*charset\s*=\s*"?([A-Za-z0-9._-]{1,40})/i.exec(headers["content-type"] ?? "")?.[1],
    cursor: {
      ...(headers.etag === undefined ? {} : { etag: headers.etag }),
      ...(headers["last-modified"] === undefined ? {} : { lastModified: headers["last-modified"] }),
    },
  };
}

/** @throws FetchFailed when the answer is no success */
export function mustBeFine({ status, bytes }: HttpAnswer): void {
  if (status >= 200 && status < 300 && status !== 204) return;
  const words = bytes
    .subarray(0, 2000)
    .toString("utf8")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, WORDS_MAX_CHARS);
  throw new FetchFailed(`the server answered ${status}${words === "" ? "" : `: ${words}`}`);
}

export function authorization(
  auth: "none" | "basic" | "bearer",
  { user = "", password = "", token = "" }: FeedCredentials,
): Record<string, string> {
  if (auth === "basic")
    return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
  return auth === "bearer" ? { authorization: `Bearer ${token}` } : {};
}

/** Ask, following a bounded number of redirects; a secret is only sent to the host it was given for. */
export async function ask(first: URL, asking: HttpAsking): Promise<HttpAnswer> {
  let url = first;
  for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
    const headers = url.origin === first.origin ? (asking.headers ?? {}) : {};
    const answer = await askOnce(url, headers, asking);
    const to = answer.headers.location;
    if (![301, 302, 303, 307, 308].includes(answer.status) || to === undefined) return answer;
    if (!URL.canParse(to, url)) throw new FetchFailed("the server leads to an address that is none");
    url = new URL(to, url);
    if (url.protocol !== "http:" && url.protocol !== "https:")
      throw new FetchFailed(`the server leads to ${url.protocol}, which is not read`, { isFinal: true });
    if (first.protocol === "https:" && url.protocol === "http:")
      throw new FetchFailed("the server leads from https to http, where anybody could change what is read", {
        isFinal: true,
      });
  }
  throw new FetchFailed(`the server leads on and on: more than ${REDIRECTS_MAX} redirects`);
}

async function askOnce(
  url: URL,
  headers: Record<string, string>,
  { guard, signal, limits, maxBytes = limits.bytes }: HttpAsking,
): Promise<HttpAnswer> {
  // An address in figures is connected to without being looked up: ask the guard here as well.
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (isIP(host)) await guard.addressOf(host);
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = (url.protocol === "https:" ? httpsRequest : httpRequest)(
        url,
        {
          method: "GET",
          headers: {
            accept: "*/*",
            "accept-encoding": "gzip, deflate, br",
            "user-agent": "ihims (feeds)",
            ...headers,
          },
          lookup: guard.lookup,
          signal,
          timeout: IDLE_MAX_MS,
          agent: false,
        },
        resolve,
      );
      request.on("timeout", () =>
        request.destroy(new FetchFailed("the server said nothing for half a minute")),
      );
      request.on("error", reject);
      request.end();
    });
    const bytes = await bounded(decoded(response, maxBytes), maxBytes, "the answer");
    if (!response.complete) throw new FetchFailed("the answer broke off before its end");
    return { status: response.statusCode ?? 0, headers: response.headers, bytes, url };
  } catch (error) {
    throw failureOf(error, signal, limits.seconds);
  }
}

/** The body without its packing; what is packed is bounded as well. */
async function* decoded(response: IncomingMessage, maxBytes: number): AsyncGenerator<Uint8Array> {
  const encoding = (response.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  const unpack =
    encoding === "gzip" || encoding === "x-gzip"
      ? createGunzip()
      : encoding === "deflate"
        ? createInflate()
        : encoding === "br"
          ? createBrotliDecompress()
          : undefined;
  if (!unpack && encoding !== "identity" && encoding !== "")
    throw new FetchFailed(`the answer is packed in a way that is not read: ${encoding}`);
  if (Number(response.headers["content-length"] ?? 0) > maxBytes)
    throw new FetchFailed(`the answer is larger than ${maxBytes} bytes, the feed's limit`);
  if (!unpack) {
    yield* response;
    return;
  }
  response.on("error", (error) => unpack.destroy(error));
  response.on("aborted", () => unpack.destroy(new FetchFailed("the answer broke off before its end")));
  try {
    for await (const chunk of response.pipe(unpack)) if (chunk instanceof Uint8Array) yield chunk;
  } finally {
    response.destroy();
  }
}

/** What went wrong, for the feed's owner. */
export function failureOf(error: unknown, signal: AbortSignal, seconds: number): FetchFailed {
  if (error instanceof FetchFailed) return error;
  if (signal.aborted)
    return new FetchFailed(`it took longer than ${seconds} seconds, the feed's limit`, { cause: error });
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = "code" in cause ? String(cause.code) : "";
  const words: Record<string, string> = {
    ECONNREFUSED: "nobody listens there",
    ECONNRESET: "the connection broke off",
    ETIMEDOUT: "the server cannot be reached",
    EHOSTUNREACH: "the server cannot be reached",
    ENOTFOUND: "there is no such host",
    ERR_TLS_CERT_ALTNAME_INVALID: "the certificate is of another host",
    CERT_HAS_EXPIRED: "the certificate has expired",
    DEPTH_ZERO_SELF_SIGNED_CERT: "the certificate is signed by itself",
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the certificate's issuer is not known",
  };
  return new FetchFailed(words[code] ?? cause.message.slice(0, WORDS_MAX_CHARS), { cause: error });
}

function nameOf(disposition: string | undefined, url: URL): string | null {
  const given = /filename="?([^";/\\]{1,150})/i.exec(disposition ?? "")?.[1];
  const name = given ?? basename(url.pathname);
  return name === "" || name === "/" ? null : name;
}
