import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { Mapping } from "@ihims/connectors/mapping/schema.ts";
import { FacilityId } from "@ihims/core/ids.ts";

const Name = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/u, "small letters, digits and -, as bed-list");
const seconds = (fallback: number) => z.int().min(1).max(86_400).default(fallback);
const Mapped = z
  .union([Mapping, z.string().min(1).max(1000)])
  .describe("How a record becomes observations (docs/mapping.md): the document, or the file that it is in");

const Folder = z.strictObject({
  kind: z.literal("folder"),
  name: Name,
  path: z
    .string()
    .min(1)
    .describe(
      "Files are taken from here in the order of their names, and moved to done/ or refused/ below it",
    ),
  everyS: seconds(10),
  mapping: Mapped.optional().describe(
    "Without one: NDJSON, each line an observation as POST /api/v1/observations takes it",
  ),
});

const Sql = z.strictObject({
  kind: z.literal("sql"),
  name: Name,
  engine: z.enum(["postgresql", "mysql", "sqlserver"]).describe("mysql reads MariaDB too"),
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65_535).optional(),
  database: z.string().min(1).max(120),
  user: z.string().min(1).max(120),
  password: z.string().max(200).default("").describe("Or env:NAME"),
  tls: z
    .enum(["off", "on", "unverified"])
    .default("off")
    .describe("off: beside the database, on one machine"),
  query: z.string().min(1).max(20_000).describe("One SELECT; the session cannot write"),
  everyS: seconds(60),
  mapping: Mapped,
});

const Mllp = z.strictObject({
  kind: z.literal("mllp"),
  name: Name,
  port: z.int().min(0).max(65_535),
  host: z.string().default("127.0.0.1"),
  facility: FacilityId.optional().describe("Whose messages they are; the bridge's own facility unless said"),
});

/** One file of configuration: where to, with which key, from what. */
export const BridgeConfig = z.strictObject({
  server: z
    .url({ protocol: /^https?$/u })
    .refine(
      (text) => new URL(text).protocol === "https:" || isLoopback(new URL(text).hostname),
      "outside of this machine only https://",
    ),
  key: z.string().min(1).describe("An API key, or env:NAME"),
  dataDir: z.string().min(1).default("bridge-data").describe("Where what is not sent yet is kept"),
  bufferMaxMb: z.int().min(1).max(1_000_000).default(512),
  healthEveryS: seconds(60),
  timeZone: z.string().max(60).optional().describe("Of times without one; this machine's unless said"),
  countryCode: z
    .string()
    .regex(/^[A-Z]{2}$/u)
    .default("IN"),
  facility: FacilityId.optional().describe("Whose figures they are, where a record does not say"),
  facilities: z
    .record(z.string().max(300), FacilityId)
    .default({})
    .describe("Ids or names that records have for facilities, each with the server's id"),
  sources: z
    .array(z.discriminatedUnion("kind", [Folder, Sql, Mllp]))
    .min(1)
    .max(50)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "two sources have one name"),
});
export type BridgeConfig = z.output<typeof BridgeConfig>;
export type SourceConfig = BridgeConfig["sources"][number];

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(\.\d{1,3}){3}$/u.test(host);
}

/**
 * Read the configuration. Paths in it are from the folder that it is in.
 *
 * @throws Error that names each place that is wrong
 */
export async function readBridgeConfig(
  path: string,
  environment: Record<string, string | undefined>,
): Promise<BridgeConfig> {
  const folder = dirname(resolve(path));
  const given = await readJsonFile(path);
  const read = BridgeConfig.safeParse(given);
  if (!read.success) throw new Error(`${path}: ${read.error.issues.map(wordsOf).join("; ")}`);
  const config = read.data;
  const sources = await Promise.all(
    config.sources.map(async (source): Promise<SourceConfig> => {
      if (source.kind === "mllp") return source;
      const mapping = await mappingOf(source.mapping, folder);
      if (source.kind === "sql")
        return {
          ...source,
          password: fromEnvironment(source.password, environment),
          mapping: mapping ?? source.mapping,
        };
      return { ...source, path: resolve(folder, source.path), ...(mapping && { mapping }) };
    }),
  );
  return {
    ...config,
    sources,
    key: fromEnvironment(config.key, environment),
    dataDir: resolve(folder, config.dataDir),
  };
}

/** Of what may be one thing or another, what is wrong with it as the first: that is the document itself. */
function wordsOf(issue: z.core.$ZodIssue): string {
  const inside = issue.code === "invalid_union" ? issue.errors[0]?.[0] : undefined;
  const path = [...issue.path, ...(inside?.path ?? [])].join(".");
  return `${path || "it"}: ${(inside ?? issue).message}`;
}

async function mappingOf(given: Mapping | string | undefined, folder: string): Promise<Mapping | undefined> {
  if (typeof given !== "string") return given;
  const path = resolve(folder, given);
  const read = Mapping.safeParse(await readJsonFile(path));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Error(`${path}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "cannot be read"}`);
}

async function readJsonFile(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new Error(`${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

/** A secret stays out of the file when the file only names the variable that it is in. */
function fromEnvironment(text: string, environment: Record<string, string | undefined>): string {
  const name = text.startsWith("env:") ? text.slice("env:".length) : undefined;
  if (name === undefined) return text;
  const value = environment[name];
  if (!value) throw new Error(`the environment variable ${name} is not set`);
  return value;
}
