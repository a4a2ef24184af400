import { queryOptions, useQuery, type QueryClient } from "@tanstack/react-query";
import {
  deleteAccount,
  getSession,
  requestPhoneCode,
  signInByPhone,
  signOut,
} from "@ihims/core/people/endpoints.ts";
import type { Session } from "@ihims/core/people/schema.ts";
import { MINUTE_MS } from "@ihims/core/time.ts";
import { read, Refused, send } from "../../platform/api.ts";

const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await read(getSession, {}, signal);
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 5 * MINUTE_MS,
});

/** Who is signed in on this telephone; null data when nobody is. */
export function useSession() {
  return useQuery(sessionQuery);
}

/** @returns how many digits the code has */
export async function askForCode(phone: string): Promise<number> {
  return (await send(requestPhoneCode, { body: { phone } })).digits;
}

export async function signInWithCode(queries: QueryClient, phone: string, code: string): Promise<Session> {
  const session = await send(signInByPhone, { body: { phone, code } });
  queries.setQueryData(sessionQuery.queryKey, session);
  return session;
}

/** End the session, and leave nothing of this person on the page. */
export async function leave(queries: QueryClient, isForGood: boolean): Promise<void> {
  await send(isForGood ? deleteAccount : signOut, {});
  queries.setQueryData(sessionQuery.queryKey, null);
  queries.removeQueries({ queryKey: ["holds"] });
}
