import fc from "fast-check";
import { expect, test } from "vitest";
import { editsBetween } from "../../search/edits.ts";
import { ABBREVIATIONS } from "../data/abbreviations.ts";
import { formulary } from "../formulary.ts";
import { LOOK_ALIKE_PAIRS } from "../look-alikes.ts";
import type { Form } from "../schema.ts";
import { readStrength } from "../strengths.ts";
import { MedicineIndex } from "./medicine-index.ts";
import { NearWords } from "./near-words.ts";
import { medicineSound } from "./sound.ts";
import { WordStore } from "./word-store.ts";

/** An index of products, each given as `name | generic strength + generic strength | form`. */
function anIndex(...products: string[]) {
  const { substances, namesOf } = formulary();
  const index = new MedicineIndex((generic) => [
    ...namesOf(generic),
    ...(ABBREVIATIONS[generic]?.split(", ") ?? []),
  ]);
  const names: string[] = [];
  const put = (product: string) => {
    const [name = "", composition = "", form = "tablet"] = product.split(" | ");
    const number = index.put({
      name,
      otherNames: [],
      composition: composition.split(" + ").map((one) => {
        const [, substance = "", strength = ""] = /^(.*?) ?(\d\S*)?$/.exec(one) ?? [];
        const generic = substances.read(substance)?.generic;
        if (!generic) throw new Error(`${substance} is no substance`);
        return { generic, strength: readStrength(strength) ?? null };
      }),
      form: form as Form, // the cases below name forms
      isGenericNamed: false,
      isImmediate: true,
    });
    names[number] = name;
    return number;
  };
  for (const product of products) put(product);
  const find = (text: string) => {
    const { items, ...more } = index.find(text, { isTyping: true });
    return { ...more, names: items.map(({ product }) => names[product] ?? "") };
  };
  return { index, put, find };
}

const SHOP = anIndex(
  "Augmentin 625 Duo Tablet | amoxicillin 500mg + clavulanic acid 125mg",
  "Azithral 500mg Tablet | azithromycin 500mg",
  "Azithral 250mg Tablet | azithromycin 250mg",
  "Azithral 200 Liquid | azithromycin 200mg/5ml | oral-solution",
  "Allegra-M Tablet | fexofenadine 120mg + montelukast 10mg",
  "Allegra 120mg Tablet | fexofenadine 120mg",
  "Ascoril LS Syrup | ambroxol 30mg/5ml + levosalbutamol 1mg/5ml + guaifenesin 50mg/5ml | syrup",
  "Ascoril D Syrup | dextromethorphan 10mg/5ml + chlorphenamine 2mg/5ml | syrup",
  "Crocin 650 Tablet | paracetamol 650mg",
  "Losec Capsule | omeprazole 20mg | capsule",
  "Lasix 40mg Tablet | furosemide 40mg",
  "T-Bact Ointment | mupirocin 2% | ointment",
  "Telma-H Tablet | telmisartan 40mg + hydrochlorothiazide 12.5mg",
);

test.each([
  ["TAB AMOX CLAV 625", "Augmentin 625 Duo Tablet", true],
  ["PCM 650", "Crocin 650 Tablet", true],
  ["azithral 250", "Azithral 250mg Tablet", true],
  ["azithral liquid", "Azithral 200 Liquid", true],
  ["allegra", "Allegra 120mg Tablet", true],
  ["allegra m", "Allegra-M Tablet", true],
  ["tbact", "T-Bact Ointment", true],
  ["telmah", "Telma-H Tablet", true],
  ["aug mentin", "Augmentin 625 Duo Tablet", true],
  ["azthral 500", "Azithral 500mg Tablet", false],
  ["asithral 500", "Azithral 500mg Tablet", false],
  ["अझिथ्राल 500", "Azithral 500mg Tablet", false],
  ["क्रोसिन", "Crocin 650 Tablet", false],
  ["crosin 650 tabelt", "Crocin 650 Tablet", false],
  ["augm", "Augmentin 625 Duo Tablet", false],
  ["ascoril ls", "Ascoril LS Syrup", true],
])("%j means %j first; certain: %s", (text, expected, certain) => {
  const found = SHOP.find(text);
  expect([found.names[0], found.isCertain]).toEqual([expected, certain]);
});

test("a name that several medicines have, and one between two, are in doubt, and all are shown", () => {
  expect(SHOP.find("ascoril")).toMatchObject({
    isCertain: false,
    names: ["Ascoril LS Syrup", "Ascoril D Syrup"],
  });
  const between = SHOP.find("lasec");
  expect(between.isCertain).toBe(false);
  expect(between.names.slice(0, 2).toSorted()).toEqual(["Lasix 40mg Tablet", "Losec Capsule"]);
});

test("a strength that no product has is told as not found, and nothing is certain", () => {
  const found = SHOP.index.find("azithral 750", { isTyping: false });
  expect(found.isCertain).toBe(false);
  expect(found.items[0]?.hasStrength).toBe(false);
});

test("products come and go while they are searched", () => {
  const { index, put, find } = anIndex("Crocin 650 Tablet | paracetamol 650mg");
  const added = put("Dolo 650 Tablet | paracetamol 650mg");
  expect(find("dolo").names[0]).toBe("Dolo 650 Tablet");
  index.remove(added);
  expect(find("dolo").names).not.toContain("Dolo 650 Tablet");
  expect([index.size, index.slots]).toEqual([1, 2]);
});

test("whatever is typed is answered", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => void SHOP.find(text)));
  for (const text of ["", " ", "%", "mg", "500", "tablet", "x".repeat(500), "ा", "\u0000"]) SHOP.find(text);
});

test("no name of the look-alike list, as it is or with a letter wrong, is taken for another without a word", () => {
  const names = [...new Set(LOOK_ALIKE_PAIRS.map(({ name }) => name.toLowerCase()))];
  const { index } = anIndex(...names.map((name) => `${name} | ${name}`));
  const confused: string[] = [];
  for (const [product, name] of names.entries()) {
    const typed = [
      name,
      ...[...name].flatMap((_, at) => [
        name.slice(0, at) + name.slice(at + 1),
        `${name.slice(0, at)}e${name.slice(at + 1)}`,
      ]),
    ];
    for (const text of typed) {
      const { items, isCertain } = index.find(text, { isTyping: false });
      const [first] = items;
      if (first && isCertain && index.compositionOf(first.product) !== index.compositionOf(product))
        confused.push(`${text} for ${name}`);
    }
  }
  expect(confused).toEqual([]);
});

test("all words within two errors are found, and no others", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "e", "x"), minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 30 }),
      word,
      fc.constantFrom(1 as const, 2 as const),
      (words, typed, errors) => {
        const store = new WordStore();
        const near = new NearWords(store);
        for (const one of words) if (store.find(one) < 0) near.add(store.add(one));
        const found = new Map<string, number>();
        near.find(typed, errors, (number, apart) => void found.set(store.text(number), apart));
        for (const one of new Set(words)) {
          const apart = editsBetween(typed, one, errors);
          expect(found.get(one)).toBe(apart <= errors ? apart : undefined);
        }
      },
    ),
  );
});

test.each([
  ["Azithral", "अझिथ्राल"],
  ["Crocin", "क्रोसिन"],
  ["metformin", "मेटफॉर्मिन"],
  ["phenytoin", "fenitoin"],
  ["Zyrtec", "zirtek"],
  ["xylocaine", "झायलोकेन"],
])("%s sounds like %s", (one, other) => expect(medicineSound(one)).toBe(medicineSound(other)));
