import { cpus, loadavg, totalmem } from "node:os";
import { Client } from "pg";

/** On what it was measured: a number without its machine is none. */
export async function machineLine(databaseUrl: string): Promise<string> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string }>(
      "select current_setting('server_version') as version",
    );
    const [first] = cpus();
    return [
      `${cpus().length} cores (${first?.model.trim()})`,
      `${Math.round(totalmem() / 2 ** 30)} GiB`,
      `Node.js ${process.versions.node}`,
      `PostgreSQL ${rows[0]?.version} (embedded, synchronous_commit on)`,
      `load average at the start ${loadavg()[0]?.toFixed(1)}`,
    ].join(", ");
  } finally {
    await client.end();
  }
}
