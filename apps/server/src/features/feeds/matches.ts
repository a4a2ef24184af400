import type { FeedCounts, FeedMatch } from "@ihims/core/feeds/schema.ts";
import type { FacilityId, FeedId } from "@ihims/core/ids.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { Context } from "../../platform/context.ts";
import { findFacility } from "../facilities/facilities.ts";
import { senderOfFeed } from "../observations/observations.ts";
import { getFeedRow, pageById, whoIs } from "./feeds.ts";
import { findMatches, saveMatchDecision, takeWaiting } from "./match-store.ts";
import { recordLines, sourceOf } from "./record.ts";
import { NO_COUNTS, resolveNotices } from "./run-store.ts";
import { Refusals } from "./take.ts";

/** What a feed calls facilities, and which of ours is meant. */
export async function listMatches(
  ctx: Context,
  id: FeedId,
  query: { state?: FeedMatch["state"] | undefined; limit: number; cursor?: string | undefined },
): Promise<{ items: FeedMatch[]; nextCursor: string | null }> {
  await getFeedRow(ctx, id);
  return pageById(query, (limit, after) => findMatches(ctx.db, id, { state: query.state, limit, after }));
}

/**
 * Say which facility is meant by what a feed calls it, or that it is none of ours. It is remembered,
 * and the lines that waited are recorded.
 *
 * @throws Problem `not-found`; `not-allowed` for a facility's own feed and another facility
 */
export async function decideMatch(
  ctx: Context,
  given: { feed: FeedId; match: string; facility: FacilityId | null },
): Promise<{ match: FeedMatch; applied: FeedCounts }> {
  const feed = await getFeedRow(ctx, given.feed);
  if (given.facility !== null && !(await findFacility(ctx, given.facility)))
    throw new Problem("not-found", "There is no such facility");
  if (given.facility !== null && feed.facility !== null && given.facility !== feed.facility)
    throw new Problem("not-allowed", "The feed of a facility speaks for that facility alone");
  return ctx.transaction(async (tx) => {
    if (!(await saveMatchDecision(tx.db, { ...given, by: whoIs(tx) }, tx.now())))
      throw new Problem("not-found", "There is no such match");
    const waiting = await takeWaiting(tx.db, given.match);
    const { facility } = given;
    const refused = new Refusals();
    const sorted = {
      known:
        facility === null
          ? []
          : waiting.map(({ subject, value, observedAt, sourceRef }) => ({
              place: subject,
              observation: {
                facility,
                subject,
                value,
                observedAt,
                source: sourceOf(feed),
                sender: senderOfFeed(feed.id),
                sourceRef: sourceRef ?? undefined,
              },
            })),
      undecided: [],
      ignored: 0,
      questions: 0,
    };
    const recorded = await recordLines(tx, feed.id, sorted, refused);
    const [match] = await findMatches(tx.db, feed.id, { limit: 1, id: given.match });
    if (!match) throw new Error("a match that was just decided is not there");
    const left = await findMatches(tx.db, feed.id, { state: "open", limit: 1 });
    if (left.length === 0) await resolveNotices(tx.db, feed.id, ["feed-matches"], tx.now());
    return { match, applied: { ...NO_COUNTS, ...recorded, read: waiting.length, refused: refused.count } };
  });
}
