import { cpus, loadavg, totalmem } from "node:os";
import { query } from "./postgres.ts";

/** On what it was measured: a number without its machine is none. @param databaseUrl of any database */
export async function describeMachine(databaseUrl: string): Promise<string> {
  const [row = {}] = await query(
    databaseUrl,
    `select current_setting('server_version') as version, current_setting('fsync') as fsync,
       current_setting('synchronous_commit') as "synchronousCommit"`,
  );
  const [first] = cpus();
  return [
    `${cpus().length} cores (${first?.model.trim()})`,
    `${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    `Node.js ${process.versions.node}`,
    `PostgreSQL ${String(row["version"])} (embedded, fsync ${String(row["fsync"])}, synchronous_commit ${String(row["synchronousCommit"])})`,
    `load average at the start ${loadavg()[0]?.toFixed(1)}`,
  ].join(", ");
}
