import { z } from "zod";
import { BedType } from "../beds/schema.ts";
import { endpoint, pageOf, pageQuery } from "../endpoint.ts";
import { FacilityId } from "../ids.ts";
import { Instant } from "../time.ts";
import { SenderCertificate } from "./certificates.ts";
import { BedPlace, Ward } from "./schema.ts";

/** Most systems of one facility that send. */
export const SENDERS_MAX = 20;
/** Most wards of one facility. */
export const WARDS_MAX = 500;

/** By what a message says that it is from this facility. */
export const Hl7SenderName = z.strictObject({
  application: z.string().trim().max(180).describe("MSH-3, its first component"),
  facilityCode: z.string().trim().min(1).max(180).describe("MSH-4, its first component or the whole field"),
  certificate: SenderCertificate.optional().describe(
    "Over MLLP only with this client certificate: its SHA-256 fingerprint, or its subject. Absent: without one",
  ),
});
export type Hl7SenderName = z.infer<typeof Hl7SenderName>;

export const Hl7Sender = z.object({
  id: z.string(),
  ...Hl7SenderName.shape,
  lastHeardAt: Instant.nullable().describe("When a message of it was last answered, within the last 7 days"),
});
export type Hl7Sender = z.infer<typeof Hl7Sender>;

/** What the feed of a facility is set up as, and what is known through it. */
export const Hl7Feed = z.object({
  senders: z.array(Hl7Sender),
  wards: z.array(Ward),
  census: z.array(
    z.object({
      type: BedType,
      known: z.int().describe("Patients in bed of whom a message has spoken"),
      unattributed: z
        .int()
        .describe("Patients in bed from before the first message, reckoned from a declared figure"),
      anchoredAt: Instant.nullable().describe("When that figure was counted; null: nobody ever declared one"),
    }),
  ),
  openAside: z.int().describe("Messages kept aside that nobody has looked at"),
});
export type Hl7Feed = z.infer<typeof Hl7Feed>;

const params = z.object({ id: FacilityId });

export const getHl7Feed = endpoint({
  method: "GET",
  path: "/facilities/:id/hl7",
  access: "signed-in",
  noun: "hl7",
  summary:
    "Which systems send HL7 v2 messages for a facility, how its wards are mapped, and what is known through them",
  params,
  reply: Hl7Feed,
});

export const setHl7Feed = endpoint({
  method: "PUT",
  path: "/facilities/:id/hl7",
  access: "signed-in",
  noun: "hl7",
  summary:
    "Say which systems send for a facility and what beds its wards have; visits in wards that count no more are forgotten",
  params,
  body: z.strictObject({
    senders: z.array(Hl7SenderName).max(SENDERS_MAX),
    wards: z.array(z.strictObject(Ward.shape)).max(WARDS_MAX),
  }),
  reply: Hl7Feed,
});

/** A message that a person has to look at, without what identifies the patient. */
export const Hl7Aside = z.object({
  id: z.string().regex(/^[0-9]{1,19}$/),
  receivedAt: Instant,
  kind: z
    .enum(["refused", "conflict"])
    .describe("refused: not applied; conflict: applied, but the bed was somebody else's"),
  event: z.string().describe("The trigger event, as A01; empty when it could not be read"),
  reason: z.string(),
  place: BedPlace.nullable().describe("The bed that two patients claim"),
  message: z
    .string()
    .nullable()
    .describe("MSH, EVN and where and when of PV1 and NPU; null when it could not be read"),
  state: z.enum(["open", "resolved"]),
  resolvedAt: Instant.nullable(),
});
export type Hl7Aside = z.infer<typeof Hl7Aside>;

const asideQuery = z.strictObject({ state: z.enum(["open", "resolved"]).optional(), ...pageQuery });

export const listHl7Aside = endpoint({
  method: "GET",
  path: "/facilities/:id/hl7/aside",
  access: "signed-in",
  noun: "hl7",
  summary: "Messages that could not be applied and conflicts over a bed, newest first",
  params,
  query: asideQuery,
  reply: pageOf(Hl7Aside),
});

export const listHl7Conflicts = endpoint({
  method: "GET",
  path: "/facilities/:id/hl7/conflicts",
  access: "signed-in",
  noun: "hl7",
  summary: "Beds that two patients claim, newest first: the later one is in the ward without a bed",
  params,
  query: asideQuery,
  reply: pageOf(Hl7Aside),
});

export const resolveHl7Aside = endpoint({
  method: "POST",
  path: "/facilities/:id/hl7/aside/:asideId/resolve",
  access: "signed-in",
  noun: "hl7",
  summary: "A person has dealt with a message that was kept aside",
  params: z.object({ id: FacilityId, asideId: Hl7Aside.shape.id }),
  reply: Hl7Aside,
});
