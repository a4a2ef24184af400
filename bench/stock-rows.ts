import { createApp, type App } from "@ihims/server/app.ts";
import { createFacility } from "@ihims/server/features/facilities/facilities.ts";
import { issueApiKey } from "@ihims/server/features/keys/keys.ts";
import { createLog } from "@ihims/server/platform/log.ts";
import { StockListReport } from "@ihims/core/stock/endpoints.ts";
import { Client } from "pg";
import { from } from "pg-copy-streams";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { SECRET_KEY } from "./city.ts";
import { besidePeer, type Figure } from "./figures.ts";
import { inTurns } from "./rounds.ts";
import type { Setting } from "./setting.ts";
import { csvOf, fillCatalogue, fillPharmacies, type BenchPharmacy } from "./stock-shelves.ts";

const MEDICINES = 10_000;
const PHARMACIES = 6;
/** Of the rate of COPY. */
const AIM = 0.25;

/**
 * Lists of stock through the HTTP door, beside PostgreSQL's own COPY of the same files into one table
 * with a key: the first lists, and lists in full of which nearly everything is as before.
 */
export async function measureStockRows(setting: Setting): Promise<Figure[]> {
  const url = await setting.createDatabase("nothing");
  await using app = await openApp(url);
  const ctx = app.operator();
  const medicines = await fillCatalogue(ctx, setting.effort.isQuick ? 1000 : MEDICINES);
  const rounds = setting.effort.isQuick ? 1 : 3;
  const pharmacies = await fillPharmacies(
    (profile) => createFacility(ctx, profile),
    PHARMACIES * (rounds + 1),
  );
  const secret = await keyOf(app, pharmacies);
  const origin = await app.fastify.listen({ port: 0, host: "127.0.0.1" });
  await using peer = await openPeer(url);
  let [round, peerRound] = [0, 0];
  const filesOf = (at: number) =>
    pharmacies
      .slice(at * PHARMACIES, (at + 1) * PHARMACIES)
      .map(({ id }, n) => ({ id, csv: csvOf(id, medicines, MEDICINES, at * PHARMACIES + n) }));
  const rateOf = async (
    files: ReturnType<typeof filesOf>,
    send: (one: { id: string; csv: string }) => Promise<void>,
  ) => {
    const start = performance.now();
    for (const one of files) await send(one);
    return (files.length * medicines.length) / ((performance.now() - start) / 1000);
  };
  const post = (query: string) => (one: { id: string; csv: string }) => sendList(origin, secret, one, query);
  const measured = await inTurns(rounds, {
    first: () => rateOf(filesOf(round++), post("")),
    copy: () => rateOf(filesOf(peerRound++), (one) => peer.copy(one.csv)),
  });
  const again = await inTurns(rounds, {
    full: () => rateOf(filesOf(0), post("?snapshot=full")),
    copy: () => rateOf(filesOf(0), (one) => peer.copy(one.csv)),
  });
  const copy = "PostgreSQL's COPY of the file into a table with a key";
  const figure = (name: string, ours: readonly number[], peers: readonly number[]) =>
    besidePeer({ name, unit: "rows/s", peer: copy, aim: { atLeast: AIM } }, ours, peers);
  return [
    figure("stock lists as CSV over HTTP, all of it new", measured.first, measured.copy),
    figure("stock lists in full, nothing of it changed", again.full, again.copy),
  ];
}

export async function openApp(databaseUrl: string): Promise<App & AsyncDisposable> {
  const app = await createApp({
    databaseUrl,
    secretKey: SECRET_KEY,
    log: createLog("error"),
    publicUrl: undefined,
  });
  return Object.assign(app, { [Symbol.asyncDispose]: () => app.close() });
}

async function keyOf(app: App, pharmacies: readonly BenchPharmacy[]): Promise<string> {
  const facilities = pharmacies.map(({ id }) => id);
  return (await issueApiKey(app.operator(), { name: "bench", facilities, subjects: ["medicine"] })).secret;
}

async function sendList(
  origin: string,
  secret: string,
  { id, csv }: { id: string; csv: string },
  query: string,
): Promise<void> {
  const response = await fetch(`${origin}/api/v1/facilities/${id}/stock${query}`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "text/csv" },
    body: csv,
  });
  const report = StockListReport.parse(await response.json());
  if (report.rejected > 0) throw new Error(`${report.rejected} lines were rejected`);
}

async function openPeer(url: string): Promise<AsyncDisposable & { copy(csv: string): Promise<void> }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(
    `create table bench_peer (shop text, medicine text, quantity int, price numeric, expiry date, lot text, primary key (shop, medicine))`,
  );
  return {
    async copy(csv) {
      // The same rows again would not fit into the key.
      await client.query("delete from bench_peer where shop = $1", [csv.split("\n")[1]?.split(",")[0]]);
      await pipeline(
        Readable.from([Buffer.from(csv)]),
        client.query(from("copy bench_peer from stdin csv header")),
      );
    },
    [Symbol.asyncDispose]: () => client.end(),
  };
}
