import { sql } from "kysely";
import { z } from "zod";
import type { FacilityId } from "@ihims/core/ids.ts";
import type { Standing } from "@ihims/core/observations/schema.ts";
import { HISTORY_MAX, type Earlier } from "@ihims/core/questions/rules.ts";
import { Question, type Doubt, type QuestionAnswer } from "@ihims/core/questions/schema.ts";
import { Standing as StandingSchema } from "@ihims/core/observations/schema.ts";
import { Instant } from "@ihims/core/time.ts";
import { isPosition, type Position } from "../../platform/changes.ts";
import type { Db } from "../../platform/database.ts";

/** Where a reader of the stream has come to, for him alone until the transaction ends; undefined: another process reads. */
export async function lockReader(db: Db, name: string, start: Position): Promise<Position | undefined> {
  await sql`insert into change_reader (name, position) values (${name}, ${start}) on conflict do nothing`.execute(
    db,
  );
  const { rows } = await sql<{ position: string }>`
    select position from change_reader where name = ${name} for update skip locked
  `.execute(db);
  const position = rows[0]?.position;
  return position !== undefined && isPosition(position) ? position : undefined;
}

export async function moveReader(db: Db, name: string, position: Position): Promise<void> {
  await sql`update change_reader set position = ${position} where name = ${name}`.execute(db);
}

const EarlierRow = z.object({ place: z.int(), value: StandingSchema.shape.value, observedAt: Instant });

/** Of each standing, what the same source said of the same before, newest first. */
export async function findHistories(db: Db, standings: readonly Standing[]): Promise<Earlier[][]> {
  const { rows } = await sql`
    select w.place, o.value, o.observed_at as "observedAt"
    from unnest(${standings.map(({ facility }) => facility)}::text[], ${standings.map(({ subject }) => subject)}::text[],
      ${standings.map(({ source }) => source)}::text[], ${standings.map(({ observation }) => observation)}::bigint[],
      ${standings.map(({ observedAt }) => observedAt)}::timestamptz[]) with ordinality as w (facility, subject, source, id, seen, place)
    cross join lateral (
      select value, observed_at from observation
      where facility_id = w.facility and subject = w.subject and source = w.source and id <> w.id and observed_at <= w.seen
        and not exists (select from retraction r where r.observation_id = observation.id)
      order by observed_at desc limit ${HISTORY_MAX * 2}
    ) o
    order by w.place, o.observed_at desc
  `.execute(db);
  const histories: Earlier[][] = standings.map(() => []);
  for (const row of rows) {
    const { place, value, observedAt } = EarlierRow.parse(row);
    histories[place - 1]?.push({ value, observedAt });
  }
  return histories;
}

/** Ask, once until it is answered; what it is about is kept up to date. */
export async function saveQuestions(
  db: Db,
  asked: readonly { standing: Standing; doubt: Doubt }[],
  now: Instant,
): Promise<void> {
  for (const { standing, doubt } of asked)
    await sql`
      insert into question (facility_id, subject, source, code, observation_id, detail, asked_at, seen_at)
      values (${standing.facility}, ${standing.subject}, ${standing.source}, ${doubt.code}, ${standing.observation}::bigint,
        ${JSON.stringify(doubt)}::jsonb, ${now}::timestamptz, ${now}::timestamptz)
      on conflict (facility_id, subject, source, code) where answered_at is null do update
        set observation_id = excluded.observation_id, detail = excluded.detail, seen_at = excluded.seen_at
    `.execute(db);
}

/** What a newer figure no longer raises is over. */
export async function passQuestions(
  db: Db,
  standing: Standing,
  raised: readonly string[],
  now: Instant,
): Promise<void> {
  await sql`
    update question set answer = 'passed', answered_at = ${now}::timestamptz
    where facility_id = ${standing.facility} and subject = ${standing.subject} and source = ${standing.source}
      and answered_at is null and code <> all (${raised}::text[])
  `.execute(db);
}

const COLUMNS = sql`id::text as id, facility_id as facility, subject, source, observation_id::text as observation, detail as doubt,
  asked_at as "askedAt", seen_at as "seenAt", answer, answered_at as "answeredAt"`;

export async function findQuestions(
  db: Db,
  facility: FacilityId,
  query: { state: "open" | "answered"; limit: number; before?: string | undefined },
): Promise<Question[]> {
  const { rows } = await sql`
    select ${COLUMNS} from question
    where facility_id = ${facility} and answered_at is ${query.state === "open" ? sql`null` : sql`not null`}
      and ${query.before === undefined ? sql`true` : sql`id < ${query.before}::bigint`}
    order by question.id desc limit ${query.limit}
  `.execute(db);
  return rows.map((row) => Question.parse(row));
}

export async function saveAnswer(
  db: Db,
  given: { facility: FacilityId; question: string; answer: QuestionAnswer; by: string },
  now: Instant,
): Promise<Question | undefined> {
  const { rows } = await sql`
    update question set answer = ${given.answer}, answered_at = ${now}::timestamptz, answered_by = ${given.by}
    where facility_id = ${given.facility} and id = ${given.question}::bigint and answered_at is null returning ${COLUMNS}
  `.execute(db);
  return rows[0] ? Question.parse(rows[0]) : undefined;
}

/** Over how many figures since a moment how many questions were raised, and how many figures were wrong. */
export async function countQuestions(
  db: Db,
  facility: FacilityId,
  since: Instant,
): Promise<{ figures: number; questions: number; wrong: number; justified: number }> {
  const { rows } = await sql`
    select (select count(*) from observation where facility_id = ${facility} and received_at >= ${since}::timestamptz
        and outcome <> 'superseded') as figures,
      count(*) as questions, count(*) filter (where answer = 'wrong') as wrong,
      count(*) filter (where answer is null or answer = 'wrong') as justified
    from question where facility_id = ${facility} and seen_at >= ${since}::timestamptz
  `.execute(db);
  return z
    .object({ figures: z.int(), questions: z.int(), wrong: z.int(), justified: z.int() })
    .parse(rows[0]);
}
