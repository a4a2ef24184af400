import { expect, test } from "vitest";
import { Instant, later } from "@ihims/core/time.ts";
import { KeptAnswers } from "./kept-answers.ts";

const now = Instant.parse("2026-03-01T12:00:00Z");
const answer = (bytes: number) => ({ json: Buffer.alloc(bytes, "x"), etag: undefined });

test("an answer is kept while nothing changes, for less than a second, and never before it was made", () => {
  const kept = new KeptAnswers();
  kept.keep("q", answer(10), 1, now);
  expect(kept.find("q", 1, now), "asked once").toBeUndefined();
  kept.keep("q", answer(10), 1, now);
  expect(kept.find("q", 1, later(now, 999))?.json).toHaveLength(10);
  expect(kept.find("q", 2, now)).toBeUndefined();
  expect(kept.find("q", 1, later(now, 1000))).toBeUndefined();
  expect(kept.find("q", 1, later(now, -1))).toBeUndefined();
  expect(kept.find("other", 1, now)).toBeUndefined();
});

test("of more than it has room for the oldest go first", () => {
  const kept = new KeptAnswers();
  const megabyte = 1024 * 1024;
  for (let turn = 0; turn < 2; turn += 1)
    for (let place = 0; place < 40; place += 1) kept.keep(`q${place}`, answer(megabyte), 1, now);
  expect(kept.find("q7", 1, now)).toBeUndefined();
  expect(kept.find("q8", 1, now)).toBeDefined();
  // The same question again takes no more room than once.
  for (let turn = 0; turn < 40; turn += 1) kept.keep("q39", answer(megabyte), 2, now);
  expect(kept.find("q8", 1, now)).toBeDefined();
  for (let turn = 0; turn < 2; turn += 1) kept.keep("huge", answer(40 * megabyte), 1, now);
  expect(kept.find("huge", 1, now)).toBeUndefined();
});
