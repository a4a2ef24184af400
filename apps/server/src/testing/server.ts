import { instantOf, type Instant } from "@ihims/core/time.ts";
import { urlOf, type Call, type Endpoint, type Reply } from "@ihims/core/endpoint.ts";
import { FacilityProfile, type Facility } from "@ihims/core/facilities/schema.ts";
import { SubjectKind } from "@ihims/core/observations/schema.ts";
import { requestPhoneCode, signInByPhone } from "@ihims/core/people/endpoints.ts";
import type { CityRole, FacilityRole } from "@ihims/core/people/schema.ts";
import { ProblemDetails } from "@ihims/core/problem.ts";
import type { LightMyRequestResponse } from "fastify";
import { vi } from "vitest";
import type { z } from "zod";
import { createApp, type App } from "../app.ts";
import type { FeedSettings } from "../features/feeds/feeds.ts";
import { createFacility } from "../features/facilities/facilities.ts";
import { issueApiKey } from "../features/keys/keys.ts";
import { createPerson } from "../features/people/people.ts";
import type { Context } from "../platform/context.ts";
import { createLog } from "../platform/log.ts";
import { sendDueMessages } from "../platform/messages.ts";
import type { Sms, SmsProvider } from "../platform/sms.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";

/** A secret that nothing outside of tests is hashed with. */
const SECRET_KEY = Buffer.alloc(32, 7);

/** `12:00` of the day on which tests play, in UTC. */
export function at(time: string): Instant {
  return instantOf(Date.parse(`2026-03-01T${time}${/^\d\d:\d\d$/.test(time) ? ":00" : ""}Z`));
}

/** What went wrong with a call, as the caller reads it: `409 conflict: words`. */
export class CallFailed extends Error {
  readonly problem: ProblemDetails;
  constructor(problem: ProblemDetails) {
    super(
      `${problem.status} ${problem.type.replace("urn:ihims:problem:", "")}: ${problem.detail ?? problem.title}`,
    );
    this.problem = problem;
  }
}

/** Somebody who calls the server through its HTTP door. */
export interface Caller {
  call<E extends Endpoint>(
    of: E,
    call?: Partial<Call<E>> & { headers?: Record<string, string> },
  ): Promise<Reply<E>>;
  headers: Record<string, string>;
}

export interface TestServer extends AsyncDisposable {
  app: App;
  databaseUrl: string;
  /** The operator's context: what a person at the machine may do. */
  ctx: Context;
  clock: { set(moment: Instant): void };
  anybody: Caller;
  /** Somebody who sends these headers along. */
  as(headers: Record<string, string>): Caller;
  /** A machine with a key for facilities. */
  machineOf(...facilities: Facility["id"][]): Promise<Caller>;
  /** A person who is signed in. */
  person(role: FacilityRole, facility: Facility["id"], email?: string, name?: string): Promise<Caller>;
  /** A person who works for the city, signed in. */
  officer(role: CityRole): Promise<Caller>;
  /** Somebody who has signed in by telephone. */
  citizen(phone?: string): Promise<Caller>;
  /** What was sent to telephones, oldest first. */
  messages(): Promise<readonly Sms[]>;
  aFacility(profile?: Partial<z.input<typeof FacilityProfile>>): Promise<Facility>;
  /** Listen on a real port; the address. */
  url(): Promise<string>;
  /** The same database read by a server that is started anew. */
  restart(): Promise<void>;
  /** Another process on the same database. */
  another(): Promise<AsyncDisposable & { app: App }>;
}

const A_HOSPITAL = {
  name: "Riverside Hospital",
  kind: "hospital",
  position: { lat: 18.52, lon: 73.85 },
} as const;

/** The whole server, in process, on a database of its own, with a clock that stands still. */
export async function testServer(
  options: { now?: Instant; sms?: SmsProvider | undefined; feeds?: FeedSettings } = {},
): Promise<TestServer> {
  const database = await createTestDatabase();
  let now = options.now ?? at("12:00");
  const phones = new Telephones();
  const start = () =>
    createApp({
      databaseUrl: database.url,
      secretKey: SECRET_KEY,
      log: createLog("silent"),
      publicUrl: undefined,
      sms: "sms" in options ? options.sms : phones.provider,
      feeds: options.feeds,
      now: () => now,
      isChecking: true,
    });
  let app = await start();
  const as = (headers: Record<string, string>): Caller => callerOf(() => app, headers);
  const inBrowser = (cookie: string) => as({ cookie, origin: "http://localhost:80" });

  return {
    databaseUrl: database.url,
    get app() {
      return app;
    },
    get ctx() {
      return app.operator();
    },
    clock: { set: (moment) => void (now = moment) },
    anybody: as({}),
    as,
    machineOf: async (...facilities) =>
      as({ authorization: `Bearer ${await secretFor(app.operator(), facilities)}` }),
    person: async (role, facility, email = `${role}@example.org`, name = role) =>
      inBrowser(await signInAnew(app, { email, name, memberships: [{ facility, role }] })),
    officer: async (role) =>
      inBrowser(await signInAnew(app, { email: `${role}@example.org`, name: role, cityRoles: [role] })),
    messages: () => phones.messages(app),
    citizen: async (phone = "+91 98220 12345") => inBrowser(await phones.signIn(app, phone)),
    aFacility: (profile = {}) =>
      createFacility(app.operator(), FacilityProfile.parse({ ...A_HOSPITAL, ...profile })),
    async url() {
      return app.fastify.listen({ port: 0, host: "127.0.0.1" });
    },
    async restart() {
      await app.close();
      app = await start();
    },
    async another() {
      const second = await start();
      return { app: second, [Symbol.asyncDispose]: () => second.close() };
    },
    [Symbol.asyncDispose]: () => close(app, database),
  };
}

async function secretFor(ctx: Context, facilities: readonly Facility["id"][]): Promise<string> {
  const subjects = SubjectKind.options;
  return (await issueApiKey(ctx, { name: "test", facilities, subjects, mayChangePages: true })).secret;
}

async function close(app: App, database: TestDatabase): Promise<void> {
  await app.close();
  await database[Symbol.asyncDispose]();
}

function callerOf(app: () => App, headers: Record<string, string>): Caller {
  return {
    headers,
    async call(of, call = {}) {
      const body = call.body === undefined ? undefined : JSON.stringify(call.body);
      const response = await app().fastify.inject({
        method: of.method,
        url: urlOf(of, call),
        headers: {
          ...headers,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...call.headers,
        },
        ...(body === undefined ? {} : { body }),
      });
      if (response.statusCode >= 400) throw new CallFailed(ProblemDetails.parse(response.json()));
      // What its schema made is what the endpoint replies.
      return of.reply.parse(response.body === "" ? undefined : response.json()) as Reply<typeof of>;
    },
  };
}

/** The telephones of a test, and what came on them. */
class Telephones {
  readonly #sent: Sms[] = [];
  readonly provider: SmsProvider = {
    isForDemonstrationsOnly: false,
    send: async (one) => void this.#sent.push(one),
  };

  async messages(app: App): Promise<readonly Sms[]> {
    await sendDueMessages(app.base, this.provider);
    return this.#sent;
  }

  /** Sign in with a code: the cookie. */
  async signIn(app: App, phone: string): Promise<string> {
    const ask = { method: "POST" as const, url: urlOf(requestPhoneCode, {}), payload: { phone } };
    const asked = await app.fastify.inject(ask);
    if (asked.statusCode !== 202) throw new Error(`asking for a code failed: ${asked.body}`);
    const to = phone.replaceAll(" ", "");
    const code = await vi.waitUntil(async () => {
      const message = (await this.messages(app)).findLast((one) => one.phone === to);
      return /\b\d{6}\b/.exec(message?.text ?? "")?.[0];
    }, WAIT_FOR_MESSAGE);
    const url = urlOf(signInByPhone, {});
    return cookieOf(await app.fastify.inject({ method: "POST", url, payload: { phone, code } }));
  }
}

const WAIT_FOR_MESSAGE = { timeout: 30_000 };

function cookieOf(response: LightMyRequestResponse): string {
  if (response.statusCode !== 200) throw new Error(`signing in failed: ${response.body}`);
  return response.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
}

/** Make an account, and sign in: the cookie. */
async function signInAnew(
  app: App,
  given: Omit<Parameters<typeof createPerson>[1], "password">,
): Promise<string> {
  const password = "correct horse";
  await createPerson(app.operator(), { ...given, password });
  const payload = { email: given.email, password };
  return cookieOf(await app.fastify.inject({ method: "POST", url: "/api/v1/session", payload }));
}
