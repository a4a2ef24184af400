import { z } from "zod";

/** Text of an environment variable; an empty one counts as not set. */
const text = z.preprocess((given) => (given === "" ? undefined : given), z.string().optional());
const port = (fallback: number) =>
  z.preprocess(
    (given) => (given === "" ? undefined : given),
    z.coerce.number().int().min(0).max(65_535).default(fallback),
  );

const Environment = z.object({
  PORT: port(8080).describe("Port of the web; 0 takes a free one (8080)"),
  HOST: z.string().min(1).default("127.0.0.1").describe("Address that is listened on (127.0.0.1)"),
  MLLP_PORT: port(2575).describe("Port of the HL7 v2 listener; 0 takes a free one (2575)"),
  MLLP_TLS_PORT: port(2576).describe(
    "Port of the HL7 v2 listener over TLS, when MLLP_TLS_CERT is set; 0 takes a free one (2576)",
  ),
  MLLP_TLS_CERT: text.describe("PEM file of the certificate of that port, with those that it is signed by"),
  MLLP_TLS_KEY: text.describe("PEM file of its key"),
  MLLP_TLS_CLIENT_CA: text.describe(
    "PEM file of the authorities whose client certificates are trusted there",
  ),
  MLLP_TLS_CLIENTS: z
    .enum(["none", "optional", "required"])
    .default("optional")
    .describe("Whether senders show a certificate of their own there: none, optional, required (optional)"),
  DATABASE_URL: text.describe("A PostgreSQL of at least version 15; unset: the embedded one under DATA_DIR"),
  DATA_DIR: z
    .string()
    .min(1)
    .default(".data")
    .describe("Where the embedded database and the secret are kept (.data)"),
  CITY: z
    .enum(["demo", "none"])
    .default("demo")
    .describe(
      "demo: make and run the demonstration city when the database is empty; none: start empty (demo)",
    ),
  PUBLIC_URL: z.url().optional().describe("Address that people see, when it is behind a proxy"),
  OSRM_URL: z
    .url()
    .optional()
    .describe("An OSRM server that tells ways by road; unset: the city's own roads, or longer great circles"),
  SMS_GATEWAY_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      "Takes POST of {to, text, from} as JSON and sends an SMS; unset: the demonstration prints what it would send, a real city sends none",
    ),
  SMS_GATEWAY_TOKEN: text.describe("Sent to the SMS gateway as Authorization: Bearer"),
  SMS_SENDER: text.describe("Who an SMS is from, where the gateway wants to be told"),
  FEEDS_ALLOW: text
    .transform((given) => (given ?? "").split(/[\s,]+/).filter((one) => one !== ""))
    .describe(
      "Hosts and networks that are not of the public internet and that feeds may read all the same, as his.lan, 10.20.0.0/16",
    ),
  FEEDS_FOLDER: text.describe("Folder below which feeds may watch folders of this machine; unset: none"),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"])
    .default("info")
    .describe("How much is logged (info)"),
  SECRET_KEY: text
    .pipe(z.string().min(32, "at least 32 characters").optional())
    .describe(
      "Key that sessions and visits are hashed with; made and kept under DATA_DIR when unset on the embedded database, required otherwise",
    ),
  BOOTSTRAP_ADMIN: text
    .pipe(
      z
        .string()
        .regex(/^[^:\s]+@[^:\s]+:.{8,}$/, "write it as email:password, the password of 8 characters or more")
        .optional(),
    )
    .describe("email:password of the first platform administrator, made on an empty database"),
  SIMULATION_SPEED: z.coerce
    .number()
    .min(0)
    .max(1000)
    .default(1)
    .describe("How many times as fast as usual the demonstration city moves; 0: it stands still (1)"),
});
export type Config = z.infer<typeof Environment>;

/** Every variable that the server reads, with what it is for. */
export const CONFIG_HELP: readonly { name: string; what: string }[] = Object.entries(Environment.shape).map(
  ([name, schema]) => ({
    name,
    what: schema.description ?? "",
  }),
);

/**
 * The configuration, read once at start.
 *
 * @throws Error that names each variable that cannot be read
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const read = Environment.safeParse(environment);
  if (read.success) {
    if ((read.data.MLLP_TLS_CERT === undefined) !== (read.data.MLLP_TLS_KEY === undefined))
      throw new Error("MLLP_TLS_CERT and MLLP_TLS_KEY go together: name both files, or neither");
    if (read.data.DATABASE_URL && !read.data.SECRET_KEY)
      throw new Error(
        "SECRET_KEY is required with DATABASE_URL: set it to 32 random characters or more, the same for every process",
      );
    return read.data;
  }
  throw new Error(read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "));
}
