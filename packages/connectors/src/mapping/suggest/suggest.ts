import type { Format, Mapping, MappingText } from "../schema.ts";
import { MAPPING_LANGUAGE, Mapping as MappingSchema } from "../schema.ts";
import type { Finding, Remark } from "./findings.ts";
import { suggestPart, type Sample, type SuggestedPart } from "./suggest-part.ts";

/** A mapping that a sample suggests, and what it rests on. */
export interface Suggestion {
  mapping: Mapping;
  findings: Finding[];
  /** Fields that were not understood, and why. */
  remarks: Remark[];
}

/** Fewer records at another place of the same shape are still a part of the whole. */
const PARTS_MAX = 20;

/**
 * Suggest a mapping from what stands at the places of a file where records may be. Each suggestion
 * has its reason; what was not understood is named.
 *
 * @param title what the mapping is called
 * @returns undefined when nothing was understood at any of them
 */
export function suggestMapping(
  title: string,
  format: Format,
  samples: readonly Sample[],
): Suggestion | undefined {
  const parts = samples.map(suggestPart).filter(({ score }) => score > 0);
  const [best] = parts.toSorted((a, b) => b.score - a.score);
  if (!best) return undefined;
  const isOneTable = best.sample.records.path === undefined;
  // Lists of one shape beside one another, each of another kind of bed.
  const alike = isOneTable
    ? [best]
    : parts
        .filter((part) => part.shape === best.shape && depthOf(part) === depthOf(best))
        .slice(0, PARTS_MAX);
  const chosen =
    alike.includes(best) &&
    alike.length > 1 &&
    new Set(alike.map((part) => JSON.stringify(part.observations))).size === alike.length
      ? alike
      : [best];
  const text: MappingText = {
    language: MAPPING_LANGUAGE,
    title,
    format,
    ...(chosen.length === 1 &&
      Object.keys(best.sample.records).length > 0 && { records: best.sample.records }),
    ...(best.absent.length > 0 && { absent: best.absent }),
    ...(best.facility && { facility: best.facility }),
    ...(best.profile && best.facility?.name !== undefined && { profile: best.profile }),
    ...(best.observedAt && { observedAt: best.observedAt }),
    ...(best.where.length > 0 && { where: best.where }),
    parts: chosen.map((part) => partOf(part, chosen.length > 1)),
  };
  return {
    mapping: MappingSchema.parse(withoutUndefined(text)),
    findings: mergeFindings(chosen),
    remarks: best.remarks,
  };
}

function depthOf({ sample }: SuggestedPart): number {
  return (sample.records.path ?? "").split(".").length;
}

function partOf(
  { sample, fill, gather, observations }: SuggestedPart,
  isOneOfMany: boolean,
): MappingText["parts"][number] {
  return {
    ...(isOneOfMany && { title: sample.records.path ?? "", records: sample.records }),
    ...(fill.length > 0 && { fill }),
    ...(gather && { gather }),
    observations,
  };
}

/** Findings of all parts; of those that are the same in each, the first. */
function mergeFindings(parts: readonly SuggestedPart[]): Finding[] {
  const seen = new Set<string>();
  return parts
    .flatMap(({ findings }) => findings)
    .filter(({ what, field }) => {
      const key = `${what}\n${field}`;
      return seen.has(key) ? false : seen.add(key);
    });
}

/** As JSON would have it: a field that is undefined is none. */
function withoutUndefined<T>(value: T): unknown {
  return JSON.parse(JSON.stringify(value));
}
