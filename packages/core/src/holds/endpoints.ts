import { z } from "zod";
import { endpoint, pageOf, pageQuery } from "../endpoint.ts";
import { FacilityId, HoldId } from "../ids.ts";
import { Subject } from "../observations/schema.ts";
import { Hold } from "./schema.ts";

const params = z.object({ id: HoldId });

export const requestHold = endpoint({
  method: "POST",
  path: "/holds",
  access: "signed-in",
  noun: "holds",
  summary: "Have a bed, blood or a medicine kept for somebody on the way; only what was confirmed lately",
  body: z.strictObject({
    facility: FacilityId,
    subject: Subject.describe("bed:<type>, blood:<group>:<component> or medicine:<id>"),
    units: z.int().min(1).max(100).default(1),
    onBehalfOf: FacilityId.optional().describe(
      "The hospital for whose patient it is; needed for staff and keys, absent for a person for themselves",
    ),
  }),
  reply: Hold,
  status: 201,
});

export const listHolds = endpoint({
  method: "GET",
  path: "/holds",
  access: "signed-in",
  noun: "holds",
  summary: "My holds and my hospital's, newest first; with `facility` those that were asked of it",
  query: z.strictObject({
    facility: FacilityId.optional().describe("Holds that this facility is asked for: for its staff"),
    state: z.enum(["open", "ended"]).optional(),
    ...pageQuery,
  }),
  reply: pageOf(Hold),
});

export const getHold = endpoint({
  method: "GET",
  path: "/holds/:id",
  access: "signed-in",
  noun: "holds",
  summary: "One hold, for who asked for it and the facility",
  params,
  reply: Hold,
});

export const cancelHold = endpoint({
  method: "DELETE",
  path: "/holds/:id",
  access: "signed-in",
  noun: "holds",
  summary: "It is not needed any more",
  params,
});

export const acceptHold = endpoint({
  method: "POST",
  path: "/holds/:id/accept",
  access: "signed-in",
  noun: "holds",
  summary: "A named officer of the facility promises it",
  params,
  reply: Hold,
});

export const refuseHold = endpoint({
  method: "POST",
  path: "/holds/:id/refuse",
  access: "signed-in",
  noun: "holds",
  summary: "A named officer of the facility does not keep it, and says why; also when it was accepted before",
  params,
  body: z.strictObject({ reason: z.string().trim().min(1).max(200) }),
  reply: Hold,
});

export const fulfilHold = endpoint({
  method: "POST",
  path: "/holds/:id/fulfil",
  access: "signed-in",
  noun: "holds",
  summary: "Who it was kept for has come and has it",
  params,
  reply: Hold,
});
