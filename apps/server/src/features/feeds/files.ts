import type { Delivery, Fetching } from "./delivery.ts";
import { FetchFailed } from "./delivery.ts";

/** Files of one folder that are read in one run; the rest waits for the next. */
export const FILES_MAX = 50;
/** Files of one folder that are remembered as read. */
const REMEMBERED_MAX = 2000;
/** A file is complete when it has not changed for so long. */
export const SETTLED_MS = 2000;
/** Names that senders give to what they are still writing. */
const UNFINISHED = /(^[.~])|(\.(part|tmp|temp|filepart|partial|crdownload|swp|lock)$)/i;

/** A file as a folder lists it. */
export interface Listed {
  name: string;
  bytes: number;
  /** When it was last written, in milliseconds since 1970. */
  modifiedMs: number;
}

/** A folder of files, here or on another machine. */
export interface Folder {
  list(): Promise<Listed[]>;
  read(name: string, maxBytes: number): Promise<Buffer>;
  /** Put a file aside; absent where it stays. */
  moveAside?(name: string, outcome: "taken" | "refused"): Promise<void>;
}

/** `*` is any letters; everything else is itself. */
export function fitsPattern(pattern: string, name: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "iu").test(name);
}

/**
 * The files of a folder that were not read yet, oldest first: only those that are complete, which
 * shows in two looks at them being the same.
 */
export async function* filesOf(
  folder: Folder,
  pattern: string,
  { cursor, limits, signal }: Fetching,
): AsyncGenerator<Delivery | "unchanged"> {
  const wanted = (listed: readonly Listed[]) =>
    listed.filter(
      ({ name }) =>
        fitsPattern(pattern, name) &&
        !UNFINISHED.test(name) &&
        cursor.files?.[name] !== stampOf(listed, name),
    );
  const first = wanted(await folder.list());
  if (first.length === 0) {
    yield "unchanged";
    return;
  }
  await settle(signal);
  const again = await folder.list();
  const complete = wanted(again)
    .filter(({ name }) => stampOf(first, name) === stampOf(again, name))
    .sort((a, b) => a.modifiedMs - b.modifiedMs || (a.name < b.name ? -1 : 1))
    .slice(0, FILES_MAX);
  if (complete.length === 0) yield "unchanged";
  let files = cursor.files ?? {};
  for (const { name, bytes } of complete) {
    signal.throwIfAborted();
    if (bytes > limits.bytes)
      throw new FetchFailed(`${name} is larger than ${limits.bytes} bytes, the feed's limit`);
    const content = await folder.read(name, limits.bytes);
    files = folder.moveAside
      ? files
      : Object.fromEntries(
          [...Object.entries(files), [name, stampOf(again, name) ?? ""]].slice(-REMEMBERED_MAX),
        );
    yield {
      name,
      bytes: content,
      cursor: { files },
      ...(folder.moveAside
        ? { settle: (outcome) => folder.moveAside?.(name, outcome) ?? Promise.resolve() }
        : {}),
    };
  }
}

function stampOf(listed: readonly Listed[], name: string): string | undefined {
  const found = listed.find((one) => one.name === name);
  return found && `${found.bytes} ${Math.round(found.modifiedMs)}`;
}

function settle(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, SETTLED_MS);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        reject(new FetchFailed("it took longer than the feed's limit"));
      },
      { once: true },
    );
  });
}
