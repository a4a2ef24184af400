import { readFile } from "node:fs/promises";
import { createServer, type SecureContextOptions, type Server, type TLSSocket } from "node:tls";

/** Whether who connects shows a certificate of its own. */
export type ClientCertificates = "none" | "optional" | "required";

export interface TlsOptions {
  /** PEM files: the certificate with what it is signed by, and its key. */
  certificate: string;
  key: string;
  /** PEM file of the authorities whose client certificates are trusted. */
  clientCa?: string;
  clients: ClientCertificates;
  /** How often the files are looked at. */
  reloadEveryMs?: number;
  /** The files have changed and are in use from now on; with an error: they cannot be used, and the old ones stay. */
  onReload?(error: unknown): void;
}

/** The certificate that a client has shown and that is valid now. */
export interface PeerCertificate {
  /** SHA-256, hexadecimal with colons. */
  fingerprint: string;
  /** As `CN=his,O=GH01`; null unless one of `clientCa` vouches for it. */
  subject: string | null;
}

const RELOAD_EVERY_MS = 30_000;
const HANDSHAKE_MAX_MS = 10_000;

/**
 * A TLS server (1.2 or newer) that takes its certificate anew when its file changes: connections
 * that are open go on with the old one.
 *
 * @throws Error when a file cannot be read or a key does not belong to its certificate
 */
export async function tlsServer(
  options: TlsOptions,
  onConnection: (socket: TLSSocket, peer: PeerCertificate | undefined) => void,
): Promise<{ server: Server; stopReloading(): void }> {
  let current = await readFiles(options);
  const isCaKnown = options.clientCa !== undefined;
  const server = createServer(
    {
      ...current,
      allowHalfOpen: true,
      noDelay: true,
      keepAlive: true,
      handshakeTimeout: HANDSHAKE_MAX_MS,
      requestCert: options.clients !== "none",
      // Without authorities of its own a certificate is known by its fingerprint alone.
      rejectUnauthorized: options.clients === "required" && isCaKnown,
    },
    (socket) => {
      const peer = peerOf(socket, isCaKnown);
      if (options.clients === "required" && !peer) socket.destroy();
      else onConnection(socket, peer);
    },
  );
  const timer = setInterval(() => {
    readFiles(options)
      .then((found) => {
        if (isSame(found, current)) return;
        // Throws, and leaves the server as it is, when the key is another's.
        server.setSecureContext(found);
        current = found;
        options.onReload?.(undefined);
      })
      .catch((error: unknown) => options.onReload?.(error));
  }, options.reloadEveryMs ?? RELOAD_EVERY_MS);
  timer.unref();
  return { server, stopReloading: () => clearInterval(timer) };
}

type Files = Pick<SecureContextOptions, "cert" | "key" | "ca"> & { cert: string; key: string; ca?: string };

async function readFiles({ certificate, key, clientCa }: TlsOptions): Promise<Files> {
  const [cert, privateKey] = await Promise.all([readFile(certificate, "utf8"), readFile(key, "utf8")]);
  return { cert, key: privateKey, ...(clientCa && { ca: await readFile(clientCa, "utf8") }) };
}

function isSame(one: Files, other: Files): boolean {
  return one.cert === other.cert && one.key === other.key && one.ca === other.ca;
}

function peerOf(socket: TLSSocket, isCaKnown: boolean): PeerCertificate | undefined {
  const shown = socket.getPeerX509Certificate();
  if (!shown) return undefined;
  const now = new Date();
  if (shown.validFromDate > now || shown.validToDate < now) return undefined;
  return {
    fingerprint: shown.fingerprint256,
    // Node's own list of public authorities vouches for nobody here.
    subject: isCaKnown && socket.authorized ? (shown.subject ?? "").replaceAll("\n", ",") : null,
  };
}
