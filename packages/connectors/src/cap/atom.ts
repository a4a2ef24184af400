import type { Instant } from "@ihims/core/time.ts";
import { node, present, writeXml } from "../xml/write.ts";
import { CAP_MEDIA_TYPE } from "./write.ts";

export interface AtomEntry {
  /** An address that stays. */
  id: string;
  href: string;
  title: string;
  summary: string | undefined;
  author: string;
  published: Instant;
}

/** An Atom index (RFC 4287) of CAP alerts: each entry leads to the whole message. */
export function writeAtom(feed: {
  id: string;
  title: string;
  updated: Instant;
  entries: readonly AtomEntry[];
}): string {
  const { id, title, updated, entries } = feed;
  return writeXml(
    node(
      "feed",
      [
        node("id", id),
        node("title", title),
        node("updated", updated),
        node("link", "", { rel: "self", href: id, type: "application/atom+xml" }),
        node("author", [node("name", title)]),
        ...entries.map((entry) =>
          node("entry", [
            node("id", entry.id),
            node("title", entry.title),
            node("updated", entry.published),
            node("published", entry.published),
            node("author", [node("name", entry.author)]),
            node("link", "", { rel: "alternate", href: entry.href, type: CAP_MEDIA_TYPE }),
            present("summary", entry.summary),
          ]),
        ),
      ],
      { xmlns: "http://www.w3.org/2005/Atom" },
    ),
  );
}
