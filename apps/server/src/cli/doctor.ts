import { existsSync } from "node:fs";
import type { Command } from "commander";
import { sql } from "kysely";
import { readConfig, type Config } from "../platform/config.ts";
import { openDatabase, type Db } from "../platform/database.ts";
import { pendingMigrations } from "../platform/migrate.ts";
import { WEB_APPS } from "../platform/web-apps.ts";
import { openDatabaseServer } from "./installation.ts";

/** One thing that was looked at. */
export interface Finding {
  what: string;
  isWell: boolean;
  /** How it is; when it is not well, what to do. */
  how: string;
}

/** Oldest PostgreSQL that the SQL here was tried on. */
const POSTGRES_MIN = 15;
/** The clocks of the database and of this machine may differ by this much. */
const CLOCKS_APART_MAX_MS = 2000;

/** `ihims doctor`: look an installation over, and say what is wrong with it. */
export function addDoctorCommand(program: Command): void {
  program
    .command("doctor")
    .description("Check this installation and say what is wrong")
    .option("--json", "print the result as JSON")
    .action(async ({ json }: { json?: boolean }) => {
      const findings = await examine(readConfig(process.env));
      if (json) process.stdout.write(`${JSON.stringify({ findings })}\n`);
      else
        for (const { what, isWell, how } of findings)
          process.stdout.write(`${isWell ? "well " : "WRONG"}  ${what}: ${how}\n`);
      if (findings.some(({ isWell }) => !isWell)) process.exitCode = 1;
    });
}

async function examine(config: Config): Promise<Finding[]> {
  const server = await openDatabaseServer(config, () => undefined);
  try {
    return [...(await examineDatabase(server.url)), ...examineWebApps(), await examineServer(config)];
  } finally {
    await server.stop();
  }
}

/** The database: its version, its clock, its migrations, and what is in it. */
export async function examineDatabase(url: string): Promise<Finding[]> {
  const database = openDatabase(url, { connectionsMax: 1 });
  try {
    const { version, apartMs } = await askServer(database.db);
    const pending = await pendingMigrations(database.db);
    return [
      {
        what: "PostgreSQL",
        isWell: version >= POSTGRES_MIN,
        how:
          version >= POSTGRES_MIN
            ? `version ${version}`
            : `version ${version}; ${POSTGRES_MIN} or newer is needed`,
      },
      {
        what: "Clocks",
        isWell: apartMs <= CLOCKS_APART_MAX_MS,
        how:
          apartMs <= CLOCKS_APART_MAX_MS
            ? "agree"
            : `the database's is ${Math.round(apartMs / 1000)} s apart from this machine's; set both by NTP`,
      },
      {
        what: "Migrations",
        isWell: pending.length === 0,
        how: pending.length === 0 ? "up to date" : `${pending.join(", ")} to be run: ihims migrate`,
      },
      ...(pending.length === 0 ? [await countCity(database.db)] : []),
    ];
  } catch (error) {
    return [
      {
        what: "PostgreSQL",
        isWell: false,
        how: `does not answer: ${error instanceof Error ? error.message : String(error)}`,
      },
    ];
  } finally {
    await database.close();
  }
}

async function askServer(db: Db): Promise<{ version: number; apartMs: number }> {
  const { rows } = await sql<{ version: string; now: string }>`
    select current_setting('server_version_num') as version, clock_timestamp() as now
  `.execute(db);
  return {
    version: Math.floor(Number(rows[0]?.version) / 10_000),
    apartMs: Math.abs(Date.now() - Date.parse(rows[0]?.now ?? "")),
  };
}

async function countCity(db: Db): Promise<Finding> {
  const { rows } = await sql<{ facilities: number; reporting: number }>`
    select (select count(*) from facility) as facilities, (select count(distinct facility_id) from standing) as reporting
  `.execute(db);
  const { facilities = 0, reporting = 0 } = rows[0] ?? {};
  return { what: "City", isWell: true, how: `${facilities} facilities, ${reporting} of them have reported` };
}

function examineWebApps(): Finding[] {
  return WEB_APPS.map(({ prefix, root }) => {
    const isWell = existsSync(`${root}/index.html`);
    return {
      what: `Web application at ${prefix}`,
      isWell,
      how: isWell ? "built" : "not built: npm start builds it",
    };
  });
}

async function examineServer({ HOST, PORT }: Config): Promise<Finding> {
  const address = `http://${HOST}:${PORT}`;
  try {
    const { ok } = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(5000) });
    return {
      what: `Server at ${address}`,
      isWell: ok,
      how: ok ? "serves" : "runs and cannot serve: see its log",
    };
  } catch {
    return { what: `Server at ${address}`, isWell: true, how: "does not run" };
  }
}
