import { sql, type Kysely } from "kysely";

/** Warnings to the public: ours and those of authorities, each message of a chain a row of its own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of ALERTS) await sql.raw(statement).execute(db);
}

const ALERTS = [
  `create table alert (
     id text primary key,
     sender text not null,
     identifier text not null,
     sent timestamptz not null,
     message jsonb not null,
     origin text,
     signature text not null check (signature in ('none', 'present-not-verified')),
     received_at timestamptz not null,
     expires_at timestamptz not null,
     unique (sender, identifier, sent)
   )`,
  `create index alert_expires on alert (expires_at)`,
];
