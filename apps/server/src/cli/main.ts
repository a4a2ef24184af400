import { Command, CommanderError } from "commander";
import { addAlertCommands } from "../features/alerts/command.ts";
import { addBloodCommands } from "../features/blood/command.ts";
import { addBridgeCommand } from "../features/bridge/command.ts";
import { addDemonstrationCommands } from "../features/demonstration/command.ts";
import { addAuditCommands } from "../features/holds/command.ts";
import { addExportCommand } from "../features/exports/command.ts";
import { addTryCommands } from "../features/feeds/try-command.ts";
import { addFeedCommands } from "../features/feeds/command.ts";
import { addImportCommands } from "../features/imports/command.ts";
import { addMedicineCommands } from "../features/medicines/command.ts";
import { addStockCommand } from "../features/stock/command.ts";
import { addKeyCommands } from "../features/keys/command.ts";
import { addUserCommands } from "../features/people/command.ts";
import { readConfig } from "../platform/config.ts";
import { migrateToLatest } from "../platform/migrate.ts";
import { API_BASE } from "../platform/http.ts";
import { addDoctorCommand } from "./doctor.ts";
import { openDatabaseServer, withInstallation, withOperator } from "./installation.ts";
import { addServeCommand } from "./serve.ts";

const program = new Command("ihims")
  .description("One point of information for a city's healthcare")
  .version("0.1.0")
  .showHelpAfterError("(ihims --help lists the commands)")
  .exitOverride();

// Who reads our output may have seen enough (`| head`): that is no error, and the work still ends in order.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

addServeCommand(program);

program
  .command("migrate")
  .description("Bring the database up to this release")
  .option("--json", "print the result as JSON")
  .action(async ({ json }: { json?: boolean }) => {
    const server = await openDatabaseServer(readConfig(process.env), () => undefined);
    try {
      const done = await migrateToLatest(server.url);
      process.stdout.write(
        json
          ? `${JSON.stringify({ migrated: done })}\n`
          : done.length > 0
            ? `Migrated: ${done.join(", ")}\n`
            : "Up to date\n",
      );
    } finally {
      await server.stop();
    }
  });

program
  .command("openapi")
  .description("Print the OpenAPI 3.1 document of the API")
  .action(() =>
    withInstallation(async ({ app }) => {
      const { body } = await app.fastify.inject(`${API_BASE}/openapi.json`);
      process.stdout.write(`${JSON.stringify(JSON.parse(body), undefined, 2)}\n`);
    }),
  );

addDoctorCommand(program);
addTryCommands(program);
addImportCommands(program, withOperator);
addAlertCommands(program, withOperator);
addMedicineCommands(program, withOperator);
addBloodCommands(program, withOperator);
addStockCommand(program, withOperator);
addDemonstrationCommands(program, withOperator);
addUserCommands(program, withOperator);
addKeyCommands(program, withOperator);
addFeedCommands(program, (work) => withInstallation(({ app }) => work(app.operator(), app.feeds)));
addBridgeCommand(program);
addAuditCommands(program, withOperator);
addExportCommand(program, (work) =>
  withInstallation(async ({ app }) => work(await app.exports(), app.base.now())),
);

try {
  await program.parseAsync();
} catch (error) {
  // Commander has said what was wrong with the call, or printed the help that was asked for.
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    process.stderr.write(`ihims: ${error instanceof Error ? error.message : String(error)}\n`);
    if (process.env["LOG_LEVEL"] === "debug" && error instanceof Error)
      process.stderr.write(`${error.stack ?? ""}\n`);
    process.exitCode = 1;
  }
}
