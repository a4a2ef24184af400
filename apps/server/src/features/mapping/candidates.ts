import { SaxesParser } from "saxes";
import { tablesOf } from "@ihims/connectors/mapping/formats/html.ts";
import { parseJsonText } from "@ihims/connectors/mapping/formats/json-text.ts";
import type { GridCell, GridRow } from "@ihims/connectors/mapping/formats/table.ts";
import { UnreadableSource } from "@ihims/connectors/mapping/record.ts";
import type { Format, Records } from "@ihims/connectors/mapping/schema.ts";
import { readCsvGrid } from "./csv.ts";
import { readAll, textOf, unpacked, wholeText, type Source } from "./source.ts";
import { readWorkbook, WORKBOOK_MAX_BYTES } from "./xlsx.ts";

const HEAD_BYTES = 100_000;
const ROWS_MAX = 60;
const TABLES_MAX = 30;
const PLACES_MAX = 60;
const TREE_DEPTH_MAX = 5;
const WHOLE_MAX_CHARS = 50_000_000;

/** What format a source is in, by its first bytes. */
export async function formatOf(source: Source): Promise<Format["kind"]> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of unpacked(source)) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= HEAD_BYTES) break;
  }
  const head = Buffer.concat(chunks).subarray(0, HEAD_BYTES);
  if (head[0] === 0x50 && head[1] === 0x4b) return "xlsx";
  const text = head
    .toString("utf8")
    .replace(/^\uFEFF/u, "")
    .trimStart();
  if (text === "") throw new UnreadableSource("it is empty");
  if (/^<\?xml|^<(?!!doctype html|html|head|body|table|div|p\b|!--)/iu.test(text))
    return /<html/iu.test(text.slice(0, 2000)) ? "html" : "xml";
  if (text.startsWith("<")) return "html";
  if (/^[[{]/u.test(text)) return isLineByLine(text) ? "ndjson" : "json";
  return /^(?:\)\]\}'|(?:(?:var|let|const)\s+)?[\w$.]+\s*[=(]\s*[[{])/u.test(text) ? "json" : "csv";
}

function isLineByLine(text: string): boolean {
  const [first = "", second = ""] = text.split("\n");
  return (
    first.trim().startsWith("{") &&
    second.trim().startsWith("{") &&
    [first, second].every((line) => isJson(line) || line === second)
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Places of a source where its records may be, the likelier before. */
export async function candidatesOf(source: Source, kind: Format["kind"]): Promise<Records[]> {
  switch (kind) {
    case "ndjson":
      return [{}];
    case "csv": {
      const rows: GridRow[] = [];
      for await (const row of readCsvGrid(textOf(source, undefined), undefined))
        if (rows.push(row) >= ROWS_MAX) break;
      return headersIn(rows).map((header) => (header ? { header } : {}));
    }
    case "html": {
      const tables = tablesOf(await wholeText(source, undefined, WHOLE_MAX_CHARS));
      return tables
        .toSorted((a, b) => b.rows.length - a.rows.length)
        .slice(0, TABLES_MAX)
        .flatMap(({ rows }) =>
          headersIn(rows.slice(0, ROWS_MAX), true).map((header) => ({
            table: "*" as const,
            ...(header && { header }),
          })),
        );
    }
    case "xlsx": {
      const sheets = await readWorkbook(await readAll(source, WORKBOOK_MAX_BYTES));
      return sheets.slice(0, TABLES_MAX).flatMap(({ name, rows }) =>
        headersIn(rows.slice(0, ROWS_MAX)).map((header): Records => ({
          sheet: name,
          ...(header && { header }),
        })),
      );
    }
    case "json":
      return placesIn(parseJsonText(await wholeText(source, undefined, WHOLE_MAX_CHARS)));
    case "xml":
      return elementsIn(await wholeText(source, undefined, WHOLE_MAX_CHARS));
  }
}

function textIn(cell: GridCell | undefined): string {
  return typeof cell === "string" || typeof cell === "number"
    ? String(cell).replace(/\s+/gu, " ").trim()
    : "";
}

function isBlank({ cells }: GridRow): boolean {
  return cells.every((cell) => textIn(cell) === "");
}

type HeaderSpec = Exclude<Records["header"], "none" | undefined>;

/** Rows that may be the header, over one, two and three rows, by their words; undefined: the first row that is not blank. */
function headersIn(rows: readonly GridRow[], isNamed = false): (HeaderSpec | undefined)[] {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.filter((cell) => textIn(cell) !== "").length));
  const full = rows.filter((row) => !isBlank(row));
  const found: (HeaderSpec | undefined)[] = [];
  for (const [at, row] of full.entries()) {
    const texts = row.cells.map(textIn).filter((text) => text !== "");
    const words = texts.filter((text) => !/^[\d.,%-]+$/u.test(text));
    if (texts.length < 2 || words.length < 0.6 * texts.length || texts.length < 0.25 * width) continue;
    const base: HeaderSpec | undefined = at === 0 && !isNamed ? undefined : { words: wordsOf(row) };
    found.push(
      base,
      { ...(base ?? { row: row.number }), rows: 2 },
      { ...(base ?? { row: row.number }), rows: 3 },
    );
    if (found.length >= 12) break;
  }
  return found.length > 0 ? found : [undefined];
}

/** Words that tell a header's row from others: its first ones. */
function wordsOf(row: GridRow): string[] {
  const texts = row.cells.map(textIn).filter((text) => /\p{L}{2}/u.test(text));
  return [...new Set(texts)].slice(0, 3);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Lists, objects keyed by names, and lists side by side in a tree. */
function placesIn(root: unknown): Records[] {
  const found: Records[] = [];
  const add = (path: string, more: Records = {}) => {
    if (found.length < PLACES_MAX) found.push({ ...(path !== "" && { path }), ...more });
  };
  const visit = (value: unknown, path: string, depth: number) => {
    if (depth > TREE_DEPTH_MAX || found.length >= PLACES_MAX) return;
    const below = (key: string) => (path === "" ? key : `${path}.${key}`);
    if (Array.isArray(value)) {
      const [first] = value as unknown[];
      if (Array.isArray(first)) {
        const isHeader = first.every((cell) => typeof cell === "string" && !/[\d<]/u.test(cell));
        add(path, isHeader ? { header: { row: 1 } } : {});
      }
      if (!isObject(first)) return;
      add(path);
      for (const [key, member] of Object.entries(first)) visit(member, `${below("*")}.${key}`, depth + 2);
      return;
    }
    if (!isObject(value)) return;
    const members = Object.entries(value);
    const objects = members.filter(([, member]) => isObject(member));
    const lists = members.filter(
      ([, member]) => Array.isArray(member) && member.every((one) => typeof one !== "object" || one === null),
    );
    if (lists.length >= 2 && lists.length >= members.length / 2) add(path, { columnar: true });
    if (objects.length >= 1 && objects.length >= members.length * 0.8) add(below("*"));
    const [one] = objects;
    if (one && objects.length > 3 && isObject(one[1]))
      for (const [key, member] of Object.entries(one[1])) visit(member, `${below("*")}.${key}`, depth + 2);
    for (const [key, member] of members.slice(0, 40))
      if (!/[.*[\]]/u.test(key)) visit(member, below(key), depth + 1);
  };
  visit(root, "", 0);
  return found.length > 0 ? found : [{}];
}

/** Paths of elements that come more than once, the most frequent first. */
function elementsIn(text: string): Records[] {
  const counts = new Map<string, number>();
  const open: string[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw new UnreadableSource(`it is not XML that can be read: ${error.message.slice(0, 200)}`);
  });
  parser.on("opentag", ({ name }) => {
    open.push(name.slice(name.indexOf(":") + 1));
    const path = open.join(".");
    if (open.length > 1 && open.length < 10 && (counts.has(path) || counts.size < 500))
      counts.set(path, (counts.get(path) ?? 0) + 1);
  });
  parser.on("closetag", () => {
    open.pop();
  });
  parser.write(text).close();
  const paths = [...counts].toSorted(([, a], [, b]) => b - a).slice(0, PLACES_MAX);
  return paths.map(([path]) => ({ path }));
}
