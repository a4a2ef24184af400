import {
  deleteAccount,
  getSession,
  requestPhoneCode,
  signIn,
  signInByPhone,
  signOut,
} from "@ihims/core/people/endpoints.ts";
import { Problem } from "@ihims/core/problem.ts";
import { Answer } from "../../platform/answer.ts";
import { languageFor, type Server } from "../../platform/http.ts";
import type { Authentication } from "./authentication.ts";
import { forgetHolderOf } from "../holds/holds.ts";
import { currentSession, deleteOwnAccount, signInWith } from "./people.ts";
import { sendPhoneCode, signInWithPhone, type PhoneDoor } from "./phones.ts";
import { SignInLimit } from "./sign-in-limit.ts";

export function mountPeople(server: Server, authentication: Authentication, phones: PhoneDoor): void {
  const limit = new SignInLimit();

  server.on(signIn, async (ctx, { body }, { headers, address }) => {
    limit.check(address, body.email, ctx.now());
    try {
      const { session, cookies } = await signInWith(ctx, authentication, headers, body);
      return new Answer({ body: session, headers: { "set-cookie": cookies } });
    } catch (error) {
      if (error instanceof Problem && error.kind === "not-signed-in")
        limit.countWrong(address, body.email, ctx.now());
      throw error;
    }
  });

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
