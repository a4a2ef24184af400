import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { buildAck } from "@ihims/connectors/hl7v2/ack.ts";
import { readMessage } from "@ihims/connectors/hl7v2/message.ts";
import type { Mapping } from "@ihims/connectors/mapping/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import { startMllp, type MllpListener } from "../../platform/mllp.ts";
import { readMllpText, writeMllpText } from "../../platform/mllp-text.ts";
import { randomId } from "../../platform/random-id.ts";
import { fetchSql, Guard } from "../feeds/feeds.ts";
import { sourceOfBytes } from "../mapping/mapping.ts";
import { BufferFull, type Buffer } from "./buffer.ts";
import type { BridgeConfig, SourceConfig } from "./config.ts";
import { readRecords } from "./records.ts";

export interface Taking {
  config: BridgeConfig;
  buffer: Buffer;
  now(): Instant;
  say(line: string): void;
}

type Of<K extends SourceConfig["kind"]> = Extract<SourceConfig, { kind: K }>;

/** Files larger than this are no hospital's export. */
const FILE_MAX_BYTES = 500_000_000;
/** A file that was written to so lately may not be whole yet. */
const SETTLED_MS = 1000;

/**
 * Take every file of a folder that is whole, in the order of their names. A file is either taken as
 * a whole or not at all; taken, it is moved to done/, and one that cannot be read to refused/.
 *
 * @throws BufferFull: the files wait where they are
 */
export async function takeFolder(source: Of<"folder">, taking: Taking): Promise<void> {
  for (const folder of ["done", "refused"]) await mkdir(join(source.path, folder), { recursive: true });
  const names = (await readdir(source.path, { withFileTypes: true }))
    .filter((entry) => entry.isFile() && !/^\.|\.(tmp|part)$/u.test(entry.name))
    .map(({ name }) => name)
    .toSorted();
  for (const name of names) await takeFile(source, name, taking);
}

async function takeFile(
  source: Of<"folder">,
  name: string,
  { config, buffer, now, say }: Taking,
): Promise<void> {
  const path = join(source.path, name);
  const { mtimeMs, size } = await stat(path);
  if (Date.now() - mtimeMs < SETTLED_MS) return;
  const move = (folder: string) => rename(path, join(source.path, folder, `${Math.round(mtimeMs)}-${name}`));
  try {
    if (size > FILE_MAX_BYTES) throw new Error(`larger than ${FILE_MAX_BYTES} bytes`);
    const bytes = await readFile(path);
    const records = await readRecords(
      {
        name: source.name,
        source: sourceOfBytes(bytes, name),
        mapping: mappingOf(source),
        fetchedAt: now(),
        repeats: false,
      },
      config,
    );
    // The same bytes under the same name were taken before a crash, and not moved.
    const digest = createHash("sha256").update(bytes).digest("base64url");
    const isNew = buffer.take(
      records.outgoing,
      `${source.name}/${name} ${Math.round(mtimeMs)} ${digest}`,
      records.rejected,
    );
    await move("done");
    if (isNew)
      say(`${source.name}: ${name}: ${records.outgoing.length} taken, ${records.rejected.length} refused`);
  } catch (error) {
    if (error instanceof BufferFull) throw error;
    await move("refused");
    say(`${source.name}: ${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The document itself: the file that it was in has been read with the configuration. */
function mappingOf({ mapping }: { mapping?: Mapping | string | undefined }): Mapping | undefined {
  return typeof mapping === "string" ? undefined : mapping;
}

/** What one answer of a database may be. */
const SQL_LIMITS = { rows: 100_000, bytes: 200_000_000, seconds: 300 };
/** Whoever set the bridge up said which database: nothing beside it is out of bounds. */
const ANYWHERE = new Guard({ allow: ["0.0.0.0/0", "::/0"] });

/**
 * Ask a database and take its rows. The session is read-only, and bounded in rows, bytes and time.
 *
 * @throws BufferFull; FetchFailed when it cannot be asked
 */
export async function takeSql(source: Of<"sql">, { config, buffer, now, say }: Taking): Promise<void> {
  const { name, password, everyS: _, mapping: __, ...asked } = source;
  const fetching = { guard: ANYWHERE, limits: SQL_LIMITS, cursor: {}, signal: new AbortController().signal };
  const { bytes } = await fetchSql(asked, { password }, fetching);
  const mapping = mappingOf(source);
  if (!mapping) throw new Error("the mapping was not read");
  const records = await readRecords(
    { name, source: sourceOfBytes(bytes, null), mapping, fetchedAt: now(), repeats: true },
    config,
  );
  if (records.outgoing.length + records.rejected.length === 0) return;
  buffer.take(records.outgoing, undefined, records.rejected);
  if (records.rejected.length > 0) say(`${name}: ${records.rejected.length} rows refused`);
}

/** Listen for the engine's messages. AA says that a message is on this disk; it is sent in its turn. */
export function listenMllp(source: Of<"mllp">, { config, buffer, now, say }: Taking): Promise<MllpListener> {
  const acknowledge = (bytes: Parameters<typeof readMllpText>[0], problem?: string) => {
    const { text, encoding } = readMllpText(bytes);
    const read = readMessage(text);
    const code = problem === undefined ? "AA" : "AE";
    const told =
      problem === undefined ? {} : { problem: { ack: "AE" as const, code: 207 as const, problem, at: null } };
    return writeMllpText(
      buildAck(read.ok ? read : undefined, { code, ...told, now: now(), controlId: randomId() }),
      encoding,
    );
  };
  return startMllp({
    port: source.port,
    host: source.host,
    async handle(bytes) {
      const { text } = readMllpText(bytes);
      try {
        buffer.take([
          {
            kind: "hl7",
            source: source.name,
            body: text,
            facility: source.facility ?? config.facility ?? null,
          },
        ]);
        return acknowledge(bytes);
      } catch (error) {
        say(
          `${source.name}: a message was not taken: ${error instanceof Error ? error.message : String(error)}`,
        );
        return acknowledge(bytes, "The bridge cannot take it now; send it again");
      }
    },
    handleOversized: async (head) => acknowledge(head, "The message is too large"),
    onError: (error) => say(`${source.name}: a connection was closed: ${String(error)}`),
  });
}
