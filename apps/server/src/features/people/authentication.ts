import { betterAuth } from "better-auth";
import { phoneNumber } from "better-auth/plugins/phone-number";
import { PostgresDialect } from "kysely";
import pg from "pg";
import { z } from "zod";
import { PersonId } from "@ihims/core/ids.ts";
import { keyFor } from "../../platform/secrets.ts";
import { noEmailFor } from "./store.ts";

/** How long a session lasts without being used. */
const SESSION_S = 14 * 24 * 3600;
/** A session that is used is written anew at most this often. */
const SESSION_RENEWAL_S = 24 * 3600;
/** Sessions and passwords are seldom asked for beside figures. */
const CONNECTIONS_MAX = 4;

/** Sessions and passwords, kept by better-auth in our own tables. */
export interface Authentication {
  /** Whose the session's cookie is; undefined when there is none or it has ended. */
  sessionOf(headers: Headers): Promise<{ sessionId: string; personId: string; expiresAt: Date } | undefined>;
  /** Start a session; undefined when the address or the password is wrong. */
  signIn(
    headers: Headers,
    given: { email: string; password: string },
  ): Promise<{ personId: string; expiresAt: Date; cookies: string[]; token: string } | undefined>;
  /** Start a session of who has proven a telephone number, making the account when there is none. */
  signInProven(
    headers: Headers,
    phoneHash: string,
  ): Promise<{ personId: PersonId; expiresAt: Date; cookies: string[] }>;
  /** End the session of a cookie. Returns the cookies that clear it. */
  signOut(headers: Headers): Promise<string[]>;
  close(): Promise<void>;
}

const SignedIn = z.object({ user: z.object({ id: z.string() }), token: z.string() });

/**
 * Codes are ours (phones.ts): several are valid at once, and only their keyed hashes are kept. Nobody
 * gets here who has not shown one, since none of these routes is mounted.
 */
function telephones() {
  return phoneNumber({
    sendOTP: () => undefined,
    verifyOTP: async () => true,
    signUpOnVerification: { getTempEmail: noEmailFor, getTempName: () => "" },
    schema: { user: { fields: { phoneNumber: "phone_hash", phoneNumberVerified: "phone_verified" } } },
  });
}

/** better-auth on our own tables. Only its functions are called, never its own routes. */
function createBetterAuth(pool: pg.Pool, secretKey: Buffer, publicUrl: string | undefined) {
  return betterAuth({
    appName: "IHIMS",
    secret: keyFor(secretKey, "sessions").toString("base64url"),
    // Without an address it would guess one.
    baseURL: publicUrl ?? "http://127.0.0.1",
    database: { dialect: new PostgresDialect({ pool }), type: "postgres" },
    emailAndPassword: { enabled: true, disableSignUp: true },
    session: {
      modelName: "person_session",
      expiresIn: SESSION_S,
      updateAge: SESSION_RENEWAL_S,
      fields: {
        userId: "person_id",
        expiresAt: "expires_at",
        ipAddress: "ip_address",
        userAgent: "user_agent",
        createdAt: "created_at",
        updatedAt: "updated_at",
      },
    },
    user: {
      modelName: "person",
      fields: { emailVerified: "email_verified", createdAt: "created_at", updatedAt: "updated_at" },
    },
    account: {
      modelName: "person_account",
      fields: {
        userId: "person_id",
        accountId: "account_id",
        providerId: "provider_id",
        accessToken: "access_token",
        refreshToken: "refresh_token",
        accessTokenExpiresAt: "access_token_expires_at",
        refreshTokenExpiresAt: "refresh_token_expires_at",
        idToken: "id_token",
        createdAt: "created_at",
        updatedAt: "updated_at",
      },
    },
    verification: {
      modelName: "person_verification",
      fields: { expiresAt: "expires_at", createdAt: "created_at", updatedAt: "updated_at" },
    },
    advanced: {
      cookiePrefix: "ihims",
      useSecureCookies: publicUrl?.startsWith("https:") ?? false,
      // The platform holds the Origin against the host itself, before anything is done.
      disableOriginCheck: true,
      disableCSRFCheck: true,
    },
    plugins: [telephones()],
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
}

/** @param url of the database; better-auth wants moments as `Date`s, so it has connections of its own */
export function createAuthentication(
  url: string,
  secretKey: Buffer,
  options: { publicUrl: string | undefined },
): Authentication {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS_MAX,
    application_name: "ihims sessions",
  });
  pool.on("error", () => undefined); // A connection that breaks while idle is replaced when it is next wanted.
  const auth = createBetterAuth(pool, secretKey, options.publicUrl);

  async function sessionOf(headers: Headers) {
    if (!headers.has("cookie")) return undefined;
    const found = await auth.api.getSession({ headers });
    if (!found) return undefined;
    const { id: sessionId, expiresAt } = found.session;
    return { sessionId, personId: found.user.id, expiresAt: new Date(expiresAt) };
  }

  return {
    sessionOf,
    async signIn(headers, given) {
      const response = await auth.api.signInEmail({ body: given, headers, asResponse: true });
      if (response.status === 401 || response.status === 403) return undefined;
      if (!response.ok) throw new Error(`signing in failed with ${response.status}`);
      const { user, token } = SignedIn.parse(await response.json());
      return {
        token,
        personId: user.id,
        expiresAt: new Date(Date.now() + SESSION_S * 1000),
        cookies: response.headers.getSetCookie(),
      };
    },
    async signInProven(headers, phoneHash) {
      const response = await auth.api.verifyPhoneNumber({
        body: { phoneNumber: phoneHash, code: "" },
        headers,
        asResponse: true,
      });
      if (!response.ok) throw new Error(`signing in by telephone failed with ${response.status}`);
      const { user } = SignedIn.parse(await response.json());
      return {
        personId: PersonId.parse(user.id),
        expiresAt: new Date(Date.now() + SESSION_S * 1000),
        cookies: response.headers.getSetCookie(),
      };
    },
    async signOut(headers) {
      const response = await auth.api.signOut({ headers, asResponse: true });
      return response.headers.getSetCookie();
    },
    close: () => pool.end(),
  };
}
