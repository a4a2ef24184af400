import { readFileSync } from "node:fs";

/**
 * The lockfile names versions and checksums, not the mirror that somebody's machine had: a host in
 * it makes every other machine ask that host. Answers one line for each entry that has one.
 */
export function findHosts(lockfile: string): string[] {
  return lockfile
    .split("\n")
    .flatMap((line, index) =>
      /"resolved":\s*"[a-z+]+:\/\//.test(line)
        ? [`package-lock.json:${index + 1}: names a host: ${line.trim()}`]
        : [],
    );
}

if (import.meta.main) {
  const found = findHosts(readFileSync("package-lock.json", "utf8"));
  for (const line of found) console.log(line);
  if (found.length > 0)
    console.log(
      "Remove the lines with `omit-lockfile-registry-resolved=true` in .npmrc and `npm install --package-lock-only`.",
    );
  process.exitCode = found.length > 0 ? 1 : 0;
}
