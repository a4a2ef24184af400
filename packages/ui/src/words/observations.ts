import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import type { BedNote, Freshness, Source } from "@ihims/core/observations/schema.ts";

/** How far a figure can be relied on, in one word for beside its age. */
export const FRESHNESS_WORDS: Record<Freshness, MessageDescriptor> = {
  live: msg({ message: "Live", context: "freshness of a figure" }),
  recent: msg({ message: "Recent", context: "freshness of a figure" }),
  stale: msg({ message: "Stale", context: "freshness of a figure" }),
  expired: msg({ message: "Expired", context: "freshness of a figure" }),
  unknown: msg({ message: "Not known", context: "freshness of a figure" }),
};

/** Who said so, to follow a figure. */
export const SOURCE_WORDS: Record<Source, MessageDescriptor> = {
  staff: msg`from the hospital's staff`,
  hl7: msg`from the hospital's own system`,
  fhir: msg`from the hospital's own records server`,
  api: msg`sent by the hospital's software`,
  pull: msg`fetched from another register`,
  file: msg`from a file that was sent in`,
};

/** What a reader should know beside the number. */
export const NOTE_WORDS: Record<BedNote, MessageDescriptor> = {
  "over-occupied": msg`More patients than staffed beds`,
  "sources-disagree": msg`Sources differ, call first`,
};
