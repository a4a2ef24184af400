import { expect, test } from "vitest";
import { countResults } from "./vitest-run.ts";

type Report = NonNullable<Parameters<typeof countResults>[0]>;

function aReport(passed: number, failed: number, files: Report["testResults"] = []): Report {
  return { success: failed === 0, numPassedTests: passed, numFailedTests: failed, testResults: files };
}

test.each([
  ["a good run counts its tests", aReport(3, 0), true, { passed: 3, failed: 0 }],
  ["failed tests are counted", aReport(3, 2), false, { passed: 3, failed: 2 }],
  ["no tests at all is a failure", aReport(0, 0), true, { passed: 0, failed: 1 }],
  ["an error outside of a test is a failure", aReport(3, 0), false, { passed: 3, failed: 1 }],
  ["a Vitest that dies without a report is a failure", undefined, false, { passed: 0, failed: 1 }],
  [
    "a file that does not load is a failure",
    aReport(3, 0, [{ name: "a.test.ts", status: "failed", assertionResults: [] }]),
    false,
    { passed: 3, failed: 1 },
  ],
  [
    "a failed test is not counted twice with its file",
    aReport(3, 1, [{ name: "a.test.ts", status: "failed", assertionResults: [{ status: "failed" }] }]),
    false,
    { passed: 3, failed: 1 },
  ],
])("%s", (_, report, isGood, expected) => expect(countResults(report, isGood)).toEqual(expected));
