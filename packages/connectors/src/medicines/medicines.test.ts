import { expect, test } from "vitest";
import { formulary } from "@ihims/core/medicines/formulary.ts";
import { strengthText } from "@ihims/core/medicines/strengths.ts";
import { findMedicineColumns } from "./columns.ts";
import { readComposition } from "./composition.ts";
import { brandOf, medicineListReader } from "./list.ts";
import { readPack } from "./pack.ts";

const { substances } = formulary();

/** A composition in one line: `metoprolol[succinate] 25 mg`. */
function read(text: string): string {
  const composition = readComposition(text, substances);
  if (!composition.ok) return `put aside: ${composition.problem}`;
  return composition.composition
    .map(({ generic, salt, strength }) =>
      [salt === null ? generic : `${generic}[${salt}]`, strength ? strengthText(strength) : ""]
        .join(" ")
        .trim(),
    )
    .join(" + ");
}

test.each([
  ["Amoxycillin  (500mg) +  Clavulanic Acid (125mg)", "amoxicillin 500 mg + clavulanic-acid 125 mg"],
  ["Paracetamol 500 mg/5ml", "paracetamol 500 mg/5 ml"],
  ["Insulin Glargine (100IU/ml)", "insulin-glargine 100 IU/ml"],
  ["Salbutamol 100mcg/puff", "salbutamol 100 mcg/dose"],
  ["Betamethasone 0.05% w/w", "betamethasone 0.05% w/w"],
  ["Metoprolol Succinate (25mg)", "metoprolol[succinate] 25 mg"],
  ["Diclofenac Diethylamine (1.16% w/w)", "diclofenac[diethylamine] 1.16% w/w"],
  [
    "Each 5 ml contains: Paracetamol IP 125 mg, Phenylephrine Hydrochloride IP 5 mg",
    "paracetamol 125 mg/5 ml + phenylephrine 5 mg/5 ml",
  ],
  ["Amoxycillin trihydrate IP equivalent to amoxycillin 500 mg", "amoxicillin 500 mg"],
  ["Lidocaine 2% and Adrenaline 1:200000", "lidocaine 2% + epinephrine 1:200000"],
  ["Telmisartan 40mg & Amlodipine 5mg", "telmisartan 40 mg + amlodipine 5 mg"],
  ["Co-Trimoxazole (Trimethoprim + Sulphamethoxazole)", "trimethoprim + sulfamethoxazole"],
  ["Vitamin D3 (NA)", "colecalciferol"],
  ["Heparin (5,000IU/ml)", "heparin 5000 IU/ml"],
  ["Foo (12qq)", 'put aside: the strength "12qq" of "Foo" cannot be read'],
  ["12345", 'put aside: "12345" is no ingredient'],
  ["", ""],
])("%j is %j", (text, expected) => expect(read(text)).toBe(expected));

test.each([
  ["strip of 10 tablets", "tablet", 10, "unit"],
  ["bottle of 100 ml Syrup", "syrup", 100, "ml"],
  ["tube of 15 gm Cream", "cream", 15, "g"],
  ["10x10", "tablet", 100, "unit"],
  ["inhaler of 200 MDI", "inhaler", 200, "dose"],
  ["vial of 1 Injection", "injection", 1, "unit"],
  ["box", "tablet", null, "unit"],
] as const)("a pack of %s has its size", (text, form, quantity, unit) =>
  expect(readPack(text, form)).toEqual({ text, quantity, unit }),
);

test("columns are found by their headers, several for a composition, and by what somebody says", () => {
  const headers =
    "id,name,price(₹),Is_discontinued,manufacturer_name,type,pack_size_label,short_composition1,short_composition2".split(
      ",",
    );
  const found = findMedicineColumns(headers, "");
  expect(found.ok && found.columns).toMatchObject({
    id: [0],
    name: [1],
    price: [2],
    discontinued: [3],
    manufacturer: [4],
    pack: [6],
    composition: [7, 8],
  });
  const said = findMedicineColumns(["A", "B"], "name=A,composition=B");
  expect(said.ok && said.columns).toMatchObject({ name: [0], composition: [1] });
  expect(findMedicineColumns(["A"], "")).toMatchObject({ ok: false });
  expect(findMedicineColumns(["A"], "nome=A")).toMatchObject({ ok: false });
});

test.each([
  ["Augmentin 625 Duo Tablet", "Augmentin"],
  ["Azithral 500mg Tablet", "Azithral"],
  ["Allegra-M Tablet", "Allegra-M"],
  ["Ascoril LS Syrup", "Ascoril LS"],
])("the brand of %s is %s", (name, brand) => expect(brandOf(name)).toBe(brand));

test("columns that have slipped are named by what stands in them", () => {
  const reader = medicineListReader(["medicine", "form", "strength"], {
    formulary: formulary(),
    currency: "INR",
  });
  if (!reader.ok) throw new Error(reader.problem);
  const reasonOf = (...fields: string[]) => {
    const [row] = reader.read({ place: "line 2", fields });
    return row?.kind === "rejected" ? row.reason : row?.profile.name;
  };
  expect(reasonOf("Diclofenac", "Tablets", "50 mg")).toBe("Diclofenac 50 mg Tablets");
  expect(reasonOf("Diclofenac", "50 mg", "Tablets")).toContain("the two columns have slipped");
  expect(reasonOf("Oxytocin", "Added medicines", "5 IU")).toContain("which is none");
  expect(reasonOf("Diltiazem", "Tablets, Injection", "30 mg, 5 mg/ml")).toContain(
    "which strength is of which",
  );
  expect(reasonOf("120.50", "Tablets", "50 mg")).toContain("is no name");
});
