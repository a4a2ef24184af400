import type { FeedCounts } from "@ihims/core/feeds/schema.ts";
import type { FacilityId, FeedId } from "@ihims/core/ids.ts";
import { SOURCE_REF_MAX_CHARS, type Observation, type Source } from "@ihims/core/observations/schema.ts";
import type { Context } from "../../platform/context.ts";
import { recordObservations } from "../observations/observations.ts";
import { findKnownMatches, keepWaiting, type WaitingLine } from "./match-store.ts";
import type { Resolver } from "./resolve.ts";
import type { FeedRow } from "./store.ts";
import type { ObservedLine, ReadDelivery, Refusals } from "./take.ts";

/** Observations that one transaction records: quick, and nobody waits long for a facility. */
const BATCH_LINES = 500;

/** An observation with where it was read. */
export interface Sorted {
  place: string;
  observation: Observation;
}

export interface SortedLines {
  known: Sorted[];
  /** Of facilities that nobody has said are which of ours, by the key of what they are called. */
  undecided: (WaitingLine & { key: string })[];
  ignored: number;
  questions: number;
}

/** How a feed's reports reach us. */
export function sourceOf(feed: Pick<FeedRow, "source">): Source {
  switch (feed.source.kind) {
    case "push":
      return "api";
    case "sftp":
    case "folder":
      return "file";
    case "http":
    case "fhir":
    case "sql":
      return "pull";
  }
}

/** Find out of which facility each line is; what is of none is refused. */
export async function sortLines(
  read: ReadDelivery,
  resolver: Resolver,
  given: {
    feed: Pick<FeedRow, "source">;
    sender: string;
    mayReport: ((facility: FacilityId, kind: Observation["subject"]) => boolean) | undefined;
  },
): Promise<SortedLines> {
  const sorted: SortedLines = { known: [], undecided: [], ignored: 0, questions: 0 };
  const source = sourceOf(given.feed);
  for (const line of read.lines) {
    const found = await resolver.resolve(line.facility);
    if (found.kind === "ignored") sorted.ignored += 1;
    else if (found.kind === "none") read.refused.add(refusedLine(line, "no-facility", found.reason));
    else if (found.kind === "undecided") {
      const { subject, value, observedAt, sourceRef } = line;
      sorted.undecided.push({ key: found.key, subject, value, observedAt, sourceRef });
    } else if (given.mayReport?.(found.facility, line.subject) === false)
      read.refused.add(refusedLine(line, "not-allowed", "is of a facility that the key does not speak for"));
    else {
      if (line.questions.length > 0) sorted.questions += 1;
      const { subject, value, observedAt } = line;
      const sourceRef = line.sourceRef?.slice(0, SOURCE_REF_MAX_CHARS);
      sorted.known.push({
        place: line.place,
        observation: {
          facility: found.facility,
          subject,
          value,
          observedAt,
          source,
          sender: given.sender,
          sourceRef,
        },
      });
    }
  }
  return sorted;
}

function refusedLine({ place, subject }: ObservedLine, code: string, reason: string) {
  return { place, field: null, text: subject, code, reason };
}

type Recorded = Pick<FeedCounts, "applied" | "unchanged" | "superseded" | "undecided">;

const REASONS = {
  "from-the-future": "its time is more than five minutes ahead of our clock",
  "no-such-facility": "there is no such facility",
} as const;

/** Record what is known of which facility it is, keep the rest until it is decided. */
export async function recordLines(
  ctx: Context,
  feed: FeedId,
  sorted: SortedLines,
  refused: Refusals,
): Promise<Recorded> {
  const counts: Recorded = { applied: 0, unchanged: 0, superseded: 0, undecided: sorted.undecided.length };
  // By facility, so that each is locked by few transactions; of one facility in the source's order.
  const inOrder = sorted.known.toSorted((a, b) =>
    a.observation.facility < b.observation.facility
      ? -1
      : a.observation.facility > b.observation.facility
        ? 1
        : 0,
  );
  for (let at = 0; at < inOrder.length; at += BATCH_LINES) {
    const batch = inOrder.slice(at, at + BATCH_LINES);
    const recorded = await recordObservations(
      ctx,
      batch.map(({ observation }) => observation),
    );
    for (const [place, outcome] of recorded.entries()) {
      if (outcome.kind === "changed") counts.applied += 1;
      else if (outcome.kind === "unchanged" || outcome.kind === "duplicate") counts.unchanged += 1;
      else if (outcome.kind === "superseded") counts.superseded += 1;
      else if (outcome.kind === "refused")
        refused.add({
          place: batch[place]?.place ?? "",
          field: null,
          text: batch[place]?.observation.observedAt ?? null,
          code: outcome.reason,
          reason: REASONS[outcome.reason],
        });
    }
  }
  if (sorted.undecided.length > 0) {
    const known = await findKnownMatches(ctx.db, feed);
    const waiting = sorted.undecided.flatMap(({ key, ...line }) => {
      const match = known.get(key);
      return match ? [{ ...line, match: match.id }] : [];
    });
    await keepWaiting(ctx.db, waiting, ctx.now());
  }
  return counts;
}
