import { cpus, loadavg, totalmem } from "node:os";
import { query } from "./postgres.ts";

/** On what it was measured: a number without its machine is none. @param databaseUrl of any database */
export async function describeMachine(databaseUrl: string): Promise<string> {
  const [row] = await query(databaseUrl, "select current_setting('server_version') as version");
  const [first] = cpus();
  return [
    `${cpus().length} cores (${first?.model.trim()})`,
    `${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    `Node.js ${process.versions.node}`,
    `PostgreSQL ${String(row?.["version"])} (the embedded one, synchronous_commit on)`,
    `load average at the start ${loadavg()[0]?.toFixed(1)}`,
  ].join(", ");
}
