import { BloodComponent, BloodGroup, type BloodBank } from "@ihims/core/blood/schema.ts";
import type { ModelCity } from "./city.ts";
import { between, happens, pick, pickBy, randomOf, wholeBetween, type Random } from "./random.ts";

/** How a bank's counts reach the platform: by its system, typed once a day, or no more. */
export type BloodHabit = "system" | "daily" | "silent";

/** One cell of a bank's grid. */
export interface ModelBloodLine {
  group: BloodGroup;
  component: BloodComponent;
  units: number;
  expiringSoon: number;
}

/** What a blood bank has. `facility` is its `ref` in the model city. */
export interface ModelBank {
  facility: string;
  habit: BloodHabit;
  /** Units that it has in all on a usual day, as a share of a large bank's. */
  size: number;
  lines: ModelBloodLine[];
}

/**
 * Of a hundred people of the model city, about: as in western India, where B and O lead and RhD negative
 * is rare. The Bombay phenotype is one in ten thousand: hardly ever on a shelf.
 */
const PEOPLE: Record<BloodGroup, number> = {
  "O-": 2,
  "O+": 31,
  "A-": 1.2,
  "A+": 22,
  "B-": 2,
  "B+": 32,
  "AB-": 0.5,
  "AB+": 8.2,
  "Oh-": 0,
  "Oh+": 0.02,
};

/** Units of all groups in a large bank, and the share of them that expires within 72 hours. */
const SHELF: Record<BloodComponent, { units: number; soon: number }> = {
  "whole-blood": { units: 12, soon: 0.08 },
  "packed-red-cells": { units: 180, soon: 0.07 },
  "fresh-frozen-plasma": { units: 220, soon: 0.01 },
  "platelet-concentrate": { units: 34, soon: 0.6 },
  "apheresis-platelets": { units: 5, soon: 0.6 },
  cryoprecipitate: { units: 26, soon: 0.01 },
  plasma: { units: 20, soon: 0 },
};

/** Charges for a unit in paise, from and to: invented, of the order that Indian banks ask. */
const FEES: Record<BloodComponent, readonly [number, number]> = {
  "whole-blood": [110_000, 155_000],
  "packed-red-cells": [110_000, 155_000],
  "fresh-frozen-plasma": [30_000, 40_000],
  "platelet-concentrate": [30_000, 40_000],
  "apheresis-platelets": [900_000, 1_150_000],
  cryoprecipitate: [20_000, 25_000],
  plasma: [25_000, 35_000],
};

/** The banks of a city, and how each tells. The first that stands alone is typed by nobody but a visitor. */
export function banksOf(city: ModelCity): { ref: string; habit: BloodHabit; size: number }[] {
  const banks = city.facilities.filter(({ profile }) => profile.kind === "blood-bank");
  return banks.map(({ ref }, place) => {
    const random = randomOf(city.seed, `bank ${ref}`);
    const isInHospital = place < 4;
    const habit = isInHospital
      ? "system"
      : place === 4
        ? "daily"
        : place === banks.length - 1
          ? "silent"
          : pick(random, ["system", "system", "daily"] as const);
    return { ref, habit, size: isInHospital ? between(random, 0.7, 1.1) : between(random, 0.15, 0.6) };
  });
}

/** What one bank has: the same seed and bank, the same grid. A small bank has no cell for what it never has. */
export function makeBank(seed: number, bank: { ref: string; habit: BloodHabit; size: number }): ModelBank {
  const random = randomOf(seed, `blood ${bank.ref}`);
  const hasApheresis = bank.size > 0.5;
  const lines = BloodComponent.options
    .filter((component) => component !== "apheresis-platelets" || hasApheresis)
    .flatMap((component) =>
      BloodGroup.options
        .filter((group) => !group.startsWith("Oh") || (component === "packed-red-cells" && bank.size > 1))
        .map((group): ModelBloodLine => {
          const usual = usualUnits(bank.size, group, component);
          const units = Math.max(
            0,
            Math.round(usual * between(random, 0.3, 1.7) + between(random, -0.6, 0.4)),
          );
          return { group, component, units, expiringSoon: soonOf(random, component, units) };
        }),
    );
  return { facility: bank.ref, habit: bank.habit, size: bank.size, lines };
}

/** What a bank says of itself beside its counts. */
export function policyOf(seed: number, { ref, size }: { ref: string; size: number }): BloodBank {
  const random = randomOf(seed, `bank policy ${ref}`);
  return {
    replacementDonor: pick(random, ["not-asked", "asked", "asked", null] as const),
    processingFees: happens(random, 0.85)
      ? BloodComponent.options.map((component) => ({
          component,
          minor: Math.round(between(random, ...FEES[component]) / 5000) * 5000,
        }))
      : [],
    crossMatchMinutes: pick(random, [45, 60, 90, 120, 180, null]),
    lowBelow: BloodGroup.options.flatMap((group) => {
      const units = Math.round(usualUnits(size, group, "packed-red-cells") * 0.5);
      return units > 0 ? [{ group, component: "packed-red-cells" as const, units }] : [];
    }),
  };
}

function usualUnits(size: number, group: BloodGroup, component: BloodComponent): number {
  return (SHELF[component].units * size * PEOPLE[group]) / 100;
}

function soonOf(random: Random, component: BloodComponent, units: number): number {
  let soon = 0;
  for (let n = 0; n < units; n += 1) if (happens(random, SHELF[component].soon)) soon += 1;
  return soon;
}

/**
 * Units were issued, expired and made: so many cells of a grid are others now. What is asked for most
 * moves most.
 *
 * @returns those cells
 */
export function moveBank(random: Random, bank: ModelBank, count: number): ModelBloodLine[] {
  const moved = new Set<ModelBloodLine>();
  for (let n = 0; n < count; n += 1) {
    const line = pickBy(random, bank.lines, ({ units, group }) => units + PEOPLE[group] / 10);
    const usual = usualUnits(bank.size, line.group, line.component);
    const isMade = line.units === 0 || happens(random, line.units < usual ? 0.5 : 0.2);
    line.units = isMade
      ? line.units + wholeBetween(random, 1, Math.max(1, Math.round(usual / 3)))
      : Math.max(0, line.units - wholeBetween(random, 1, 2));
    line.expiringSoon = Math.min(line.expiringSoon, line.units);
    moved.add(line);
  }
  return [...moved];
}
