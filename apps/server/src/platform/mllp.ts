import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { frame, FrameReader, type Frame } from "./mllp-frames.ts";
import { tlsServer, type PeerCertificate, type TlsOptions } from "./mllp-tls.ts";

/** What one listener takes upon itself at most. */
export interface MllpLimits {
  frameMaxBytes: number;
  /** Open connections; one more is closed at once. */
  connectionsMax: number;
  /** Messages of a connection that wait for their answer; while there are so many, nothing more is read from it. */
  waitingMax: number;
  /** A connection on which nothing comes for so long is closed. */
  idleMaxMs: number;
  /** The same within a frame that has begun. */
  stalledMaxMs: number;
  /** How long open connections have to take their last answer when the listener closes. */
  closeMaxMs: number;
}

export const MLLP_LIMITS: MllpLimits = {
  frameMaxBytes: 1024 * 1024,
  connectionsMax: 200,
  waitingMax: 32,
  idleMaxMs: 60 * 60 * 1000,
  stalledMaxMs: 30 * 1000,
  closeMaxMs: 5000,
};

/** A frame that goes on for so many times the limit does not end any more: its connection is closed. */
const HOPELESS_FACTOR = 16;

export interface MllpOptions {
  /** 0: any that is free. */
  port: number;
  host: string;
  /** The answer to one message. It is sent when it is there, so resolve it after what it says is true. */
  handle(message: Buffer, peer: PeerCertificate | undefined): Promise<Buffer | string>;
  /** The answer to a frame that is too large, of which only the beginning was kept. */
  handleOversized(head: Buffer): Promise<Buffer | string>;
  /** An answer could not be made: a bug. The connection is closed, so that the sender tries again. */
  onError(error: unknown): void;
  limits?: Partial<MllpLimits>;
  /** Listen for TLS, and for nothing else on this port. */
  tls?: TlsOptions;
}

/** What has come since the start. */
export interface MllpStats {
  connections: number;
  messages: number;
  oversized: number;
  skippedBytes: number;
  /** Connections that were closed because there were too many. */
  turnedAway: number;
}

export interface MllpListener {
  address: { host: string; port: number };
  stats(): MllpStats;
  /** Take no more, answer what is being worked on, and close. */
  close(): Promise<void>;
}

/**
 * Listen for HL7 v2 over MLLP. Messages of one connection are handled one after another, in their
 * order, and answered in it: an admission and the discharge after it must not overtake each other.
 */
export async function startMllp(options: MllpOptions): Promise<MllpListener> {
  const limits = { ...MLLP_LIMITS, ...options.limits };
  const stats = { messages: 0, oversized: 0, skippedBytes: 0, turnedAway: 0 };
  const connections = new Set<Connection>();
  const take = (socket: Socket, peer?: PeerCertificate) => {
    const connection = new Connection(socket, peer, options, limits, stats);
    connections.add(connection);
    socket.once("close", () => connections.delete(connection));
  };
  const { server, stopReloading } = options.tls ? await tlsServer(options.tls, take) : plainServer(take);
  // Those that are still shaking hands are none of `connections` yet.
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.maxConnections = limits.connectionsMax;
  server.on("drop", () => void stats.turnedAway++);
  server.listen(options.port, options.host);
  await once(server, "listening");
  // The address of a TCP server is never a path.
  const { address, port } = server.address() as AddressInfo;
  return {
    address: { host: address, port },
    stats: () => ({ ...stats, connections: connections.size }),
    async close() {
      stopReloading();
      const closed = once(server, "close");
      server.close();
      for (const connection of connections) connection.finish();
      const timer = setTimeout(() => sockets.forEach((socket) => socket.destroy()), limits.closeMaxMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

function plainServer(take: (socket: Socket) => void) {
  // Half-open: a sender that closes its side after the last message still gets its answers.
  const server = createServer({ allowHalfOpen: true, noDelay: true, keepAlive: true }, take);
  return { server, stopReloading: () => undefined };
}

type Counts = Omit<MllpStats, "connections">;

class Connection {
  readonly #socket: Socket;
  readonly #peer: PeerCertificate | undefined;
  readonly #options: MllpOptions;
  readonly #limits: MllpLimits;
  readonly #stats: Counts;
  readonly #reader: FrameReader;
  readonly #waiting: Frame[] = [];
  #isWorking = false;
  #isEnding = false;

  constructor(
    socket: Socket,
    peer: PeerCertificate | undefined,
    options: MllpOptions,
    limits: MllpLimits,
    stats: Counts,
  ) {
    this.#socket = socket;
    this.#peer = peer;
    this.#options = options;
    this.#limits = limits;
    this.#stats = stats;
    this.#reader = new FrameReader(limits.frameMaxBytes);
    socket.setTimeout(limits.idleMaxMs);
    socket.on("data", (chunk) => this.#take(chunk));
    socket.on("end", () => {
      this.#isEnding = true;
      this.#endWhenDone();
    });
    socket.on("timeout", () => {
      if (!this.#isWorking) socket.destroy();
    });
    // The sender went away: what it was not answered it sends again.
    socket.on("error", () => socket.destroy());
  }

  /** Answer what is being worked on and close; what waits is not begun. */
  finish(): void {
    this.#isEnding = true;
    this.#waiting.length = 0;
    this.#socket.pause();
    this.#endWhenDone();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    if (this.#isEnding) return;
    const skipped = this.#reader.skippedBytes;
    this.#waiting.push(...this.#reader.push(chunk));
    this.#stats.skippedBytes += this.#reader.skippedBytes - skipped;
    if (this.#reader.unfinishedBytes > this.#limits.frameMaxBytes * HOPELESS_FACTOR) return this.destroy();
    this.#socket.setTimeout(this.#reader.isWithin ? this.#limits.stalledMaxMs : this.#limits.idleMaxMs);
    if (this.#waiting.length >= this.#limits.waitingMax) this.#socket.pause();
    if (!this.#isWorking) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    try {
      for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
        const answer = await this.#answer(next);
        if (this.#socket.destroyed) return;
        const isTaken = this.#socket.write(frame(typeof answer === "string" ? Buffer.from(answer) : answer));
        // A sender that does not read its answers gets no more of them.
        if (!isTaken) await drained(this.#socket);
        if (!this.#isEnding && this.#waiting.length < this.#limits.waitingMax / 2) this.#socket.resume();
      }
    } catch (error) {
      this.#options.onError(error);
      this.destroy();
    } finally {
      this.#isWorking = false;
      this.#endWhenDone();
    }
  }

  #answer(next: Frame): Promise<Buffer | string> {
    if (next.kind === "message") {
      this.#stats.messages++;
      return this.#options.handle(next.bytes, this.#peer);
    }
    this.#stats.oversized++;
    return this.#options.handleOversized(next.head);
  }

  #endWhenDone(): void {
    if (this.#isEnding && !this.#isWorking && this.#waiting.length === 0) {
      // Also discards what the sender still writes, so that the close comes through.
      this.#socket.resume();
      this.#socket.end();
    }
  }
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off("drain", done);
      socket.off("close", done);
      resolve();
    };
    socket.on("drain", done);
    socket.on("close", done);
  });
}
