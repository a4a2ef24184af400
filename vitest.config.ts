import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { lingui } from "@lingui/vite-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

/** Slow machines share two cores among everything that runs: a limit here ends what hangs, nothing else. */
const TEST_MAX_MS = 60_000;
const SETUP_MAX_MS = 180_000;
const BROWSER_TEST_MAX_MS = 300_000;

const databaseSetup = fileURLToPath(new URL("apps/server/src/testing/database-setup.ts", import.meta.url));

/**
 * The whole of the server's tests runs once: on the server at TEST_DATABASE_URL where there is one, and
 * then on the embedded PostgreSQL only what leans on the database itself: its start, its stream of changes, the ledger.
 */
const givenServer = process.env["TEST_DATABASE_URL"] !== undefined;
const leansOnDatabase = [
  "apps/server/src/platform/{embedded-postgres,migrate,changes,group-commit}.test.ts",
  "apps/server/src/features/observations/**/*.test.ts",
];

/** The words' compiler, for the tests that import catalogues. */
const linguiConfig = ["lingui.config.ts", "packages/ui/lingui.config.ts"]
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(path));

const limits = { testTimeout: TEST_MAX_MS, hookTimeout: SETUP_MAX_MS };
const serverTests = {
  ...limits,
  include: ["apps/server/src/**/*.test.ts"],
  globalSetup: [databaseSetup],
};

const projects: TestProjectInlineConfiguration[] = [
  {
    test: {
      ...limits,
      name: "pure",
      include: ["packages/{core,connectors,analytics,city,client}/src/**/*.test.ts", "tools/**/*.test.ts"],
    },
  },
  {
    plugins: [react(), ...(linguiConfig ? [lingui({ configPath: linguiConfig, macroTransform: true })] : [])],
    test: {
      ...limits,
      name: "web",
      include: ["{apps/console,apps/citizen,packages/ui}/src/**/*.test.{ts,tsx}"],
    },
  },
  { test: { ...serverTests, name: "server", ...(givenServer && { include: leansOnDatabase }) } },
  ...(givenServer
    ? [{ test: { ...serverTests, name: "server-postgres", exclude: ["**/embedded-postgres.test.ts"] } }]
    : []),
  ...(process.env["TEST_PEERS"]
    ? [{ test: { ...serverTests, name: "peers", include: ["apps/server/src/**/*.peers.ts"] } }]
    : []),
  {
    test: {
      name: "e2e",
      // A condition is waited for as long as a slow machine needs, not for the usual second.
      expect: { poll: { timeout: TEST_MAX_MS } },
      include: ["e2e/**/*.e2e.ts"],
      testTimeout: BROWSER_TEST_MAX_MS,
      hookTimeout: BROWSER_TEST_MAX_MS,
      fileParallelism: false,
      // After the others: a browser and a server want the machine for themselves.
      sequence: { groupOrder: 1 },
    },
  },
  {
    test: {
      name: "real",
      include: ["{packages,apps}/*/src/**/*.real.ts", "tools/**/*.real.ts"],
      globalSetup: [databaseSetup],
      testTimeout: BROWSER_TEST_MAX_MS,
      hookTimeout: BROWSER_TEST_MAX_MS,
    },
  },
];

export default defineConfig({ test: { projects, allowOnly: false, teardownTimeout: SETUP_MAX_MS } });
