import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { z } from "zod";

const run = promisify(execFile);

/** A PostgreSQL with PostGIS, as the Debian packages have them, on the city's facilities. */
export interface PostGis extends AsyncDisposable {
  url: string;
}

/** One facility as the peer has it: what is asked for in columns of its own, and its row as ready JSON. */
export interface PeerPlace {
  id: string;
  lat: number;
  lon: number;
  specialties: readonly string[];
  /** Bed types with one free. */
  freeBeds: readonly string[];
  /** The row of the answer, to go on after a distance. */
  row: string;
}

/** Start PostGIS in a temporary folder and fill it; undefined where it is not installed. */
export async function startPostGis(places: readonly PeerPlace[]): Promise<PostGis | undefined> {
  const bin = await findPostGis();
  if (bin === undefined) return undefined;
  const account = await accountFor();
  const folder = await mkdtemp(join(tmpdir(), "ihims-postgis-"));
  await chmod(folder, 0o711);
  if (account) await chown(folder, account.uid, account.gid);
  const data = join(folder, "data");
  const port = await freePort();
  const url = `postgres://peer@127.0.0.1:${port}/postgres`;
  await run(join(bin, "initdb"), ["-D", data, "-U", "peer", "-A", "trust", "-E", "UTF8"], { ...account });
  const settings = [`port=${port}`, "listen_addresses=127.0.0.1", `unix_socket_directories=${folder}`];
  // All of it in memory, no parallel workers for a query of a millisecond, plans for an SSD.
  const tuned = [
    "shared_buffers=512MB",
    "max_parallel_workers_per_gather=0",
    "random_page_cost=1.1",
    "jit=off",
  ];
  const server = spawn(
    join(bin, "postgres"),
    ["-D", data, ...[...settings, ...tuned].flatMap((one) => ["-c", one])],
    { ...account, stdio: "ignore" },
  );
  const stop = async () => {
    server.kill("SIGINT");
    if (server.exitCode === null) await once(server, "exit");
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await fill(url, places);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, [Symbol.asyncDispose]: stop };
}

async function findPostGis(): Promise<string | undefined> {
  const versions = await readdir("/usr/lib/postgresql").catch((): string[] => []);
  for (const version of versions.toSorted((a, b) => Number(b) - Number(a))) {
    const files = await readdir(`/usr/share/postgresql/${version}/extension`).catch((): string[] => []);
    if (files.includes("postgis.control")) return `/usr/lib/postgresql/${version}/bin`;
  }
  return undefined;
}

/** PostgreSQL does not run as root. */
async function accountFor(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const id = async (flag: string) => Number((await run("id", [flag, "postgres"])).stdout);
  return { uid: await id("-u"), gid: await id("-g") };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = z.object({ port: z.int() }).parse(server.address());
  server.close();
  return port;
}

async function fill(url: string, places: readonly PeerPlace[]): Promise<void> {
  const client = await connected(url);
  try {
    await client.query(`
      create extension postgis;
      create table place (
        id text primary key, at geometry(Point, 4326) not null,
        specialties text[] not null, free_beds text[] not null, row text not null
      )`);
    const column = (of: (place: PeerPlace) => unknown) => places.map(of);
    await client.query(
      `insert into place
       select id, st_setsrid(st_makepoint(lon, lat), 4326), string_to_array(specialties, ','),
         string_to_array(free_beds, ','), row
       from unnest($1::text[], $2::float8[], $3::float8[], $4::text[], $5::text[], $6::text[])
         as given (id, lat, lon, specialties, free_beds, row)`,
      [
        column(({ id }) => id),
        column(({ lat }) => lat),
        column(({ lon }) => lon),
        column(({ specialties }) => specialties.join(",")),
        column(({ freeBeds }) => freeBeds.join(",")),
        column(({ row }) => row),
      ],
    );
    await client.query(`
      create index place_at on place using gist (at);
      create index place_specialties on place using gin (specialties);
      create index place_free_beds on place using gin (free_beds);
      cluster place using place_at;
      analyze place`);
  } finally {
    await client.end();
  }
}

/** A session, once the server takes any. */
async function connected(url: string): Promise<Client> {
  for (let tries = 0; ; tries += 1) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/**
 * The nearest that offer a specialty and have a bed of a type free, as the body of the answer: by
 * the index outwards, put together in the database, so that one value goes over the connection.
 */
export const NEAREST_SQL = `
  select '{"items":[' || coalesce(string_agg('{"distance":' || round(distance) || ',' || row, ',' order by distance), '')
    || '],"nextCursor":null}' as body
  from (
    select row, st_distance(at::geography, st_setsrid(st_makepoint($1, $2), 4326)::geography) as distance
    from place
    where specialties @> array[$3::text] and free_beds @> array[$4::text]
      and st_dwithin(at, st_setsrid(st_makepoint($1, $2), 4326), 0.2)
    order by at <-> st_setsrid(st_makepoint($1, $2), 4326)
    limit 20
  ) as nearest
  where distance <= 15000`;
