import { openDB, type IDBPDatabase } from "idb";

const STORE = "answers";

let database: Promise<IDBPDatabase> | undefined;

function open(): Promise<IDBPDatabase> {
  database ??= openDB("ihims", 1, { upgrade: (db) => void db.createObjectStore(STORE) });
  return database;
}

/** What is kept on this phone under a name; undefined when nothing is, or the browser keeps nothing. */
export async function readKept(name: string): Promise<unknown> {
  return open().then(
    (db) => db.get(STORE, name),
    () => undefined,
  );
}

/** Keep something on this phone, in the place of what was there. A browser that keeps nothing is asked in vain. */
export async function keep(name: string, value: unknown): Promise<void> {
  await open().then(
    (db) => db.put(STORE, value, name),
    () => undefined,
  );
}
