import { GenericId, MedicineProfile, type MedicineId } from "@ihims/core/medicines/schema.ts";
import type { Context } from "../../../platform/context.ts";
import { addMedicines, medicineIdOf } from "../../medicines/medicines.ts";

/** Products for tests: `Amovic 625`: its name, then generics with strengths in milligrams. */
const PRODUCTS = {
  amovic: ["Amovic 625 Tablet", { amoxicillin: 500, "clavulanic-acid": 125 }],
  clavoral: ["Clavoral 625 Tablet", { amoxicillin: 500, "clavulanic-acid": 125 }],
  clavoralForte: ["Clavoral 1000 Tablet", { amoxicillin: 875, "clavulanic-acid": 125 }],
  paracip: ["Paracip 500 Tablet", { paracetamol: 500 }],
  dolomed: ["Dolomed 500 Tablet", { paracetamol: 500 }],
  metsulin: ["Metsulin 500 Tablet", { metformin: 500 }],
  cetrimax: ["Cetrimax 10 Tablet", { cetirizine: 10 }],
} as const;
export type ProductName = keyof typeof PRODUCTS;

/** Fill the catalogue; the ids by name. */
export async function aCatalogue(ctx: Context): Promise<Record<ProductName, MedicineId>> {
  const listed = Object.entries(PRODUCTS).map(([ref, [name, generics]]) => ({
    ref,
    profile: MedicineProfile.parse({
      name,
      brand: name.split(" ")[0],
      composition: Object.entries(generics).map(([generic, value]) => ({
        generic: GenericId.parse(generic),
        salt: null,
        name: generic,
        strength: { value, unit: "mg", per: null },
      })),
      form: "tablet",
      route: "oral",
      release: "immediate",
      pack: { text: "strip of 10 tablets", quantity: 10, unit: "unit" },
      manufacturer: null,
      price: null,
      atc: null,
      schedule: null,
      isNarrowTherapeuticIndex: false,
      isPublicPharmacy: false,
      isDiscontinued: false,
    }),
  }));
  await addMedicines(ctx, "test", listed);
  // One id for each product of the table.
  return Object.fromEntries(Object.keys(PRODUCTS).map((ref) => [ref, medicineIdOf("test", ref)])) as Record<
    ProductName,
    MedicineId
  >;
}
