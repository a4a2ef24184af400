import { createHash } from "node:crypto";
import { applyMapping } from "@ihims/connectors/mapping/apply.ts";
import type { FacilityReference, ObservationLine } from "@ihims/connectors/mapping/line.ts";
import { UnreadableSource, type ReadRecords } from "@ihims/connectors/mapping/record.ts";
import type { Mapping } from "@ihims/connectors/mapping/schema.ts";
import type { RefusedLine } from "@ihims/core/feeds/endpoints.ts";
import { ShapeKeeper } from "@ihims/core/feeds/rules.ts";
import type { FeedShape, PoisonFinding, ReasonCount } from "@ihims/core/feeds/schema.ts";
import { stockSubject, Subject, type Value } from "@ihims/core/observations/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import { recordsOf } from "../mapping/mapping.ts";
import { charsetOf } from "./charset.ts";
import type { Delivery } from "./delivery.ts";

/** Refused lines of one run that are kept to be looked at; all of them are counted. */
export const REFUSED_KEPT_LINES = 5000;
/** Of what stands in a refused cell, so much is kept. */
const TEXT_KEPT_CHARS = 200;

/** A line that became an observation, of a facility as the source names it. */
export interface ObservedLine {
  place: string;
  facility: FacilityReference;
  subject: Subject;
  value: Value;
  observedAt: Instant;
  timeFrom: ObservationLine["timeFrom"];
  sourceRef: string | null;
  questions: readonly string[];
}

/** Everything that a delivery says, before any of it is believed. */
export interface ReadDelivery {
  lines: ObservedLine[];
  refused: Refusals;
  skipped: number;
  shape: FeedShape;
  /** What makes it unreadable as a whole. */
  findings: PoisonFinding[];
}

export interface Reading {
  timeZone: string;
  countryCode: string;
  fetchedAt: Instant;
  rowsMax: number;
}

/** Counts refusals by reason, and keeps the first of them to be looked at. */
export class Refusals {
  readonly kept: RefusedLine[] = [];
  readonly #reasons = new Map<string, ReasonCount>();
  #count = 0;

  add(line: RefusedLine): void {
    this.#count += 1;
    if (this.kept.length < REFUSED_KEPT_LINES)
      this.kept.push({ ...line, text: line.text?.slice(0, TEXT_KEPT_CHARS) ?? null });
    const reason = line.field === null ? line.reason : `${line.field} ${line.reason}`;
    const key = `${line.code} ${reason}`;
    const known = this.#reasons.get(key);
    if (known) known.lines += 1;
    else this.#reasons.set(key, { code: line.code, reason, lines: 1 });
  }

  get count(): number {
    return this.#count;
  }

  /** Most first, the first hundred. */
  reasons(): ReasonCount[] {
    return [...this.#reasons.values()].sort((a, b) => b.lines - a.lines).slice(0, 100);
  }
}

/** Read a delivery by a mapping. Nothing that is in it makes it throw. */
export async function readDelivery(
  delivery: Pick<Delivery, "name" | "bytes" | "charset">,
  mapping: Mapping,
  reading: Reading,
): Promise<ReadDelivery> {
  const keeper = new ShapeKeeper();
  const refused = new Refusals();
  const lines: ObservedLine[] = [];
  const findings: PoisonFinding[] = [];
  let skipped = 0;
  try {
    const encoding = mapping.format.encoding ?? charsetOf(delivery.bytes, delivery.charset);
    const whole = async function* () {
      yield delivery.bytes;
    };
    const read = recordsOf(
      { name: delivery.name, open: whole },
      {
        ...mapping.format,
        ...(encoding === undefined ? {} : { encoding }),
      },
    );
    for await (const line of applyMapping(mapping, watched(read, keeper, reading.rowsMax), reading)) {
      if (line.kind === "skipped") skipped += 1;
      else if (line.kind === "refused") refused.add(line);
      else if (line.kind === "observation") takeLine(line, lines, refused);
    }
  } catch (error) {
    if (!(error instanceof UnreadableSource)) throw error;
    findings.push({ code: "unreadable", detail: error.message });
  }
  return { lines, refused, skipped, shape: keeper.shape(lines, refused.count), findings };
}

function takeLine(line: ObservationLine, lines: ObservedLine[], refused: Refusals): void {
  const { place, facility, value, observedAt, timeFrom, sourceRef, questions } = line;
  const subject = subjectOf(line);
  if (subject) lines.push({ place, facility, subject, value, observedAt, timeFrom, sourceRef, questions });
  else
    refused.add({
      place,
      field: null,
      text: line.subject.kind === "medicine" ? line.subject.medicine.name : null,
      code: "unknown-medicine",
      reason: "names no medicine of the catalogue by its id",
    });
}

function subjectOf({ subject }: ObservationLine): Subject | undefined {
  if (subject.kind === "subject") return subject.subject;
  const { id } = subject.medicine;
  if (id === null || !Subject.safeParse(`medicine:${id}`).success) return undefined;
  return stockSubject(id);
}

/** Goes through the records as `read` does, keeping what they look like; stops at the feed's limit. */
function watched(read: ReadRecords, keeper: ShapeKeeper, rowsMax: number): ReadRecords {
  // A mapping of several parts, or one that infers dates, goes through the file again.
  const seen = new Set<unknown>();
  return async function* (records) {
    const key = JSON.stringify(records ?? null);
    const isNew = !seen.has(key);
    seen.add(key);
    let count = 0;
    for await (const record of read(records)) {
      if (++count > rowsMax)
        throw new UnreadableSource(`it has more than ${rowsMax} records, the feed's limit`);
      if (isNew) keeper.add(Object.keys(record.fields));
      yield record;
    }
  };
}

/** By which the same bytes are known again. */
export function digestOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("base64url");
}
