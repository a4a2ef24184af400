import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { connect as connectTls, type ConnectionOptions } from "node:tls";
import { frame, FrameReader } from "./mllp-frames.ts";
import { readMllpText, writeMllpText } from "./mllp-text.ts";

/** Most messages that wait for their answer. */
export const PENDING_MAX = 1000;
/** Largest answer that is read. */
const ANSWER_MAX_BYTES = 1024 * 1024;

export interface MllpClientOptions {
  port: number;
  host: string;
  /** What messages are written in, as iconv calls it; `utf8` unless said. MSH-18 is the sender's to set. */
  encoding?: string;
  /** How long an answer may take; 30 seconds unless said. */
  answerMaxMs?: number;
  /** Send over TLS. */
  tls?: Pick<ConnectionOptions, "ca" | "cert" | "key" | "servername">;
}

interface Pending {
  resolve(answer: string): void;
  reject(error: Error): void;
}

/** The sending side of MLLP: for the simulator, tests and benchmarks. */
export class MllpClient {
  readonly #socket: Socket;
  readonly #encoding: string;
  readonly #pending: Pending[] = [];
  #failed: Error | undefined;

  /** @throws Error when nobody listens there */
  static async connect({
    port,
    host,
    encoding = "utf8",
    answerMaxMs = 30_000,
    tls,
  }: MllpClientOptions): Promise<MllpClient> {
    const socket = tls ? connectTls({ port, host, ...tls }) : connect({ port, host, noDelay: true });
    await once(socket, tls ? "secureConnect" : "connect");
    return new MllpClient(socket, encoding, answerMaxMs);
  }

  private constructor(socket: Socket, encoding: string, answerMaxMs: number) {
    this.#socket = socket;
    this.#encoding = encoding;
    const reader = new FrameReader(ANSWER_MAX_BYTES);
    socket.on("data", (chunk) => {
      for (const one of reader.push(chunk)) {
        const pending = this.#pending.shift();
        if (one.kind === "message") pending?.resolve(readMllpText(one.bytes).text);
        else pending?.reject(new Error("the answer is too large"));
      }
    });
    socket.setTimeout(answerMaxMs, () => {
      if (this.#pending.length > 0) this.#fail(new Error(`no answer within ${answerMaxMs} ms`));
    });
    socket.on("error", (error) => this.#fail(error));
    socket.on("close", () => this.#fail(new Error("the connection was closed")));
  }

  /**
   * Send a message; the next may be sent before its answer comes.
   *
   * @returns the acknowledgement
   * @throws Error when the connection breaks first: whether the message was applied is not known then
   */
  send(text: string): Promise<string> {
    if (this.#failed) return Promise.reject(this.#failed);
    if (this.#pending.length >= PENDING_MAX)
      return Promise.reject(new Error(`${PENDING_MAX} messages wait for their answer already`));
    return new Promise((resolve, reject) => {
      this.#pending.push({ resolve, reject });
      this.#socket.write(frame(writeMllpText(text, this.#encoding)));
    });
  }

  /** Close when every message sent is answered. */
  async close(): Promise<void> {
    if (this.#socket.destroyed) return;
    const closed = once(this.#socket, "close");
    this.#socket.end();
    await closed;
  }

  #fail(error: Error): void {
    this.#failed ??= error;
    for (const pending of this.#pending.splice(0)) pending.reject(this.#failed);
    this.#socket.destroy();
  }
}
