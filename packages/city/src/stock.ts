import type { Day } from "@ihims/core/time.ts";
import type { ModelCity } from "./city.ts";
import type { ModelMedicine } from "./medicines/catalogue.ts";
import { between, happens, pickBy, randomOf, wholeBetween, type Random } from "./random.ts";

/** How the shelf of a place reaches the platform, and how often: by its system, by a file a day, hardly, no more. */
export type StockHabit = "system" | "daily" | "rarely" | "silent";

/** One line of a shelf. `ref` is of the model catalogue. */
export interface ModelStockLine {
  ref: string;
  quantity: number;
  priceMinor: number;
  expiresOn: Day;
  lot: string;
}

/** What a pharmacy, or a hospital's dispensary, has. */
export interface ModelShelf {
  facility: string;
  habit: StockHabit;
  lines: ModelStockLine[];
}

const HABITS: readonly { habit: StockHabit; weight: number }[] = [
  { habit: "system", weight: 62 },
  { habit: "daily", weight: 24 },
  { habit: "rarely", weight: 8 },
  { habit: "silent", weight: 6 },
];
/** How much of the catalogue a place has, from the smallest to the largest. */
const SHARE = { pharmacy: [0.01, 0.035], hospital: [0.03, 0.06] } as const;
/** Of a hundred lines so many are empty, and so many nearly. */
const EMPTY_SHARE = 0.07;
const LOW_SHARE = 0.1;

/** The places of a city that have medicines: all pharmacies, and hospitals that are not small. */
export function placesWithStock({
  facilities,
  hospitals,
}: ModelCity): { ref: string; isHospital: boolean }[] {
  const pharmacies = facilities.filter(({ profile }) => profile.kind === "pharmacy");
  return [
    ...pharmacies.map(({ ref }) => ({ ref, isHospital: false })),
    ...hospitals.filter(({ size }) => size !== "small").map(({ ref }) => ({ ref, isHospital: true })),
  ];
}

/**
 * What is on one shelf: the same seed and place, the same shelf. What many need stands in many.
 *
 * @param today lots expire from a month to three years after it
 */
export function makeShelf(
  seed: number,
  { ref, isHospital }: { ref: string; isHospital: boolean },
  medicines: readonly ModelMedicine[],
  today: Day,
): ModelShelf {
  const random = randomOf(seed, `shelf ${ref}`);
  const [least, most] = SHARE[isHospital ? "hospital" : "pharmacy"];
  const share = between(random, least, most);
  const lines = medicines.flatMap(({ ref: medicine, profile }): ModelStockLine[] => {
    if (!happens(random, Math.min(0.95, share * popularityOf(seed, medicine)))) return [];
    return [
      {
        ref: medicine,
        quantity: quantityOf(random),
        priceMinor: Math.round(((profile.price?.minor ?? 5000) * between(random, 0.88, 1)) / 25) * 25,
        expiresOn: expiryOf(random, today),
        lot: `${"ABCDEFGHK"[wholeBetween(random, 0, 8)] ?? "A"}${wholeBetween(random, 1000, 9999)}`,
      },
    ];
  });
  return {
    facility: ref,
    habit: isHospital ? "system" : pickBy(random, HABITS, ({ weight }) => weight).habit,
    lines,
  };
}

/** How much a medicine is asked for beside others: from a twentieth to twelve times as much, most of them little. */
function popularityOf(seed: number, ref: string): number {
  return 12 ** between(randomOf(seed, `popularity ${ref}`), -1.2, 1);
}

function quantityOf(random: Random): number {
  if (happens(random, EMPTY_SHARE)) return 0;
  return happens(random, LOW_SHARE) ? wholeBetween(random, 1, 3) : wholeBetween(random, 4, 60);
}

function expiryOf(random: Random, today: Day): Day {
  const [year = 0, month = 1] = today.split("-").map(Number);
  return new Date(Date.UTC(year, month + wholeBetween(random, 1, 36), 0)).toISOString().slice(0, 10);
}

/** Somebody bought and something was delivered: so many lines of a shelf are others now. @returns those */
export function moveShelf(random: Random, shelf: ModelShelf, count: number): ModelStockLine[] {
  const moved = new Set<ModelStockLine>();
  for (let n = 0; n < count && shelf.lines.length > 0; n += 1) {
    const line = shelf.lines[wholeBetween(random, 0, shelf.lines.length - 1)];
    if (!line) continue;
    const isDelivered = line.quantity <= 2 && happens(random, 0.6);
    line.quantity = isDelivered
      ? line.quantity + wholeBetween(random, 10, 60)
      : Math.max(0, line.quantity - wholeBetween(random, 1, 4));
    moved.add(line);
  }
  return [...moved];
}
