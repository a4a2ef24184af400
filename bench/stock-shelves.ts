import { randomOf, wholeBetween } from "@ihims/city/random.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { FacilityProfile } from "@ihims/core/facilities/schema.ts";
import type { Position } from "@ihims/core/geo.ts";
import { GenericId, MedicineProfile, type MedicineId } from "@ihims/core/medicines/schema.ts";
import { addMedicines, medicineIdOf } from "@ihims/server/features/medicines/medicines.ts";
import type { Context } from "@ihims/server/platform/context.ts";

const ADDED_AT_A_TIME = 2000;
/** Brands of one composition: what can stand in for one another. */
const BRANDS_OF_ONE = 5;
export const CENTRE = { lat: 18.52, lon: 73.85 };
/** Pharmacies are within about so many degrees of the middle: twenty kilometres. */
const SPREAD = 0.18;

/** Fill an empty catalogue with made-up products, five brands of each composition. @returns their ids */
export async function fillCatalogue(ctx: Context, count: number): Promise<MedicineId[]> {
  const ids: MedicineId[] = [];
  for (let from = 0; from < count; from += ADDED_AT_A_TIME) {
    const listed = Array.from({ length: Math.min(ADDED_AT_A_TIME, count - from) }, (_, at) =>
      productOf(from + at),
    );
    await addMedicines(ctx, "bench", listed);
    ids.push(...listed.map(({ ref }) => medicineIdOf("bench", ref)));
  }
  return ids;
}

function productOf(n: number): { ref: string; profile: MedicineProfile } {
  const generic = `bench-generic-${lettersOf(Math.floor(n / BRANDS_OF_ONE))}`;
  const name = `Brand${lettersOf(n)} 500 Tablet`;
  return {
    ref: String(n),
    profile: MedicineProfile.parse({
      name,
      brand: name.split(" ")[0],
      composition: [
        {
          generic: GenericId.parse(generic),
          salt: null,
          name: generic,
          strength: { value: 500, unit: "mg", per: null },
        },
      ],
      form: "tablet",
      route: "oral",
      release: "immediate",
      pack: null,
      manufacturer: null,
      price: null,
      atc: null,
      schedule: null,
      isNarrowTherapeuticIndex: false,
      isPublicPharmacy: false,
      isDiscontinued: false,
    }),
  };
}

/** A number in letters, each its own word: `baf`. */
function lettersOf(n: number): string {
  return n < 26 ? String.fromCharCode(97 + n) : lettersOf(Math.floor(n / 26) - 1) + lettersOf(n % 26);
}

export interface BenchPharmacy {
  id: FacilityId;
  position: Position;
}

/** Pharmacies, thick in the middle of a city and thin at its edge. */
export async function fillPharmacies(
  create: (profile: FacilityProfile) => Promise<{ id: FacilityId }>,
  count: number,
): Promise<BenchPharmacy[]> {
  const random = randomOf(1, "bench pharmacies");
  const pharmacies: BenchPharmacy[] = [];
  const offset = () => (random.next() + random.next() + random.next() - 1.5) * (SPREAD / 1.5);
  for (let n = 0; n < count; n += 1) {
    const position = { lat: CENTRE.lat + offset(), lon: CENTRE.lon + offset() };
    const profile = { name: `Pharmacy ${n}`, kind: "pharmacy", position, hours: { kind: "always" } };
    pharmacies.push({ id: (await create(FacilityProfile.parse(profile))).id, position });
  }
  return pharmacies;
}

/** What a pharmacy's program exports: so many of the products, each with its lot, expiry and price. */
export function csvOf(
  facility: string,
  medicines: readonly MedicineId[],
  lines: number,
  seed: number,
): string {
  const random = randomOf(seed, "bench csv");
  const start = wholeBetween(random, 0, medicines.length - 1);
  const rows = Array.from({ length: Math.min(lines, medicines.length) }, (_, at) => {
    const medicine = medicines[(start + at) % medicines.length] ?? "";
    const [year, month] = [wholeBetween(random, 2027, 2030), wholeBetween(random, 1, 12)];
    const price = wholeBetween(random, 500, 90_000) / 100;
    const lot = `B${wholeBetween(random, 100_000, 999_999)}`;
    const expiry = `${year}-${String(month).padStart(2, "0")}-28`;
    return `${facility},${medicine},${wholeBetween(random, 0, 400)},${price.toFixed(2)},${expiry},${lot}`;
  });
  return `shop,medicine,quantity,price,expiry,lot\n${rows.join("\n")}\n`;
}
