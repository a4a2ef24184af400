import { z } from "zod";
import { endpoint, pageOf, pageQuery } from "../endpoint.ts";
import { FacilityId, ObservationId } from "../ids.ts";
import { Source, Subject, SubjectKind, Value } from "../observations/schema.ts";
import { Instant } from "../time.ts";

/** Most rows of one export. */
export const EXPORT_MAX_ROWS = 100_000;

/** One report as the ledger keeps it. Nothing here can be edited, only marked as taken back. */
export const HistoryEntry = z.object({
  observation: ObservationId,
  subject: Subject,
  outcome: z
    .enum(["changed", "confirmed", "superseded"])
    .describe("superseded: something newer or more believed stood already"),
  value: Value,
  before: Value.nullable().describe("What the report before it said of the same subject; null for the first"),
  observedAt: Instant,
  receivedAt: Instant,
  source: Source.describe("The door that it came through"),
  who: z.object({
    kind: z.enum(["person", "key", "hl7", "feed", "phone", "other"]),
    name: z.string().nullable().describe("Null for one that is not there any more"),
  }),
  retraction: z
    .object({ at: Instant, by: z.string().nullable() })
    .nullable()
    .describe("When it was taken back"),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

const ofFacility = z.object({ id: FacilityId });
const filters = {
  subject: Subject.optional().describe("Only this figure"),
  kind: SubjectKind.exclude(["medicine"]).optional().describe("Only figures of this kind"),
  from: Instant.optional().describe("Heard at this moment or after"),
  to: Instant.optional().describe("Heard before this moment"),
};

export const listHistory = endpoint({
  method: "GET",
  path: "/facilities/:id/history",
  access: "signed-in",
  noun: "history",
  summary: "Every report of a facility's figures, newest first: who, through which door, and what changed",
  params: ofFacility,
  query: z.strictObject({
    ...filters,
    changesOnly: z
      .stringbool({ truthy: ["true"], falsy: ["false"], case: "sensitive" })
      .optional()
      .describe("Leave out those that confirmed what stood"),
    ...pageQuery,
  }),
  reply: pageOf(HistoryEntry),
});

export const revertObservation = endpoint({
  method: "POST",
  path: "/facilities/:id/history/:observation/reversions",
  access: "signed-in",
  noun: "history",
  summary: "Say again now what a report said: a new observation of mine, seen now",
  params: z.object({ id: FacilityId, observation: ObservationId }),
  reply: z.object({
    outcome: z.enum(["changed", "confirmed", "superseded", "duplicate"]),
    observation: ObservationId,
    subject: Subject,
  }),
});

/** Its query, for the route that answers in CSV. */
export const HistoryExportQuery = z.strictObject(filters);
