import { expect, test } from "vitest";
import { createLog } from "../../platform/log.ts";
import { ComeBackLater, Lane, type Outcome } from "./lane.ts";

const accepted: Outcome = { kind: "accepted" };

function aLane() {
  const controller = new AbortController();
  return { controller, lane: new Lane("test", { signal: controller.signal, log: createLog("silent") }) };
}

test("tasks are done one after another, in their order", async () => {
  const { lane } = aLane();
  const steps: string[] = [];
  for (const name of ["a", "b"]) {
    const task = async () => {
      steps.push(`${name} begins`);
      await Promise.resolve();
      steps.push(`${name} ends`);
      return accepted;
    };
    await lane.put(task, () => {});
  }
  await lane.idle();
  expect(steps).toEqual(["a begins", "a ends", "b begins", "b ends"]);
});

test("what was not answered is tried again before the next is sent", async () => {
  const { lane } = aLane();
  const said: string[] = [];
  let failures = 2;
  await lane.put(
    async () => {
      said.push("first");
      if (failures-- > 0) throw failures === 1 ? new Error("broken") : new ComeBackLater(1);
      return accepted;
    },
    () => {},
  );
  await lane.put(
    async () => {
      said.push("second");
      return accepted;
    },
    () => {},
  );
  await lane.idle();
  expect(said).toEqual(["first", "first", "first", "second"]);
});

test("what was refused is not tried again", async () => {
  const { lane } = aLane();
  const outcomes: Outcome[] = [];
  const refused: Outcome = { kind: "refused", detail: "no such ward" };
  await lane.put(
    async () => refused,
    (outcome) => outcomes.push(outcome),
  );
  await lane.put(
    async () => accepted,
    (outcome) => outcomes.push(outcome),
  );
  await lane.idle();
  expect(outcomes).toEqual([refused, accepted]);
});

test("who brings more than fits waits until there is room", async () => {
  const { lane } = aLane();
  const gate = Promise.withResolvers<Outcome>();
  let brought = 0;
  const bringing = (async () => {
    for (; brought < 60; brought++)
      await lane.put(
        () => gate.promise,
        () => {},
      );
  })();
  await new Promise(setImmediate);
  expect(brought).toBeLessThan(60);
  gate.resolve(accepted);
  await bringing;
  expect(brought).toBe(60);
});

test("stopping ends all waiting, and nothing more is sent", async () => {
  const { lane, controller } = aLane();
  let tries = 0;
  await lane.put(
    async () => {
      tries++;
      throw new Error("broken");
    },
    () => expect.unreachable(),
  );
  await lane.put(
    async () => {
      tries++;
      return accepted;
    },
    () => expect.unreachable(),
  );
  await new Promise(setImmediate);
  controller.abort();
  await lane.idle();
  expect(tries).toBe(1);
});
