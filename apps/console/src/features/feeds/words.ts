import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { FeedRunOutcome, FeedSource, Notice } from "@ihims/core/feeds/schema.ts";
import type { QuestionCode } from "@ihims/core/questions/schema.ts";

export const SOURCE_KIND_WORDS: Record<FeedSource["kind"], MessageDescriptor> = {
  http: msg`Web address`,
  fhir: msg`FHIR server`,
  sql: msg`Database`,
  sftp: msg`SFTP server`,
  folder: msg`Folder on our server`,
  push: msg`They send it to us`,
};

export const OUTCOME_WORDS: Record<FeedRunOutcome, MessageDescriptor> = {
  running: msg`Running`,
  applied: msg`Taken in`,
  unchanged: msg`Nothing new`,
  failed: msg`Failed`,
  poisoned: msg`Stopped: not to be believed`,
  interrupted: msg`Broken off`,
};

export const NOTICE_WORDS: Record<Notice["kind"], MessageDescriptor> = {
  "feed-silent": msg`Silent: its figures are marked stale`,
  "feed-poisoned": msg`Stopped: the data is not to be believed`,
  "feed-failing": msg`It fails again and again`,
  "feed-columns": msg`There are new columns`,
  "feed-matches": msg`Facilities are to be told apart`,
};

export const QUESTION_WORDS: Record<QuestionCode, MessageDescriptor> = {
  "over-occupied": msg`More in use than staffed`,
  "does-not-add-up": msg`A part is larger than its whole`,
  leap: msg`Far from what it mostly is`,
  "flat-line": msg`The same for days`,
};
