import { sql, type Kysely } from "kysely";

/** The ledger in the order in which we heard: of a facility, and of one of its figures. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index observation_heard on observation (facility_id, id desc)`.execute(db);
  await sql`create index observation_heard_of on observation (facility_id, subject, id desc)`.execute(db);
}
