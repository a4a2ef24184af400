import type { City, Ground } from "@ihims/core/city/schema.ts";
import type { Names } from "@ihims/core/languages.ts";
import { buildFacilities, type ModelFacility, type ModelHospital } from "./facilities.ts";
import { groundOf, ringOf } from "./ground.ts";
import { CENTRE, planCity } from "./plan.ts";
import { layOut } from "./streets.ts";
import { CITY_NAME } from "./words/places.ts";

/** A ward of the model city. */
export interface ModelWard {
  /** `W01` in the centre, rising outward. */
  code: string;
  name: string;
  names: Names;
  population: number;
  /** Its closed border, anticlockwise, longitude before latitude as in GeoJSON. */
  border: [number, number][];
}

/** A city that does not exist, whole enough to run the platform on. */
export interface ModelCity {
  seed: number;
  city: City;
  ground: Ground;
  wards: ModelWard[];
  /** Hospitals first; every one has its `ref` as external id in the system `demo`. */
  facilities: ModelFacility[];
  /** The hospitals of `facilities`, with their wards. */
  hospitals: ModelHospital[];
}

/**
 * Make the model city of a seed: the same seed, the same city, to the last digit.
 *
 * It reads like a city of the Deccan and is none: its name, its wards, its hospitals and their
 * telephone numbers are invented (decision 007).
 *
 * @param seed any whole number
 */
export function makeCity(seed: number): ModelCity {
  const plan = planCity(seed);
  const layout = layOut(plan, seed);
  const { hospitals, others } = buildFacilities(plan, layout, seed);
  return {
    seed,
    city: {
      name: CITY_NAME.en,
      names: { ...CITY_NAME },
      timeZone: "Asia/Kolkata",
      countryCode: "IN",
      centre: CENTRE,
      languages: ["en", "hi", "mr"],
      emergencyNumbers: [
        { number: "112", what: "emergency" },
        { number: "108", what: "ambulance" },
      ],
      isDemonstration: true,
    },
    ground: groundOf(plan, layout),
    wards: plan.wards.map(({ code, name, population, corners }) => ({
      code,
      name: name.en,
      names: { ...name },
      population,
      border: ringOf(plan, corners),
    })),
    facilities: [...hospitals, ...others],
    hospitals,
  };
}
