import { resolve } from "node:path";
import { readersOfVocabulary } from "@ihims/core/search/readers.ts";
import type { Command } from "commander";
import { startHl7Listener } from "../features/census/listener.ts";
import {
  DEFAULT_SEED,
  DEMONSTRATION_ACCOUNTS,
  findSimulatorAccess,
  makeDemonstration,
} from "../features/demonstration/demonstration.ts";
import { runSimulator } from "../features/demonstration/simulator.ts";
import { startFeedJobs } from "../features/feeds/jobs.ts";
import { bootstrapAdministrator } from "../features/people/people.ts";
import { startAsking } from "../features/questions/questions.ts";
import type { MllpListener } from "../platform/mllp.ts";
import { CONFIG_HELP } from "../platform/config.ts";
import { openInstallation, type Installation } from "./installation.ts";

/** `ihims serve`: the whole system in one process. */
export function addServeCommand(program: Command): void {
  const variables = CONFIG_HELP.map(({ name, what }) => `  ${name.padEnd(18)} ${what}`).join("\n");
  program
    .command("serve")
    .description("Run the whole system: API, web applications, HL7 v2 listener")
    .addHelpText("after", `\nEnvironment variables, all optional:\n${variables}`)
    .action(serve);
}

const say = (line: string) => void process.stdout.write(`${line}\n`);

async function serve(): Promise<void> {
  const installation = await openInstallation({ say, isServing: true });
  const { config, app } = installation;
  if (config.BOOTSTRAP_ADMIN) await bootstrapAdministrator(app.operator(), config.BOOTSTRAP_ADMIN);
  const isDemonstration = config.CITY === "demo" && (await openDemonstration(installation));

  // Half a second now, so that the first who searches does not wait for it.
  readersOfVocabulary();
  const listener = await startHl7Listener(() => app.operator(), {
    port: config.MLLP_PORT,
    host: config.HOST,
  });
  const secureListener = await startSecureListener(installation);
  const jobs = await startFeedJobs(() => app.operator(), app.feeds, {
    databaseUrl: installation.databaseUrl,
  });
  const stopAsking = startAsking(() => app.operator());
  const address = await app.fastify.listen({ port: config.PORT, host: config.HOST });
  say("");
  say(`Citizens:       ${address}/`);
  say(`Institutions:   ${address}/console`);
  say(`API reference:  ${address}/docs`);
  say(`HL7 v2 (MLLP):  ${listener.address.host}:${listener.address.port}`);
  if (secureListener) say(`HL7 v2 (TLS):   ${secureListener.address.host}:${secureListener.address.port}`);
  if (isDemonstration) sayAccounts();
  say("Stop with Ctrl+C.");
  const stopCity = isDemonstration
    ? moveCity(installation, address, listener.address)
    : async () => undefined;
  stopOnSignal(installation, [
    stopCity,
    () => jobs.stop(),
    stopAsking,
    async () => {
      await Promise.all([listener.close(), secureListener?.close()]);
    },
  ]);
}

/** The port for senders over TLS, when it has a certificate. */
async function startSecureListener({ app, config }: Installation): Promise<MllpListener | undefined> {
  const { MLLP_TLS_CERT, MLLP_TLS_KEY, MLLP_TLS_CLIENT_CA } = config;
  if (MLLP_TLS_CERT === undefined || MLLP_TLS_KEY === undefined) return undefined;
  return startHl7Listener(() => app.operator(), {
    port: config.MLLP_TLS_PORT,
    host: config.HOST,
    tls: {
      certificate: MLLP_TLS_CERT,
      key: MLLP_TLS_KEY,
      ...(MLLP_TLS_CLIENT_CA !== undefined && { clientCa: MLLP_TLS_CLIENT_CA }),
      clients: config.MLLP_TLS_CLIENTS,
    },
  });
}

/** Make the demonstration city when the database is empty. Returns whether this is the demonstration. */
async function openDemonstration({ app, config }: Installation): Promise<boolean> {
  const dataDir = resolve(config.DATA_DIR);
  const { isNew, facilities } = await makeDemonstration(app.operator(), { seed: DEFAULT_SEED, dataDir });
  await app.reloadCity();
  if (isNew) say(`Made a demonstration city with ${facilities} places.`);
  return app.base.city().isDemonstration;
}

function sayAccounts(): void {
  say("");
  say("Accounts of the demonstration, where nothing is real:");
  for (const { email, password, who } of DEMONSTRATION_ACCOUNTS)
    say(`  ${email.padEnd(20)} ${password.padEnd(14)} ${who}`);
  say("");
}

/** Move the demonstration city through the doors that a real one uses. Returns what makes it stand still. */
function moveCity(
  { app, config, log }: Installation,
  apiUrl: string,
  mllp: { host: string; port: number },
): () => Promise<void> {
  const controller = new AbortController();
  const moving = (async () => {
    const access = await findSimulatorAccess(resolve(config.DATA_DIR));
    if (!access || config.SIMULATION_SPEED === 0) return;
    await runSimulator({
      access,
      apiUrl,
      mllp,
      speed: config.SIMULATION_SPEED,
      now: app.base.now,
      signal: controller.signal,
      log,
    });
  })().catch((error: unknown) => log.error({ err: error }, "the demonstration city stands still"));
  return async () => {
    controller.abort();
    await moving;
  };
}

/** Close in order on the first signal; a second one ends at once. */
function stopOnSignal(installation: Installation, closers: readonly (() => Promise<void>)[]): void {
  let isStopping = false;
  const stop = async () => {
    if (isStopping) process.exit(130);
    isStopping = true;
    for (const close of closers) await close();
    await installation.close();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      stop().catch((error: unknown) => {
        installation.log.error({ err: error }, "stopping failed");
        process.exit(1);
      });
    });
  }
}
