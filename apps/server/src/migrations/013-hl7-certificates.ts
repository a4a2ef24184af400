import { sql, type Kysely } from "kysely";

/** The client certificate that a sender of HL7 shows, where it is to be known by one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table hl7_sender add column certificate text`.execute(db);
}
