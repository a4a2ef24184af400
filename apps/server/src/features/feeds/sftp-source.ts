import { createHash } from "node:crypto";
import type { FeedCredentials, FeedSource } from "@ihims/core/feeds/schema.ts";
import ssh2, { type ConnectConfig, type SFTPWrapper } from "ssh2";
import { bounded, FetchFailed, type Delivery, type Fetching } from "./delivery.ts";
import { filesOf, type Folder, type Listed } from "./files.ts";
import type { Guard } from "./guard.ts";

type SftpSource = Extract<FeedSource, { kind: "sftp" }>;

/** How long a server has to say who it is and let us in. */
const READY_MAX_MS = 20_000;

/**
 * The new files of a folder on an SFTP server whose key is the one that was pinned.
 *
 * @throws FetchFailed in words
 */
export async function* fetchSftp(
  source: SftpSource,
  credentials: FeedCredentials,
  fetching: Fetching & { guard: Guard },
): AsyncGenerator<Delivery | "unchanged"> {
  const { address } = await fetching.guard.addressOf(source.host);
  const client = new ssh2.Client();
  const stop = () => client.destroy();
  fetching.signal.addEventListener("abort", stop, { once: true });
  try {
    const sftp = await openSftp(client, source, credentials, address);
    yield* filesOf(folderOf(sftp, source), source.pattern, fetching);
  } catch (error) {
    if (error instanceof FetchFailed) throw error;
    if (fetching.signal.aborted)
      throw new FetchFailed(`it took longer than ${fetching.limits.seconds} seconds, the feed's limit`, {
        cause: error,
      });
    throw new FetchFailed(
      error instanceof Error ? error.message.slice(0, 200) : "the server cannot be read",
      {
        cause: error,
      },
    );
  } finally {
    fetching.signal.removeEventListener("abort", stop);
    client.end();
  }
}

/** As ssh-keygen shows it. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}

function openSftp(
  client: ssh2.Client,
  source: SftpSource,
  { password, privateKey, passphrase }: FeedCredentials,
  address: string,
): Promise<SFTPWrapper> {
  return new Promise((resolve, reject) => {
    let seen: string | undefined;
    const config: ConnectConfig = {
      host: address,
      port: source.port,
      username: source.user,
      readyTimeout: READY_MAX_MS,
      keepaliveInterval: 10_000,
      ...(password === undefined ? {} : { password }),
      ...(privateKey === undefined ? {} : { privateKey }),
      ...(passphrase === undefined ? {} : { passphrase }),
      hostVerifier: (key: Buffer) => {
        seen = fingerprintOf(key);
        return seen === source.hostKey.replace(/=+$/, "");
      },
    };
    client.on("error", (error) => {
      if (seen !== undefined && seen !== source.hostKey.replace(/=+$/, ""))
        reject(
          new FetchFailed(`the server's key is ${seen}, another than the one that is pinned`, {
            isFinal: true,
            cause: error,
          }),
        );
      else if (/authentication/i.test(error.message))
        reject(new FetchFailed("the server does not let this user in", { cause: error }));
      else reject(new FetchFailed(`the server cannot be reached: ${error.message}`, { cause: error }));
    });
    client.on("ready", () =>
      client.sftp((error, sftp) =>
        error ? reject(new FetchFailed("the server speaks no SFTP", { cause: error })) : resolve(sftp),
      ),
    );
    try {
      client.connect(config);
    } catch (error) {
      reject(new FetchFailed("the private key cannot be read", { cause: error, isFinal: true }));
    }
  });
}

function folderOf(sftp: SFTPWrapper, { folder, moveTo }: SftpSource): Folder {
  const pathOf = (name: string) => `${folder.replace(/\/+$/, "")}/${name}`;
  return {
    list: () =>
      new Promise<Listed[]>((resolve, reject) =>
        sftp.readdir(folder, (error, entries) => {
          if (error) {
            reject(new FetchFailed(`the folder ${folder} cannot be listed`, { cause: error }));
            return;
          }
          resolve(
            entries
              .filter(({ attrs }) => attrs.isFile())
              .map(({ filename, attrs }) => ({
                name: filename,
                bytes: attrs.size,
                modifiedMs: attrs.mtime * 1000,
              })),
          );
        }),
      ),
    read: (name, maxBytes) => bounded(sftp.createReadStream(pathOf(name)), maxBytes, name),
    ...(moveTo === undefined
      ? {}
      : {
          moveAside: (name: string) =>
            new Promise<void>((resolve, reject) =>
              sftp.rename(pathOf(name), `${moveTo.replace(/\/+$/, "")}/${name}`, (error) =>
                error
                  ? reject(new FetchFailed(`${name} cannot be moved to ${moveTo}`, { cause: error }))
                  : resolve(),
              ),
            ),
        }),
  };
}
