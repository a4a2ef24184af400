import type { Ownership } from "@ihims/core/facilities/schema.ts";

/** Words that say who owns a place, most telling first: a municipal trust hospital is the municipality's. */
const OWNERSHIP_BY_WORD: readonly [RegExp, Ownership][] = [
  [/\b(military|army|armed|navy|naval|air force|defence|defense|cantonment)\b/u, "armed-forces"],
  [/\b(municipal|municipality|corporation|city council)\b/u, "municipal"],
  [/\b(employer|railway|railways|company|esi|esic)\b/u, "employer"],
  [
    /\b(trust|charitable|charity|ngo|religious|mission|non[- ]?profit|private_non_profit|community|foundation|cooperative)\b/u,
    "trust",
  ],
  [/\b(private|pvt|business|commercial|corporate|for[- ]?profit)\b/u, "private"],
  [/\b(government|govt|gov|public|state|central|national|federal)\b/u, "government"],
];

/** Read who owns a place from words as `Govt. hospital` or the tag `operator:type`; null when they do not say. */
export function readOwnership(text: string | undefined): Ownership | null {
  const words = (text ?? "").toLowerCase();
  return OWNERSHIP_BY_WORD.find(([word]) => word.test(words))?.[1] ?? null;
}
