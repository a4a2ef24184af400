import { expect, test } from "vitest";
import { findHosts } from "./check-lockfile.ts";

test("an entry that names a host is told with its line, a workspace's link is not", () => {
  const lockfile = [
    '{ "node_modules/@ihims/core": {',
    '"resolved": "packages/core",',
    '"resolved": "https://mirror.example/zod.tgz",',
  ];
  expect(findHosts(lockfile.join("\n"))).toEqual([
    'package-lock.json:3: names a host: "resolved": "https://mirror.example/zod.tgz",',
  ]);
});
