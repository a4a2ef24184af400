import { z } from "zod";
import { Position } from "../geo.ts";
import { AlertId } from "../ids.ts";
import { Instant } from "../time.ts";

/**
 * Warnings as the Common Alerting Protocol has them (OASIS CAP 1.2, 1 July 2010): the code lists are
 * the standard's own, the field names its names in our spelling.
 */
export const AlertStatus = z.enum(["Actual", "Exercise", "System", "Test", "Draft"]);
export type AlertStatus = z.infer<typeof AlertStatus>;
export const AlertMessageType = z.enum(["Alert", "Update", "Cancel", "Ack", "Error"]);
export const AlertScope = z.enum(["Public", "Restricted", "Private"]);
export const AlertCategory = z.enum([
  "Geo",
  "Met",
  "Safety",
  "Security",
  "Rescue",
  "Fire",
  "Health",
  "Env",
  "Transport",
  "Infra",
  "CBRNE",
  "Other",
]);
export const AlertResponse = z.enum([
  "Shelter",
  "Evacuate",
  "Prepare",
  "Execute",
  "Avoid",
  "Monitor",
  "Assess",
  "AllClear",
  "None",
]);
export const AlertUrgency = z.enum(["Immediate", "Expected", "Future", "Past", "Unknown"]);
export const AlertSeverity = z.enum(["Extreme", "Severe", "Moderate", "Minor", "Unknown"]);
export const AlertCertainty = z.enum(["Observed", "Likely", "Possible", "Unlikely", "Unknown"]);

const words = (most: number) => z.string().trim().min(1).max(most);
const named = z.object({ valueName: words(200), value: z.string().max(2000) });

/** Corners in order; the last is the first again. */
const Polygon = z
  .array(Position)
  .min(4)
  .max(2000)
  .refine((corners) => {
    const [first, last] = [corners[0], corners.at(-1)];
    return first?.lat === last?.lat && first?.lon === last?.lon;
  }, "a polygon ends where it begins");

export const AlertArea = z.object({
  areaDesc: words(2000),
  polygons: z.array(Polygon).max(200).default([]),
  circles: z
    .array(z.object({ centre: Position, radiusKm: z.number().min(0).max(20_100) }))
    .max(200)
    .default([]),
  geocodes: z.array(named).max(500).default([]),
  altitude: z.number().optional().describe("Feet above mean sea level (WGS 84), as CAP has it"),
  ceiling: z.number().optional().describe("Feet above mean sea level, with altitude"),
});
export type AlertArea = z.infer<typeof AlertArea>;

const AlertResource = z.object({
  resourceDesc: words(500),
  mimeType: words(200),
  size: z.int().min(0).optional().describe("Bytes"),
  uri: words(2000).optional(),
  digest: words(200).optional().describe("SHA-1, as CAP has it"),
});

/** What is warned of, in one language. */
export const AlertInfo = z.object({
  language: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/u, "a language's code, as mr or en-IN")
    .default("en-US"),
  categories: z.array(AlertCategory).min(1).max(12),
  event: words(300),
  responseTypes: z.array(AlertResponse).max(9).default([]),
  urgency: AlertUrgency,
  severity: AlertSeverity,
  certainty: AlertCertainty,
  audience: words(500).optional(),
  eventCodes: z.array(named).max(100).default([]),
  effective: Instant.optional().describe("From when the message holds; from its sending when absent"),
  onset: Instant.optional().describe("When it is expected to begin"),
  expires: Instant.optional(),
  senderName: words(300).optional(),
  headline: words(500).optional(),
  description: words(20_000).optional(),
  instruction: words(20_000).optional(),
  web: words(2000).optional(),
  contact: words(500).optional(),
  parameters: z.array(named).max(200).default([]),
  resources: z.array(AlertResource).max(50).default([]),
  areas: z.array(AlertArea).max(200).default([]),
});
export type AlertInfo = z.infer<typeof AlertInfo>;

const word = (most: number) =>
  words(most).regex(/^[^\s,<&]+$/u, "no blanks, commas, < or &: it names the message in others");

/** By which a message speaks of an earlier one. */
export const AlertReference = z.object({ sender: word(300), identifier: word(300), sent: Instant });
export type AlertReference = z.infer<typeof AlertReference>;

/** A message as it is sent. */
export const AlertMessage = z.object({
  identifier: word(300),
  sender: word(300),
  sent: Instant.describe("Whole seconds: CAP has no smaller ones"),
  status: AlertStatus,
  msgType: AlertMessageType,
  source: words(500).optional(),
  scope: AlertScope,
  restriction: words(500).optional(),
  addresses: words(2000).optional(),
  codes: z.array(words(200)).max(100).default([]),
  note: words(4000).optional(),
  references: z.array(AlertReference).max(500).default([]),
  incidents: words(2000).optional(),
  infos: z.array(AlertInfo).max(50).default([]),
});
export type AlertMessage = z.infer<typeof AlertMessage>;

/** Whether a message that came from elsewhere was signed. Nobody's signature is verified here. */
export const AlertSignature = z.enum(["none", "present-not-verified"]);
export type AlertSignature = z.infer<typeof AlertSignature>;

/** A message as it is kept. */
export const Alert = AlertMessage.extend({
  id: AlertId,
  receivedAt: Instant,
  origin: z
    .string()
    .min(1)
    .max(300)
    .nullable()
    .describe("The feed or file that it came from; null when it was issued here"),
  signature: AlertSignature,
});
export type Alert = z.infer<typeof Alert>;
