import { BedType } from "@ihims/core/beds/schema.ts";
import { BloodComponent, BloodGroup } from "@ihims/core/blood/schema.ts";
import { bedSubject, Subject, VALUE_BY_KIND, type Value } from "@ihims/core/observations/schema.ts";
import { millisOf } from "@ihims/core/time.ts";
import { settleBeds, type CountedBeds } from "./beds.ts";
import type { Cell } from "./cell.ts";
import { nameOf, readCode, readCount, readNumberCell, readText } from "./cells.ts";
import type { Scope } from "./fields.ts";
import { readFlag, readIds, readMomentCell, readState, type PartContext } from "./readers.ts";
import type { MedicineReference, SubjectReference } from "./line.ts";
import { ABSENT, refused, valueOf, type Fault, type Reading } from "./reading.ts";
import { Layer, type BedsSpec, type BloodSpec, type MedicineSpec, type ObservationSpec } from "./schema.ts";
import { bedTypeOf, bloodComponentOf, bloodGroupOf, layerOf } from "./words.ts";

/**
 * An observation in the making: what was counted, before layers are settled and sums are added up.
 * Several drafts of one subject can be gathered into one.
 */
export interface Draft {
  subject: SubjectReference;
  /** The same for drafts that are about the same thing. */
  key: string;
  spec: ObservationSpec;
  /** What was counted, by the names of the value's fields (and `vacant`). */
  numbers: Record<string, number>;
  /** What of the value is no number. */
  other: Record<string, unknown>;
  questions: string[];
}

/** Read what one spec says of a scope. Absent: the source says nothing of it here. */
export function readDraft(spec: ObservationSpec, scope: Scope, ctx: PartContext): Reading<Draft> {
  switch (spec.kind) {
    case "bed":
      return readBeds(spec, scope, ctx);
    case "blood":
      return readBlood(spec, scope, ctx);
    case "medicine":
      return readMedicine(spec, scope, ctx);
    case "service": {
      const subject = readKeyed("service", spec.service, scope, ctx);
      const available = readFlag(spec.available, scope, ctx);
      const until = spec.until ? readMomentCell(spec.until, scope, ctx) : ABSENT;
      return draft(spec, subject, {}, { available, until });
    }
    case "waiting": {
      const subject = readKeyed("waiting", spec.queue, scope, ctx);
      const minutes = readCount(spec.minutes, scope, ctx);
      const people = spec.people === undefined ? ABSENT : readCount(spec.people, scope, ctx);
      return minutes.kind === "absent" ? ABSENT : draft(spec, subject, { minutes, people }, {});
    }
    case "diversion": {
      const subject = readKeyed("diversion", spec.service, scope, ctx);
      const state = readState(spec.state, scope, ctx);
      if (state.kind === "absent") return ABSENT;
      const until = readMomentCell(spec.until, scope, ctx);
      const reason = spec.reason === undefined ? ABSENT : readText(spec.reason, scope, ctx);
      return draft(spec, subject, {}, { state, until, reason });
    }
  }
}

/** Put the readings of a spec together: the first refusal refuses all of it, for half an observation would mislead. */
function draft(
  spec: ObservationSpec,
  subject: Reading<SubjectReference>,
  numbers: Record<string, Reading<number>>,
  other: Record<string, Reading<unknown>>,
): Reading<Draft> {
  if (subject.kind !== "value") return subject;
  const made: Draft = {
    subject: subject.value,
    key: keyOf(subject.value),
    spec,
    numbers: {},
    other: {},
    questions: [],
  };
  for (const [name, read] of Object.entries(numbers)) {
    if (read.kind === "refused") return read;
    if (read.kind === "value") made.numbers[name] = read.value;
  }
  for (const [name, read] of Object.entries(other)) {
    if (read.kind === "refused") return read;
    if (read.kind === "value") made.other[name] = read.value;
  }
  const isEmpty = Object.keys(made.numbers).length + Object.keys(made.other).length === 0;
  return isEmpty ? ABSENT : valueOf(made);
}

function keyOf(subject: SubjectReference): string {
  return subject.kind === "subject"
    ? subject.subject
    : `medicine:${JSON.stringify({ ...subject.medicine, batch: null })}`;
}

function subjectOf(text: string, cell: Cell | string): Reading<SubjectReference> {
  const subject = Subject.safeParse(text);
  return subject.success
    ? valueOf({ kind: "subject", subject: subject.data })
    : refused(
        nameOf(cell),
        text,
        "unknown-word",
        "is no name of a service or queue: letters, digits, - and _",
      );
}

function readKeyed(
  kind: "service" | "waiting" | "diversion",
  key: string | Exclude<Cell, string>,
  scope: Scope,
  ctx: PartContext,
): Reading<SubjectReference> {
  if (typeof key === "string") return subjectOf(`${kind}:${key}`, key);
  const text = readText(key, scope, ctx);
  return text.kind === "value" ? subjectOf(`${kind}:${text.value}`, key) : text;
}

const enumReader =
  <T extends string>(
    parse: (text: string) => { success: boolean; data?: T | undefined },
    words: (text: string) => T | undefined,
  ) =>
  (text: string): T | undefined => {
    const code = parse(text);
    return code.success ? code.data : words(text);
  };
const knownBedType = enumReader<BedType>((text) => BedType.safeParse(text), bedTypeOf);
const knownGroup = enumReader<BloodGroup>((text) => BloodGroup.safeParse(text), bloodGroupOf);
const knownComponent = enumReader<BloodComponent>((text) => BloodComponent.safeParse(text), bloodComponentOf);
const knownLayer = enumReader<Layer>((text) => Layer.safeParse(text), layerOf);

function readBeds(spec: BedsSpec, scope: Scope, ctx: PartContext): Reading<Draft> {
  const type = readCode<BedType>(spec.type, knownBedType, "kind of bed", scope, ctx);
  if (type.kind !== "value") return type;
  const layers: Record<string, Reading<number>> = {};
  for (const layer of Layer.options) {
    const cell = spec[layer];
    if (cell !== undefined) layers[layer] = readCount(cell, scope, ctx);
  }
  if (spec.layer) {
    const name = readCode<Layer>(spec.layer.name, knownLayer, "layer of beds", scope, ctx);
    if (name.kind !== "value") return name;
    layers[name.value] = readCount(spec.layer.value, scope, ctx);
  }
  return draft(spec, valueOf({ kind: "subject", subject: bedSubject(type.value) }), layers, {});
}

function readBlood(spec: BloodSpec, scope: Scope, ctx: PartContext): Reading<Draft> {
  const group = readCode<BloodGroup>(spec.group, knownGroup, "blood group", scope, ctx);
  if (group.kind !== "value") return group;
  const component = readCode<BloodComponent>(spec.component, knownComponent, "blood component", scope, ctx);
  if (component.kind !== "value") return component;
  const subject = Subject.parse(`blood:${group.value}:${component.value}`);
  const units = readCount(spec.units, scope, ctx);
  if (units.kind === "absent") return ABSENT;
  const expiringSoon = spec.expiringSoon === undefined ? ABSENT : readCount(spec.expiringSoon, scope, ctx);
  return draft(spec, valueOf({ kind: "subject", subject }), { units, expiringSoon }, {});
}

const MEDICINE_TEXTS = ["id", "name", "strength", "form", "pack", "manufacturer", "batch"] as const;

function readMedicine(spec: MedicineSpec, scope: Scope, ctx: PartContext): Reading<Draft> {
  const medicine: MedicineReference = {
    id: null,
    codes: [],
    name: null,
    strength: null,
    form: null,
    pack: null,
    manufacturer: null,
    batch: null,
  };
  for (const name of MEDICINE_TEXTS) {
    const cell = spec[name];
    const read = cell === undefined ? ABSENT : readText(cell, scope, ctx);
    if (read.kind === "refused") return read;
    if (read.kind === "value") medicine[name] = read.value.slice(0, 300);
  }
  const codes = readIds(spec.codes ?? [], scope, ctx);
  if (codes.kind === "refused") return codes;
  if (codes.kind === "value") medicine.codes = codes.value;
  if (medicine.id === null && medicine.name === null && medicine.codes.length === 0) return ABSENT;
  const expiry = spec.expiry ? readMomentCell(spec.expiry, scope, ctx) : ABSENT;
  if (expiry.kind === "refused") return expiry;
  if (expiry.kind === "value" && millisOf(expiry.value) <= millisOf(ctx.options.fetchedAt)) return ABSENT;
  const quantity = readCount(spec.quantity, scope, ctx);
  if (quantity.kind === "absent") return ABSENT;
  return draft(
    spec,
    valueOf({ kind: "medicine", medicine }),
    { quantity, priceMinor: readPrice(spec, scope, ctx) },
    {},
  );
}

function readPrice(spec: MedicineSpec, scope: Scope, ctx: PartContext): Reading<number> {
  if (spec.price === undefined) return ABSENT;
  const price = readNumberCell(spec.price, scope, ctx, true);
  if (price.kind !== "value") return price;
  return price.value < 0
    ? refused(nameOf(spec.price), price.value, "negative", "is a price below 0")
    : valueOf(Math.round(price.value * 100));
}

/** The value that a draft comes to; absent when it says nothing after all. */
export function settle({
  spec,
  numbers,
  other,
  questions,
}: Draft): Reading<{ value: Value; questions: string[] }> {
  let said: Record<string, unknown> = { ...numbers, ...other };
  let more: string[] = [];
  if (spec.kind === "bed") {
    // Counted under the names of layers alone, in readBeds.
    const beds = settleBeds(numbers as CountedBeds, spec);
    if (beds.kind === "nothing") return ABSENT;
    if (beds.kind === "refused") return refused(cellOf(spec, beds.layer), null, beds.code, beds.reason);
    said = beds.counts;
    more = beds.questions;
  }
  const value = VALUE_BY_KIND[spec.kind].safeParse(said);
  if (value.success) return valueOf({ value: value.data, questions: [...questions, ...more] });
  return { kind: "refused", fault: faultOf(spec, said, value.error.issues[0]) };
}

function faultOf(
  spec: ObservationSpec,
  said: Record<string, unknown>,
  issue: { path: PropertyKey[]; message: string; code?: string | undefined } | undefined,
): Fault {
  const name = String(issue?.path[0] ?? "");
  const isRange = issue?.code === "too_big" || issue?.code === "too_small";
  return refused(
    cellOf(spec, name),
    said[name],
    isRange ? "out-of-range" : "impossible",
    isRange ? `is out of range: ${issue.message}` : `does not make a value: ${issue?.message ?? ""}`,
  ).fault;
}

/** The field of the file behind a field of the value. */
function cellOf(spec: ObservationSpec, name: string): string | null {
  const wanted = name === "priceMinor" ? "price" : name;
  const found: unknown = Object.entries(spec).find(([key]) => key === wanted)?.[1];
  if (typeof found === "string") return found;
  // A field of a spec that is no text is a cell, or has one in it.
  return typeof found === "object" && found !== null && "field" in found
    ? String(found.field)
    : wanted || null;
}
