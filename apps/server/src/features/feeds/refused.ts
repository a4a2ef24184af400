import type { RefusedLine } from "@ihims/core/feeds/endpoints.ts";

const COLUMNS = ["place", "field", "text", "code", "reason"] as const;

/** Refused lines as CSV (RFC 4180), with the mark by which spreadsheets know UTF-8. */
export function refusedCsv(lines: readonly RefusedLine[]): string {
  const rows = [COLUMNS.join(","), ...lines.map((line) => COLUMNS.map((name) => cell(line[name])).join(","))];
  return `\uFEFF${rows.join("\r\n")}\r\n`;
}

/** A text that a spreadsheet would take for a formula is made one that it does not. */
function cell(value: string | null): string {
  const text = value ?? "";
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
