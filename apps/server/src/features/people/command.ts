import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import { FacilityId } from "@ihims/core/ids.ts";
import { CityRole, FacilityRole } from "@ihims/core/people/schema.ts";
import type { Context } from "../../platform/context.ts";
import { createPerson } from "./people.ts";

/** `ihims user add`: make an account, and say what it may do. */
export function addUserCommands(
  program: Command,
  withOperator: (work: (ctx: Context) => Promise<void>) => Promise<void>,
): void {
  program
    .command("user")
    .description("Accounts of people")
    .command("add <email>")
    .description("Make an account")
    .requiredOption("--name <name>", "the person's name")
    .option("--password <password>", "at least 8 characters; one is made and printed when left out")
    .option("--facility <id>", "the facility that they belong to")
    .option("--role <role>", `what they do there: ${FacilityRole.options.join(", ")}`, "viewer")
    .option("--city-role <role>", `what they do for the whole city: ${CityRole.options.join(", ")}`)
    .option("--json", "print the result as JSON")
    .action(
      async (
        email: string,
        options: {
          name: string;
          password?: string;
          facility?: string;
          role: string;
          cityRole?: string;
          json?: boolean;
        },
      ) => {
        const password = options.password ?? randomBytes(12).toString("base64url");
        const memberships =
          options.facility === undefined
            ? []
            : [{ facility: FacilityId.parse(options.facility), role: FacilityRole.parse(options.role) }];
        const cityRoles = options.cityRole === undefined ? [] : [CityRole.parse(options.cityRole)];
        await withOperator(async (ctx) => {
          const id = await createPerson(ctx, { email, name: options.name, password, memberships, cityRoles });
          const made = { id, email, ...(options.password === undefined ? { password } : {}) };
          process.stdout.write(
            options.json
              ? `${JSON.stringify(made)}\n`
              : `Made ${email}${options.password === undefined ? ` with the password ${password}` : ""}\n`,
          );
        });
      },
    );
}
