import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { ABBREVIATIONS } from "@ihims/core/medicines/data/abbreviations.ts";
import { formulary } from "@ihims/core/medicines/formulary.ts";
import { LOOK_ALIKE_PAIRS } from "@ihims/core/medicines/look-alikes.ts";
import { genericsKey } from "@ihims/core/medicines/rules.ts";
import type { MedicineProfile } from "@ihims/core/medicines/schema.ts";
import { MedicineIndex } from "@ihims/core/medicines/search/medicine-index.ts";
import { tokensOf } from "@ihims/core/medicines/search/product-words.ts";
import { medicineListReader, type RejectedMedicine } from "@ihims/connectors/medicines/list.ts";

/** What is kept of a product beside the index, to judge answers by. */
interface Known {
  /** Words of its name, in one text. */
  name: string;
  generics: string;
}

/** A catalogue with its index. */
export interface EvalCatalogue {
  index: MedicineIndex;
  products: Known[];
  rejected: RejectedMedicine[];
  /** What the index takes, in MiB, as the heap and the buffers grew by it. */
  indexMiB: number;
}

export interface EvalCase {
  query: string;
  expected: string;
  class: string;
}

/** What came of the searches of one class. */
export interface ClassResult {
  searches: number;
  first: number;
  amongFive: number;
  /** Another generic first, and nothing said of it. */
  dangerous: EvalCase[];
  /** Told to be in doubt. */
  unsure: number;
  missed: EvalCase[];
}

const SHOWN = 5;

/** Words of a text as the search compares them. */
export function plain(text: string): string {
  return tokensOf(text)
    .map((token) => token.text)
    .join(" ");
}

/** Read a list of medicines as `ihims import medicines` does, and index it. */
export function readCatalogue(
  headers: readonly string[],
  records: Iterable<{ place: string; fields: readonly string[] }>,
): EvalCatalogue {
  const reader = medicineListReader(headers, { formulary: formulary(), currency: "INR" });
  if (!reader.ok) throw new Error(reader.problem);
  const rejected: RejectedMedicine[] = [];
  const profiles: MedicineProfile[] = [];
  for (const record of records)
    for (const row of reader.read(record)) {
      if (row.kind === "medicine") profiles.push(row.profile);
      else rejected.push(row);
    }
  const before = usedBytes();
  const index = makeIndex();
  for (const profile of profiles) put(index, profile);
  const indexMiB = (usedBytes() - before) / 2 ** 20;
  const products = profiles.map(({ name, composition }) => ({
    name: plain(name),
    generics: genericsKey(composition),
  }));
  return { index, products, rejected, indexMiB };
}

export function makeIndex(): MedicineIndex {
  return new MedicineIndex((generic) => [
    ...formulary().namesOf(generic),
    ...(ABBREVIATIONS[generic]?.split(", ") ?? []),
  ]);
}

function put(
  index: MedicineIndex,
  { name, names, composition, form, brand, release }: MedicineProfile,
): void {
  index.put({
    name,
    otherNames: Object.values(names),
    composition,
    form,
    isGenericNamed: brand === null,
    isImmediate: release === "immediate",
  });
}

/** Heap and buffers that are in use, after everything that is not was thrown away. */
export function usedBytes(): number {
  setFlagsFromString("--expose-gc");
  // The flag brings the function only into contexts that are made after it.
  (runInNewContext("gc") as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/**
 * Search for every case, and take the time of each, in milliseconds and in their order. The expected is a product's name, a brand, or a generic. A product is right
 * when it has that name; of a search that says no strength, when it has that brand and those
 * generics; when it begins with that brand; when its generics are those.
 */
export function evaluate({ index, products }: EvalCatalogue, cases: readonly EvalCase[]) {
  const byName = Map.groupBy(products, ({ name }) => name);
  const byBrand = Map.groupBy(products, ({ name }) => name.split(" ")[0] ?? "");
  const results = new Map<string, ClassResult>();
  const times: number[] = [];
  for (const one of cases) {
    const started = performance.now();
    const found = index.find(one.query, { isTyping: false });
    times.push(performance.now() - started);
    const isRight = judgeOf(one, byName, byBrand);
    const shown = found.items.slice(0, SHOWN).flatMap(({ product }) => products[product] ?? []);
    const result = results.get(one.class) ?? {
      searches: 0,
      first: 0,
      amongFive: 0,
      dangerous: [],
      unsure: 0,
      missed: [],
    };
    results.set(one.class, result);
    result.searches += 1;
    if (!found.isCertain) result.unsure += 1;
    const [first] = shown;
    if (first && isRight(first)) result.first += 1;
    if (shown.some(isRight)) result.amongFive += 1;
    else result.missed.push(one);
    if (first && found.isCertain && !isRight.hasGenerics(first)) result.dangerous.push(one);
  }
  return { results, times };
}

type Names = ReadonlyMap<string, readonly Known[]>;
type Judge = ((known: Known) => boolean) & { hasGenerics(known: Known): boolean };

function judgeOf({ query, expected }: EvalCase, byName: Names, byBrand: Names): Judge {
  const wanted = plain(expected);
  const [brand = ""] = wanted.split(" ");
  const substances = expected.split("+").map((part) => formulary().substances.read(part)?.generic ?? "");
  const asGenerics = substances.toSorted().join("+");
  const named = byName.get(wanted);
  const begun = byBrand.get(brand)?.filter(({ name }) => name.startsWith(`${wanted} `)) ?? [];
  const generics = new Set([...(named ?? begun).map((one) => one.generics), asGenerics]);
  const hasStrength = /\d/.test(query);
  const isRight = (known: Known) => {
    if (known.name === wanted || known.name.startsWith(`${wanted} `)) return true;
    if (named && hasStrength) return false;
    if (named) return known.name.startsWith(`${brand} `) && generics.has(known.generics);
    return known.generics === asGenerics;
  };
  return Object.assign(isRight, { hasGenerics: (known: Known) => generics.has(known.generics) });
}

/** Every name of the look-alike list as a product of its own, searched as it is and with each letter wrong in turn. */
export function lookAlikeCases(): { catalogue: EvalCatalogue; cases: EvalCase[] } {
  const names = [...new Set(LOOK_ALIKE_PAIRS.map(({ name }) => name.toLowerCase()))];
  const catalogue = readCatalogue(
    ["name", "composition"],
    names.map((name, at) => ({ place: `line ${at}`, fields: [name, `${name} (10mg)`] })),
  );
  const cases = names.flatMap((name) => [
    { query: name, expected: name, class: "as it is" },
    ...[...name].flatMap((letter, at) => {
      const [before, after] = [name.slice(0, at), name.slice(at + 1)];
      const next = name[at + 1] ?? "";
      return [
        { query: before + after, expected: name, class: "a letter missing" },
        { query: `${before}${letter === "e" ? "a" : "e"}${after}`, expected: name, class: "a letter wrong" },
        { query: `${before}${next}${letter}${after.slice(1)}`, expected: name, class: "two letters swapped" },
      ];
    }),
  ]);
  return { catalogue, cases };
}
