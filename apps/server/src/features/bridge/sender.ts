import {
  OBSERVATIONS_MAX,
  reportObservations,
  type LineOutcome,
} from "@ihims/core/observations/endpoints.ts";
import { Refused, type Client } from "@ihims/client/client.ts";
import { createHash } from "node:crypto";
import type { Buffer, Waiting } from "./buffer.ts";

/** Observations of one request: small enough that a poor line gets one through. */
const BATCH_MAX = Math.min(500, OBSERVATIONS_MAX);

/**
 * Send the oldest that wait: observations together, a message by itself. Sent again after a break it
 * is the same request with the same names, so the server takes it once.
 *
 * @returns how many were settled; 0: nothing waits
 * @throws Refused, Unreachable: they still wait
 */
export async function sendNext(client: Client, buffer: Buffer, signal?: AbortSignal): Promise<number> {
  const waiting = buffer.next(BATCH_MAX);
  const [first] = waiting;
  if (!first) return 0;
  if (first.kind === "hl7") {
    buffer.settle([first], await sendMessage(client, first, signal));
    return 1;
  }
  const until = waiting.findIndex(({ kind }) => kind !== "observation");
  const batch = until === -1 ? waiting : waiting.slice(0, until);
  buffer.settle(batch, await sendObservations(client, batch, signal));
  return batch.length;
}

async function sendObservations(
  client: Client,
  batch: readonly Waiting[],
  signal: AbortSignal | undefined,
): Promise<Map<number, string>> {
  const observations = batch.map(({ body }) => readJson(body));
  const { results } = await client.call(
    reportObservations,
    { body: { observations } },
    {
      idempotencyKey: `bridge-${createHash("sha256")
        .update(batch.map(({ id, body }) => `${id} ${body}`).join("\n"))
        .digest("hex")}`,
      signal,
    },
  );
  return new Map(
    results.flatMap((result) => {
      const one = batch[result.line];
      return one && result.outcome === "rejected" ? [[one.id, wordsOf(result)] as const] : [];
    }),
  );
}

function wordsOf({ reason, detail, pointer }: LineOutcome): string {
  return [reason, pointer, detail].filter(Boolean).join(": ");
}

/** What is no JSON goes as the text that it is, for the server to say so. */
function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

async function sendMessage(
  client: Client,
  message: Waiting,
  signal: AbortSignal | undefined,
): Promise<Map<number, string>> {
  try {
    const answer = await client.send(
      `/api/v1/facilities/${encodeURIComponent(message.facility ?? "")}/hl7/messages`,
      {
        method: "POST",
        headers: { "content-type": "text/plain; charset=utf-8" },
        body: message.body,
        signal: signal ?? null,
      },
    );
    const [, code, words] =
      /^MSA\|([A-Z]{2})\|[^|\r]*\|?([^|\r]*)/mu.exec(answer.text.replaceAll("\r", "\n")) ?? [];
    return code === "AA" ? new Map() : new Map([[message.id, `${code ?? "no MSA"}: ${words ?? ""}`]]);
  } catch (error) {
    // A message that the server cannot take at all must not hold up those behind it.
    if (error instanceof Refused && (error.status === 400 || error.status === 413))
      return new Map([[message.id, error.message]]);
    throw error;
  }
}
