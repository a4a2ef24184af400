import fc from "fast-check";
import { expect, test } from "vitest";
import { formulary } from "./formulary.ts";
import { inTallMan, LOOK_ALIKE_PAIRS, lookAlikesOf } from "./look-alikes.ts";
import { equivalenceOf } from "./rules.ts";
import { GenericId, ReleaseType, Route, type Form, type Ingredient, type MedicineProfile } from "./schema.ts";
import { readStrength, strengthKey, strengthText } from "./strengths.ts";

const { entries, substances } = formulary();

test("the formulary is whole: every line can be read, each once, with a code and a form", () => {
  const presentations = entries.flatMap((entry) => entry.presentations());
  expect(presentations.length).toBeGreaterThan(1500);
  const keys = entries.map(({ generics }) => [...generics].sort().join("+"));
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  const codes = presentations.flatMap(({ atc }) => atc ?? []);
  expect(codes.filter((code) => !/^[A-Z]\d\d[A-Z]{2}(\d\d)?$/.test(code))).toEqual([]);
  expect(
    presentations
      .filter(({ form, route }) => form === "other" || route === "unknown")
      .map(({ form }) => form),
  ).toEqual(presentations.filter(({ form }) => form === "kit").map(() => "kit"));
});

test("no presentation stands twice in an entry", () => {
  const twice = entries.flatMap((entry) => {
    const keys = entry.presentations().map((one) => {
      const equivalence = equivalenceOf(one, { substances });
      return "key" in equivalence ? equivalence.key : "";
    });
    return keys.filter((key, at) => key !== "" && keys.indexOf(key) !== at);
  });
  // An indication apart has a code apart: sildenafil for the lungs, finasteride for the hair.
  expect(twice).toEqual([]);
});

test("spellings of one generic are one, and salts that matter are apart", () => {
  const same: [string, string][] = [
    ["Amoxycillin", "amoxicillin trihydrate IP"],
    ["Paracetamol", "Acetaminophen"],
    ["Cephalexin", "Cefalexin"],
    ["Frusemide", "furosemide"],
    ["Cyclosporin", "Ciclosporin"],
    ["Salbutamol Sulphate", "albuterol"],
    ["Amlodipine Besylate", "amlodipine"],
    ["Lignocaine Hydrochloride", "Lidocaine"],
  ];
  for (const [one, other] of same) expect(substances.read(one)).toEqual(substances.read(other));
  const apart: [string, string][] = [
    ["Metoprolol Succinate", "Metoprolol Tartrate"],
    ["Diclofenac Sodium", "Diclofenac Potassium"],
    ["Amlodipine Maleate", "Amlodipine"],
    ["Betamethasone Valerate", "Betamethasone Dipropionate"],
  ];
  for (const [one, other] of apart) {
    expect(substances.read(one)?.generic).toBe(substances.read(other)?.generic);
    expect(substances.read(one)?.salt).not.toBe(substances.read(other)?.salt);
  }
});

test.each([
  ["500mg", "500 mg"],
  ["125mg/5ml", "125 mg/5 ml"],
  ["100IU/ml", "100 IU/ml"],
  ["100mcg/puff", "100 mcg/dose"],
  ["0.05% w/w", "0.05% w/w"],
  ["1:1000", "1:1000"],
  ["10,00,000 IU", "1000000 IU"],
  ["60Million spores", "60 million spores"],
  ["4.6mg/24h", "4.6 mg/24 h"],
])("%s is a strength", (text, words) => {
  const strength = readStrength(text);
  expect(strength && strengthText(strength)).toBe(words);
});

test.each(["", "strip of 10", "12qq", "-5 mg", "0 mg", "mg", "1-2%", "0.5 mg to be mixed", "5/0 ml"])(
  "%j is no strength",
  (text) => expect(readStrength(text)).toBeUndefined(),
);

test("one strength has one key, however it is written", () => {
  const key = (text: string, form: Form) => {
    const strength = readStrength(text);
    return strength && strengthKey(strength, form);
  };
  expect(key("125mg/5ml", "syrup")).toBe(key("25 mg/ml", "syrup"));
  expect(key("0.5 g", "tablet")).toBe(key("500mg", "tablet"));
  expect(key("1%", "cream")).toBe(key("10mg/g", "cream"));
  expect(key("1%", "eye-drops")).toBe(key("10mg/ml", "eye-drops"));
  expect(key("1%", "eye-drops")).not.toBe(key("1%", "cream"));
});

type Compared = Pick<MedicineProfile, "composition" | "form" | "route" | "release">;

const anIngredient: fc.Arbitrary<Ingredient> = fc.record({
  generic: fc.constantFrom("amoxicillin", "amlodipine", "paracetamol").map((id) => GenericId.parse(id)),
  salt: fc.constantFrom(null, "sodium", "maleate"),
  name: fc.constant("a name"),
  strength: fc.record({
    value: fc.constantFrom(5, 250, 500),
    unit: fc.constantFrom("mg", "g", "iu"),
    per: fc.constantFrom(null, { value: 5, unit: "ml" as const }),
  }),
});
const aMedicine: fc.Arbitrary<Compared> = fc.record({
  composition: fc.array(anIngredient, { minLength: 1, maxLength: 3 }),
  form: fc.constantFrom("tablet", "capsule", "dispersible-tablet", "syrup"),
  route: fc.constantFrom("oral", "sublingual"),
  release: fc.constantFrom(...ReleaseType.options),
});

test("nothing counts as equivalent that differs in a generic, salt, strength, form, route or release", () => {
  const keyOf = (one: Compared) => {
    const equivalence = equivalenceOf(one, { substances });
    return "key" in equivalence ? equivalence.key : undefined;
  };
  fc.assert(
    fc.property(aMedicine, aMedicine, (a, b) => {
      const ofA = describe(a);
      const isSame = ofA === describe(b);
      expect(keyOf(a) === keyOf(b)).toBe(isSame);
      expect(keyOf({ ...a, composition: a.composition.toReversed() })).toBe(keyOf(a));
    }),
  );
  function describe({ composition, form, route, release }: Compared): string {
    const parts = composition.map(({ generic, salt, strength }) => {
      const value = strength === null ? 0 : strength.unit === "g" ? strength.value * 1000 : strength.value;
      const unit = strength?.unit === "iu" ? "iu" : "mg";
      return [generic, salt, value, unit, strength?.per?.unit].join(" ");
    });
    return JSON.stringify([parts.sort(), form, route, release]);
  }
});

test("in doubt nothing may stand in: no composition, no strength, a salt that is left open", () => {
  const tablet = { form: "tablet", route: "oral", release: "immediate" } as const;
  const of = (generic: string, strength: Ingredient["strength"]) => ({
    ...tablet,
    composition: [{ generic: GenericId.parse(generic), salt: null, name: generic, strength }],
  });
  const reason = (one: Compared) => equivalenceOf(one, { substances });
  expect(reason({ ...tablet, composition: [] })).toEqual({ reason: "composition-unknown" });
  expect(reason(of("paracetamol", null))).toEqual({ reason: "strength-unknown" });
  const strength = { value: 25, unit: "mg" as const, per: null };
  expect(reason(of("metoprolol", strength))).toEqual({ reason: "salt-unknown" });
  expect(reason({ ...of("paracetamol", strength), form: "kit" })).toEqual({ reason: "form-unknown" });
  expect(Route.options).toContain("unknown");
});

test("known confusions are written in tall-man letters, and known from both sides in every spelling", () => {
  expect(
    new Set(LOOK_ALIKE_PAIRS.map(({ name, other }) => [name, other].sort().join())).size,
  ).toBeGreaterThanOrEqual(150);
  expect(inTallMan("Prednisolone 5 mg, prednisone")).toBe("prednisoLONE 5 mg, predniSONE");
  expect(inTallMan("Paracetamol 500 mg")).toBe("Paracetamol 500 mg");
  expect(lookAlikesOf("Cyclosporin").map(({ other }) => other)).toContain("cycloSERINE");
  expect(lookAlikesOf("paracetamol vexed")).toEqual([]);
});
