import { runBridge } from "../bridge.ts";
import { readBridgeConfig } from "../config.ts";

/** A bridge in a process of its own, to be killed. */
const config = await readBridgeConfig(process.argv[2] ?? "", process.env);
const say = (line: string) => void process.stdout.write(`${line}\n`);
await runBridge(config, { say, signal: new AbortController().signal, once: process.argv[3] === "once" });
