import type { Command } from "commander";
import { startHl7Listener } from "../features/census/listener.ts";
import { bootstrapAdministrator } from "../features/people/people.ts";
import { CONFIG_HELP } from "../platform/config.ts";
import { openInstallation, type Installation } from "./installation.ts";

/** `ihims serve`: the whole system in one process. */
export function addServeCommand(program: Command): void {
  program
    .command("serve")
    .description("Run the whole system: API, web applications, HL7 v2 listener")
    .addHelpText(
      "after",
      `\nEnvironment variables, all optional:\n${CONFIG_HELP.map(({ name, what }) => `  ${name.padEnd(18)} ${what}`).join("\n")}`,
    )
    .action(serve);
}

async function serve(): Promise<void> {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const installation = await openInstallation({ say });
  const { config, app } = installation;
  if (config.BOOTSTRAP_ADMIN) await bootstrapAdministrator(app.operator(), config.BOOTSTRAP_ADMIN);
  const listener = await startHl7Listener(() => app.operator(), { port: config.MLLP_PORT, host: config.HOST });
  const address = await app.fastify.listen({ port: config.PORT, host: config.HOST });
  say(`Citizens:       ${address}/`);
  say(`Institutions:   ${address}/console`);
  say(`API reference:  ${address}/docs`);
  say(`HL7 v2 (MLLP):  ${listener.address.host}:${listener.address.port}`);
  say("Stop with Ctrl+C.");
  stopOnSignal(installation, [() => listener.close()]);
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
