import type { Vehicle, VehiclePrice, VehicleType } from "@ihims/core/ambulances/schema.ts";
import { pick, wholeBetween, type Random } from "./random.ts";
import { word, type Word } from "./words/words.ts";

/** A service that sends ambulances: whose it is and what it has. */
export interface PlannedService {
  name: Word;
  ownership: "government" | "trust" | "private";
  fleet: readonly (readonly [VehicleType, number])[];
}

/** The city's services. The first is the one behind the ambulance number. */
export const SERVICES: readonly PlannedService[] = [
  {
    name: word("Meghapur Emergency Ambulances", "मेघापुर आपातकालीन एम्बुलेंस सेवा", "मेघापूर आपत्कालीन रुग्णवाहिका सेवा"),
    ownership: "government",
    fleet: [
      ["als", 5],
      ["bls", 9],
      ["bike", 3],
      ["neonatal", 1],
    ],
  },
  {
    name: word("Jeevandhara Ambulance Trust", "जीवनधारा एम्बुलेंस ट्रस्ट", "जीवनधारा रुग्णवाहिका ट्रस्ट"),
    ownership: "trust",
    fleet: [
      ["bls", 3],
      ["patient-transport", 2],
      ["mortuary", 1],
    ],
  },
  {
    name: word("Sahyog Ambulances", "सहयोग एम्बुलेंस", "सहयोग रुग्णवाहिका"),
    ownership: "private",
    fleet: [
      ["als", 2],
      ["bls", 2],
      ["patient-transport", 2],
    ],
  },
  {
    name: word("Tatpar Ambulances", "तत्पर एम्बुलेंस", "तत्पर रुग्णवाहिका"),
    ownership: "private",
    fleet: [
      ["als", 1],
      ["bls", 2],
      ["mortuary", 1],
    ],
  },
];

/** What a private ambulance asks for, in rupees: from and to for coming, and for each kilometre beyond the first five. */
const PRICES: Record<VehicleType, { base: readonly [number, number]; perKm: readonly [number, number] }> = {
  als: { base: [1800, 3000], perKm: [30, 50] },
  bls: { base: [800, 1500], perKm: [18, 30] },
  neonatal: { base: [3000, 4500], perKm: [40, 60] },
  bike: { base: [0, 0], perKm: [0, 0] },
  "patient-transport": { base: [500, 900], perKm: [14, 22] },
  mortuary: { base: [900, 1600], perKm: [16, 24] },
};
const BASE_KM = 5;
const FREE: VehiclePrice = { currency: "INR", baseMinor: 0, baseKm: 0, perKmMinor: 0 };

/** The ambulances of a service, or of a hospital that has some of its own. */
export function makeFleet(
  fleet: PlannedService["fleet"],
  { isFree, prefix }: { isFree: boolean; prefix: string },
  random: Random,
): Vehicle[] {
  let count = 0;
  return fleet.flatMap(([type, many]) => {
    const price = isFree ? FREE : priceOf(type, random);
    return Array.from({ length: many }, (): Vehicle => {
      count += 1;
      return {
        id: `${prefix}-${count}`,
        type,
        callSign: `${prefix} ${String(count).padStart(2, "0")}`,
        phone: null,
        price,
      };
    });
  });
}

function priceOf(type: VehicleType, random: Random): VehiclePrice {
  const { base, perKm } = PRICES[type];
  return {
    currency: "INR",
    baseMinor: Math.round(wholeBetween(random, ...base) / 50) * 50 * 100,
    baseKm: BASE_KM,
    perKmMinor: wholeBetween(random, ...perKm) * 100,
  };
}

/** What a hospital of a size drives; small ones have none. */
export function fleetOfHospital(size: "large" | "middle" | "small", random: Random): PlannedService["fleet"] {
  if (size === "large")
    return [
      ["als", 1],
      ["bls", wholeBetween(random, 1, 2)],
    ];
  if (size === "middle") return pick(random, [[["bls", 1]], [], []] as const);
  return [];
}
