import { z } from "zod";
import { endpoint, pageOf, pageQuery } from "../endpoint.ts";
import { Facility } from "../facilities/schema.ts";
import { NearText, Position } from "../geo.ts";
import { ObservationId } from "../ids.ts";
import { Figure } from "../observations/schema.ts";
import { Instant } from "../time.ts";
import { Vehicle, VehicleState, VehicleType } from "./schema.ts";

const AmbulanceId = z
  .string()
  .max(120)
  .regex(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/, "not an ambulance")
  .describe("Opaque");

/** An ambulance, whose it is, what it costs, and where it is as far as that was said lately. */
export const Ambulance = Vehicle.pick({ type: true, callSign: true }).extend({
  id: AmbulanceId,
  facility: Facility.pick({ id: true, name: true, names: true }),
  phone: z.string().nullable().describe("Its own, otherwise its facility's"),
  price: Vehicle.shape.price.unwrap(),
  figure: Figure.describe(
    "Where it is and what it does, `{position, state}`, with its age; expired after a quarter of an hour",
  ),
  distance: z
    .int()
    .min(0)
    .nullable()
    .describe(
      "Metres from `near` to where it is, or to its facility when that is not known; null without `near`",
    ),
});
export type Ambulance = z.infer<typeof Ambulance>;

export const listAmbulances = endpoint({
  method: "GET",
  path: "/ambulances",
  access: "public",
  noun: "ambulances",
  summary:
    "Ambulances near a place: those that are free first, then those to be called, the nearest of each first",
  query: z.strictObject({
    near: NearText.optional(),
    type: VehicleType.optional(),
    state: VehicleState.optional().describe("Only those that were last said to be so, and lately"),
    ...pageQuery,
  }),
  reply: pageOf(Ambulance).extend({
    filters: z.object({
      near: Position.nullable(),
      type: VehicleType.nullable(),
      state: VehicleState.nullable(),
    }),
    reporting: z
      .object({ reporting: z.int(), of: z.int() })
      .describe("How many of those have said lately where they are"),
  }),
});

export const getAmbulance = endpoint({
  method: "GET",
  path: "/ambulances/:id",
  access: "public",
  noun: "ambulances",
  summary: "One ambulance",
  params: z.object({ id: AmbulanceId }),
  reply: Ambulance,
});

export const reportPosition = endpoint({
  method: "PUT",
  path: "/ambulances/:id/position",
  access: "signed-in",
  noun: "ambulances",
  summary: "Say where an ambulance is and what it does",
  params: z.object({ id: AmbulanceId }),
  body: z.strictObject({
    position: Position,
    state: VehicleState.optional().describe("As it was when absent; available when nobody ever said"),
    observedAt: Instant.optional().describe("When it was there; now when absent"),
  }),
  reply: z.object({
    outcome: z.enum(["changed", "confirmed", "duplicate", "superseded"]),
    observation: ObservationId,
    figure: Figure,
  }),
});
