import { sql } from "kysely";
import { expect, test } from "vitest";
import { MllpClient } from "../../platform/mllp-client.ts";
import { at } from "../../testing/server.ts";
import { adt, rowsOf, summaryOf, testHospital, type TestHospital } from "./testing/hospital.ts";

const CONNECTIONS = 12;
const STAYS = 6;

/** The messages of one connection: its patients come, some move, and every second leaves. */
function messagesOf(connection: number): string[] {
  return Array.from({ length: STAYS }, (_, stay) => {
    const visit = `V${connection}-${stay}`;
    const said = (bed: string, moment: string) => ({ visit, to: `G^${connection}^${bed}`, at: moment });
    return [
      adt("A01", said(`${stay}`, `12:0${stay}`)),
      adt("A02", said(`${stay}b`, `12:1${stay}`)),
      ...(stay % 2 === 0 ? [adt("A03", said(`${stay}b`, `12:2${stay}`))] : []),
    ];
  }).flat();
}

const everyConnection = Array.from({ length: CONNECTIONS }, (_, connection) => connection);

/** Where everybody is, and what every message was answered. */
const stateOf = async ({ server }: TestHospital) => ({
  visits: await rowsOf(server, "hl7_visit", "ward, room, bed, last_event, last_event_at"),
  census: await rowsOf(server, "hl7_census", "bed_type, unattributed"),
  ended: (await rowsOf(server, "hl7_ended_visit", "event, at")).length,
  answers: (await rowsOf(server, "hl7_message", "code")).length,
  ledger: (await rowsOf(server, "observation", "id")).length,
});

async function connectTo({ port }: TestHospital): Promise<MllpClient> {
  return MllpClient.connect({ port, host: "127.0.0.1" });
}

test("messages that are taken in together leave the same as one by one", async () => {
  const messages = everyConnection.map(messagesOf);
  await using together = await testHospital();
  await using oneByOne = await testHospital();
  for (const hospital of [together, oneByOne]) hospital.server.clock.set(at("13:00"));
  await Promise.all(
    messages.map(async (ofOne) => {
      const client = await connectTo(together);
      for (const ack of await Promise.all(ofOne.map((message) => client.send(message))))
        expect(summaryOf(ack)).toBe("AA");
      await client.close();
    }),
  );
  for (const message of messages.flat()) expect(await oneByOne.send(message)).toBe("AA");
  expect(await stateOf(together)).toEqual(await stateOf(oneByOne));
  expect(await together.figure("general")).toBe(await oneByOne.figure("general"));
});

test("in one group each message has its own answer: applied, refused, known already, of nobody we know", async () => {
  await using hospital = await testHospital();
  const known = adt("A01", { visit: "V1", to: "G^1^1" });
  expect(await hospital.send(known)).toBe("AA");
  const clients = await Promise.all(everyConnection.slice(0, 6).map(() => connectTo(hospital)));
  const messages = [
    known,
    adt("A01", { visit: "V2", to: "NEW^1^1" }),
    adt("A01", { visit: "V3", to: "G^1^3" }),
    adt("A01", { visit: "V4", to: "G^1^4", sender: "OTHER|ELSEWHERE" }),
    adt("A01", { visit: "V5", to: "G^1^5", at: "18:00" }),
    adt("A99", { visit: "V6", to: "G^1^6" }),
  ];
  const acks = await Promise.all(clients.map((client, place) => client.send(messages[place] ?? "")));
  expect(acks.map((ack) => summaryOf(ack).split(" ").slice(0, 2).join(" "))).toEqual([
    "AA",
    "AE 204",
    "AA",
    "AR 204",
    "AE 102",
    "AR 201",
  ]);
  for (const client of clients) await client.close();
  expect((await rowsOf(hospital.server, "hl7_visit", "bed")).map(({ bed }) => bed)).toEqual(["1", "3"]);
});

test("a message that the database will not take fails alone", async () => {
  await using hospital = await testHospital();
  const { db } = hospital.server.ctx;
  await sql`alter table hl7_visit add constraint poison check (bed <> 'BAD')`.execute(db);
  const clients = await Promise.all(everyConnection.map(() => connectTo(hospital)));
  const acks = await Promise.all(
    clients.map((client, place) =>
      client.send(adt("A01", { visit: `V${place}`, to: `G^1^${place === 5 ? "BAD" : place}` })),
    ),
  );
  expect(acks.map((ack) => summaryOf(ack).slice(0, 6))).toEqual(
    everyConnection.map((place) => (place === 5 ? "AE 207" : "AA")),
  );
  for (const client of clients) await client.close();
  expect(await hospital.figure("general")).toBe("11/?");
});

/** Times that a message is sent until it is acknowledged. */
const TRIES_MAX = 20;

test("nothing that was acknowledged is lost and nothing is applied twice while connections to the database break", async () => {
  await using hospital = await testHospital();
  const { db } = hospital.server.ctx;
  hospital.server.clock.set(at("13:00"));
  let acknowledged = 0;
  const breakWhatIsAtWork = () =>
    sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'
  `.execute(db);
  await Promise.all(
    everyConnection.map(async (connection) => {
      const client = await connectTo(hospital);
      for (const message of messagesOf(connection)) {
        let answer = "";
        for (let tries = 0; answer !== "AA" && tries < TRIES_MAX; tries++)
          answer = summaryOf(await client.send(message));
        expect(answer).toBe("AA");
        if (++acknowledged % 20 === 0) await breakWhatIsAtWork().catch(() => undefined);
      }
      await client.close();
    }),
  );
  const { visits, answers } = await stateOf(hospital);
  expect(answers).toBe(acknowledged);
  // Half of the patients have left.
  expect(visits.length).toBe((CONNECTIONS * STAYS) / 2);
  expect(await hospital.figure("general")).toBe(`${visits.length}/?`);
});
