import { plainText } from "./digits.ts";
import type { SourceParent, SourceRecord } from "./record.ts";
import type { Reading } from "./reading.ts";

/** What cells are read from: a record, or what `each` made of it. */
export interface Scope {
  record: SourceRecord;
  /** The record's own fields and those that were added on the way. */
  fields: Record<string, unknown>;
  key?: string | undefined;
  parent?: SourceParent | undefined;
  /** What the mapping's expressions came to in this scope, by their texts. */
  expressions?: ReadonlyMap<string, Reading<unknown>>;
}

export type Found = { isFound: true; value: unknown } | { isFound: false };

const NOT_FOUND: Found = { isFound: false };

/** The scope of a record as it came. */
export function scopeOf(record: SourceRecord): Scope {
  return { record, fields: record.fields, key: record.key, parent: record.parent };
}

/** The scope with more fields; they hide those of the same name. */
export function withFields(scope: Scope, more: Record<string, unknown>): Scope {
  return { ...scope, fields: { ...scope.fields, ...more } };
}

/**
 * What a mapping's `field` names in a scope: a column by its header (blanks and case aside), a path
 * into a tree as `beds.icu.total` or `contacts[0].phone`, or what stands around the record: `$key`,
 * `$parent.district`, `$root.updated`, `$file`, `$sheet`, `$above`, `$page`, `$number`.
 */
export function fieldOf(scope: Scope, name: string): Found {
  if (Object.hasOwn(scope.fields, name)) return { isFound: true, value: scope.fields[name] };
  if (name.startsWith("$")) return around(scope, name);
  const key = keyLike(scope, name);
  if (key !== undefined) return { isFound: true, value: scope.fields[key] };
  return /[.[]/u.test(name) ? alongPath(scope.fields, stepsOf(name)) : NOT_FOUND;
}

function around(scope: Scope, name: string): Found {
  const { page, number, place } = scope.record;
  const [head = "", ...steps] = stepsOf(name);
  switch (head) {
    case "$key":
      return scope.key === undefined ? NOT_FOUND : { isFound: true, value: scope.key };
    case "$parent":
      return ofParent(scope.parent, steps);
    case "$root":
      return alongPath(page.root, steps);
    case "$file":
      return { isFound: true, value: page.file };
    case "$sheet":
      return { isFound: true, value: page.sheet };
    case "$above":
      return { isFound: true, value: page.above };
    case "$page":
      return { isFound: true, value: page.words ?? page.above };
    case "$number":
      return { isFound: true, value: number };
    case "$place":
      return { isFound: true, value: place };
    default:
      return NOT_FOUND;
  }
}

function ofParent(parent: SourceParent | undefined, steps: readonly string[]): Found {
  if (!parent) return NOT_FOUND;
  const [head = "", ...rest] = steps;
  if (head === "$parent") return ofParent(parent.parent, rest);
  if (head === "$key") return parent.key === undefined ? NOT_FOUND : { isFound: true, value: parent.key };
  return alongPath(parent.fields, steps);
}

/** The steps of a path: `a.b[0].c` is a, b, 0, c. */
export function stepsOf(path: string): string[] {
  return path
    .replace(/\[(\d+)\]/gu, ".$1")
    .split(".")
    .filter((step) => step !== "");
}

/** Follow a path into a tree; a step that is not there ends it. */
export function alongPath(value: unknown, steps: readonly string[]): Found {
  let here: unknown = value;
  for (let at = 0; at < steps.length; at++) {
    if (typeof here !== "object" || here === null) return NOT_FOUND;
    const holder: object = here;
    // A name may itself have dots in it: the longest that is there is meant.
    let taken = 0;
    for (let end = Math.min(steps.length, at + 4); end > at && taken === 0; end--) {
      const name = steps.slice(at, end).join(".");
      if (Object.hasOwn(holder, name)) {
        // Its own property, checked above.
        here = (holder as Record<string, unknown>)[name];
        taken = end - at;
      }
    }
    if (taken === 0) return NOT_FOUND;
    at += taken - 1;
  }
  return { isFound: true, value: here };
}

/** For each list of columns, which of them a name means. */
const keysByColumns = new WeakMap<readonly string[], Map<string, string | undefined>>();

/** The field whose name differs only in case and blanks. */
function keyLike(scope: Scope, name: string): string | undefined {
  const { columns } = scope.record.page;
  if (!columns) return search(Object.keys(scope.fields), name);
  let known = keysByColumns.get(columns);
  if (!known) keysByColumns.set(columns, (known = new Map()));
  if (!known.has(name)) known.set(name, search(columns, name));
  return known.get(name) ?? search(Object.keys(scope.fields).slice(columns.length), name);
}

function search(keys: readonly string[], name: string): string | undefined {
  const plain = plainText(name);
  return keys.find((key) => plainText(key) === plain);
}
