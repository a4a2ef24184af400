import type { SpecialtyId } from "@ihims/core/vocabulary/schema.ts";
import { OFFICIAL_NAMES, specialtiesNamed } from "./official-specialties.ts";

/** A text with the specialties of which any is right, as labels of the list that it comes from. */
export interface Case {
  text: string;
  expected: readonly string[];
  /** Whether the labels are those of the official list, which is coarser than ours. */
  isOfficial: boolean;
}

export interface Recalls {
  /** Share of texts of which the first answer is right. */
  recallAt1: number;
  /** Share of texts of which one of the first three answers is right. */
  recallAt3: number;
  /** The same label by label, averaged over the labels: small specialties count as much as large ones. */
  macroRecallAt3: number;
}

export interface Result extends Recalls {
  cases: number;
  meanMs: number;
  /** The three labels that, answered to everything, are right most often. */
  constant: Recalls & { labels: readonly string[] };
  labels: { label: string; found: number; of: number; instead: [string, number][] }[];
}

/** Read the rows of a file of cases. Rows without a known specialty are left out and named. */
export function readCases(rows: readonly Record<string, string>[]): { cases: Case[]; unknown: string[] } {
  const unknown = new Set<string>();
  const cases = rows.flatMap((row): Case[] => {
    const isOfficial = row["package_name"] !== undefined;
    const parts = isOfficial ? [row["package_name"], row["procedure_name"]] : [row["text"]];
    const text = [...new Set(parts.map((part) => (part ?? "").trim()))].join(". ");
    const names = (row["specialties"] ?? "").split(/[;|]/).map((name) => name.trim().toLowerCase());
    const expected = names.filter((name) => specialtiesNamed(name, isOfficial) !== undefined);
    for (const name of names) if (!expected.includes(name)) unknown.add(name);
    return text === "" || expected.length === 0 ? [] : [{ text, expected, isOfficial }];
  });
  return { cases, unknown: [...unknown] };
}

/** Ask for each text and count how often a right specialty is first, or among the first three. */
export function evaluate(cases: readonly Case[], answer: (text: string) => readonly SpecialtyId[]): Result {
  const started = performance.now();
  const answers = cases.map(({ text }) => answer(text));
  const meanMs = (performance.now() - started) / Math.max(1, cases.length);
  const ranked = cases.map((one, at) => ranksOf(one, answers[at] ?? []));
  const constant = bestConstant(cases);
  return {
    cases: cases.length,
    meanMs,
    ...recallsOf(cases, (one, label) => ranked[cases.indexOf(one)]?.get(label) ?? Infinity),
    constant: {
      labels: constant,
      ...recallsOf(cases, (_, label) => (constant.includes(label) ? constant.indexOf(label) + 1 : Infinity)),
    },
    labels: labelsOf(cases, ranked, answers),
  };
}

/**
 * At which place each expected label comes, from 1. Places are counted in labels: on a coarse list
 * two of our specialties that are one label there take one place.
 */
function ranksOf({ expected, isOfficial }: Case, answer: readonly SpecialtyId[]): Map<string, number> {
  const ranks = new Map<string, number>();
  const seen = new Set<string>();
  for (const id of answer) {
    const labels = isOfficial ? officialLabelsOf(id) : [id];
    const place = seen.size + 1;
    for (const label of expected) {
      if (!ranks.has(label) && (specialtiesNamed(label, isOfficial) ?? []).includes(id))
        ranks.set(label, place);
    }
    seen.add(labels[0] ?? id);
  }
  return ranks;
}

function officialLabelsOf(id: SpecialtyId): string[] {
  return [...OFFICIAL_NAMES].filter(([, ids]) => ids.includes(id)).map(([label]) => label);
}

function recallsOf(cases: readonly Case[], rank: (one: Case, label: string) => number): Recalls {
  const share = (within: number) =>
    cases.filter((one) => one.expected.some((label) => rank(one, label) <= within)).length /
    Math.max(1, cases.length);
  const labels = new Set(cases.flatMap(({ expected }) => expected));
  const macro = [...labels].map((label) => {
    const of = cases.filter(({ expected }) => expected.includes(label));
    return of.filter((one) => rank(one, label) <= 3).length / of.length;
  });
  return {
    recallAt1: share(1),
    recallAt3: share(3),
    macroRecallAt3: macro.reduce((sum, one) => sum + one, 0) / Math.max(1, macro.length),
  };
}

function bestConstant(cases: readonly Case[]): string[] {
  const chosen: string[] = [];
  while (chosen.length < 3) {
    const counts = new Map<string, number>();
    for (const { expected } of cases) {
      if (expected.some((label) => chosen.includes(label))) continue;
      for (const label of expected) counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    const best = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
    if (best === undefined) return chosen;
    chosen.push(best);
  }
  return chosen;
}

function labelsOf(
  cases: readonly Case[],
  ranked: readonly Map<string, number>[],
  answers: readonly (readonly SpecialtyId[])[],
): Result["labels"] {
  const labels = new Map<string, { found: number; of: number; instead: Map<string, number> }>();
  for (const [at, { expected }] of cases.entries()) {
    const isFound = expected.some((label) => (ranked[at]?.get(label) ?? Infinity) <= 3);
    for (const label of expected) {
      const row = labels.get(label) ?? { found: 0, of: 0, instead: new Map<string, number>() };
      labels.set(label, row);
      row.of += 1;
      if (isFound) row.found += 1;
      else
        row.instead.set(
          answers[at]?.[0] ?? "nothing",
          (row.instead.get(answers[at]?.[0] ?? "nothing") ?? 0) + 1,
        );
    }
  }
  return [...labels].map(([label, { found, of, instead }]) => ({
    label,
    found,
    of,
    instead: [...instead].sort((a, b) => b[1] - a[1]).slice(0, 4),
  }));
}
