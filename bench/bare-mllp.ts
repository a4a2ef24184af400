import type { App } from "@ihims/server/app.ts";
import type { Context } from "@ihims/server/platform/context.ts";
import { GroupCommit, type GroupWork } from "@ihims/server/platform/group-commit.ts";
import { startMllp, type MllpListener } from "@ihims/server/platform/mllp.ts";
import { sql } from "kysely";

/** Listeners that write each message as one row into a bare table and say AA: what HL7 messages are held against. */
export interface BareListeners {
  /** Rows of as many connections in one commit as there are. */
  grouped: MllpListener;
  /** A commit for each. */
  each: MllpListener;
}

export async function startBareListeners(app: App): Promise<BareListeners> {
  await sql`create table if not exists bench_message (id bigint generated always as identity primary key, message text not null)`.execute(
    app.base.db,
  );
  const together = new GroupCommit(INSERT);
  const listen = (take: (ctx: Context, message: string) => Promise<string>) =>
    startMllp({
      port: 0,
      host: "127.0.0.1",
      handle: (bytes) => take(app.operator(), bytes.toString()),
      handleOversized: async () => "",
      onError: (error) => app.base.log.error({ err: error }, "the bare listener failed"),
    });
  return {
    grouped: await listen((ctx, message) => together.take(ctx, message)),
    each: await listen(async (ctx, message) => {
      const [ack = ""] = await ctx.transaction((tx) => INSERT.run(tx, [message]));
      return ack;
    }),
  };
}

const INSERT: GroupWork<string, string> = {
  callsMax: 256,
  async run(ctx, messages) {
    await sql`insert into bench_message (message) select unnest(${messages}::text[])`.execute(ctx.db);
    return messages.map(
      (message) => `MSH|^~\\&|||||||ACK|1|P|2.5.1\rMSA|AA|${message.split("|")[9] ?? ""}\r`,
    );
  },
};
