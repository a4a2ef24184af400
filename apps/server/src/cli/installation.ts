import { resolve } from "node:path";
import { createApp, type App } from "../app.ts";
import { readConfig, type Config } from "../platform/config.ts";
import { startEmbeddedPostgres } from "../platform/embedded-postgres.ts";
import { createLog, type Logger } from "../platform/log.ts";
import { migrateToLatest } from "../platform/migrate.ts";
import { secretKeyOf } from "../platform/secret-key.ts";
import { httpSmsGateway, printedSms, type SmsProvider } from "../platform/sms.ts";
import type { Context } from "../platform/context.ts";

/** An installation that a command works on: its database is up to date. */
export interface Installation {
  config: Config;
  databaseUrl: string;
  app: App;
  log: Logger;
  close(): Promise<void>;
}

export interface OpenOptions {
  say(line: string): void;
  logLevel?: string;
  /** It serves, rather than do one thing for the operator: it carries messages too. */
  isServing?: boolean;
}

/** Open the database that the configuration names, starting the embedded one when it names none. */
export async function openDatabaseServer(
  config: Config,
  say: (line: string) => void,
): Promise<{ url: string; stop(): Promise<void> }> {
  if (config.DATABASE_URL) return { url: config.DATABASE_URL, stop: async () => undefined };
  return startEmbeddedPostgres({ dataDir: resolve(config.DATA_DIR), log: say });
}

function smsOf(config: Config, say: (line: string) => void): SmsProvider {
  if (config.SMS_GATEWAY_URL === undefined) return printedSms(say);
  return httpSmsGateway({
    url: config.SMS_GATEWAY_URL,
    token: config.SMS_GATEWAY_TOKEN,
    sender: config.SMS_SENDER,
  });
}

export async function openInstallation(options: OpenOptions): Promise<Installation> {
  const config = readConfig(process.env);
  const log = createLog(options.logLevel ?? config.LOG_LEVEL);
  const server = await openDatabaseServer(config, options.say);
  try {
    await migrateToLatest(server.url);
    const secretKey = await secretKeyOf(config.SECRET_KEY, resolve(config.DATA_DIR));
    const app = await createApp({
      databaseUrl: server.url,
      secretKey,
      log,
      publicUrl: config.PUBLIC_URL,
      osrmUrl: config.OSRM_URL,
      feeds: { allow: config.FEEDS_ALLOW, folder: config.FEEDS_FOLDER },
      sms: options.isServing ? smsOf(config, options.say) : undefined,
    });
    return {
      config,
      databaseUrl: server.url,
      app,
      log,
      async close() {
        await app.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Do some work on this installation, and leave everything closed. */
export async function withInstallation(work: (installation: Installation) => Promise<void>): Promise<void> {
  const installation = await openInstallation({ say: () => undefined, logLevel: "error" });
  try {
    await work(installation);
  } finally {
    await installation.close();
  }
}

/** Do some work as the operator. */
export function withOperator(work: (ctx: Context) => Promise<void>): Promise<void> {
  return withInstallation(({ app }) => work(app.operator()));
}
