import { expect, test } from "vitest";
import { findMissingParts } from "./bootstrap/packages.mjs";

const lock = {
  packages: {
    "node_modules/zod": { version: "4.0.0" },
    "node_modules/fsevents": { version: "2.0.0", optional: true, os: ["darwin"] },
    "node_modules/@rolldown/binding-linux-x64-gnu": {
      version: "1.0.0",
      optional: true,
      os: ["linux"],
      cpu: ["x64"],
      libc: ["glibc"],
    },
    "node_modules/@rolldown/binding-linux-x64-musl": {
      version: "1.0.0",
      optional: true,
      os: ["linux"],
      cpu: ["x64"],
    },
    "node_modules/a/node_modules/@b/c": { version: "3.0.0", optional: true, os: ["!win32"] },
    "node_modules/@emnapi/core": { version: "1.0.0", optional: true },
  },
};

/** Which parts does this machine miss, when only `there` are there? */
function check(
  machine: { os: string; cpu: string; libc: string | undefined },
  there: string[],
  expected: string[],
) {
  const isThere = (path: string) =>
    there.some((name) => path.replaceAll("\\", "/").endsWith(`${name}/package.json`));
  expect(findMissingParts(lock, isThere, machine).map(({ name, version }) => `${name}@${version}`)).toEqual(
    expected,
  );
}

test("the native parts of this machine that npm left out are named, and no others", () => {
  const debian = { os: "linux", cpu: "x64", libc: "glibc" };
  check(debian, [], ["@rolldown/binding-linux-x64-gnu@1.0.0", "@b/c@3.0.0"]);
  check(debian, ["@rolldown/binding-linux-x64-gnu"], ["@b/c@3.0.0"]);
  check({ ...debian, libc: "musl" }, ["@b/c"], ["@rolldown/binding-linux-x64-musl@1.0.0"]);
  check({ os: "win32", cpu: "x64", libc: undefined }, [], []);
});
