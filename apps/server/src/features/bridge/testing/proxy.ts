import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/**
 * How the line is: `open`; `down`, nobody is reached; `no-answer`, what is asked arrives and the answer is cut
 * off; `half-asked`, the connection breaks within the request.
 */
export type Line = "open" | "down" | "no-answer" | "half-asked";

export interface Proxy extends AsyncDisposable {
  url: string;
  /** How the next connections are; the last one stays. */
  line(...lines: Line[]): void;
  to(port: number): void;
}

/** A line between a bridge and its server that breaks when it is told to. */
export async function openProxy(): Promise<Proxy> {
  let target = 0;
  let lines: Line[] = ["open"];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const line = (lines.length > 1 ? lines.shift() : lines[0]) ?? "open";
    sockets.add(client);
    client.on("error", () => undefined).on("close", () => sockets.delete(client));
    if (line === "down" || target === 0) {
      client.destroy();
      return;
    }
    const upstream = connect(target, "127.0.0.1");
    sockets.add(upstream);
    upstream.on("error", () => client.destroy()).on("close", () => sockets.delete(upstream));
    client.on("close", () => upstream.destroy());
    client.on("data", (chunk) => {
      if (line !== "half-asked") return void upstream.write(chunk);
      upstream.write(chunk.subarray(0, Math.floor(chunk.length / 2)));
      client.destroy();
    });
    // The server has answered, so it has done what was asked: the caller is not told.
    upstream.on("data", (chunk) => (line === "no-answer" ? client.destroy() : client.write(chunk)));
    upstream.on("end", () => client.end());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // It listens on a port.
  return {
    url: `http://127.0.0.1:${port}`,
    line: (...next) => void (lines = next),
    to: (next) => void (target = next),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
