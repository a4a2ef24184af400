import { z } from "zod";
import { BloodComponent, BloodGroup } from "../blood/schema.ts";
import { endpoint } from "../endpoint.ts";
import { DonorCallId, FacilityId } from "../ids.ts";
import { Day } from "../time.ts";
import { DonorAnswer, DonorAsk, DonorCall, DonorProfile } from "./schema.ts";

const Mine = z.object({
  donor: DonorProfile.nullable().describe("null: I am no volunteer"),
  eligibleFrom: Day.nullable().describe("Until then nobody asks: the last donation is too near"),
  asks: z.array(DonorAsk).describe("Calls that I was asked in lately, newest first"),
});

export const getMyDonor = endpoint({
  method: "GET",
  path: "/donors/me",
  access: "signed-in",
  noun: "donors",
  summary: "What I said of myself as a volunteer donor, and the calls that I was asked in",
  reply: Mine,
});

export const saveMyDonor = endpoint({
  method: "PUT",
  path: "/donors/me",
  access: "signed-in",
  noun: "donors",
  summary: "Volunteer as a blood donor, or change what is asked of me; needs a telephone that was proven",
  body: DonorProfile,
  reply: Mine,
});

export const leaveDonors = endpoint({
  method: "DELETE",
  path: "/donors/me",
  access: "signed-in",
  noun: "donors",
  summary: "Be no volunteer any more: all that was kept of me as one is deleted",
});

export const answerDonorCall = endpoint({
  method: "POST",
  path: "/donor-calls/:id/answer",
  access: "signed-in",
  noun: "donors",
  summary: "I come, or I cannot",
  params: z.object({ id: DonorCallId }),
  body: z.strictObject({ answer: DonorAnswer }),
  reply: Mine,
});

const params = z.object({ id: FacilityId });

export const callDonors = endpoint({
  method: "POST",
  path: "/facilities/:id/donor-calls",
  access: "signed-in",
  noun: "donors",
  summary: "Ask volunteers of a group to come, in circles that grow until enough do",
  params,
  body: z.strictObject({ group: BloodGroup, component: BloodComponent, wanted: z.int().min(1).max(20) }),
  reply: DonorCall,
  status: 201,
});

export const listDonorCalls = endpoint({
  method: "GET",
  path: "/facilities/:id/donor-calls",
  access: "signed-in",
  noun: "donors",
  summary: "A bank's calls for donors of the last days, newest first, and what came of them",
  params,
  reply: z.object({ items: z.array(DonorCall) }),
});

export const endDonorCall = endpoint({
  method: "POST",
  path: "/facilities/:id/donor-calls/:call/end",
  access: "signed-in",
  noun: "donors",
  summary: "Ask nobody any more",
  params: params.extend({ call: DonorCallId }),
  reply: DonorCall,
});
