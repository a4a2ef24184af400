import { selectAll } from "css-select";
import type { ChildNode, Document, Element } from "domhandler";
import { parse } from "parse5";
import { adapter } from "parse5-htmlparser2-tree-adapter";
import { UnreadableSource, type SourcePage, type SourceRecord } from "../record.ts";
import type { Records } from "../schema.ts";
import { plainText } from "../digits.ts";
import { isElement, textOf } from "./html-text.ts";
import { readTable, type Grid, type GridCell, type GridRow } from "./table.ts";

export const TABLES_MAX = 5000;
/** Cells of one table, spans counted: a span of a million rows is a trick. */
const CELLS_MAX = 2_000_000;
const SPAN_MAX = 2000;
const ABOVE_MAX_CHARS = 1000;
const PAGE_WORDS_MAX_CHARS = 20_000;

/** A table of a page. */
export interface HtmlTable {
  /** From 1, in the order of the page. */
  number: number;
  /** The words that stand nearest above it: its caption, a heading, a line of text. */
  above: string;
  rows: GridRow[];
}

/** All tables of a page, those within others too. */
export function tablesOf(html: string): HtmlTable[] {
  const page = parse(html, { treeAdapter: adapter });
  return elementsOf(page, "table")
    .slice(0, TABLES_MAX)
    .map((table, at) => ({ number: at + 1, above: aboveOf(table), rows: rowsOf(table) }));
}

/**
 * Read the records of a page: the rows of a table, or of all tables that have the header, or the
 * pieces that a CSS selector finds, with the fields of `fieldsOfPiece`.
 *
 * @throws UnreadableSource when there is no such table or piece
 */
export async function* readHtml(
  html: string,
  records: Records,
  page: SourcePage,
  numbers: { next: number },
): AsyncGenerator<SourceRecord> {
  const parsed = parse(html, { treeAdapter: adapter });
  const title = elementsOf(parsed, "title")[0];
  const isTable = (element: Element) => element.name === "table" && isOfData(element);
  const whole = {
    ...page,
    above: title ? textOf(title) : "",
    words: textOf(parsed, isTable).slice(0, PAGE_WORDS_MAX_CHARS),
  };
  if (records.select !== undefined) {
    yield* readPieces(parsed, records.select, whole, numbers);
    return;
  }
  const tables = tablesOf(html);
  const chosen = choose(tables, records);
  for (const { number, above, rows } of chosen) {
    const named = rows.map((row) => ({ ...row, place: `table ${number}, row ${row.number}` }));
    const grid: Grid = {
      page: { ...whole, above: [whole.above, above].filter(Boolean).join("\n") },
      rows: named,
      isExact: true,
      isStrict: false,
    };
    yield* readTable(grid, records, numbers);
  }
}

function choose(tables: readonly HtmlTable[], { table, header }: Records): HtmlTable[] {
  if (tables.length === 0) throw new UnreadableSource("the page has no table");
  const words = typeof header === "object" ? header.words : undefined;
  if (typeof table === "number") {
    const found = tables[table - 1];
    if (!found) throw new UnreadableSource(`the page has ${tables.length} tables, no table ${table}`);
    return [found];
  }
  const having = words ? tables.filter(({ rows }) => rows.some((row) => hasWords(row, words))) : [...tables];
  if (having.length === 0)
    throw new UnreadableSource(`no table of the page has the words ${words?.join(", ")}`);
  if (table === "*") return having;
  // Several may have the header's words; without words the largest is the one that people come for.
  const [first] = words ? having : having.toSorted((a, b) => sizeOf(b) - sizeOf(a));
  return first ? [first] : [];
}

function hasWords({ cells }: GridRow, words: readonly string[]): boolean {
  return words.every((word) =>
    cells.some((cell) => typeof cell === "string" && plainText(cell).includes(plainText(word))),
  );
}

function sizeOf({ rows }: HtmlTable): number {
  return rows.reduce((sum, { cells }) => sum + cells.length, 0);
}

/** A table that holds no other one: not one that a page is laid out by. */
function isOfData(table: Element): boolean {
  return elementsOf(table, "table").length === 0;
}

function elementsOf(root: Document | Element, name: string): Element[] {
  const found: Element[] = [];
  const open: ChildNode[] = root.children.toReversed();
  for (let node = open.pop(); node; node = open.pop()) {
    if (!("children" in node)) continue;
    if (isElement(node) && node.name === name) found.push(node);
    for (let at = node.children.length - 1; at >= 0; at--) {
      const child = node.children[at];
      if (child) open.push(child);
    }
  }
  return found;
}

/** The rows of a table itself, not of tables within it. */
function rowsOf(table: Element): GridRow[] {
  const rows: Element[] = [];
  for (const child of table.children) {
    if (!isElement(child)) continue;
    if (child.name === "tr") rows.push(child);
    if (["thead", "tbody", "tfoot"].includes(child.name))
      for (const row of child.children) if (isElement(row) && row.name === "tr") rows.push(row);
  }
  const isNested = (element: Element) => element.name === "table";
  /** For each column, the cell that still reaches down, and over how many rows. */
  const reaching: ({ cell: GridCell; link: string | null; left: number } | undefined)[] = [];
  let count = 0;
  return rows.map((row, at) => {
    const cells: GridCell[] = [];
    const links: (string | null)[] = [];
    const put = (cell: GridCell, link: string | null) => {
      if (++count > CELLS_MAX) throw new UnreadableSource(`a table has more than ${CELLS_MAX} cells`);
      cells.push(cell);
      links.push(link);
    };
    const fromAbove = () => {
      for (let above = reaching[cells.length]; above && above.left > 0; above = reaching[cells.length]) {
        above.left -= 1;
        put(above.cell, above.link);
      }
    };
    for (const child of row.children) {
      if (!isElement(child) || (child.name !== "td" && child.name !== "th")) continue;
      fromAbove();
      const text = textOf(child, isNested);
      const link = linkOf(child);
      const first = cells.length;
      const down = spanOf(child, "rowspan") - 1;
      for (let over = 0; over < spanOf(child, "colspan"); over++) {
        const cell: GridCell = over === 0 ? text : { spanOf: first };
        if (down > 0) reaching[cells.length] = { cell, link, left: down };
        put(cell, over === 0 ? link : null);
      }
    }
    fromAbove();
    return { number: at + 1, place: `row ${at + 1}`, cells, links };
  });
}

function spanOf(element: Element, name: "rowspan" | "colspan"): number {
  const span = Number.parseInt(element.attribs[name] ?? "1", 10);
  return span >= 1 ? Math.min(span, SPAN_MAX) : 1;
}

function linkOf(cell: Element): string | null {
  const anchor = elementsOf(cell, "a").find(({ attribs }) => attribs["href"]);
  return anchor?.attribs["href"]?.slice(0, 2000) ?? null;
}

/** The caption of a table and the text that comes before it on the page, back to the table before. */
function aboveOf(table: Element): string {
  const caption = table.children.find((child) => isElement(child) && child.name === "caption");
  const texts: string[] = caption && isElement(caption) ? [textOf(caption)] : [];
  let node: ChildNode | null = table;
  let chars = 0;
  while (node && chars < ABOVE_MAX_CHARS) {
    let before: ChildNode | null = node.prev;
    while (before && chars < ABOVE_MAX_CHARS) {
      if (isElement(before) && (before.name === "table" || elementsOf(before, "table").length > 0))
        return texts.toReversed().join("\n");
      const text = textOf(before);
      if (text !== "") {
        texts.push(text.slice(-ABOVE_MAX_CHARS));
        chars += text.length;
      }
      before = before.prev;
    }
    const parent: Element["parent"] = node.parent;
    node = parent && parent.type !== "root" ? parent : null;
  }
  return texts.toReversed().join("\n");
}

/** The pieces of a page that a selector finds. */
function* readPieces(
  page: Document,
  selector: string,
  around: SourcePage,
  numbers: { next: number },
): Generator<SourceRecord> {
  const pieces = select(selector, page);
  if (pieces.length === 0) throw new UnreadableSource(`the page has nothing that is ${selector}`);
  for (const [at, piece] of pieces.entries()) {
    yield { number: numbers.next++, place: `piece ${at + 1}`, fields: fieldsOfPiece(piece), page: around };
  }
}

function select(selector: string, within: Document): Element[] {
  try {
    return selectAll<ChildNode, Element>(selector, within.children);
  } catch (error) {
    throw new UnreadableSource(
      `${selector} is no CSS selector: ${error instanceof Error ? error.message : ""}`,
    );
  }
}

/**
 * What a piece of a page says: `text` all its words; `lines` its lines; for each class and id within
 * it the words of the elements that have it (`.name`, `#beds`), for each kind of element too (`h4`,
 * `td`); its own and their attributes as `@data-id`; one of several as a list.
 */
function fieldsOfPiece(piece: Element): Record<string, unknown> {
  const found = new Map<string, string[]>();
  const add = (name: string, text: string) => {
    const list = found.get(name);
    if (!list) found.set(name, [text]);
    else if (list.length < 500) list.push(text);
  };
  for (const [name, value] of Object.entries(piece.attribs)) add(`@${name}`, value);
  const open: ChildNode[] = piece.children.toReversed();
  for (let node = open.pop(); node; node = open.pop()) {
    if (!isElement(node)) continue;
    const text = textOf(node);
    if (text !== "") {
      add(node.name, text);
      for (const one of (node.attribs["class"] ?? "").split(/\s+/u)) if (one !== "") add(`.${one}`, text);
      if (node.attribs["id"]) add(`#${node.attribs["id"]}`, text);
    }
    for (const [name, value] of Object.entries(node.attribs))
      if (name.startsWith("data-") || name === "href") add(`@${name}`, value);
    open.push(...node.children.toReversed());
  }
  const text = textOf(piece);
  const fields: [string, unknown][] = [...found].map(([name, list]) => [
    name,
    list.length === 1 ? list[0] : list,
  ]);
  return Object.fromEntries([...fields, ["text", text], ["lines", text.split("\n")]]);
}
