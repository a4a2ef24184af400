import { mkdir, open, readdir, realpath, rename, stat } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import type { FeedSource } from "@ihims/core/feeds/schema.ts";
import { bounded, FetchFailed, type Delivery, type Fetching } from "./delivery.ts";
import { filesOf, type Listed } from "./files.ts";

type FolderSource = Extract<FeedSource, { kind: "folder" }>;

/** Where files go when they were taken in, and when nothing could be taken from them. */
const TAKEN = "taken";
const REFUSED = "refused";

/**
 * The new files of a folder of this machine, moved aside once they were read.
 *
 * @param base what the operator sets aside for feeds; nothing outside of it is read
 */
export async function* fetchFolder(
  source: FolderSource,
  base: string | undefined,
  fetching: Fetching,
): AsyncGenerator<Delivery | "unchanged"> {
  const folder = await folderBelow(base, source.folder);
  yield* filesOf(
    {
      list: () => listFolder(folder),
      read: (name, maxBytes) => readWhole(join(folder, name), maxBytes, name),
      async moveAside(name, outcome) {
        const aside = join(folder, outcome === "taken" ? TAKEN : REFUSED);
        await mkdir(aside, { recursive: true });
        await rename(join(folder, name), join(aside, await freeName(aside, name)));
      },
    },
    source.pattern,
    fetching,
  );
}

/** @throws FetchFailed when it is not below the base, or not there */
export async function folderBelow(base: string | undefined, folder: string): Promise<string> {
  if (base === undefined)
    throw new FetchFailed(
      "no folder of this machine is set aside for feeds: the operator does it with FEEDS_FOLDER",
      {
        isFinal: true,
      },
    );
  const root = await realpath(base).catch(() => undefined);
  const whole = await realpath(resolve(base, folder)).catch(() => undefined);
  if (root === undefined || whole === undefined) throw new FetchFailed(`there is no folder ${folder}`);
  if (whole !== root && !whole.startsWith(root + sep))
    throw new FetchFailed(`${folder} is not below the folder that is set aside for feeds`, { isFinal: true });
  return whole;
}

async function listFolder(folder: string): Promise<Listed[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  // A link could lead out of the folder.
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const listed = await Promise.all(
    names.map(async (name): Promise<Listed[]> => {
      const found = await stat(join(folder, name)).catch(() => undefined);
      return found ? [{ name, bytes: found.size, modifiedMs: found.mtimeMs }] : [];
    }),
  );
  return listed.flat();
}

async function readWhole(path: string, maxBytes: number, name: string): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    return await bounded(file.createReadStream({ autoClose: false }), maxBytes, name);
  } finally {
    await file.close();
  }
}

/** A name that nothing in the folder has yet. */
async function freeName(folder: string, name: string): Promise<string> {
  const taken = new Set(await readdir(folder));
  for (let at = 0; ; at++) {
    const free = at === 0 ? name : `${at}-${name}`;
    if (!taken.has(free)) return free;
  }
}
