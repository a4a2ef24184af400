import type { FacilityReference } from "@ihims/connectors/mapping/line.ts";
import { UnreadableSource } from "@ihims/connectors/mapping/record.ts";
import type { FeedPreview, FeedSample, PreviewLine, suggestMapping } from "@ihims/core/feeds/endpoints.ts";
import { poisonIn, deliversOf } from "@ihims/core/feeds/rules.ts";
import { FeedLimits, type FeedCredentials, type FeedSource } from "@ihims/core/feeds/schema.ts";
import type { FacilityId, FeedId } from "@ihims/core/ids.ts";
import { Problem } from "@ihims/core/problem.ts";
import { isUtf8 } from "node:buffer";
import type { z } from "zod";
import type { Context } from "../../platform/context.ts";
import { suggestFor } from "../mapping/mapping.ts";
import { findFacility } from "../facilities/facilities.ts";
import { credentialsOf } from "./credentials.ts";
import { FetchFailed, type Delivery } from "./delivery.ts";
import { getFeedRow, hostOf, mayFeed, readMapping } from "./feeds.ts";
import { fetchDeliveries, type FeedEngine } from "./fetch.ts";
import { Resolver, type Resolution } from "./resolve.ts";
import { readDelivery, type ObservedLine, type ReadDelivery } from "./take.ts";

/** Lines that a preview shows. */
const LINES_MAX = 100;
const REFUSED_MAX = 100;
const HEAD_MAX_CHARS = 4000;
/** A preview is waited for. */
const PREVIEW_MAX_S = 45;

/** A feed that is not made yet, or a change of one that is not saved yet. */
export interface Draft {
  facility: FacilityId | null;
  source: FeedSource;
  credentials?: FeedCredentials | undefined;
  feed?: FeedId | undefined;
  sample?: z.infer<typeof FeedSample> | undefined;
  limits?: FeedLimits | undefined;
}

/**
 * What a source or a sample would become by a mapping. Nothing is recorded, and nothing is moved.
 *
 * @throws Problem `not-allowed`, `bad-input`; `conflict` when the source cannot be read, in words
 */
export async function previewFeed(
  ctx: Context,
  engine: FeedEngine,
  draft: Draft,
  document: unknown,
): Promise<FeedPreview> {
  const mapping = readMapping(document, draft.source);
  const delivery = await sampleOf(ctx, engine, draft);
  const limits = draft.limits ?? FeedLimits.parse({});
  const { timeZone, countryCode } = ctx.city;
  const read = await readDelivery(delivery, mapping, {
    timeZone,
    countryCode,
    fetchedAt: ctx.now(),
    rowsMax: limits.rows,
  });
  const known = draft.feed === undefined ? undefined : await getFeedRow(ctx, draft.feed);
  const { lines, facilities, undecided } = await linesOf(ctx, draft, read);
  const head = delivery.bytes.subarray(0, HEAD_MAX_CHARS);
  return {
    bytes: delivery.bytes.length,
    records: read.shape.records,
    head: textOf(head),
    counts: {
      observations: read.lines.length,
      refused: read.refused.count,
      skipped: read.skipped,
      facilities,
      undecided,
    },
    lines,
    reasons: read.refused.reasons(),
    refused: read.refused.kept.slice(0, REFUSED_MAX),
    shape: read.shape,
    findings: [
      ...read.findings,
      ...(read.findings.length > 0
        ? []
        : poisonIn(
            known?.goodShape ?? undefined,
            read.shape,
            known?.delivers ?? deliversOf(draft.source),
            [],
          )),
    ],
  };
}

/**
 * A mapping that fits what the source has now, or a sample, to be looked at.
 *
 * @throws Problem `conflict` when nothing of it was understood, or the source cannot be read
 */
export async function suggestFeed(
  ctx: Context,
  engine: FeedEngine,
  draft: Draft,
): Promise<z.output<typeof suggestMapping.reply>> {
  const { name, bytes } = await sampleOf(ctx, engine, draft);
  const whole = async function* () {
    yield bytes;
  };
  const suggestion = await suggestOf({ name, open: whole });
  if (!suggestion)
    throw new Problem(
      "conflict",
      "Nothing in it was understood: docs/mapping.md shows how a mapping is written",
    );
  return {
    mapping: { ...suggestion.mapping },
    notes: [
      ...suggestion.findings.map(({ what, field, reason }) => `${what} from ${field}: ${reason}`),
      ...suggestion.remarks.map(({ field, reason }) => `${field}: ${reason}`),
    ],
    head: textOf(bytes.subarray(0, HEAD_MAX_CHARS)),
  };
}

/** @throws Problem `conflict` when it is no file of a form that is read */
async function suggestOf(source: Parameters<typeof suggestFor>[0]): ReturnType<typeof suggestFor> {
  try {
    return await suggestFor(source);
  } catch (error) {
    if (error instanceof UnreadableSource) throw new Problem("conflict", error.message, { cause: error });
    throw error;
  }
}

/** The first lines with the facilities that they are of, and how many facilities there are over all. */
async function linesOf(
  ctx: Context,
  draft: Draft,
  read: ReadDelivery,
): Promise<{ lines: PreviewLine[]; facilities: number; undecided: number }> {
  const resolver = await Resolver.of(ctx, { id: draft.feed ?? null, facility: draft.facility });
  const lines: PreviewLine[] = [];
  const names = new Map<FacilityId, string | null>();
  const facilities = new Set<string>();
  let undecided = 0;
  for (const line of read.lines) {
    const found = await resolver.resolve(line.facility);
    facilities.add(found.kind === "facility" ? found.facility : nameOf(line.facility));
    if (found.kind === "undecided") undecided += 1;
    if (found.kind === "none")
      read.refused.add({
        place: line.place,
        field: null,
        text: nameOf(line.facility),
        code: "no-facility",
        reason: found.reason,
      });
    if (lines.length < LINES_MAX) lines.push(await previewLine(ctx, line, found, names));
  }
  return { lines, facilities: facilities.size, undecided };
}

/** The text of a cut piece; empty when it is none. */
export function textOf(bytes: Buffer): string {
  if (bytes.includes(0)) return "";
  // The cut may go through a letter.
  for (let less = 0; less < 4; less++)
    if (isUtf8(bytes.subarray(0, bytes.length - less)))
      return bytes.subarray(0, bytes.length - less).toString("utf8");
  return bytes.toString("latin1");
}

/** What the source has now, or what was brought along in its place. */
export async function sampleOf(ctx: Context, engine: FeedEngine, draft: Draft): Promise<Delivery> {
  if (!mayFeed(ctx, draft.facility) || (draft.source.kind === "folder" && !mayFeed(ctx, null)))
    throw new Problem("not-allowed", "Only an administrator of the facility makes feeds for it");
  const { sample } = draft;
  if (sample) {
    const bytes =
      sample.base64 === undefined
        ? Buffer.from(sample.text ?? "", "utf8")
        : Buffer.from(sample.base64, "base64");
    return { name: sample.name, bytes, cursor: {} };
  }
  const limits = draft.limits ?? FeedLimits.parse({});
  const seconds = Math.min(limits.seconds, PREVIEW_MAX_S);
  const fetching = {
    cursor: {},
    limits: { ...limits, seconds },
    signal: AbortSignal.timeout(seconds * 1000),
  };
  try {
    for await (const delivery of fetchDeliveries(engine, draft, () => credentialsFor(ctx, draft), fetching))
      if (delivery !== "unchanged") return delivery;
  } catch (error) {
    if (error instanceof FetchFailed) throw new Problem("conflict", error.message, { cause: error });
    throw error;
  }
  throw new Problem("conflict", "There is nothing to be read there yet");
}

/** What was entered, or else what is kept for this very host. */
async function credentialsFor(ctx: Context, draft: Draft): Promise<FeedCredentials> {
  if (draft.credentials) return draft.credentials;
  if (draft.feed === undefined) return {};
  const feed = await getFeedRow(ctx, draft.feed);
  if (hostOf(feed.source) !== hostOf(draft.source))
    throw new Problem("bad-input", "credentials: enter them again for another host");
  return credentialsOf(ctx, draft.feed);
}

async function previewLine(
  ctx: Context,
  line: ObservedLine,
  found: Resolution,
  names: Map<FacilityId, string | null>,
): Promise<PreviewLine> {
  const facility = found.kind === "facility" ? found.facility : null;
  if (facility !== null && !names.has(facility))
    names.set(facility, (await findFacility(ctx, facility))?.name ?? null);
  const { place, subject, value, observedAt, timeFrom, questions } = line;
  return {
    place,
    facility: nameOf(line.facility),
    match:
      found.kind === "facility"
        ? line.facility.kind === "own"
          ? "own"
          : "sure"
        : found.kind === "undecided"
          ? "open"
          : "refused",
    facilityId: facility,
    facilityName: facility === null ? null : (names.get(facility) ?? null),
    subject,
    value: { ...value },
    observedAt,
    timeFrom,
    questions: [...questions],
  };
}

function nameOf(reference: FacilityReference): string {
  if (reference.kind === "own") return "";
  if (reference.kind === "fixed") return reference.id;
  return reference.name ?? reference.ids.map(({ system, value }) => `${system}:${value}`).join(", ");
}
