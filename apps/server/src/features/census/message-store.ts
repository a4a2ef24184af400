import { sql } from "kysely";
import { Hl7Aside } from "@ihims/core/census/endpoints.ts";
import type { BedPlace } from "@ihims/core/census/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import type { Instant } from "@ihims/core/time.ts";
import { z } from "zod";
import type { Db } from "../../platform/database.ts";

export type AckCode = "AA" | "AE" | "AR";
const CodeRow = z.object({ code: z.enum(["AA", "AE", "AR"]) });

/** A message by which it is known again. */
export interface MessageName {
  sender: string;
  controlId: string;
  digest: Buffer;
}

/** One text for one name. */
export function nameKey({ sender, controlId, digest }: MessageName): string {
  return `${sender} ${digest.toString("base64url")} ${controlId}`;
}

const namesAsColumns = (names: readonly MessageName[]) => sql`
  unnest(${names.map(({ sender }) => sender)}::text[], ${names.map(({ controlId }) => controlId)}::text[],
    ${names.map(({ digest }) => digest)}::bytea[])`;

const AnswerRow = z.object({
  sender: z.string(),
  controlId: z.string(),
  digest: z.instanceof(Buffer),
  ...CodeRow.shape,
});

/** What messages were answered, by their `nameKey`; those that were not heard before are not there. */
export async function findAnswers(db: Db, names: readonly MessageName[]): Promise<Map<string, AckCode>> {
  if (names.length === 0) return new Map();
  const { rows } = await sql`
    select m.sender_id as sender, m.control_id as "controlId", m.digest, m.code
    from ${namesAsColumns(names)} as n (sender_id, control_id, digest)
    join hl7_message m on m.sender_id = n.sender_id and m.control_id = n.control_id and m.digest = n.digest
  `.execute(db);
  return new Map(
    rows.map((row) => {
      const { code, ...name } = AnswerRow.parse(row);
      return [nameKey(name), code];
    }),
  );
}

/** Remember what messages are answered; each name once. */
export async function saveAnswers(
  db: Db,
  answers: readonly { name: MessageName; code: AckCode }[],
  now: Instant,
): Promise<void> {
  if (answers.length === 0) return;
  await sql`
    insert into hl7_message (sender_id, control_id, digest, code, received_at)
    select sender_id, control_id, digest, code, ${now}::timestamptz
    from unnest(
      ${answers.map(({ name }) => name.sender)}::text[], ${answers.map(({ name }) => name.controlId)}::text[],
      ${answers.map(({ name }) => name.digest)}::bytea[], ${answers.map(({ code }) => code)}::text[]
    ) as n (sender_id, control_id, digest, code)
    on conflict (sender_id, control_id, digest) do update set code = excluded.code, received_at = excluded.received_at
  `.execute(db);
}

/** Forget answers and what was kept aside from before. */
export async function forgetBefore(db: Db, answers: Instant, aside: Instant): Promise<void> {
  await sql`delete from hl7_message where received_at < ${answers}::timestamptz`.execute(db);
  await sql`delete from hl7_aside where received_at < ${aside}::timestamptz`.execute(db);
}

export interface NewAside {
  facility: FacilityId | null;
  application: string;
  facilityCode: string;
  kind: "refused" | "conflict";
  event: string;
  reason: string;
  place: BedPlace | null;
  message: string | null;
}

/** Keep a message aside; of one facility (and of all senders that we do not know) only the newest `keptMax`. */
export async function insertAside(db: Db, aside: NewAside, now: Instant, keptMax: number): Promise<void> {
  const { facility, application, facilityCode, kind, event, reason, place, message } = aside;
  await sql`
    insert into hl7_aside (facility_id, received_at, kind, application, facility_code, event, reason, place, message)
    values (${facility}, ${now}::timestamptz, ${kind}, ${application}, ${facilityCode}, ${event}, ${reason},
      ${place && JSON.stringify(place)}::jsonb, ${message})
  `.execute(db);
  const ofSame = facility === null ? sql`facility_id is null` : sql`facility_id = ${facility}`;
  await sql`
    delete from hl7_aside where ${ofSame} and id <= (
      select id from hl7_aside where ${ofSame} order by id desc offset ${keptMax} limit 1
    )
  `.execute(db);
}

const ASIDE_COLUMNS = sql`id::text as id, received_at as "receivedAt", kind, event, reason, place, message, state, resolved_at as "resolvedAt"`;

/** What was kept aside for a facility, newest first, after an id. */
export async function findAside(
  db: Db,
  facility: FacilityId,
  filter: { kind: "conflict" | undefined; state: "open" | "resolved" | undefined },
  limit: number,
  after: number | undefined,
): Promise<Hl7Aside[]> {
  const { rows } = await sql`
    select ${ASIDE_COLUMNS} from hl7_aside
    where facility_id = ${facility} and (${filter.kind ?? null}::text is null or kind = ${filter.kind ?? null})
      and (${filter.state ?? null}::text is null or state = ${filter.state ?? null})
      and ${after === undefined ? sql`true` : sql`id < ${after}`}
    order by hl7_aside.id desc limit ${limit}
  `.execute(db);
  return rows.map((row) => Hl7Aside.parse(row));
}

export async function countOpenAside(db: Db, facility: FacilityId): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select count(*) as open from hl7_aside where facility_id = ${facility} and state = 'open'
  `.execute(db);
  return rows[0]?.open ?? 0;
}

/** Mark as dealt with; undefined when there is no such message of this facility. */
export async function saveResolved(
  db: Db,
  facility: FacilityId,
  id: string,
  by: string,
  now: Instant,
): Promise<Hl7Aside | undefined> {
  const { rows } = await sql`
    update hl7_aside set state = 'resolved', resolved_at = coalesce(resolved_at, ${now}::timestamptz),
      resolved_by = coalesce(resolved_by, ${by})
    where facility_id = ${facility} and id = ${id}::bigint
    returning ${ASIDE_COLUMNS}
  `.execute(db);
  return rows[0] ? Hl7Aside.parse(rows[0]) : undefined;
}
