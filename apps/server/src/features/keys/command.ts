import type { Command } from "commander";
import { PAGE_MAX_ITEMS } from "@ihims/core/endpoint.ts";
import { FacilityId, KeyId } from "@ihims/core/ids.ts";
import { SubjectKind } from "@ihims/core/observations/schema.ts";
import type { Context } from "../../platform/context.ts";
import { issueApiKey, listApiKeys, revokeApiKey } from "./keys.ts";

type WithOperator = (work: (ctx: Context) => Promise<void>) => Promise<void>;

/** `ihims key issue|list|revoke`. */
export function addKeyCommands(program: Command, withOperator: WithOperator): void {
  const key = program.command("key").description("API keys of machines");
  key
    .command("issue")
    .description("Issue a key; its secret is printed this once")
    .requiredOption("--name <name>", "what it is for")
    .requiredOption("--facility <id...>", "the facilities that it speaks for")
    .option("--subject <kind...>", `the kinds of figure that it reports: ${SubjectKind.options.join(", ")}`, [
      "bed",
    ])
    .option("--pages", "let it change the pages of its facilities, as a FHIR feed does")
    .option("--json", "print the result as JSON")
    .action(
      async (options: {
        name: string;
        facility: string[];
        subject: string[];
        pages?: boolean;
        json?: boolean;
      }) => {
        const given = {
          name: options.name,
          facilities: options.facility.map((id) => FacilityId.parse(id)),
          subjects: options.subject.map((kind) => SubjectKind.parse(kind)),
          mayChangePages: options.pages ?? false,
        };
        await withOperator(async (ctx) => {
          const issued = await issueApiKey(ctx, given);
          process.stdout.write(options.json ? `${JSON.stringify(issued)}\n` : `${issued.secret}\n`);
        });
      },
    );
  key
    .command("list")
    .description("List keys, newest first")
    .option("--json", "print the result as JSON")
    .action((options: { json?: boolean }) => withOperator((ctx) => printKeys(ctx, options.json ?? false)));
  key
    .command("revoke <id>")
    .description("Revoke a key; it opens nothing from then on")
    .option("--json", "print the result as JSON")
    .action((id: string, options: { json?: boolean }) =>
      withOperator(async (ctx) => {
        await revokeApiKey(ctx, KeyId.parse(id));
        process.stdout.write(options.json ? `${JSON.stringify({ revoked: id })}\n` : `Revoked ${id}\n`);
      }),
    );
}

async function printKeys(ctx: Context, isJson: boolean): Promise<void> {
  for (let cursor: string | undefined; ;) {
    const page = await listApiKeys(ctx, { limit: PAGE_MAX_ITEMS, cursor });
    for (const key of page.items) {
      const state = key.revokedAt ? "revoked" : "valid";
      process.stdout.write(
        isJson
          ? `${JSON.stringify(key)}\n`
          : `${key.id}  ${key.prefix}…  ${state}  ${key.name}  ${key.facilities.length} facilities\n`,
      );
    }
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}
