import { UnreadableSource, type SourcePage, type SourceParent, type SourceRecord } from "../record.ts";
import type { Records } from "../schema.ts";
import { readTable, type GridCell, type GridRow } from "./table.ts";
import { stepsOf } from "../fields.ts";

/** A record of a tree before it is numbered. */
type Node = { value: unknown; key: string; path: string; parent: SourceParent | undefined };

/**
 * Find the records of a tree: at the end of a path whose `*` goes into each member of a list or an
 * object, and into the members of a list that stands at its end. A list of lists is read as a table.
 *
 * @param root the tree, as JSON.parse gives it
 * @throws UnreadableSource when the path leads nowhere
 */
export async function* readTree(
  root: unknown,
  records: Records,
  page: SourcePage,
  numbers: { next: number },
): AsyncGenerator<SourceRecord> {
  const whole: SourcePage = { ...page, root };
  const steps = stepsOf(records.path ?? "");
  const ends = [...walk({ value: root, key: "", path: "", parent: undefined }, steps)];
  if (ends.length === 0)
    throw new UnreadableSource(
      `there is nothing at ${records.path ?? "its root"}: has the file's shape changed?`,
    );
  for (const end of ends) yield* recordsAt(end, records, whole, numbers);
}

async function* recordsAt(
  end: Node,
  records: Records,
  page: SourcePage,
  numbers: { next: number },
): AsyncGenerator<SourceRecord> {
  const { value, path } = end;
  if (records.columnar) {
    for (const node of columnarNodes(end)) yield recordOf(node, page, numbers.next++);
    return;
  }
  if (!Array.isArray(value)) {
    yield recordOf(end, page, numbers.next++);
    return;
  }
  if (value.length > 0 && value.every((member) => Array.isArray(member))) {
    const header = records.header ?? "none";
    const rows = value.map((member: unknown[], at): GridRow => ({
      number: at + 1,
      place: `${path}/${at}`,
      cells: member.map(cellOf),
    }));
    yield* readTable({ page, rows, isExact: true, isStrict: false }, { ...records, header }, numbers);
    return;
  }
  for (const [at, member] of value.entries())
    yield recordOf(childOf(end, String(at), member), page, numbers.next++);
}

function cellOf(value: unknown): GridCell {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return value === null || value === undefined ? null : JSON.stringify(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member, knowing the nearest object that holds it. */
function childOf(holder: Node, key: string, value: unknown): Node {
  const parent: SourceParent | undefined = isObject(holder.value)
    ? { fields: holder.value, key: holder.key, ...(holder.parent && { parent: holder.parent }) }
    : holder.parent;
  return { value, key, path: `${holder.path}/${key}`, parent };
}

function* walk(node: Node, steps: readonly string[]): Generator<Node> {
  const [step, ...rest] = steps;
  if (step === undefined) {
    yield node;
    return;
  }
  const { value } = node;
  if (typeof value !== "object" || value === null) return;
  if (step === "*") {
    for (const [key, member] of Object.entries(value)) yield* walk(childOf(node, key, member), rest);
    return;
  }
  for (let taken = 1; taken <= Math.min(4, steps.length); taken++) {
    // A name may have dots in it.
    const name = steps.slice(0, taken).join(".");
    if (!Object.hasOwn(value, name)) continue;
    // Its own property, as was just asked.
    yield* walk(childOf(node, name, (value as Record<string, unknown>)[name]), steps.slice(taken));
    return;
  }
}

function recordOf({ value, key, path, parent }: Node, page: SourcePage, number: number): SourceRecord {
  return {
    number,
    place: path === "" ? "the whole file" : path,
    fields: isObject(value) ? value : { value },
    page,
    ...(key !== "" && { key }),
    ...(parent && { parent }),
  };
}

/** `{name: [a, b], beds: [1, 2]}` and `{name: {0: a, 1: b}, ...}` as records. */
function* columnarNodes(end: Node): Generator<Node> {
  if (!isObject(end.value))
    throw new UnreadableSource(`there are no lists side by side at ${end.path || "the root"}`);
  const columns = Object.entries(end.value).filter(([, list]) => typeof list === "object" && list !== null);
  const keys = new Set(columns.flatMap(([, list]) => Object.keys(list ?? {})));
  for (const key of keys) {
    const fields = Object.fromEntries(
      // Lists and objects alone, filtered above.
      columns.map(([name, list]) => [
        name,
        Object.hasOwn(list as object, key) ? (list as Record<string, unknown>)[key] : null,
      ]),
    );
    yield { value: fields, key, path: `${end.path}/${key}`, parent: end.parent };
  }
}
