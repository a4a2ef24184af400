import fc from "fast-check";
import { expect, test } from "vitest";
import { compatibleGroups } from "./compatibility.ts";
import { BloodComponent, BloodGroup } from "./schema.ts";

/** `A-: A- O-` for each recipient; a caution as a mark: ! high-titre, * rhd, ? laboratory. */
function table(component: BloodComponent): string[] {
  const marks = { "high-titre": "!", rhd: "*", laboratory: "?" } as const;
  return BloodGroup.options.map(
    (recipient) =>
      `${recipient}: ${compatibleGroups(component, recipient)
        .map(({ group, cautions }) => group + cautions.map((one) => marks[one]).join(""))
        .join(" ")}`,
  );
}

test("red cells: the whole table", () => {
  expect(table("packed-red-cells")).toEqual([
    "O-: O-",
    "O+: O+ O-",
    "A-: A- O-",
    "A+: A+ A- O+ O-",
    "B-: B- O-",
    "B+: B+ B- O+ O-",
    "AB-: AB- A- B- O-",
    "AB+: AB+ AB- A+ A- B+ B- O+ O-",
    "Oh-: Oh-",
    "Oh+: Oh+ Oh-",
  ]);
});

test("whole blood: the whole table", () => {
  expect(table("whole-blood")).toEqual([
    "O-: O-",
    "O+: O+ O-",
    "A-: A-",
    "A+: A+ A-",
    "B-: B-",
    "B+: B+ B-",
    "AB-: AB-",
    "AB+: AB+ AB-",
    "Oh-: Oh-",
    "Oh+: Oh+ Oh-",
  ]);
});

test.each(["fresh-frozen-plasma", "plasma", "cryoprecipitate"] as const)(
  "%s: the whole table",
  (component) => {
    expect(table(component)).toEqual([
      "O-: O- O+ A- A+ B- B+ AB- AB+",
      "O+: O+ O- A+ A- B+ B- AB+ AB-",
      "A-: A- A+ AB- AB+",
      "A+: A+ A- AB+ AB-",
      "B-: B- B+ AB- AB+",
      "B+: B+ B- AB+ AB-",
      "AB-: AB- AB+",
      "AB+: AB+ AB-",
      "Oh-: Oh- Oh+ O- O+ A- A+ B- B+ AB- AB+",
      "Oh+: Oh+ Oh- O+ O- A+ A- B+ B- AB+ AB-",
    ]);
  },
);

test.each(["platelet-concentrate", "apheresis-platelets"] as const)("%s: the whole table", (component) => {
  expect(table(component)).toEqual([
    "O-: O- O+* A- A+* B- B+* AB- AB+*",
    "O+: O+ O- A+ A- B+ B- AB+ AB-",
    "A-: A- A+* AB- AB+* B-! B+!* O-! O+!*",
    "A+: A+ A- AB+ AB- B+! B-! O+! O-!",
    "B-: B- B+* AB- AB+* A-! A+!* O-! O+!*",
    "B+: B+ B- AB+ AB- A+! A-! O+! O-!",
    "AB-: AB- AB+* A-! A+!* B-! B+!* O-! O+!*",
    "AB+: AB+ AB- A+! A-! B+! B-! O+! O-!",
    "Oh-: Oh- Oh+* O-? O+?* A-? A+?* B-? B+?* AB-? AB+?*",
    "Oh+: Oh+ Oh- O+? O-? A+? A-? B+? B-? AB+? AB-?",
  ]);
});

const groups = fc.constantFrom(...BloodGroup.options);
const components = fc.constantFrom(...BloodComponent.options);

/** Antigens on red cells, by the group's name: the Bombay phenotype lacks also H. */
function antigensOf(group: BloodGroup): Set<string> {
  const antigens = new Set<string>();
  if (group.startsWith("A")) antigens.add("A");
  if (/^(B|AB)/.test(group)) antigens.add("B");
  if (!group.startsWith("Oh")) antigens.add("H");
  if (group.endsWith("+")) antigens.add("D");
  return antigens;
}

test("red cells carry nothing that the recipient lacks", () => {
  fc.assert(
    fc.property(
      groups,
      fc.constantFrom("packed-red-cells" as const, "whole-blood" as const),
      (recipient, component) => {
        for (const { group } of compatibleGroups(component, recipient))
          expect([...antigensOf(group)].filter((one) => !antigensOf(recipient).has(one))).toEqual([]);
      },
    ),
  );
});

test("plasma has no antibody against what the recipient has", () => {
  fc.assert(
    fc.property(
      groups,
      fc.constantFrom("fresh-frozen-plasma" as const, "plasma" as const, "cryoprecipitate" as const),
      (recipient, component) => {
        for (const { group } of compatibleGroups(component, recipient)) {
          const against = ["A", "B", "H"].filter((one) => !antigensOf(group).has(one));
          expect(against.filter((one) => antigensOf(recipient).has(one))).toEqual([]);
        }
      },
    ),
  );
});

test("one's own group comes first and without a caution, and none comes twice", () => {
  fc.assert(
    fc.property(groups, components, (recipient, component) => {
      const found = compatibleGroups(component, recipient);
      expect(found[0]).toEqual({ group: recipient, isSame: true, cautions: [] });
      expect(new Set(found.map(({ group }) => group)).size).toBe(found.length);
      expect(found.filter(({ isSame }) => isSame)).toHaveLength(1);
    }),
  );
});
