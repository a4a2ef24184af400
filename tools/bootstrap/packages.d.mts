export interface Machine {
  os: string;
  cpu: string;
  libc: string | undefined;
}

/** The packages of the lockfile that are made for this very machine and are not there. */
export function findMissingParts(
  lock: { packages: Record<string, object> },
  isThere: (path: string) => boolean,
  machine?: Machine,
): { path: string; name: string; version: string }[];
