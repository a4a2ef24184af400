import { sql } from "kysely";
import { Ground } from "@ihims/core/city/schema.ts";
import type { Db } from "../../platform/database.ts";
import { instantOf } from "@ihims/core/time.ts";
import type { GroundEdition } from "./directory.ts";

/** The ground of the city as it was laid last, and when; before the first there is none, since the beginning of time. */
export async function findGroundEdition(db: Db): Promise<GroundEdition> {
  const { rows } = await sql<{ version: number; at: string; ground: unknown }>`
    select version, at, page -> 'ground' as ground from page_version
    where kind = 'ground' order by version desc limit 1
  `.execute(db);
  const [row] = rows;
  if (!row)
    return { version: 1, updatedAt: instantOf(0), ground: { type: "FeatureCollection", features: [] } };
  return { version: row.version, updatedAt: instantOf(new Date(row.at)), ground: Ground.parse(row.ground) };
}
