import { getBeds, reportBeds } from "@ihims/core/observations/endpoints.ts";
import type { BedType } from "@ihims/core/beds/schema.ts";
import type { Hl7SenderName } from "@ihims/core/census/endpoints.ts";
import type { Ward } from "@ihims/core/census/schema.ts";
import type { Facility } from "@ihims/core/facilities/schema.ts";
import { sql } from "kysely";
import { MllpClient } from "../../../platform/mllp-client.ts";
import type { MllpLimits } from "../../../platform/mllp.ts";
import { testServer, type TestServer } from "../../../testing/server.ts";
import { startHl7Listener } from "../listener.ts";
import { setFeed } from "../census.ts";

export const WARDS: Ward[] = [
  { code: "G", bedType: "general", staffed: 20 },
  { code: "ICU", bedType: "icu", staffed: 4 },
  { code: "ED", bedType: "emergency", staffed: null },
];
export const SENDER: Hl7SenderName = { application: "WARDSYS", facilityCode: "RIVERSIDE" };

/** A server with one hospital that sends, and a connection to its MLLP door. */
export interface TestHospital extends AsyncDisposable {
  server: TestServer;
  facility: Facility;
  port: number;
  /** Send a message; its acknowledgement as `AA` or `AE 204 words`. */
  send(text: string): Promise<string>;
  /** The acknowledgement as it came. */
  sendRaw(text: string): Promise<string>;
  declare(type: BedType, staffed: number, occupied: number): Promise<void>;
  /** What the public reads: `occupied/staffed`, with `-blocked` where it is known. */
  figure(type: BedType): Promise<string>;
}

export async function testHospital(
  options: { limits?: Partial<MllpLimits>; wards?: Ward[]; senders?: Hl7SenderName[] } = {},
): Promise<TestHospital> {
  const server = await testServer();
  const facility = await server.aFacility();
  await setFeed(server.ctx, facility.id, {
    senders: options.senders ?? [SENDER],
    wards: options.wards ?? WARDS,
  });
  const listener = await startHl7Listener(() => server.ctx, {
    port: 0,
    host: "127.0.0.1",
    ...(options.limits && { limits: options.limits }),
  });
  const { port } = listener.address;
  const client = await MllpClient.connect({ port, host: "127.0.0.1" });
  const sendRaw = (text: string) => client.send(text);
  return {
    server,
    facility,
    port,
    sendRaw,
    send: async (text) => summaryOf(await sendRaw(text)),
    async declare(type, staffed, occupied) {
      const ward = await server.machineOf(facility.id);
      await ward.call(reportBeds, { params: { id: facility.id, type }, body: { staffed, occupied } });
    },
    async figure(type) {
      const { value } = await server.anybody.call(getBeds, { params: { id: facility.id, type } });
      const blocked = value?.blocked === undefined ? "" : `-${value.blocked}`;
      return `${value?.occupied ?? "?"}/${value?.staffed ?? "?"}${blocked}`;
    },
    async [Symbol.asyncDispose]() {
      await client.close();
      await listener.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** An acknowledgement in short. */
export function summaryOf(ack: string): string {
  const segments = ack.split("\r").map((segment) => segment.split("|"));
  const code = segments.find(([name]) => name === "MSA")?.[1] ?? "?";
  const err = segments.find(([name]) => name === "ERR");
  return err ? `${code} ${err[3]?.split("^")[0] ?? ""} ${err[8] ?? ""}` : code;
}

export interface Said {
  visit?: string;
  class?: string;
  to?: string;
  from?: string;
  at?: string;
  controlId?: string;
  sender?: string;
  status?: string;
  /** The other patient of a swap. */
  other?: Said;
  more?: string[];
}

let messages = 0;

/** `adt("A01", { visit: "V1", to: "G^1^1" })`: of 12:00, in class I, with a patient whose name must never be kept. */
export function adt(event: string, said: Said = {}): string {
  const moment = `20260301${(said.at ?? "12:00").replaceAll(":", "").padEnd(6, "0")}+0000`;
  const { controlId = `C${++messages}`, sender = "WARDSYS|RIVERSIDE" } = said;
  return [
    `MSH|^~\\&|${sender}|IHIMS|CITY|${moment}||ADT^${event}|${controlId}|P|2.5.1`,
    `EVN|${event}|${moment}||||`,
    ...(said.status === undefined ? [pid(said), pv1(said)] : [`NPU|${said.to ?? ""}|${said.status}`]),
    ...(said.other ? [pid(said.other), pv1(said.other)] : []),
    ...(said.more ?? []),
  ].join("\r");
}

/** Everything about the patient here is searched for in the database. */
function pid({ visit = "V1" }: Said): string {
  const fields = Array.from({ length: 20 }, () => "");
  fields.splice(0, 6, "PID", "1", "", `MRN${visit}77`, "", "Secretname^Meera^Privatename");
  fields[7] = "19610412";
  fields[11] = "12 Hidden Road^^Pune";
  fields[13] = "+912025550100";
  fields[18] = `ACCT${visit}`;
  fields[19] = "999911112222";
  return fields.join("|");
}

function pv1({ visit = "V1", class: patientClass = "I", to = "", from = "" }: Said): string {
  const fields = Array.from({ length: 20 }, () => "");
  fields.splice(0, 4, "PV1", "1", patientClass, to);
  fields[6] = from;
  fields[7] = "D99^Doctorsecret^Vikram";
  fields[19] = `NUM-${visit}`;
  return fields.join("|");
}

/** Every row of every table as text. */
export async function dump(server: TestServer): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') order by 1
  `.execute(server.ctx.db);
  const parts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(
      server.ctx.db,
    );
    parts.push(name, ...rows.map(({ row }) => row));
  }
  return parts.join("\n");
}

/** The rows of one table, in no order that means anything and always the same. */
export async function rowsOf(
  server: TestServer,
  table: string,
  columns = "*",
): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select ${sql.raw(columns)} from ${sql.raw(table)}
  `.execute(server.ctx.db);
  const texts = new Map(rows.map((row) => [row, JSON.stringify(row)]));
  return rows.sort((a, b) => ((texts.get(a) ?? "") < (texts.get(b) ?? "") ? -1 : 1));
}
