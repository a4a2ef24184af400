import { sql } from "kysely";
import { City, Ground } from "@ihims/core/city/schema.ts";
import type { Db } from "../../platform/database.ts";
import type { Context } from "../../platform/context.ts";

/** A city before anybody has said which it is. */
export const UNNAMED_CITY: City = City.parse({
  name: "City",
  timeZone: "Asia/Kolkata",
  countryCode: "IN",
  centre: { lat: 18.52, lon: 73.85 },
  languages: ["en", "hi", "mr"],
  emergencyNumbers: [
    { number: "112", what: "emergency" },
    { number: "108", what: "ambulance" },
  ],
  isDemonstration: false,
});

/** The settings of the city; undefined when none were made. */
export async function findCity(db: Db): Promise<City | undefined> {
  const { rows } = await sql<{ settings: unknown }>`select settings from city`.execute(db);
  return rows[0] && City.parse(rows[0].settings);
}

/** What is drawn under the map; empty when nothing is known of it. */
export async function findGround(db: Db): Promise<Ground> {
  const { rows } = await sql<{ ground: unknown }>`select ground from city`.execute(db);
  return rows[0] ? Ground.parse(rows[0].ground) : { type: "FeatureCollection", features: [] };
}

/** Say which city this is. A running process sees it when it is started again. */
export async function saveCity(ctx: Context, city: City, ground: Ground): Promise<void> {
  await sql`
    insert into city (settings, ground) values (${JSON.stringify(city)}::jsonb, ${JSON.stringify(ground)}::jsonb)
    on conflict (only_one) do update set settings = excluded.settings, ground = excluded.ground
  `.execute(ctx.db);
}
