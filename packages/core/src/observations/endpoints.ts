import { z } from "zod";
import { BedCounts, BedType } from "../beds/schema.ts";
import { endpoint } from "../endpoint.ts";
import { FacilityId, ObservationId } from "../ids.ts";
import { Instant } from "../time.ts";
import { BedFigure, SOURCE_REF_MAX_CHARS, Subject } from "./schema.ts";

/** Most observations in one request. */
export const OBSERVATIONS_MAX = 10_000;

/** One line of a batch as it is documented. Each is read by itself, so that a bad one refuses only itself. */
export const ObservationLine = z.strictObject({
  facility: FacilityId,
  subject: Subject,
  value: z
    .record(z.string(), z.unknown())
    .describe("By kind of subject; for bed: {staffed, occupied, blocked?, licensed?, physical?, surge?}"),
  observedAt: Instant.describe("When it was seen, by the sender's clock"),
  sourceRef: z
    .string()
    .min(1)
    .max(SOURCE_REF_MAX_CHARS)
    .optional()
    .describe(
      "The sender's own name for this report of this subject: sent again it is a duplicate. Without it the content is the name",
    ),
});
export type ObservationLine = z.infer<typeof ObservationLine>;

export const LineOutcome = z.object({
  line: z.int().min(0).describe("Place in the request, from 0"),
  outcome: z.enum(["accepted", "duplicate", "superseded", "rejected"]),
  /** With `accepted`: whether the figure is another now, or the same confirmed. */
  change: z.enum(["changed", "confirmed"]).optional(),
  observation: ObservationId.optional().describe(
    "Its row in the ledger; of a duplicate, the row of the first",
  ),
  reason: z
    .string()
    .optional()
    .describe("Why it was rejected, as a code: unreadable, from-the-future, no-such-facility, not-allowed"),
  detail: z.string().optional().describe("What is wrong, in words"),
  pointer: z.string().optional().describe("JSON pointer to what is wrong"),
});
export type LineOutcome = z.infer<typeof LineOutcome>;

export const reportObservations = endpoint({
  method: "POST",
  path: "/observations",
  access: "signed-in",
  noun: "observations",
  summary: "Report a batch of observations of any kind; each line is answered by itself",
  body: z.strictObject({
    observations: z
      .array(z.unknown().meta({ description: "An ObservationLine" }))
      .min(1)
      .max(OBSERVATIONS_MAX),
  }),
  bodyMaxBytes: 8 * 1024 * 1024,
  reply: z.object({
    accepted: z.int(),
    duplicate: z.int(),
    superseded: z.int(),
    rejected: z.int(),
    results: z.array(LineOutcome).describe("In the order of the request"),
  }),
});

const params = z.object({ id: FacilityId, type: BedType });

/** What came of a report made for one figure: the figure as it is now. */
export const ReportedBeds = z.object({
  outcome: z.enum(["changed", "confirmed", "duplicate", "superseded"]),
  observation: ObservationId.describe("Its row in the ledger; retract it to undo the report"),
  figure: BedFigure,
});
export type ReportedBeds = z.infer<typeof ReportedBeds>;

export const reportBeds = endpoint({
  method: "PUT",
  path: "/facilities/:id/beds/:type",
  access: "signed-in",
  noun: "beds",
  summary: "Say how many beds of one type there are and how they are used",
  params,
  body: z.strictObject({
    ...BedCounts.shape,
    staffed: BedCounts.shape.staffed.unwrap(),
    occupied: BedCounts.shape.occupied.unwrap(),
    observedAt: Instant.optional().describe("When it was counted; now when absent"),
  }),
  reply: ReportedBeds,
});

export const getBeds = endpoint({
  method: "GET",
  path: "/facilities/:id/beds/:type",
  access: "public",
  noun: "beds",
  summary: "The beds of one type as they stand; the ETag is what If-Match takes",
  params,
  query: z.strictObject({
    includeStale: z.stringbool({ truthy: ["true"], falsy: ["false"], case: "sensitive" }).optional(),
  }),
  reply: BedFigure,
});

export const confirmFigures = endpoint({
  method: "POST",
  path: "/facilities/:id/confirmations",
  access: "signed-in",
  noun: "observations",
  summary: "Nothing has changed: every figure of mine is as it was, seen now",
  params: z.object({ id: FacilityId }),
  body: z
    .strictObject({
      subjects: z
        .array(Subject)
        .min(1)
        .max(500)
        .optional()
        .describe("Only these; all that I may report when absent"),
      observedAt: Instant.optional().describe("When it was seen; now when absent"),
    })
    .optional(),
  reply: z.object({
    confirmed: z.array(z.object({ subject: Subject, observation: ObservationId })),
    beds: z.array(BedFigure),
  }),
});

export const RETRACTIONS_MAX = 500;

export const retractObservations = endpoint({
  method: "POST",
  path: "/retractions",
  access: "signed-in",
  noun: "observations",
  summary: "Take back reports of mine from the last hour: each figure is again what it was without them",
  body: z.strictObject({ observations: z.array(ObservationId).min(1).max(RETRACTIONS_MAX) }),
  reply: z.object({
    retracted: z.array(ObservationId),
    beds: z.array(z.object({ facility: FacilityId, figure: BedFigure })),
  }),
});
