import { once } from "node:events";
import { connect, type Socket } from "node:net";

const HEAD_END = Buffer.from("\r\n\r\n");

/** An answer to a request, read to its end. */
export interface Answered {
  status: number;
  bodyBytes: number;
  /** The first part of the body, enough to see whether it is the right one. */
  bodyStart: string;
}

/** As much of a body as is looked at. */
const LOOKED_AT_CHARS = 200;

/**
 * One keep-alive connection that is asked one thing at a time. It reads just as much of HTTP as our
 * own server writes, so that the load costs a fraction of what it measures.
 */
export class Connection {
  readonly #socket: Socket;
  #head: Buffer = Buffer.alloc(0);
  #left = 0;
  #answer: Answered | undefined;
  #done: ((answer: Answered) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;

  static async open(origin: string): Promise<Connection> {
    return new Connection(await openSocket(origin));
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (chunk: Buffer) => {
      try {
        this.#read(chunk);
      } catch (error) {
        this.#fail(new Error("the answer could not be read", { cause: error }));
      }
    });
    socket.on("error", (error) => this.#fail(error));
    socket.on("close", () => this.#fail(new Error("the server closed the connection")));
  }

  /** Send a whole request; the answer comes when its body has been read to the end. */
  ask(request: Buffer): Promise<Answered> {
    return new Promise((done, failed) => {
      this.#done = done;
      this.#failed = failed;
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #fail(error: Error): void {
    this.#failed?.(error);
    this.#failed = undefined;
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    if (!this.#answer) {
      this.#head = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
      const end = this.#head.indexOf(HEAD_END);
      if (end === -1) return;
      const head = this.#head.toString("latin1", 0, end);
      const length = /^content-length: *(\d+)/im.exec(head)?.[1];
      const status = Number(head.slice(9, 12));
      if (length === undefined && status !== 204) throw new Error(`an answer without its length: ${head}`);
      const body = this.#head.subarray(end + HEAD_END.length);
      this.#left = Number(length ?? 0) - body.length;
      this.#answer = {
        status,
        bodyBytes: Number(length ?? 0),
        bodyStart: body.toString("utf8", 0, LOOKED_AT_CHARS),
      };
    } else {
      if (this.#answer.bodyStart === "") this.#answer.bodyStart = chunk.toString("utf8", 0, LOOKED_AT_CHARS);
      this.#left -= chunk.length;
    }
    if (this.#left > 0) return;
    if (this.#left < 0) throw new Error("more than was asked for");
    const answer = this.#answer;
    this.#answer = undefined;
    this.#head = Buffer.alloc(0);
    this.#done?.(answer);
  }
}

/** A connected socket to a server of ours. */
export async function openSocket(origin: string): Promise<Socket> {
  const { hostname, port } = new URL(origin);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, "connect");
  return socket;
}

/** A request as it goes over the wire. */
export function requestBytes(
  method: string,
  path: string,
  options: { key?: string; body?: string; headers?: string } = {},
): Buffer {
  const { key, body, headers = "" } = options;
  const authorization = key ? `authorization: Bearer ${key}\r\n` : "";
  const content =
    body === undefined
      ? ""
      : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${headers}${authorization}${content}\r\n${body ?? ""}`,
  );
}
