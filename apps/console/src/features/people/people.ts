import type { MessageDescriptor } from "@lingui/core";
import { queryOptions, useQuery, type QueryClient } from "@tanstack/react-query";
import { getSession, signIn, signOut } from "@ihims/core/people/endpoints.ts";
import type { Actor, Session } from "@ihims/core/people/schema.ts";
import { MINUTE_MS } from "@ihims/core/time.ts";
import { call, Refused } from "../../platform/api.ts";
import { CITY_ROLE_WORDS, FACILITY_ROLE_WORDS } from "./words.ts";

const SESSION_KEY = ["session"];

/**
 * Who is signed in; null when nobody was. When a session ends while somebody works, it stays theirs
 * on the page: they are asked to sign in again, and nothing below them goes away.
 */
export const sessionQuery = queryOptions({
  queryKey: SESSION_KEY,
  queryFn: async ({ signal, client }): Promise<Session | null> => {
    try {
      return await call(getSession, {}, { signal });
    } catch (error) {
      if (error instanceof Refused && error.kind === "not-signed-in")
        return client.getQueryData<Session | null>(SESSION_KEY) ?? null;
      throw error;
    }
  },
  staleTime: 5 * MINUTE_MS,
});

export { FACILITY_ROLE_WORDS };

/** Who is signed in. Only below the frame, where somebody is; undefined while that is not known yet. */
export function useSession(): Session | undefined {
  return useQuery(sessionQuery).data ?? undefined;
}

/**
 * Sign in. Who was signed in before on this page is forgotten with everything read for them,
 * unless it is the same person.
 *
 * @throws Refused `not-signed-in` for a wrong pair, whichever half is wrong; with the reason
 *   `code-wanted` or `code-wrong` when the pair is right
 */
export async function signInAs(
  client: QueryClient,
  email: string,
  password: string,
  code?: string,
): Promise<Session> {
  const before = client.getQueryData(sessionQuery.queryKey);
  const session = await call(signIn, { body: { email, password, ...(code && { code }) } });
  if (before && before.person.id !== session.person.id) client.clear();
  client.setQueryData(sessionQuery.queryKey, session);
  return session;
}

/**
 * Sign out and leave nothing of this person on the page: the next one at a ward's computer is another.
 *
 * @throws Unreachable when the server could not be told; the person is still signed in then
 */
export async function signOutHere(client: QueryClient): Promise<void> {
  await call(signOut);
  client.clear();
  location.assign("/console/sign-in");
}

const returns = new Set<() => void>();

/** Be told when a person whose session had ended has signed in again. Returns the way to stop. */
export function onReturned(listener: () => void): () => void {
  returns.add(listener);
  return () => returns.delete(listener);
}

export function announceReturn(): void {
  for (const listener of returns) listener();
}

/** What somebody is at a facility, or in the city; undefined when they are neither. */
export function roleWordsOf(
  { memberships, cityRoles }: Session,
  facility: string | undefined,
): MessageDescriptor | undefined {
  const role = memberships.find((one) => one.facility === facility)?.role;
  if (role) return FACILITY_ROLE_WORDS[role];
  const [cityRole] = cityRoles;
  return cityRole && CITY_ROLE_WORDS[cityRole];
}

/** Somebody signed in, as the rules of core ask who acts. */
export function actorOf(session: Session): Actor {
  const { person, cityRoles, memberships } = session;
  return { kind: "person", id: person.id, cityRoles, memberships, hasPhone: person.phone !== null };
}
