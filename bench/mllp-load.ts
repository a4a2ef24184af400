import { makePatient, writeAdt, type Movement } from "@ihims/city/simulation/adt.ts";
import { randomOf } from "@ihims/city/random.ts";
import { instantOf } from "@ihims/core/time.ts";
import { MllpClient } from "@ihims/server/platform/mllp-client.ts";
import { z } from "zod";
import { answer } from "./child.ts";
import { resultOf, type LoadResult } from "./load.ts";

/** A hospital's system that sends ADT messages about one ward. */
export const Sender = z.object({ application: z.string(), facility: z.string(), ward: z.string() });
export type Sender = z.infer<typeof Sender>;

/** Send admissions and discharges, each when the one before is acknowledged, from every sender. */
export const MllpCommand = z.object({
  port: z.int(),
  seconds: z.number().min(0.05).max(60),
  senders: z.array(Sender).min(1).max(1000),
});
export type MllpCommand = z.infer<typeof MllpCommand>;

/** Patients of a ward while the load runs. */
const PATIENTS_MAX = 10;

async function run({ port, seconds, senders }: MllpCommand): Promise<LoadResult> {
  const delays: number[] = [];
  const clients = await Promise.all(senders.map(() => MllpClient.connect({ host: "127.0.0.1", port })));
  const start = performance.now();
  const end = start + seconds * 1000;
  await Promise.all(
    senders.map(async (sender, place) => {
      const client = clients[place];
      if (!client) throw new RangeError("a sender without its connection");
      const next = messagesOf(sender);
      for (let sent = performance.now(); sent < end; sent = performance.now()) {
        const ack = await client.send(next());
        delays.push(performance.now() - sent);
        if (!/\rMSA\|AA\|/.test(ack)) throw new Error(`not acknowledged: ${ack.replaceAll("\r", " / ")}`);
      }
    }),
  );
  const elapsedMs = performance.now() - start;
  for (const client of clients) await client.close();
  return resultOf(delays, elapsedMs, 0);
}

/** Admissions until the ward is full, then the one who is there longest goes before the next one comes. */
function messagesOf({ application, facility, ward }: Sender): () => string {
  const random = randomOf(1, `${application} ${facility}`);
  // Visits of an earlier round are other visits.
  const round = Date.now().toString(36);
  const here: Movement[] = [];
  let turn = 0;
  return () => {
    turn++;
    const leaving = here.length >= PATIENTS_MAX ? here.shift() : undefined;
    const movement: Movement = {
      ...(leaving ?? {
        patient: makePatient(random, ["Old Town"]),
        visit: `V${round}${turn}`,
        isEmergency: false,
        place: { ward, room: "", bed: "" },
      }),
      event: leaving ? "A03" : "A01",
      controlId: `${round}-${turn}`,
      sender: { application, facility },
      at: instantOf(Date.now()),
    };
    if (!leaving) here.push(movement);
    return writeAdt(movement);
  };
}

if (import.meta.main) answer(MllpCommand, run);
