import { Problem } from "@ihims/core/problem.ts";
import type { Context } from "../../platform/context.ts";
import { receiveCap, type ReceivedAlert } from "./alerts.ts";

/** Most alerts of an index that are followed. */
export const LINKS_MAX = 500;

/** Reads a text from an address. @throws Error that says what went wrong */
export type Fetch = (url: URL) => Promise<string>;

export interface Intake {
  alerts: (ReceivedAlert & { from: string })[];
  /** Addresses of the index that were not read, and why. */
  failed: { link: string; reason: string }[];
}

/**
 * Take in an authority's feed: a CAP alert, or an index and every alert that it leads to. One that
 * cannot be read does not keep the others out.
 *
 * @param hosts beside the index's own, where alerts are fetched from: an index could lead anywhere
 * @throws Problem `bad-input`, `not-allowed`; Error when the feed itself cannot be read
 */
export async function takeInAlerts(
  ctx: Context,
  feed: URL,
  fetchText: Fetch,
  hosts: readonly string[] = [],
): Promise<Intake> {
  const intake: Intake = { alerts: [], failed: [] };
  const first = await receiveCap(ctx, await fetchText(feed), feed.href);
  if (first.kind === "alerts") {
    intake.alerts.push(...first.alerts.map((one) => ({ ...one, from: feed.href })));
    return intake;
  }
  for (const [place, link] of [...new Set(first.links)].entries()) {
    if (place >= LINKS_MAX) {
      intake.failed.push({ link, reason: `only the first ${LINKS_MAX} are read` });
      break;
    }
    try {
      const url = new URL(link, feed);
      if (url.host !== feed.host && !hosts.includes(url.host))
        throw new Error(`it is at ${url.host}, which was not allowed`);
      const received = await receiveCap(ctx, await fetchText(url), feed.href);
      if (received.kind === "index") throw new Error("it is another index");
      intake.alerts.push(...received.alerts.map((one) => ({ ...one, from: url.href })));
    } catch (error) {
      if (error instanceof Problem && error.kind === "not-allowed") throw error;
      intake.failed.push({ link, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return intake;
}
