import { asText, readCell, type CellContext } from "./cells.ts";
import { holdAll } from "./conditions.ts";
import { expand } from "./each.ts";
import { fieldOf, scopeOf, withFields, type Scope } from "./fields.ts";
import type { PartContext } from "./readers.ts";
import { refused, type Fault } from "./reading.ts";
import type { SourceRecord } from "./record.ts";
import type { Each, Mapping, Part, Records } from "./schema.ts";

/** A place in a file with the scope that is read there. */
export interface Here {
  scope: Scope;
  place: string;
}

export type Step =
  | { kind: "here"; here: Here }
  | { kind: "refused"; fault: Fault; place: string }
  | { kind: "skipped"; reason: string };

/** Where a part's records are, its mapping's where it does not say. */
export function recordsOfPart(mapping: Mapping, part: Part): Records | undefined {
  return part.records ?? mapping.records;
}

/** Makes of the records of one part, in their order, the scopes that observations are read from. */
export class RecordSteps {
  readonly #mapping: Mapping;
  readonly #part: Part;
  readonly #ctx: PartContext;
  /** What stood last in the columns in which an empty cell means: as above. */
  readonly #filled = new Map<string, unknown>();
  #heading: string | null = null;
  #page: unknown;

  constructor(mapping: Mapping, part: Part, ctx: PartContext) {
    this.#mapping = mapping;
    this.#part = part;
    this.#ctx = ctx;
  }

  /** Whether the records end before this one, by the mapping. */
  isEnd(record: SourceRecord): boolean {
    const until = recordsOfPart(this.#mapping, this.#part)?.until;
    if (!until) return false;
    const held = holdAll(until, scopeOf(record), this.#ctx);
    return held.kind === "value" && held.value;
  }

  /** The scopes that a record gives rise to, or why it gives none. */
  *of(record: SourceRecord): Generator<Step> {
    const { place } = record;
    if (record.fault !== undefined) {
      yield { kind: "refused", fault: refused(null, null, "broken-record", record.fault).fault, place };
      return;
    }
    const scope = this.#fill(record);
    const heading = this.#readHeading(scope);
    if (heading) {
      yield heading;
      return;
    }
    const { headings, where, each = [] } = this.#part;
    const headed = headings ? withFields(scope, { [headings.as]: this.#heading }) : scope;
    for (const conditions of [this.#mapping.where ?? [], where ?? []]) {
      const held = holdAll(conditions, headed, this.#ctx);
      if (held.kind === "refused") yield { kind: "refused", fault: held.fault, place };
      else if (!held.value) yield { kind: "skipped", reason: "the mapping leaves it out" };
      if (held.kind === "refused" || !held.value) return;
    }
    yield* expandAll(each, { scope: headed, place }, this.#ctx);
  }

  #readHeading(scope: Scope): Step | undefined {
    const { headings } = this.#part;
    if (!headings) return undefined;
    const held = holdAll(headings.where, scope, this.#ctx);
    if (held.kind === "refused") return { kind: "refused", fault: held.fault, place: scope.record.place };
    if (!held.value) return undefined;
    const text = readCell(headings.field, scope, this.#ctx);
    this.#heading = text.kind === "value" ? (asText(text.value) ?? null) : null;
    return { kind: "skipped", reason: "is a heading" };
  }

  /** The record with its empty cells filled from above, where the mapping says that this is meant. */
  #fill(record: SourceRecord): Scope {
    const scope = scopeOf(record);
    if (record.page !== this.#page) {
      this.#page = record.page;
      this.#filled.clear();
      this.#heading = null;
    }
    if (!this.#part.fill) return scope;
    const more: Record<string, unknown> = {};
    for (const name of this.#part.fill) {
      const found = fieldOf(scope, name);
      const isEmpty = !found.isFound || found.value === null || asText(found.value) === "";
      if (!isEmpty) this.#filled.set(name, found.value);
      // Under the column's name as the mapping writes it, which is looked up before any other.
      else if (this.#filled.has(name)) more[name] = this.#filled.get(name);
    }
    return withFields(scope, more);
  }
}

/** Apply one `each` after the other. */
export function* expandAll(
  eachs: readonly Each[],
  here: Here,
  ctx: CellContext,
): Generator<Exclude<Step, { kind: "skipped" }>> {
  const [each, ...rest] = eachs;
  if (!each) {
    yield { kind: "here", here };
    return;
  }
  for (const expanded of expand(each, here.scope, here.place, ctx)) {
    if (expanded.kind === "refused") yield { ...expanded, place: here.place };
    else yield* expandAll(rest, { scope: expanded.scope, place: expanded.place }, ctx);
  }
}
