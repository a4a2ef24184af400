import { expect, test } from "vitest";
import { sql } from "kysely";
import {
  deleteAccount,
  getSession,
  requestPhoneCode,
  signInByPhone,
  signOut,
} from "@ihims/core/people/endpoints.ts";
import { queueSms, sendDueMessages } from "../../platform/messages.ts";
import { printedSms, SmsRefused, type Sms, type SmsProvider } from "../../platform/sms.ts";
import { saveCity } from "../city/city.ts";
import { at, testServer, type TestServer } from "../../testing/server.ts";

const EMPTY_GROUND = { type: "FeatureCollection" as const, features: [] };
const PHONE = "+919822012345";

/** Ask for a code, and the one that comes. */
async function codeFor(server: TestServer, phone = PHONE): Promise<string> {
  const before = (await server.messages()).length;
  await server.anybody.call(requestPhoneCode, { body: { phone } });
  await expect.poll(() => server.messages()).toHaveLength(before + 1);
  return /\b\d{6}\b/.exec((await server.messages()).at(-1)?.text ?? "")?.[0] ?? "";
}

test("a code from a message signs in, however number and code are written", async () => {
  await using server = await testServer();
  const code = await codeFor(server, "098220-12345");
  expect((await server.messages()).at(-1)?.phone).toBe(PHONE);
  const session = await server.anybody.call(signInByPhone, {
    body: { phone: "+91 98220 १२३४५", code: ` ${code.slice(0, 3)} ${code.slice(3)} ` },
  });
  expect(session).toMatchObject({
    person: { email: null, phone: "+91…345", name: "" },
    memberships: [],
    cityRoles: [],
  });
});

test("the same number is the same account", async () => {
  await using server = await testServer();
  const first = await (await server.citizen()).call(getSession);
  server.clock.set(at("12:05"));
  const second = await (await server.citizen()).call(getSession);
  expect(second.person.id).toBe(first.person.id);
});

test("an earlier code stays valid when another is sent, and each is good once", async () => {
  await using server = await testServer({ now: at("12:00") });
  const early = await codeFor(server);
  server.clock.set(at("12:01"));
  const late = await codeFor(server);
  await server.anybody.call(signInByPhone, { body: { phone: PHONE, code: early } });
  for (const code of [early, late])
    await expect(server.anybody.call(signInByPhone, { body: { phone: PHONE, code } })).rejects.toThrow(
      "401 not-signed-in",
    );
});

test("a code is valid for 15 minutes", async () => {
  await using server = await testServer({ now: at("12:00") });
  const code = await codeFor(server);
  server.clock.set(at("12:15"));
  await expect(server.anybody.call(signInByPhone, { body: { phone: PHONE, code } })).rejects.toThrow("401");
});

test("a code of one number opens no other", async () => {
  await using server = await testServer();
  const code = await codeFor(server);
  await codeFor(server, "+919822054321");
  await expect(
    server.anybody.call(signInByPhone, { body: { phone: "+919822054321", code } }),
  ).rejects.toThrow("401");
});

test("of a hundred guesses at once ten are looked at, also by who is signed in and would roll them back", async () => {
  await using server = await testServer();
  const code = await codeFor(server);
  const other = await server.citizen("+919822054321");
  const guesses = Array.from({ length: 100 }, (_, guess) =>
    other.call(signInByPhone, {
      body: { phone: PHONE, code: String(guess).padStart(6, "0") },
      headers: { "idempotency-key": `guess ${guess}` },
    }),
  );
  const outcomes = await Promise.allSettled(guesses);
  const words = outcomes.map((one) => (one.status === "rejected" ? String(one.reason).slice(0, 10) : "in"));
  expect(words.filter((one) => one.includes("401"))).toHaveLength(10);
  await expect(server.anybody.call(signInByPhone, { body: { phone: PHONE, code } })).rejects.toThrow("429");
  server.clock.set(at("12:16"));
  const again = await codeFor(server);
  await server.anybody.call(signInByPhone, { body: { phone: PHONE, code: again } });
});

test("only so many codes are sent to a number, and the answer is the same for one that is known", async () => {
  await using server = await testServer({ now: at("12:00") });
  await server.citizen();
  const answers = [];
  for (const [minute, phone] of [
    ["12:01", PHONE],
    ["12:02", "+919822054321"],
  ] as const) {
    server.clock.set(at(minute));
    answers.push(await server.anybody.call(requestPhoneCode, { body: { phone } }));
  }
  expect(answers.map(({ digits }) => digits)).toEqual([6, 6]);
  const send = (time: string) => {
    server.clock.set(at(time));
    return server.anybody.call(requestPhoneCode, { body: { phone: PHONE } });
  };
  await expect(send("12:01:10")).rejects.toThrow("429");
  for (const minute of ["12:03", "12:04", "12:05"]) await send(minute);
  await expect(send("12:06")).rejects.toThrow("429 too-many-requests");
});

test("what is no mobile number is refused, with the place", async () => {
  await using server = await testServer();
  await expect(
    server.anybody.call(requestPhoneCode, { body: { phone: "020 2612 3456" } }),
  ).rejects.toMatchObject({ problem: { status: 400, errors: [{ pointer: "/phone" }] } });
});

test("neither number nor code stands in the database as it is", async () => {
  await using server = await testServer();
  await server.anybody.call(requestPhoneCode, { body: { phone: PHONE } });
  await server.citizen("+919822054321");
  for (const table of [
    "person",
    "phone_code",
    "message",
    "attempt",
    "person_account",
    "person_verification",
  ]) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(table)} t`.execute(
      server.app.base.db,
    );
    for (const { row } of rows) {
      expect(row).not.toContain("9822012345");
      expect(row).not.toContain("9822054321");
    }
  }
});

test("who signed out is out, and who deletes the account leaves nothing", async () => {
  await using server = await testServer();
  const citizen = await server.citizen();
  await citizen.call(signOut);
  await expect(citizen.call(getSession)).rejects.toThrow("401");
  server.clock.set(at("12:05"));
  const again = await server.citizen();
  await again.call(deleteAccount);
  await expect(again.call(getSession)).rejects.toThrow("401");
  const { rows } = await sql`select from person`.execute(server.app.base.db);
  expect(rows).toHaveLength(0);
});

test("an account that works for an institution is not deleted by its owner", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const nurse = await server.person("bed-manager", id);
  await expect(nurse.call(deleteAccount)).rejects.toThrow("409 conflict");
});

test("a message that the gateway fails at is tried again, and one that it refuses is given up", async () => {
  const sent: Sms[] = [];
  let failure: Error | undefined = new Error("busy");
  let tries = 0;
  const sms: SmsProvider = {
    isForDemonstrationsOnly: false,
    async send(one) {
      tries++;
      if (failure) throw failure;
      sent.push(one);
    },
  };
  await using server = await testServer({ now: at("12:00"), sms });
  const waiting = async () => (await sql`select from message`.execute(server.app.base.db)).rows.length;
  await server.anybody.call(requestPhoneCode, { body: { phone: PHONE } });
  await expect.poll(() => tries, { timeout: 10_000 }).toBe(1);
  failure = undefined;
  server.clock.set(at("12:00:10"));
  await expect.poll(() => sent.map(({ phone }) => phone), { timeout: 10_000 }).toEqual([PHONE]);
  await expect.poll(waiting, { timeout: 10_000 }).toBe(0);

  failure = new SmsRefused("no such number");
  server.clock.set(at("12:01"));
  await server.anybody.call(requestPhoneCode, { body: { phone: PHONE } });
  await expect.poll(() => tries, { timeout: 10_000 }).toBe(3);
  await expect.poll(waiting, { timeout: 10_000 }).toBe(0);
});

test("a code that could not be sent in time is not sent late", async () => {
  const sent: Sms[] = [];
  await using server = await testServer({ now: at("12:00"), sms: undefined });
  const sms = { isForDemonstrationsOnly: false, send: async (one: Sms) => void sent.push(one) };
  await expect(server.anybody.call(requestPhoneCode, { body: { phone: PHONE } })).rejects.toThrow(
    "503 not-ready",
  );
  await queueSms(server.ctx, { phone: PHONE, text: "123456" }, at("12:15"));
  server.clock.set(at("12:15"));
  expect(await sendDueMessages(server.app.base, sms)).toBe(1);
  expect(sent).toEqual([]);
  expect(await sendDueMessages(server.app.base, sms)).toBe(0);
});

test("a demonstration prints what it would send, and a real city without a gateway sends nothing", async () => {
  const lines: string[] = [];
  await using server = await testServer({ sms: printedSms((line) => void lines.push(line)) });
  await expect(server.anybody.call(requestPhoneCode, { body: { phone: PHONE } })).rejects.toThrow(
    "503 not-ready",
  );
  await saveCity(server.ctx, { ...server.ctx.city, isDemonstration: true }, EMPTY_GROUND);
  await server.app.reloadCity();
  await server.anybody.call(requestPhoneCode, { body: { phone: PHONE } });
  await expect
    .poll(() => lines, { timeout: 10_000 })
    .toEqual([expect.stringMatching(/^SMS to \+919822012345: \d{6} is your code/)]);
});
