import { endpoint } from "../endpoint.ts";
import { City, Ground } from "./schema.ts";

export const getCity = endpoint({
  method: "GET",
  path: "/city",
  access: "public",
  noun: "city",
  summary: "The city that is served: its name, languages, time zone and official numbers",
  reply: City,
});

export const getGround = endpoint({
  method: "GET",
  path: "/city/ground",
  access: "public",
  noun: "city",
  summary: "Wards, roads and water to draw under a map, as GeoJSON",
  reply: Ground,
});
