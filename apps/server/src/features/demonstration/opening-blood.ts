import { banksOf, makeBank, type BloodHabit } from "@ihims/city/blood.ts";
import type { ModelCity } from "@ihims/city/city.ts";
import { between, randomOf } from "@ihims/city/random.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { bloodSubject, type Observation } from "@ihims/core/observations/schema.ts";
import { later, MINUTE_MS } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { recordObservations } from "../observations/observations.ts";

/** How old the grids are when the city opens, in minutes: the youngest and the oldest. */
const AGES_MIN: Readonly<Record<BloodHabit, readonly [number, number]>> = {
  system: [4, 150],
  daily: [6 * 60, 22 * 60],
  silent: [80 * 60, 120 * 60],
};

/**
 * The grids that the city's blood banks open with, of different ages.
 *
 * @param sender of those whose systems tell; the others' are loaded from a file
 */
export async function openBanks(
  ctx: Context,
  city: ModelCity,
  sender: string,
  idOf: (ref: string) => FacilityId,
): Promise<void> {
  const random = randomOf(city.seed, "opening blood");
  const observations = banksOf(city).flatMap((place) => {
    const observedAt = later(ctx.now(), -Math.round(between(random, ...AGES_MIN[place.habit]) * MINUTE_MS));
    const from =
      place.habit === "system"
        ? ({ source: "api", sender } as const)
        : ({ source: "file", sender: "operator" } as const);
    return makeBank(city.seed, place).lines.map(({ group, component, ...value }): Observation => ({
      facility: idOf(place.ref),
      subject: bloodSubject(group, component),
      value,
      observedAt,
      ...from,
    }));
  });
  for (const recorded of await recordObservations(ctx, observations))
    if (recorded.kind === "refused") throw new Error(`an opening grid was refused: ${recorded.reason}`);
}
