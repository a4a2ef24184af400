import { nameOf, readText, type CellContext } from "./cells.ts";
import { fieldOf, withFields, type Scope } from "./fields.ts";
import { patternOf } from "./patterns.ts";
import { refused, type Fault } from "./reading.ts";
import type { Each } from "./schema.ts";

/** Most records that one record may become. */
export const EACH_MAX = 20_000;

/** One of the records that a record became, or why it became none. */
export type Expanded = { kind: "scope"; scope: Scope; place: string } | { kind: "refused"; fault: Fault };

/**
 * Make of one record the several that it holds.
 *
 * @param place where the record is; each one's own place is added to it
 */
export function expand(each: Each, scope: Scope, place: string, ctx: CellContext): Expanded[] {
  if ("columns" in each) return byColumns(each, scope, place);
  if ("list" in each) return byList(each.list, scope, place, ctx);
  const text = readText(each.cell, scope, ctx);
  if (text.kind === "refused") return [text];
  if (text.kind === "absent") return [];
  if ("split" in each) {
    return text.value
      .split(each.split)
      .map((part) => part.trim())
      .filter((part) => part !== "")
      .slice(0, EACH_MAX)
      .map((value, at) => ({
        kind: "scope",
        scope: withFields(scope, { value }),
        place: `${place}, part ${at + 1}`,
      }));
  }
  return byPattern(each, text.value, scope, place);
}

/** What one header gives: the fields of its named groups, and under which name its cell goes. */
interface ColumnGroup {
  groups: Record<string, string>;
  cells: { column: string; as: string }[];
}

const columnGroups = new WeakMap<readonly string[], Map<string, ColumnGroup[]>>();

function groupColumns(columns: readonly string[], pattern: string, except: readonly string[]): ColumnGroup[] {
  const found = new Map<string, ColumnGroup>();
  for (const column of columns) {
    if (except.includes(column)) continue;
    const match = patternOf(pattern).whole(column);
    if (!match) continue;
    const { field = "value", ...groups } = match.named;
    for (const [name, text] of Object.entries(groups)) groups[name] = text.trim();
    const key = JSON.stringify(groups);
    const group = found.get(key) ?? { groups, cells: [] };
    group.cells.push({ column, as: field.trim() });
    found.set(key, group);
  }
  return [...found.values()];
}

function byColumns(
  { columns: pattern, except = [] }: Extract<Each, { columns: string }>,
  scope: Scope,
  place: string,
): Expanded[] {
  const columns = scope.record.page.columns ?? Object.keys(scope.fields);
  let known = columnGroups.get(columns);
  if (!known) columnGroups.set(columns, (known = new Map()));
  const key = `${pattern}\n${except.join("\n")}`;
  let groups = known.get(key);
  if (!groups) known.set(key, (groups = groupColumns(columns, pattern, except)));
  if (groups.length === 0) {
    const named = columns.slice(0, 12).join(", ");
    return [refused(null, named, "no-such-field", `no column fits the pattern ${pattern}`)];
  }
  return groups.slice(0, EACH_MAX).map(({ groups: fields, cells }) => {
    const values = cells.map(({ column, as }) => [as, scope.fields[column]] as const);
    const names = cells.map(({ column }) => column).join(", ");
    return {
      kind: "scope",
      scope: withFields(scope, { ...fields, ...Object.fromEntries(values) }),
      place: `${place}, column ${names.slice(0, 100)}`,
    };
  });
}

function byPattern(
  {
    cell,
    pattern,
    rest = "refuse",
  }: { cell: Parameters<typeof nameOf>[0]; pattern: string; rest?: "refuse" | "ignore" | undefined },
  text: string,
  scope: Scope,
  place: string,
): Expanded[] {
  const matches = patternOf(pattern).all(text);
  const expanded = matches.slice(0, EACH_MAX).map(({ named, whole }, at): Expanded => {
    const trimmed = Object.fromEntries(Object.entries(named).map(([name, value]) => [name, value.trim()]));
    return {
      kind: "scope",
      scope: withFields(scope, { match: whole, ...trimmed }),
      place: `${place}, match ${at + 1}`,
    };
  });
  if (rest === "ignore") return expanded;
  let end = 0;
  let left = "";
  for (const match of matches) {
    left += `${text.slice(end, match.start)} `;
    end = match.end;
  }
  left += text.slice(end);
  if (!/\p{N}/u.test(left)) return expanded;
  const fault = refused(
    nameOf(cell),
    left,
    "pattern",
    `holds figures that the pattern does not reach, in: ${text.slice(0, 80)}`,
  );
  return [...expanded, fault];
}

function byList(path: string, scope: Scope, place: string, ctx: CellContext): Expanded[] {
  const found = fieldOf(scope, path);
  ctx.onField?.(path, found.isFound);
  const list = found.isFound ? found.value : undefined;
  if (list === undefined || list === null) return [];
  const members = membersOf(list, scope.record.page.isXml === true);
  if (members.length > EACH_MAX)
    return [refused(path, null, "too-many", `has ${members.length} members: at most ${EACH_MAX} are read`)];
  const parent = {
    fields: scope.fields,
    ...(scope.key !== undefined && { key: scope.key }),
    ...(scope.parent && { parent: scope.parent }),
  };
  return members.map(([key, member]) => {
    const isRecord = typeof member === "object" && member !== null && !Array.isArray(member);
    // An object of the tree: its own fields are what is asked for.
    const fields = isRecord ? (member as Record<string, unknown>) : { value: member };
    const { columns: _, ...page } = scope.record.page;
    return {
      kind: "scope",
      scope: { ...scope, record: { ...scope.record, page }, fields, key, parent },
      place: `${place}, ${path} ${key}`,
    };
  });
}

/** The members of a list, or of an object by their names; what is neither, and in XML what stands alone, is one by itself. */
function membersOf(list: unknown, isXml: boolean): [string, unknown][] {
  if (Array.isArray(list)) return list.map((member, at) => [String(at), member]);
  return typeof list === "object" && list !== null && !isXml ? Object.entries(list) : [["0", list]];
}
