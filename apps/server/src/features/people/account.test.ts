import { expect, test } from "vitest";
import {
  beginSecondStep,
  confirmSecondStep,
  endSecondStep,
  endSession,
  getSecondStep,
  listSessions,
} from "@ihims/core/people/account.ts";
import { getSession, signIn } from "@ihims/core/people/endpoints.ts";
import { later, millisOf, MINUTE_MS, SECOND_MS } from "@ihims/core/time.ts";
import { at, testServer, type TestServer } from "../../testing/server.ts";
import { codeAt } from "./totp.ts";

const PASSWORD = "correct horse";
const email = "administrator@example.org";
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The code that an authenticator shows for a secret in base 32. */
function codeOf(secret: string, now = at("12:00")): string {
  const bits = [...secret].map((one) => ALPHABET.indexOf(one).toString(2).padStart(5, "0")).join("");
  const bytes = bits.match(/.{8}/g) ?? [];
  return codeAt(
    Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2))),
    Math.floor(millisOf(now) / 30_000),
  );
}

function enter(server: TestServer, code?: string, password = PASSWORD) {
  return server.anybody.call(signIn, { body: { email, password, ...(code === undefined ? {} : { code }) } });
}

test("with a second step a password alone opens nothing, and no code counts twice", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const head = await server.person("administrator", id);
  const { secret, link } = await head.call(beginSecondStep);
  expect(link).toContain(`secret=${secret}`);
  await enter(server); // It does not count before it was confirmed.
  await expect(head.call(confirmSecondStep, { body: { code: "000000" } })).rejects.toThrow("400 bad-input");
  const { recoveryCodes } = await head.call(confirmSecondStep, { body: { code: codeOf(secret) } });
  expect(await head.call(getSecondStep)).toEqual({ isOn: true, recoveryCodesLeft: 10 });

  await expect(enter(server)).rejects.toMatchObject({ problem: { status: 401, reason: "code-wanted" } });
  await expect(enter(server, codeOf(secret))).rejects.toMatchObject({ problem: { reason: "code-wrong" } });
  await expect(enter(server, undefined, "wrong")).rejects.not.toMatchObject({
    problem: { reason: "code-wanted" },
  });
  const next = later(at("12:00"), 31 * SECOND_MS);
  server.clock.set(next);
  await enter(server, codeOf(secret, next));
  await expect(enter(server, codeOf(secret, next))).rejects.toThrow("401");

  const [recovery = ""] = recoveryCodes;
  await enter(server, recovery.toLowerCase());
  await expect(enter(server, recovery)).rejects.toThrow("401");
  expect((await head.call(getSecondStep)).recoveryCodesLeft).toBe(9);

  await expect(head.call(endSecondStep, { body: { code: "123456" } })).rejects.toThrow("400 bad-input");
  await head.call(endSecondStep, { body: { code: recoveryCodes[1] ?? "" } });
  await enter(server);
});

test("a sign-in that failed at the second step leaves no session", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const head = await server.person("administrator", id);
  const { secret } = await head.call(beginSecondStep);
  await head.call(confirmSecondStep, { body: { code: codeOf(secret) } });
  await expect(enter(server)).rejects.toThrow("401");
  expect((await head.call(listSessions)).items).toHaveLength(1);
});

test("sessions are seen and ended one by one, and only by whose they are", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const head = await server.person("administrator", id);
  await enter(server);
  const { items } = await head.call(listSessions);
  expect(items).toHaveLength(2);
  expect(items.filter(({ isThis }) => isThis)).toHaveLength(1);
  const other = items.find(({ isThis }) => !isThis);
  const stranger = await server.person("viewer", id);
  await expect(stranger.call(endSession, { params: { id: other?.id ?? "" } })).rejects.toThrow("404");
  await head.call(endSession, { params: { id: other?.id ?? "" } });
  expect((await head.call(listSessions)).items).toHaveLength(1);
  const mine = items.find(({ isThis }) => isThis);
  await head.call(endSession, { params: { id: mine?.id ?? "" } });
  await expect(head.call(getSession)).rejects.toThrow("401");
});

test("wrong passwords are counted by all processes together and across a restart; right ones are not", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  await server.person("administrator", id);
  await using second = await server.another();
  const wrong = async (of: { fastify: TestServer["app"]["fastify"] }) =>
    (
      await of.fastify.inject({
        method: "POST",
        url: "/api/v1/session",
        payload: { email, password: "wrong" },
      })
    ).statusCode;
  for (let tries = 0; tries < 12; tries++) await enter(server);
  for (let tries = 0; tries < 5; tries++) expect(await wrong(server.app)).toBe(401);
  for (let tries = 0; tries < 5; tries++) expect(await wrong(second.app)).toBe(401);
  expect(await wrong(second.app)).toBe(429);
  await server.restart();
  await expect(enter(server)).rejects.toThrow("429");
  server.clock.set(later(at("12:00"), 16 * MINUTE_MS));
  await enter(server);
});
