import {
  answerDonorCall,
  callDonors,
  endDonorCall,
  getMyDonor,
  leaveDonors,
  listDonorCalls,
  saveMyDonor,
} from "@ihims/core/donors/endpoints.ts";
import { languageFor, type Server } from "../../platform/http.ts";
import {
  answerCallOf,
  callDonorsOf,
  endCallOf,
  leaveDonorsOf,
  listCallsOf,
  myDonor,
  saveDonorOf,
} from "./donors.ts";

export function mountDonors(server: Server): void {
  server.on(getMyDonor, (ctx) => myDonor(ctx));
  server.on(saveMyDonor, (ctx, { body }, incoming) => saveDonorOf(ctx, body, languageFor({}, incoming)));
  server.on(leaveDonors, (ctx) => leaveDonorsOf(ctx));
  server.on(answerDonorCall, (ctx, { params, body }) => answerCallOf(ctx, params.id, body.answer));

  server.on(callDonors, (ctx, { params, body }) => callDonorsOf(ctx, params.id, body));
  server.on(listDonorCalls, async (ctx, { params }) => ({ items: await listCallsOf(ctx, params.id) }));
  server.on(endDonorCall, (ctx, { params }) => endCallOf(ctx, params.id, params.call));
}
