import { BedCounts } from "@ihims/core/beds/schema.ts";
import { answerQuestion, getPlausibility, listQuestions } from "@ihims/core/questions/endpoints.ts";
import { reportBeds } from "@ihims/core/observations/endpoints.ts";
import { expect, test } from "vitest";
import { at, testServer, type TestServer } from "../../testing/server.ts";
import { askQuestions } from "./questions.ts";

async function reports(server: TestServer, facility: Parameters<TestServer["machineOf"]>[0]) {
  const machine = await server.machineOf(facility);
  return async (occupied: number, time: string) => {
    server.clock.set(at(time));
    const counts = { ...BedCounts.parse({}), staffed: 20, occupied };
    await machine.call(reportBeds, { params: { id: facility, type: "icu" }, body: counts });
    while ((await askQuestions(server.ctx)) > 0);
  };
}

test("a figure that is hard to believe is taken, asked about, and answered by its ward", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const report = await reports(server, id);
  const nurse = await server.person("bed-manager", id);
  const open = async () => (await nurse.call(listQuestions, { params: { id } })).items;
  for (const [place, occupied] of [10, 11, 10, 9, 10, 12, 11, 10].entries())
    await report(occupied, `12:0${place}`);
  expect(await open()).toEqual([]);

  await report(0, "12:10");
  expect(await open()).toMatchObject([
    { subject: "bed:icu", source: "api", doubt: { code: "leap", field: "occupied", said: 0, against: 10 } },
  ]);
  await report(0, "12:11");
  const [question] = await open();
  expect(await open()).toHaveLength(1);
  await nurse.call(answerQuestion, {
    params: { id, question: question?.id ?? "" },
    body: { answer: "wrong" },
  });
  expect(await open()).toEqual([]);

  expect(await server.anybody.call(getPlausibility, { params: { id } })).toMatchObject({
    figures: 10,
    questions: 1,
    wrong: 1,
    share: 0.9,
  });
});

test("a question passes when a later figure no longer raises it", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const report = await reports(server, id);
  const nurse = await server.person("bed-manager", id);
  await report(23, "12:00");
  expect((await nurse.call(listQuestions, { params: { id } })).items).toMatchObject([
    { doubt: { code: "over-occupied", said: 23, against: 20 } },
  ]);
  await report(19, "12:05");
  const answered = await nurse.call(listQuestions, { params: { id }, query: { state: "answered" } });
  expect(answered.items).toMatchObject([{ answer: "passed" }]);
});

test("others are not asked", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const viewer = await server.person("viewer", id);
  await expect(viewer.call(listQuestions, { params: { id } })).rejects.toThrow("403");
});
