import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ServiceId, SpecialtyId } from "./schema.ts";
import { SPECIALTIES, specialtyName } from "./specialties.ts";
import { VOCABULARY } from "./vocabulary.ts";

/** Every fault of an entry in words, so that one run names them all. */
function faults(of: (entry: (typeof VOCABULARY)[number]) => boolean): string[] {
  return VOCABULARY.filter(of).map(({ id }) => id);
}

describe("the vocabulary is whole", () => {
  test("no id is used twice, and all are kebab-case", () => {
    const ids = VOCABULARY.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(faults(({ id }) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
  });

  test("every entry has words in all three languages, each once", () => {
    for (const lang of ["en", "hi", "mr"] as const) {
      expect(
        faults((entry) => entry[lang].length === 0 || entry[lang].some((word) => word.trim() === "")),
      ).toEqual([]);
      expect(faults((entry) => new Set(entry[lang]).size !== entry[lang].length)).toEqual([]);
    }
    expect(faults(({ hi, mr }) => [...hi, ...mr].some((word) => !/[\u0900-\u097f]/.test(word)))).toEqual([]);
  });

  test("codes are categories of ICD-10, and only procedures have none", () => {
    expect(faults(({ icd10 }) => icd10.some((code) => !/^[A-TV-Z]\d\d$|^U\d\d$/.test(code)))).toEqual([]);
    expect(faults(({ kind, icd10 }) => kind !== "procedure" && icd10.length === 0)).toEqual([]);
  });

  test("every entry leads to one to four specialties, each once", () => {
    expect(faults(({ specialties }) => specialties.length < 1 || specialties.length > 4)).toEqual([]);
    expect(
      faults(
        ({ specialties, child = [] }) =>
          new Set(specialties).size !== specialties.length || new Set(child).size !== child.length,
      ),
    ).toEqual([]);
    expect(
      faults(({ needs }) => (needs?.services ?? []).some((service) => !ServiceId.options.includes(service))),
    ).toEqual([]);
  });

  test("it is as wide as it has to be: 900 conditions and complaints, 150 procedures", () => {
    const procedures = VOCABULARY.filter(({ kind }) => kind === "procedure").length;
    expect(procedures).toBeGreaterThanOrEqual(150);
    expect(VOCABULARY.length - procedures).toBeGreaterThanOrEqual(900);
  });

  test("every list of conditions and procedures is part of it", async () => {
    const known = new Set(VOCABULARY.map(({ id }) => id));
    const files = readdirSync(import.meta.dirname).filter((name) =>
      /^(conditions|procedures)-[a-z-]+\.ts$/.test(name),
    );
    expect(files.length).toBeGreaterThan(0);
    for (const name of files) {
      const lists = Object.values((await import(`./${name}`)) as Record<string, readonly { id: string }[]>);
      expect(
        lists.flat().filter(({ id }) => !known.has(id)),
        name,
      ).toEqual([]);
    }
  });

  test("no specialty is an orphan", () => {
    expect(SPECIALTIES.map(({ id }) => id)).toEqual(SpecialtyId.options);
    expect(SPECIALTIES.length).toBeGreaterThanOrEqual(60);
  });
});

test("a specialty has a name in each language and a code of SNOMED's form where FHIR lists one", () => {
  for (const { id, snomed } of SPECIALTIES) {
    if (snomed !== null) expect(snomed).toMatch(/^\d{9}$/);
    expect(specialtyName(id, "hi")).toMatch(/[\u0900-\u097f]/);
    expect(specialtyName(id, "mr")).toMatch(/[\u0900-\u097f]/);
  }
});
