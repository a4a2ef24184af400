import { z } from "zod";
import { BloodComponent, BloodGroup } from "../blood/schema.ts";
import { Position } from "../geo.ts";
import { DonorCallId, FacilityId } from "../ids.ts";
import { Names } from "../languages.ts";
import { Day, Instant } from "../time.ts";

/** By which intervals between donations are told. */
export const DonorSex = z.enum(["female", "male"]);
export type DonorSex = z.infer<typeof DonorSex>;

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "write a time of day as 22:00");

/** What a volunteer says of themselves, to be asked when their blood is needed. */
export const DonorProfile = z.strictObject({
  group: BloodGroup,
  sex: DonorSex,
  lastDonatedOn: Day.nullable().describe("null: never, or too long ago to know"),
  isAvailable: z.boolean().describe("Off: nobody asks until it is on again"),
  quietFrom: clock.describe("From then on nobody is asked, by the city's clock"),
  quietTo: clock,
  withinKm: z.int().min(1).max(50).describe("How far they would go"),
  place: Position.describe("From where; kept no finer than about a kilometre, whatever is sent"),
});
export type DonorProfile = z.infer<typeof DonorProfile>;

/** `open`: volunteers are asked; `filled`: as many come as are needed; `ended`: by the bank, or its time is over. */
export const DonorCallState = z.enum(["open", "filled", "ended"]);
export type DonorCallState = z.infer<typeof DonorCallState>;

export const DonorAnswer = z.enum(["coming", "no"]);
export type DonorAnswer = z.infer<typeof DonorAnswer>;

/** A call for donors, as the bank sees it: how many, never who. */
export const DonorCall = z.object({
  id: DonorCallId,
  group: BloodGroup,
  component: BloodComponent,
  wanted: z.int().min(1).describe("Donors that are needed"),
  state: DonorCallState,
  startedAt: Instant,
  until: Instant,
  reachKm: z.number().describe("How far around it has asked by now"),
  asked: z.int(),
  coming: z.int(),
  declined: z.int(),
});
export type DonorCall = z.infer<typeof DonorCall>;

/** A call as a volunteer sees it who was asked. */
export const DonorAsk = z.object({
  call: DonorCallId,
  facility: FacilityId,
  place: z.object({ name: z.string(), names: Names, phone: z.string().nullable(), position: Position }),
  group: BloodGroup,
  component: BloodComponent,
  state: DonorCallState,
  until: Instant,
  answer: DonorAnswer.nullable(),
});
export type DonorAsk = z.infer<typeof DonorAsk>;
