import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const CATALOGUES = ["packages/ui", "apps/citizen", "apps/console"];

type Entry = { id: string; words: string; isFuzzy: boolean };

/** The live entries of a .po file; obsolete ones (`#~`) are not spoken. */
function entriesOf(path: string): Entry[] {
  const blocks = readFileSync(path, "utf8").split(/\n\s*\n/);
  return blocks
    .filter((block) => /^msgid /m.test(block))
    .map((block) => ({
      id: textOf(block, "msgctxt") + textOf(block, "msgid"),
      words: textOf(block, "msgstr"),
      isFuzzy: /^#,.*fuzzy/m.test(block),
    }))
    .filter(({ id }) => id !== "");
}

function textOf(block: string, keyword: string): string {
  const quoted = new RegExp(`^${keyword} ((?:"(?:[^"\\\\]|\\\\.)*"\\s*)+)`, "m").exec(block)?.[1] ?? "";
  return [...quoted.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((part) => part[1]).join("");
}

/** `{name}`, `{name, plural, ...}` and `<0>`; the words of a plural's branch stand in braces too. */
function placeholdersOf(text: string): string[] {
  return [
    ...new Set([...text.matchAll(/\{(\w+)(?=[},])|<\/?(\d+)/g)].map((found) => found[1] ?? found[2] ?? "")),
  ].toSorted();
}

for (const catalogue of CATALOGUES) {
  const files = globSync(`${catalogue}/src/words/catalogues/*.po`, { cwd: root });

  test(`${catalogue} speaks English, Hindi and Marathi`, () => {
    expect(files.map((file) => file.slice(-5, -3)).toSorted()).toEqual(["en", "hi", "mr"]);
  });

  for (const file of files) {
    test(`no message of ${file} is missing or unsure`, () => {
      const unfinished = entriesOf(root + file).filter(({ words, isFuzzy }) => words === "" || isFuzzy);
      expect(unfinished.map(({ id }) => id)).toEqual([]);
    });

    test(`each message of ${file} keeps the placeholders of the English one`, () => {
      const english = new Map(
        entriesOf(root + file.replace(/..\.po$/, "en.po")).map(({ id, words }) => [id, words]),
      );
      for (const { id, words } of entriesOf(root + file)) {
        expect({ id, placeholders: placeholdersOf(words) }).toEqual({
          id,
          placeholders: placeholdersOf(english.get(id) ?? ""),
        });
      }
    });
  }
}

test("every message in the sources is in the catalogues", () => {
  const lingui = `${root}node_modules/@lingui/cli/dist/lingui.js`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [lingui, "check", "sync", "--verbose", "--workers", "1"],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  expect(status, `bring them up to date with npx lingui extract\n${stdout}${stderr}`).toBe(0);
});
