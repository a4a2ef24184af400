import { offsetMs } from "@ihims/core/calendar.ts";
import { asText, nameOf, readCell } from "./cells.ts";
import { holdAll } from "./conditions.ts";
import { datesToInfer, inferOrders } from "./date-orders.ts";
import { readDraft } from "./drafts.ts";
import { expressionOf, type Expression } from "./expressions.ts";
import { expressionsIn } from "./expressions-in.ts";
import type { Scope } from "./fields.ts";
import { Gathering, lineOf, type DraftPlace } from "./gather.ts";
import type { FacilityReference, LinePlace, MappedLine, MappingOptions, ObservationLine } from "./line.ts";
import type { DateOrder } from "./moments.ts";
import { facilityKey, readProfile } from "./profiles.ts";
import { readFacility, readSaidMoment, type PartContext } from "./readers.ts";
import { refused, type Fault, type Reading } from "./reading.ts";
import { UnreadableSource, type ReadRecords, type SourceRecord } from "./record.ts";
import type { Group, Mapping, MomentSpec, ObservationSpec, Part } from "./schema.ts";
import { expandAll, recordsOfPart, RecordSteps, type Here } from "./steps.ts";

/** Records of one part after which a file is not read on. */
export const RECORDS_MAX = 5_000_000;
/** Facilities that one mapping may tell of; more are no city's. */
const FACILITIES_MAX = 200_000;

type Decided<T> = Extract<Reading<T>, { kind: "value" | "refused" }>;

/**
 * Go through an authority's records by a mapping, and say of each what it becomes: observations, a
 * refusal with its place, field and reason, or that it is none of ours. What a record holds never
 * makes it throw.
 *
 * @param readRecords goes through the file for one part; called once or twice for each part
 * @throws UnreadableSource when the file as a whole is not what the mapping says it is, or the time
 *   zone is none
 */
export async function* applyMapping(
  mapping: Mapping,
  readRecords: ReadRecords,
  options: MappingOptions,
): AsyncGenerator<MappedLine> {
  const timeZone = mapping.timeZone ?? options.timeZone;
  requireZone(timeZone);
  const told = new Set<string>();
  for (const [at, part] of mapping.parts.entries()) {
    const run = new PartRun(mapping, part, part.title ?? `part ${at + 1}`, { ...options, timeZone }, told);
    yield* run.lines(readRecords);
  }
}

function requireZone(timeZone: string): void {
  try {
    offsetMs(timeZone, 0);
  } catch {
    throw new UnreadableSource(`there is no time zone "${timeZone}": write it as Asia/Kolkata`);
  }
}

/** A line that goes out now, or a draft that was held back to be gathered. */
type Outcome = MappedLine | "gathered";

/** One way through the file. */
class PartRun {
  readonly #mapping: Mapping;
  readonly #part: Part;
  readonly #name: string;
  readonly #ctx: PartContext;
  readonly #inferred = new Map<MomentSpec, DateOrder | null>();
  readonly #expressions: readonly Expression[];
  /** For each field that was asked of a tree, whether any record had it. */
  readonly #seen = new Map<string, boolean>();
  /** Facilities that were told of, by all parts of the mapping. */
  readonly #told: Set<string>;
  readonly #gathering: Gathering | undefined;

  constructor(mapping: Mapping, part: Part, name: string, options: MappingOptions, told: Set<string>) {
    this.#mapping = mapping;
    this.#part = part;
    this.#name = name;
    this.#told = told;
    this.#gathering = part.gather && new Gathering(part.gather);
    this.#expressions = [...expressionsIn(mapping, part)].map((text) =>
      expressionOf(text, options.fetchedAt),
    );
    this.#ctx = {
      absent: mapping.absent ?? [],
      decimal: mapping.decimal ?? ".",
      lists: mapping.lists ?? {},
      options,
      inferred: this.#inferred,
      onField: (field, isFound) => {
        if (isFound || !this.#seen.has(field)) this.#seen.set(field, isFound);
      },
    };
  }

  async *lines(readRecords: ReadRecords): AsyncGenerator<MappedLine> {
    const records = recordsOfPart(this.#mapping, this.#part);
    await this.#inferOrders(readRecords);
    const steps = new RecordSteps(this.#mapping, this.#part, this.#ctx);
    let number = 0;
    for await (const record of readRecords(records)) {
      number += 1;
      if (number > RECORDS_MAX) {
        const fault = refused(null, null, "too-many", `more than ${RECORDS_MAX} records are not read`);
        yield this.#refuse({ record: number, place: record.place }, fault.fault);
        break;
      }
      if (steps.isEnd(record)) break;
      yield* this.#linesOf(record, number, steps);
    }
    if (this.#gathering) yield* this.#gathering.lines();
    if (number > 0) yield* this.#neverSeen();
  }

  async #inferOrders(readRecords: ReadRecords): Promise<void> {
    const open = datesToInfer(this.#observedAt(), this.#part.observations);
    if (open.length === 0) return;
    const steps = new RecordSteps(this.#mapping, this.#part, this.#ctx);
    const records = readRecords(recordsOfPart(this.#mapping, this.#part));
    const orders = await inferOrders(open, records, steps, (scope) => this.#worked(scope), this.#ctx);
    for (const [spec, order] of orders) this.#inferred.set(spec, order);
    this.#seen.clear();
  }

  #observedAt(): MomentSpec | undefined {
    return this.#part.observedAt ?? this.#mapping.observedAt;
  }

  async *#linesOf(record: SourceRecord, number: number, steps: RecordSteps): AsyncGenerator<MappedLine> {
    const skip = (reason: string): MappedLine => ({
      kind: "skipped",
      part: this.#name,
      record: number,
      place: record.place,
      reason,
    });
    let isAnything = false;
    for (const step of steps.of(record)) {
      if (step.kind === "skipped") {
        yield skip(step.reason);
        return;
      }
      if (step.kind === "refused") {
        yield this.#refuse({ record: number, place: step.place }, step.fault);
        isAnything = true;
        continue;
      }
      for await (const line of this.#linesAt(step.here, number)) {
        isAnything ||= line === "gathered" || line.kind !== "facility";
        if (line !== "gathered") yield line;
      }
    }
    if (!isAnything) yield skip("no cell that the mapping reads has a value");
  }

  async *#linesAt({ scope: bare, place }: Here, number: number): AsyncGenerator<Outcome> {
    const scope = await this.#worked(bare);
    const at = { record: number, place };
    const facility = readFacility(this.#part.facility ?? this.#mapping.facility, scope, this.#ctx);
    if (facility.kind === "refused") {
      yield this.#refuse(at, facility.fault);
      return;
    }
    const profile = this.#profile(facility.value, scope, at);
    if (profile) yield profile;
    const seen = this.#readMoment(scope);
    if (seen.kind === "refused") {
      yield this.#refuse(at, seen.fault, facility.value);
      return;
    }
    const from: DraftPlace = {
      part: this.#name,
      ...at,
      facility: facility.value,
      ...seen.value,
      sourceRef: this.#readRef(scope),
    };
    for (const spec of this.#part.observations) yield* this.#observe(spec, { scope, place }, from);
  }

  async *#observe(spec: ObservationSpec | Group, here: Here, from: DraftPlace): AsyncGenerator<Outcome> {
    if ("observations" in spec) {
      yield* this.#observeGroup(spec, here, from);
      return;
    }
    const at = { ...from, place: here.place };
    const draft = readDraft(spec, here.scope, this.#ctx);
    if (draft.kind === "absent") return;
    if (draft.kind === "refused") {
      yield this.#refuse(at, draft.fault, from.facility);
      return;
    }
    if (this.#gathering) {
      const fault = this.#gathering.add(draft.value, at);
      yield fault ? this.#refuse(at, fault, from.facility) : "gathered";
      return;
    }
    const line = lineOf(draft.value, at);
    if (line) yield line;
  }

  async *#observeGroup(group: Group, here: Here, from: DraftPlace): AsyncGenerator<Outcome> {
    const { each, where = [], observations } = group;
    for (const step of expandAll(each ? [each] : [], here, this.#ctx)) {
      if (step.kind === "refused") {
        yield this.#refuse({ ...from, place: step.place }, step.fault, from.facility);
        continue;
      }
      const { place } = step.here;
      const scope = each ? await this.#worked(step.here.scope) : step.here.scope;
      const held = holdAll(where, scope, this.#ctx);
      if (held.kind === "refused") yield this.#refuse({ ...from, place }, held.fault, from.facility);
      if (held.kind === "refused" || !held.value) continue;
      for (const spec of observations) yield* this.#observe(spec, { scope, place }, from);
    }
  }

  /** The scope with what the mapping's expressions come to in it. */
  async #worked(scope: Scope): Promise<Scope> {
    if (this.#expressions.length === 0) return scope;
    const expressions = new Map<string, Reading<unknown>>();
    for (const expression of this.#expressions)
      expressions.set(expression.text, await expression.evaluate(scope));
    return { ...scope, expressions };
  }

  #readMoment(scope: Scope): Decided<Pick<ObservationLine, "observedAt" | "timeFrom">> {
    const fetched = { observedAt: this.#ctx.options.fetchedAt, timeFrom: "fetch" } as const;
    const spec = this.#observedAt();
    if (!spec) return { kind: "value", value: fetched };
    const said = readSaidMoment(spec, scope, this.#ctx);
    if (said.kind === "refused") return said;
    if (said.kind === "value") {
      const { moment, isDayOnly } = said.value;
      return { kind: "value", value: { observedAt: moment, timeFrom: isDayOnly ? "source-day" : "source" } };
    }
    if (spec.otherwise === "fetch-time") return { kind: "value", value: fetched };
    const reason = "has no date, and the time of fetching is not to stand for it";
    return refused(nameOf(spec.date), null, "no-date", reason);
  }

  #readRef(scope: Scope): string | null {
    if (this.#part.sourceRef === undefined) return null;
    const read = readCell(this.#part.sourceRef, scope, this.#ctx);
    return read.kind === "value" ? (asText(read.value)?.slice(0, 200) ?? null) : null;
  }

  #profile(
    facility: FacilityReference,
    scope: Scope,
    at: Pick<LinePlace, "record" | "place">,
  ): MappedLine | undefined {
    const spec = this.#part.profile ?? this.#mapping.profile;
    if (!spec || facility.kind !== "named" || this.#told.size >= FACILITIES_MAX) return undefined;
    const key = facilityKey(facility);
    if (this.#told.has(key)) return undefined;
    this.#told.add(key);
    const read = readProfile(spec, facility, scope, this.#ctx);
    return read && { kind: "facility", part: this.#name, ...at, facility, ...read };
  }

  #refuse(
    { record, place }: Pick<LinePlace, "record" | "place">,
    fault: Fault,
    facility: FacilityReference | null = null,
  ): MappedLine {
    return { kind: "refused", part: this.#name, record, place, facility, ...fault };
  }

  /** Fields of a tree that no record had: renamed at the source, or misspelt in the mapping. */
  *#neverSeen(): Generator<MappedLine> {
    for (const [field, isFound] of this.#seen) {
      if (isFound) continue;
      const fault = refused(field, null, "no-such-field", "is in none of the records");
      yield this.#refuse({ record: 0, place: "the whole file" }, fault.fault);
    }
  }
}
