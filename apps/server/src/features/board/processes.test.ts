import { expect, test } from "vitest";
import { getBeds, reportBeds } from "@ihims/core/observations/endpoints.ts";
import { at, testServer } from "../../testing/server.ts";

test("a change made in one process is on the board of another", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id } = await server.aFacility();
  await using other = await server.another();
  const machine = await server.machineOf(id);
  const { figure } = await machine.call(reportBeds, {
    params: { id, type: "icu" },
    body: { staffed: 12, occupied: 8 },
  });
  await expect.poll(() => other.app.board.entry(id)?.standings.size).toBe(1);
  const response = await other.app.fastify.inject(`/api/v1/facilities/${id}/beds/icu`);
  expect(getBeds.reply.parse(response.json())).toEqual(figure);
});

test("a facility made in one process is found in another", async () => {
  await using server = await testServer();
  await using other = await server.another();
  const { id } = await server.aFacility({ name: "New Clinic" });
  await expect.poll(() => other.app.board.entry(id)?.facility.name).toBe("New Clinic");
});
