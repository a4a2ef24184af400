import { sql, type Kysely } from "kysely";

/** Which reports only confirmed what was shown. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ["observation", "standing"])
    await sql`alter table ${sql.table(table)} add column is_confirmation boolean not null default false`.execute(
      db,
    );
}
