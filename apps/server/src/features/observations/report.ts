import type { z } from "zod";
import {
  ObservationLine,
  type LineOutcome,
  type reportObservations,
} from "@ihims/core/observations/endpoints.ts";
import { kindOf, VALUE_BY_KIND, type Observation, type Value } from "@ihims/core/observations/schema.ts";
import { mayReport } from "@ihims/core/people/rules.ts";
import type { Context } from "../../platform/context.ts";
import { pointerOf } from "../../platform/input.ts";
import { recordObservations, senderOf, type Recorded } from "./observations.ts";

type Refused = Omit<LineOutcome, "line" | "outcome">;

/**
 * Take in a batch, each line answered by itself: a line that cannot be read, or that the caller may
 * not report, refuses itself and nothing else.
 */
export async function reportBatch(
  ctx: Context,
  lines: readonly unknown[],
): Promise<z.output<typeof reportObservations.reply>> {
  const read = lines.map((line) => readLine(ctx, line));
  const good = read.flatMap((one) => ("observation" in one ? [one.observation] : []));
  const recorded = (await recordObservations(ctx, good)).values();
  const results = read.map((one, line): LineOutcome => {
    if ("refused" in one) return { line, outcome: "rejected", ...one.refused };
    const outcome = recorded.next().value;
    if (!outcome) throw new Error("fewer answers than observations");
    return { line, ...outcomeOf(outcome) };
  });
  const count = (outcome: LineOutcome["outcome"]) => results.filter((one) => one.outcome === outcome).length;
  return {
    accepted: count("accepted"),
    duplicate: count("duplicate"),
    superseded: count("superseded"),
    rejected: count("rejected"),
    results,
  };
}

function readLine(ctx: Context, given: unknown): { observation: Observation } | { refused: Refused } {
  const line = ObservationLine.safeParse(given);
  if (!line.success) return { refused: unreadable(line.error) };
  const { facility, subject, observedAt, sourceRef } = line.data;
  const kind = kindOf(subject);
  const value = VALUE_BY_KIND[kind].safeParse(line.data.value);
  if (!value.success) return { refused: unreadable(value.error, "/value") };
  if (!mayReport(ctx.actor, facility, kind))
    return { refused: { reason: "not-allowed", detail: `may not report ${kind} of ${facility}` } };
  return {
    observation: {
      facility,
      subject,
      value: value.data satisfies Value,
      observedAt,
      sourceRef,
      ...senderOf(ctx.actor),
    },
  };
}

function unreadable(error: z.ZodError, base = ""): Refused {
  const [issue] = error.issues;
  const path =
    issue?.code === "unrecognized_keys" ? [...issue.path, ...issue.keys.slice(0, 1)] : (issue?.path ?? []);
  return {
    reason: "unreadable",
    detail:
      issue?.code === "unrecognized_keys" ? "is not a field of this" : (issue?.message ?? "cannot be read"),
    pointer: base + pointerOf(path),
  };
}

const DETAILS = {
  "from-the-future": "observedAt is more than five minutes ahead of our clock",
  "no-such-facility": "there is no such facility",
} as const;

function outcomeOf(recorded: Recorded): Omit<LineOutcome, "line"> {
  switch (recorded.kind) {
    case "changed":
      return { outcome: "accepted", change: "changed", observation: recorded.observation };
    case "unchanged":
      return { outcome: "accepted", change: "confirmed", observation: recorded.observation };
    case "superseded":
    case "duplicate":
      return { outcome: recorded.kind, observation: recorded.observation };
    case "refused":
      return { outcome: "rejected", reason: recorded.reason, detail: DETAILS[recorded.reason] };
  }
}
