import { expect, test } from "vitest";
import { checkImports } from "./check-imports.ts";

const MANIFESTS = {
  "packages/core/package.json": '{"dependencies":{"zod":"1"}}',
  "packages/connectors/package.json": '{"dependencies":{"saxes":"1"}}',
  "apps/server/package.json": '{"dependencies":{"@fastify/helmet":"1","pg":"1"}}',
};

/** What is said of these files? */
function check(files: Record<string, string>, expected: string[]) {
  expect(checkImports(new Map(Object.entries({ ...MANIFESTS, ...files })))).toEqual(expected);
}

/** What is said of one import from `path`? */
function checkOne(path: string, target: string, problem: string | undefined) {
  check({ [path]: `import { x } from "${target}";\n` }, problem ? [`${path}:1: ${problem}`] : []);
}

const CORE = "packages/core/src/beds/rules.ts";
const CONNECTOR = "packages/connectors/src/hl7v2/adt.ts";
const BEDS = "apps/server/src/features/beds/beds.ts";
const PLATFORM = "apps/server/src/platform/http.ts";
const CONSOLE = "apps/console/src/features/beds/BedBoard.tsx";

test.each([
  [CORE, "zod", undefined],
  [CORE, "../time.ts", undefined],
  [CORE, "saxes", "core imports only zod, not saxes"],
  [CORE, "@ihims/connectors/csv/csv.ts", "core may not import connectors"],
  [CORE, "node:fs", "core runs without Node: it may not import node:fs"],
  [CONNECTOR, "@ihims/core/beds/rules.ts", undefined],
  [CONNECTOR, "@ihims/analytics/siting/siting.ts", "connectors may not import analytics"],
  [CONNECTOR, "saxes", undefined],
  [CONNECTOR, "pg", "pg is not among the dependencies of packages/connectors/package.json"],
  [
    CONNECTOR,
    "../../../core/src/time.ts",
    "../../../core/src/time.ts leaves packages/connectors: import it as @ihims/...",
  ],
  ["packages/city/src/city.ts", "@ihims/connectors/hl7v2/adt.ts", "city may not import connectors"],
  [BEDS, "@ihims/city/city.ts", undefined],
  [BEDS, "@fastify/helmet", undefined],
  [BEDS, "node:fs", undefined],
  [BEDS, "zod", undefined],
  [BEDS, "@ihims/core", "@ihims/core names no file: import the file that has the thing"],
  [BEDS, "@ihims/ui/words.ts", "server may not import ui"],
  [BEDS, "./store", "./store needs its extension"],
  [BEDS, "../blood/blood.ts", undefined],
  [BEDS, "../blood/store.ts", "beds sees blood only through blood/blood.ts"],
  [BEDS, "../../testing/database.ts", "../../testing/database.ts is for tests only"],
  [PLATFORM, "../features/beds/beds.ts", "platform may not import a feature (beds)"],
  [CONSOLE, "@ihims/ui/words/words.ts", undefined],
  [CONSOLE, "@ihims/server/features/beds/beds.ts", "console may not import server"],
  [CONSOLE, "../holds/Holds.tsx", undefined],
  [CONSOLE, "../holds/HoldList.tsx", "beds sees holds only through holds/holds.ts"],
])("%s importing %s", checkOne);

test("a test may look where it wants within what its workspace may import", () => {
  check(
    { "apps/server/src/features/beds/beds.test.ts": 'import "../blood/store.ts";\nimport "vitest";' },
    [],
  );
  checkOne("packages/core/src/time.test.ts", "@ihims/city/city.ts", "core may not import city");
});

test("the settings of a build are not part of what is built", () => {
  checkOne("apps/citizen/vite.config.ts", "node:url", undefined);
});

test("an import in several lines, of types, or for later is seen, and one in a comment is not", () => {
  const statement = 'import {\n  type A,\n  b,\n} from "@ihims/city/a.ts";';
  check({ [CONNECTOR]: `\n${statement}` }, [`${CONNECTOR}:2: connectors may not import city`]);
  check({ [CONNECTOR]: 'import type { A } from "@ihims/city/a.ts";' }, [
    `${CONNECTOR}:1: connectors may not import city`,
  ]);
  check({ [CONNECTOR]: 'const a = await import("@ihims/city/a.ts");' }, [
    `${CONNECTOR}:1: connectors may not import city`,
  ]);
  check({ [CONNECTOR]: '/**\n * import { a } from "@ihims/city/a.ts";\n */' }, []);
});

test("a barrel is named", () => {
  check({ "packages/core/src/beds/index.ts": "" }, [
    "packages/core/src/beds/index.ts:1: a barrel hides where things are: name the file after what it has",
  ]);
});

test("a cycle is named once, and one of types alone is none", () => {
  const around = (word: string) => ({
    "packages/core/src/a.ts": `${word} { b } from "./b.ts";`,
    "packages/core/src/b.ts": 'export { c } from "@ihims/core/c.ts";',
    "packages/core/src/c.ts": 'import { a } from "./a.ts";',
  });
  check(around("import"), [
    "packages/core/src/a.ts:1: a cycle: packages/core/src/a.ts -> packages/core/src/b.ts -> packages/core/src/c.ts -> packages/core/src/a.ts",
  ]);
  check(around("import type"), []);
});
