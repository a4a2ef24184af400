import { readDateText } from "../date-text.ts";
import { orderOf } from "../moments.ts";
import type { MomentSpec } from "../schema.ts";
import { isDateText, type Column } from "./columns.ts";
import type { Finding } from "./findings.ts";

/** What a column's dates ask of a mapping, and how sure that is. */
export function suggestMoment(
  date: Column,
  time: Column | undefined,
): { spec: MomentSpec; finding: Finding } {
  const said = date.texts.filter((text) => text !== "0");
  const style = styleOf(said);
  const hasZeros = said.length < date.texts.length;
  const isPartial = date.filled < 1 || hasZeros;
  const spec: MomentSpec = {
    date: hasZeros ? { field: date.field, absent: ["0"] } : date.field,
    ...(time && { time: time.field }),
    ...style.spec,
    ...(isPartial && { otherwise: "fetch-time" as const }),
  };
  return {
    spec,
    finding: {
      what: "when it was seen",
      field: date.field,
      confidence: style.confidence,
      reason: style.reason,
    },
  };
}

function styleOf(texts: readonly string[]): {
  spec: Partial<MomentSpec>;
  confidence: Finding["confidence"];
  reason: string;
} {
  if (texts.every((text) => /^\d{13}$/u.test(text)))
    return {
      spec: { style: "epoch-milliseconds" },
      confidence: "sure",
      reason: "thirteen figures: milliseconds since 1970",
    };
  if (texts.every((text) => /^\d{10}$/u.test(text)))
    return {
      spec: { style: "epoch-seconds" },
      confidence: "sure",
      reason: "ten figures: seconds since 1970",
    };
  const dates = texts.flatMap((text) => {
    const read = readDateText(text);
    return read.ok ? [read.date] : [];
  });
  const year = dates.some(
    (date) => date.year === undefined && date.epochMs === undefined && date.agoMs === undefined,
  )
    ? { year: "latest" as const }
    : {};
  const open = dates.flatMap(({ unordered }) => unordered ?? []);
  if (open.length === 0)
    return { spec: year, confidence: "sure", reason: "its dates can be read in one way only" };
  const orders = new Set(open.flatMap((pair) => orderOf(pair) ?? []));
  if (orders.size === 1)
    return {
      spec: { ...year, style: "infer" },
      confidence: "sure",
      reason: `its dates can only be ${[...orders].join()}`,
    };
  return {
    spec: { ...year, style: "day-first" },
    confidence: "guess",
    reason: "its dates can be read as day or month first: day first is assumed, look at this",
  };
}

const SAYS_WHEN =
  /(?:updated|as on|as of|as at|status on|date|dated|stand|generated|अद्ययावत|दिनांक)[^\n]{0,12}?[:\s-]\s*([^\n]*\d[^\n]*)/iu;

/** A date in the words above a table, as a mapping would read it; undefined when there is none. */
export function suggestAbove(
  above: string,
  field: "$above" | "$page",
): { spec: MomentSpec; finding: Finding } | undefined {
  const match = SAYS_WHEN.exec(above);
  if (!match) return undefined;
  const text = match[1]?.trim() ?? "";
  if (!isDateText(text)) return undefined;
  const word = /^[^\s:]+(?: (?:on|of|at))?/u.exec(match[0])?.[0] ?? "";
  const style = styleOf([text]);
  const pattern = `${word.replace(/[^\p{L}\p{M} ]/gu, ".")}[^\\n]{0,12}?[: -]\\s*([^\\n]*\\d[^\\n]*)`;
  return {
    spec: { date: { field, pattern }, ...style.spec },
    finding: {
      what: "when it was seen",
      field,
      confidence: style.confidence === "sure" ? "likely" : "guess",
      reason: `"${text.slice(0, 60)}" stands above the table; ${style.reason}`,
    },
  };
}
