import { expect, test } from "vitest";
import {
  acceptInvitation,
  changeMember,
  inviteMember,
  listMembers,
  readInvitation,
  removeMember,
  revokeInvitation,
} from "@ihims/core/members/endpoints.ts";
import { reportBeds } from "@ihims/core/observations/endpoints.ts";
import { signIn } from "@ihims/core/people/endpoints.ts";
import { DAY_MS, later } from "@ihims/core/time.ts";
import { at, testServer } from "../../testing/server.ts";

const account = { email: "new@example.org", name: "Asha", password: "correct horse" };
const beds = { staffed: 12, occupied: 8 };

test("a link makes a member of all its facilities, once", async () => {
  await using server = await testServer();
  const [first, second] = [await server.aFacility(), await server.aFacility({ name: "Second" })];
  const head = await server.person("administrator", first.id);
  const facilities = [first.id, second.id];
  await expect(head.call(inviteMember, { body: { facilities, role: "bed-manager" } })).rejects.toThrow(
    "403 not-allowed",
  );
  const officer = await server.officer("platform-administrator");
  const { token } = await officer.call(inviteMember, {
    body: { facilities, role: "bed-manager", note: "Asha" },
  });
  expect(await server.anybody.call(readInvitation, { body: { token } })).toMatchObject({
    role: "bed-manager",
    facilities: [{ name: "Riverside Hospital" }, { name: "Second" }],
    invitedBy: "platform-administrator",
  });
  await expect(server.anybody.call(acceptInvitation, { body: { token } })).rejects.toThrow(
    "401 not-signed-in",
  );
  const { person } = await server.anybody.call(acceptInvitation, { body: { token, account } });
  const again = server.anybody.call(acceptInvitation, {
    body: { token, account: { ...account, email: "other@example.org" } },
  });
  await expect(again).rejects.toThrow("404 not-found");
  const { memberships } = await server.anybody.call(signIn, {
    body: { email: account.email, password: account.password },
  });
  expect(memberships.map(({ role }) => role)).toEqual(["bed-manager", "bed-manager"]);
  const { items, invitations } = await head.call(listMembers, { query: { facility: first.id } });
  expect(items.map((one) => [one.person.name, one.role])).toEqual([
    ["Asha", "bed-manager"],
    ["administrator", "administrator"],
  ]);
  expect(invitations).toEqual([]);
  expect(person).toBe(items[0]?.person.id);
});

test("who is signed in joins with their own account, and an administrator stays one", async () => {
  await using server = await testServer();
  const [mine, other] = [await server.aFacility(), await server.aFacility()];
  const head = await server.person("administrator", mine.id);
  const nurse = await server.person("viewer", other.id);
  const { token } = await head.call(inviteMember, { body: { facilities: [mine.id], role: "bed-manager" } });
  await nurse.call(acceptInvitation, { body: { token } });
  await nurse.call(reportBeds, { params: { id: mine.id, type: "icu" }, body: beds });
  const more = await head.call(inviteMember, { body: { facilities: [mine.id], role: "viewer" } });
  await head.call(acceptInvitation, { body: { token: more.token } });
  const { items } = await head.call(listMembers, { query: { facility: mine.id } });
  expect(items.map(({ role }) => role).sort()).toEqual(["administrator", "bed-manager"]);
});

test("a link is worthless when it was taken back or a week went by, and an address has one account", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const head = await server.person("administrator", id);
  const make = () => head.call(inviteMember, { body: { facilities: [id], role: "viewer" } });
  const [taken, old, good] = [await make(), await make(), await make()];
  await head.call(revokeInvitation, { params: { id: taken.id } });
  const accept = (token: string, email = account.email) =>
    server.anybody.call(acceptInvitation, { body: { token, account: { ...account, email } } });
  await expect(accept(taken.token)).rejects.toThrow("404 not-found");
  await expect(accept(good.token, "administrator@example.org")).rejects.toThrow("409 conflict");
  await accept(good.token);
  expect(
    (await head.call(listMembers, { query: { facility: id } })).invitations.map((one) => one.id),
  ).toEqual([old.id]);
  server.clock.set(later(at("12:00"), 7 * DAY_MS));
  await expect(accept(old.token, "late@example.org")).rejects.toThrow("404 not-found");
});

test("another role, or none any more, counts at once; the last administrator stays", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const head = await server.person("administrator", id);
  const nurse = await server.person("bed-manager", id);
  const report = () => nurse.call(reportBeds, { params: { id, type: "icu" }, body: beds });
  await report();
  const { items } = await head.call(listMembers, { query: { facility: id } });
  const idOf = (role: string) => {
    const found = items.find((one) => one.role === role);
    if (!found) throw new Error(`nobody is ${role}`);
    return found.person.id;
  };
  const person = idOf("bed-manager");
  await head.call(changeMember, { params: { id, person }, body: { role: "viewer" } });
  await expect(report()).rejects.toThrow("403 not-allowed");
  await head.call(removeMember, { params: { id, person } });
  await expect(nurse.call(listMembers, { query: { facility: id } })).rejects.toThrow("403 not-allowed");
  const last = head.call(removeMember, { params: { id, person: idOf("administrator") } });
  await expect(last).rejects.toThrow("409 conflict");
  const demoted = head.call(changeMember, {
    params: { id, person: idOf("administrator") },
    body: { role: "viewer" },
  });
  await expect(demoted).rejects.toThrow("409 conflict");
  await expect(head.call(removeMember, { params: { id, person } })).rejects.toThrow("404 not-found");
});
