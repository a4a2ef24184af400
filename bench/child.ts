import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** Nothing that a child is asked takes longer. */
const ANSWER_MAX_MS = 120_000;
const STOP_MAX_MS = 10_000;

/** What goes back to who asked. */
const Reply = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("done"), result: z.unknown() }),
  z.object({ kind: z.literal("failed"), reason: z.string() }),
]);
type Reply = z.infer<typeof Reply>;

/** A process of a benchmark's own, so that load and server do not wait for each other in one thread. */
export interface Child<Command, Result> extends AsyncDisposable {
  /** Have it do something; one thing at a time. */
  ask(command: Command): Promise<Result>;
}

/**
 * Start one of this folder's programs.
 *
 * @param file its name here
 * @param results what it answers
 */
export function startChild<Command extends object, Result>(
  file: string,
  results: z.ZodType<Result>,
  execArgv: readonly string[] = [],
): Child<Command, Result> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), { execArgv: [...execArgv] });
  const gone = once(child, "exit");
  return {
    async ask(command) {
      const signal = AbortSignal.timeout(ANSWER_MAX_MS);
      child.send(command);
      const [reply] = await Promise.race([
        once(child, "message", { signal }),
        gone.then(([code]): never => {
          throw new Error(`${file} ended with ${String(code)}`);
        }),
      ]);
      const read = Reply.parse(reply);
      if (read.kind === "failed") throw new Error(`${file}: ${read.reason}`);
      return results.parse(read.result);
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const killing = setTimeout(() => child.kill("SIGKILL"), STOP_MAX_MS);
      child.disconnect();
      await gone;
      clearTimeout(killing);
    },
  };
}

/** The child's side: do what is asked, and close when nobody asks any more. */
export function answer<Command>(
  commands: z.ZodType<Command>,
  work: (command: Command) => Promise<unknown>,
  close: () => Promise<void> = async () => undefined,
): void {
  process.on("message", (message) => {
    const reply = (one: Reply) => void process.send?.(one);
    work(commands.parse(message)).then(
      (result) => reply({ kind: "done", result }),
      (error: unknown) =>
        reply({
          kind: "failed",
          reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
        }),
    );
  });
  process.once("disconnect", () => {
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}
