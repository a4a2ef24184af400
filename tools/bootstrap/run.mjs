import { spawn } from "node:child_process";

const OUTPUT_MAX_CHARS = 100_000;

/**
 * Run a program to its end with its output collected, never throwing.
 *
 * @returns {Promise<{ ok: boolean, stdout: string, output: string }>} `output` has stderr too
 */
export function collect(program, args, options = {}) {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], windowsHide: true, ...options });
    let stdout = "";
    let output = "";
    child.stdout.on("data", (chunk) => {
      stdout = (stdout + chunk).slice(-OUTPUT_MAX_CHARS);
      output = (output + chunk).slice(-OUTPUT_MAX_CHARS);
    });
    child.stderr.on("data", (chunk) => {
      output = (output + chunk).slice(-OUTPUT_MAX_CHARS);
    });
    child.once("error", (error) => done({ ok: false, stdout, output: output + error.message }));
    child.once("close", (code) => done({ ok: code === 0, stdout, output }));
  });
}

/** Become another program as far as Node can: its streams, its signals, its exit code are ours. */
export function handOver(program, args, options = {}) {
  const child = spawn(program, args, { stdio: "inherit", ...options });
  const forwarded = ["SIGTERM", "SIGHUP", "SIGINT"];
  const forward = (signal) => {
    // A terminal has sent Ctrl-C to the whole group already; twice would mean "at once".
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of forwarded) process.on(signal, forward);
  return new Promise((_, failed) => {
    child.once("error", failed);
    child.once("exit", (code, signal) => {
      for (const one of forwarded) process.off(one, forward);
      if (signal) process.kill(process.pid, signal);
      else process.exit(code ?? 1);
    });
  });
}

/** The last lines of a program's output that say something, on one line. */
export function lastWords(output) {
  const lines = output.split("\n").map((line) => line.trim());
  return lines
    .filter((line) => line && !/^npm (warn|notice)|A complete log of this run/i.test(line))
    .slice(-2)
    .join(" · ");
}
