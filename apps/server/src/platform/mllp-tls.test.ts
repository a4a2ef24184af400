import { once } from "node:events";
import { connect } from "node:net";
import { connect as connectTls } from "node:tls";
import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { aCertificate, certificateFiles, type TestCertificate } from "../testing/certificates.ts";
import { MllpClient } from "./mllp-client.ts";
import { startMllp } from "./mllp.ts";
import type { TlsOptions } from "./mllp-tls.ts";

const HOST = "127.0.0.1";

/** A listener over TLS that answers with who has sent. */
async function aSecureListener(options: Partial<TlsOptions> & { authority?: TestCertificate } = {}) {
  const { authority, ...tls } = options;
  const own = aCertificate({ commonName: "ihims" });
  const files = await certificateFiles({
    "own.pem": own.cert,
    "own.key": own.key,
    ...(authority && { "ca.pem": authority.cert }),
  });
  const listener = await startMllp({
    port: 0,
    host: HOST,
    limits: { closeMaxMs: 500 },
    handle: (_, peer) => Promise.resolve(peer ? `${peer.fingerprint} ${peer.subject ?? "?"}` : "nobody"),
    handleOversized: () => Promise.resolve("too large"),
    onError: () => undefined,
    tls: {
      certificate: files.path("own.pem"),
      key: files.path("own.key"),
      ...(authority && { clientCa: files.path("ca.pem") }),
      clients: "optional",
      ...tls,
    },
  });
  return {
    ...listener,
    own,
    files,
    async ask(shown?: TestCertificate, trusted = own) {
      const client = await MllpClient.connect({
        ...listener.address,
        tls: {
          ca: trusted.cert,
          servername: "localhost",
          ...(shown && { cert: shown.cert, key: shown.key }),
        },
      });
      try {
        return await client.send("MSH");
      } finally {
        await client.close();
      }
    },
    async [Symbol.asyncDispose]() {
      await listener.close();
      await files[Symbol.asyncDispose]();
    },
  };
}

const fingerprintOf = ({ cert }: TestCertificate) => new X509Certificate(cert).fingerprint256;

test("a message over TLS is answered, and a sender without a certificate is nobody", async () => {
  await using listener = await aSecureListener();
  expect(await listener.ask()).toBe("nobody");
});

test("a sender is known by its certificate's fingerprint; its subject counts when an authority vouches for it", async () => {
  const authority = aCertificate({ commonName: "City CA" });
  const his = aCertificate({ commonName: "his", organization: "GH01" }, authority);
  const own = aCertificate({ commonName: "his", organization: "GH01" });
  await using listener = await aSecureListener({ authority });
  expect(await listener.ask(his)).toBe(`${fingerprintOf(his)} CN=his,O=GH01`);
  expect(await listener.ask(own)).toBe(`${fingerprintOf(own)} ?`);
});

test("without an authority of its own a subject says nothing", async () => {
  const his = aCertificate({ commonName: "his" });
  await using listener = await aSecureListener();
  expect(await listener.ask(his)).toBe(`${fingerprintOf(his)} ?`);
});

test("where a certificate is required nobody comes in without one that is trusted", async () => {
  const authority = aCertificate({ commonName: "City CA" });
  await using trusting = await aSecureListener({ authority, clients: "required" });
  expect(await trusting.ask(aCertificate({ commonName: "his" }, authority))).toContain("CN=his");
  await expect(trusting.ask(aCertificate({ commonName: "his" }))).rejects.toThrow();
  await expect(trusting.ask()).rejects.toThrow();
  await using pinning = await aSecureListener({ clients: "required" });
  expect(await pinning.ask(aCertificate({ commonName: "his" }))).toContain("?");
  await expect(pinning.ask()).rejects.toThrow();
});

test("a certificate that changes on the disk is used from then on; one without its key changes nothing", async () => {
  const told: string[] = [];
  const wakers: (() => void)[] = [];
  await using listener = await aSecureListener({
    reloadEveryMs: 20,
    onReload(error) {
      told.push(error === undefined ? "reloaded" : "unusable");
      wakers.splice(0).forEach((wake) => wake());
    },
  });
  const heard = async (what: string) => {
    while (!told.includes(what)) await new Promise<void>((resolve) => wakers.push(resolve));
  };
  const next = aCertificate({ commonName: "next" });
  await listener.files.write({ "own.pem": next.cert });
  await heard("unusable");
  expect(await listener.ask()).toBe("nobody");
  await listener.files.write({ "own.key": next.key });
  await heard("reloaded");
  expect(await listener.ask(undefined, next)).toBe("nobody");
  await expect(listener.ask()).rejects.toThrow();
});

test("plain text on the TLS port, and a handshake that never ends, hold nothing up", async () => {
  await using listener = await aSecureListener();
  const plain = connect({ ...listener.address });
  plain.on("error", () => undefined);
  plain.write("\vMSH|^~\\&|\u001c\r");
  await once(plain, "close");
  const silent = connect({ ...listener.address });
  silent.on("error", () => undefined);
  await once(silent, "connect");
  expect(await listener.ask()).toBe("nobody");
  await listener.close();
  if (!silent.closed) await once(silent, "close");
});

test("a sender that closes its side after the last message still gets its answer", async () => {
  await using listener = await aSecureListener();
  const socket = connectTls({
    ...listener.address,
    ca: listener.own.cert,
    servername: "localhost",
  });
  await once(socket, "secureConnect");
  socket.end("\vMSH\u001c\r");
  const [answer] = await once(socket, "data");
  expect(String(answer)).toContain("nobody");
  await once(socket, "close");
});

test("a certificate that has run out makes nobody known", async () => {
  const authority = aCertificate({ commonName: "City CA" });
  await using listener = await aSecureListener({ authority });
  expect(await listener.ask(aCertificate({ commonName: "his" }, authority, -60_000))).toBe("nobody");
});

test("a certificate and a key that do not belong together are told at the start", async () => {
  const [one, other] = [aCertificate({ commonName: "a" }), aCertificate({ commonName: "b" })];
  await using files = await certificateFiles({ "own.pem": one.cert, "own.key": other.key });
  const tls = { certificate: files.path("own.pem"), key: files.path("own.key"), clients: "none" as const };
  const starting = startMllp({
    port: 0,
    host: HOST,
    handle: () => Promise.resolve(""),
    handleOversized: () => Promise.resolve(""),
    onError: () => undefined,
    tls,
  });
  await expect(starting).rejects.toThrow(/key/);
});
