import { startEmbeddedPostgres } from "../platform/embedded-postgres.ts";

/**
 * A process of its own that holds an embedded database, for tests to kill: writes one line of JSON
 * when the database is up, and stops it in order when its input ends.
 */
const dataDir = process.argv[2] ?? "";
const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
process.stdout.write(`${JSON.stringify({ url: postgres.url, adopted: postgres.adopted })}\n`);
process.stdin.resume();
process.stdin.once("end", () => void postgres.stop());
