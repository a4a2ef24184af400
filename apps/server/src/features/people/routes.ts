import {
  deleteAccount,
  getSession,
  requestPhoneCode,
  signIn,
  signInByPhone,
  signOut,
} from "@ihims/core/people/endpoints.ts";
import { Answer } from "../../platform/answer.ts";
import { languageFor, type Server } from "../../platform/http.ts";
import {
  beginSecondStep,
  confirmSecondStep,
  endSecondStep,
  endSession,
  getSecondStep,
  listSessions,
} from "@ihims/core/people/account.ts";
import {
  endSessionOf,
  secondStepOf,
  sessionsOf,
  startSecondStep,
  switchOffSecondStep,
  switchOnSecondStep,
} from "./account.ts";
import type { Authentication } from "./authentication.ts";
import { forgetHolderOf } from "../holds/holds.ts";
import { currentSession, deleteOwnAccount, signInWith } from "./people.ts";
import { sendPhoneCode, signInWithPhone, type PhoneDoor } from "./phones.ts";
import { limited } from "./sign-in-limit.ts";

export function mountPeople(server: Server, authentication: Authentication, phones: PhoneDoor): void {
  const { attempts } = phones;
  server.on(signIn, async (ctx, { body }, { headers, address }) => {
    const { session, cookies } = await limited(attempts, { address, email: body.email }, ctx.now(), () =>
      signInWith(ctx, authentication, headers, attempts, body),
    );
    return new Answer({ body: session, headers: { "set-cookie": cookies } });
  });

  server.on(listSessions, (ctx, _, { headers }) => sessionsOf(ctx, authentication, headers));
  server.on(endSession, (ctx, { params }) => endSessionOf(ctx, params.id));
  server.on(getSecondStep, (ctx) => secondStepOf(ctx));
  server.on(beginSecondStep, (ctx) => startSecondStep(ctx));
  server.on(confirmSecondStep, (ctx, { body }) => switchOnSecondStep(ctx, attempts, body.code));
  server.on(endSecondStep, (ctx, { body }) => switchOffSecondStep(ctx, attempts, body.code));

  server.on(getSession, (ctx, _, { headers }) => currentSession(ctx, authentication, headers));

  server.on(
    signOut,
    async (_ctx, _request, { headers }) =>
      new Answer({ headers: { "set-cookie": await authentication.signOut(headers) } }),
  );

  server.on(requestPhoneCode, (ctx, { body }, incoming) =>
    sendPhoneCode(ctx, phones, {
      phone: body.phone,
      address: incoming.address,
      language: languageFor({}, incoming),
    }),
  );

  server.on(signInByPhone, async (ctx, { body }, { headers, address }) => {
    const { session, cookies } = await signInWithPhone(ctx, authentication, phones, {
      ...body,
      address,
      headers,
    });
    return new Answer({ body: session, headers: { "set-cookie": cookies } });
  });

  server.on(deleteAccount, async (ctx, _, { headers }) => {
    await deleteOwnAccount(ctx, forgetHolderOf);
    return new Answer({ headers: { "set-cookie": await authentication.signOut(headers) } });
  });
}
