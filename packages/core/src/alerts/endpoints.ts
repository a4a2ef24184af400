import { z } from "zod";
import { endpoint, pageOf, pageQuery } from "../endpoint.ts";
import { NearText, Position } from "../geo.ts";
import { AlertId } from "../ids.ts";
import { Instant } from "../time.ts";
import { Alert, AlertInfo, AlertSeverity, AlertStatus, AlertUrgency } from "./schema.ts";

const lang = z
  .string()
  .max(40)
  .optional()
  .describe("Language of the words in the answer; Accept-Language otherwise");

/** Metres beyond an alert's area in which it is still shown, unless asked otherwise. */
export const ALERT_NEAR_M = 10_000;

/** An alert as a row of a list, in the reader's language. */
export const AlertSummary = Alert.pick({ id: true, status: true, sent: true }).extend({
  headline: z.string().describe("In the reader's language where there is one; else as it was sent"),
  language: z.string().describe("BCP 47 code of the words"),
  event: z.string(),
  areaDesc: z.string().nullable(),
  severity: AlertSeverity,
  urgency: AlertUrgency,
  isEmergency: z.boolean().describe("Life is in danger now"),
  senderName: z.string().nullable(),
  expires: Instant,
  distance: z
    .int()
    .min(0)
    .nullable()
    .describe("Metres from `near` to its area, 0 inside; null without near, or when it has no shape"),
});
export type AlertSummary = z.infer<typeof AlertSummary>;

export const listAlerts = endpoint({
  method: "GET",
  path: "/alerts",
  access: "public",
  noun: "alerts",
  summary: "Warnings that hold now, the severest first",
  query: z.strictObject({
    near: NearText.optional().describe("Only those whose area is near; those without a shape are for all"),
    radius: z.coerce
      .number()
      .int()
      .min(0)
      .max(200_000)
      .optional()
      .describe(`Metres beyond an area that still count as near (${ALERT_NEAR_M})`),
    status: AlertStatus.exclude(["Draft"])
      .default("Actual")
      .describe("Exercises and tests are listed apart, never among the real ones"),
    lang,
    ...pageQuery,
  }),
  reply: pageOf(AlertSummary).extend({
    filters: z.object({ near: Position.nullable(), radius: z.int().nullable(), status: AlertStatus }),
  }),
});

export const AlertStateName = z.enum([
  "active",
  "upcoming",
  "expired",
  "replaced",
  "cancelled",
  "not-actual",
  "no-warning",
]);

/** An alert with all its texts, and what became of it. */
export const AlertRecord = Alert.extend({
  state: AlertStateName.describe("not-actual: it holds, and is an exercise or a test"),
  expires: Instant,
  replacedBy: AlertId.nullable().describe("The message that is to be read instead"),
});
export type AlertRecord = z.infer<typeof AlertRecord>;

export const getAlert = endpoint({
  method: "GET",
  path: "/alerts/:id",
  access: "public",
  noun: "alerts",
  summary: "One alert with its texts in all languages, and whether it still holds",
  params: z.object({ id: AlertId }),
  reply: AlertRecord,
});

/** A text as an officer writes it: it always ends, and always says where it holds. */
export const NewInfo = AlertInfo.extend({
  language: AlertInfo.shape.language.unwrap(),
  expires: Instant.describe("A warning without an end is not believed for long"),
  headline: AlertInfo.shape.headline.unwrap(),
  description: AlertInfo.shape.description.unwrap(),
  areas: AlertInfo.shape.areas.unwrap().min(1),
}).strict();

const given = {
  status: AlertStatus.exclude(["Draft", "System"]).default("Actual"),
  note: Alert.shape.note,
};
const infos = z.array(NewInfo).min(1).max(20).describe("One for each language");

export const issueAlert = endpoint({
  method: "POST",
  path: "/alerts",
  access: "signed-in",
  noun: "alerts",
  summary: "Warn the public, or change or cancel a warning (a health officer of the city)",
  body: z.discriminatedUnion("msgType", [
    z.strictObject({ msgType: z.literal("Alert"), ...given, infos }),
    z.strictObject({
      msgType: z.literal("Update"),
      replaces: AlertId.describe("The warning of ours that is to be read no more"),
      note: given.note,
      infos,
    }),
    z.strictObject({
      msgType: z.literal("Cancel"),
      replaces: AlertId,
      note: Alert.shape.note.unwrap().describe("Why: it is what readers are told"),
    }),
  ]),
  reply: AlertRecord,
  status: 201,
});
