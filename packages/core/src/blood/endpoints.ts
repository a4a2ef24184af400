import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { FacilitySummary, RADIUS_MAX_M } from "../facilities/endpoints.ts";
import { NearText, Position } from "../geo.ts";
import { FacilityId, ObservationId } from "../ids.ts";
import { Figure } from "../observations/schema.ts";
import { Instant } from "../time.ts";
import { BloodBank, BloodComponent, BloodGroup, BloodStock } from "./schema.ts";

const flag = z.stringbool({ truthy: ["true"], falsy: ["false"], case: "sensitive" });

export const BloodCaution = z
  .enum(["high-titre", "rhd", "laboratory"])
  .describe(
    "high-titre: only units with few antibodies; rhd: may form anti-D, not for girls and women who may have children without a doctor's word; laboratory: only on the laboratory's word",
  );

const { lowBelow: _its, ...policy } = BloodBank.shape;
/** What a bank asks of who comes for blood. */
export const BankPolicy = z.object(policy);
export type BankPolicy = z.infer<typeof BankPolicy>;

/** A bank as it stands in answers: where it is, and what it asks of who comes. */
const Bank = FacilitySummary.omit({ beds: true, care: true }).extend({
  bloodBank: BankPolicy.nullable().describe("null: the bank does not say"),
  holdMinutes: z
    .int()
    .nullable()
    .describe("For how long it keeps blood for who is on the way; null: it does not"),
});

/** A bank with blood that can be given. */
export const BloodPlace = z.object({
  facility: Bank,
  group: BloodGroup,
  component: BloodComponent,
  units: z.int().min(0).describe("Units that can be issued, without those that are kept for somebody"),
  isSame: z.boolean().describe("Of the group that was asked for"),
  cautions: z.array(BloodCaution).describe("What has to be asked before it is given"),
  figure: Figure,
});
export type BloodPlace = z.infer<typeof BloodPlace>;

/** A bank that may have it, and has not said so lately: one has to call. */
export const BloodCall = Bank;

export const BLOOD_PLACES_MAX = 50;

export const findBlood = endpoint({
  method: "GET",
  path: "/blood",
  access: "public",
  noun: "blood",
  summary:
    "Where blood of a group and component is, or what can be given instead, in the order of preference",
  query: z.strictObject({
    near: NearText.optional(),
    radius: z.coerce.number().int().min(1).max(RADIUS_MAX_M).optional().describe("Metres around `near`"),
    group: BloodGroup.describe("Of the recipient: O- … AB+, Oh- and Oh+ for the Bombay phenotype"),
    component: BloodComponent.default("packed-red-cells"),
    units: z.coerce
      .number()
      .int()
      .min(1)
      .max(100)
      .default(1)
      .describe("Only banks with as many of one group"),
    compatible: flag.default(false).describe("Also other groups that the recipient can be given"),
    limit: z.coerce.number().int().min(1).max(BLOOD_PLACES_MAX).default(20),
  }),
  reply: z.object({
    items: z
      .array(BloodPlace)
      .describe("The preferred group first, then the nearest; stale figures after fresh ones of their group"),
    toCall: z.array(BloodCall).describe("The nearest banks that have not said lately whether they have it"),
    compatible: z
      .array(z.object({ group: BloodGroup, cautions: z.array(BloodCaution) }))
      .describe("Everything that the recipient can be given, in the order of preference"),
    filters: z.object({
      near: Position.nullable(),
      radius: z.int().nullable(),
      group: BloodGroup,
      component: BloodComponent,
      units: z.int(),
      compatible: z.boolean(),
    }),
    source: z.string().describe("Where the rules of compatibility are from"),
    currency: z.string().describe("ISO 4217 code of the fees"),
  }),
});

export const reportBlood = endpoint({
  method: "PUT",
  path: "/facilities/:id/blood/:group/:component",
  access: "signed-in",
  noun: "blood",
  summary: "Say how many units of one group and component there are",
  params: z.object({ id: FacilityId, group: BloodGroup, component: BloodComponent }),
  body: z.strictObject({
    ...BloodStock.shape,
    observedAt: Instant.optional().describe("When they were counted; now when absent"),
  }),
  reply: z.object({
    outcome: z.enum(["changed", "confirmed", "duplicate", "superseded"]),
    observation: ObservationId,
    figure: Figure,
  }),
});
