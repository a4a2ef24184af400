import { z } from "zod";
import { VehicleState } from "../ambulances/schema.ts";
import { BedAvailability, BedCounts, BedType } from "../beds/schema.ts";
import { BloodComponent, BloodGroup, BloodStock } from "../blood/schema.ts";
import { Position } from "../geo.ts";
import { FacilityId, ObservationId } from "../ids.ts";
import { StockValue } from "../stock/schema.ts";
import { Instant } from "../time.ts";

/**
 * How a report reached us. The order is the rank: of two reports of the same moment, the one that
 * stands further left is believed. A person at the bedside first, a file somebody exported last.
 */
export const Source = z.enum(["staff", "hl7", "fhir", "api", "pull", "file"]);
export type Source = z.infer<typeof Source>;

export const SubjectKind = z.enum([
  "bed",
  "blood",
  "medicine",
  "duty",
  "service",
  "waiting",
  "vehicle",
  "diversion",
]);
export type SubjectKind = z.infer<typeof SubjectKind>;

const key = /^[A-Za-z0-9_-]{1,64}$/;

/** What the words after the kind have to be, kind by kind. */
const REST_OF_SUBJECT: Record<SubjectKind, (rest: readonly string[]) => boolean> = {
  bed: ([type, ...more]) => more.length === 0 && BedType.safeParse(type).success,
  blood: ([group, component, ...more]) =>
    more.length === 0 && BloodGroup.safeParse(group).success && BloodComponent.safeParse(component).success,
  medicine: (rest) => rest.length === 1 && key.test(rest[0] ?? ""),
  duty: (rest) => rest.length === 1 && key.test(rest[0] ?? ""),
  service: (rest) => rest.length === 1 && key.test(rest[0] ?? ""),
  waiting: (rest) => rest.length === 1 && key.test(rest[0] ?? ""),
  vehicle: (rest) => rest.length === 1 && key.test(rest[0] ?? ""),
  diversion: (rest) => rest.length === 1 && key.test(rest[0] ?? ""),
};

/**
 * What an observation is about, within its facility: `bed:icu`, `blood:O-:packed-red-cells`,
 * `medicine:<id>`, `duty:<doctor>`, `service:dialysis`, `waiting:opd`, `vehicle:<id>`,
 * `diversion:emergency`.
 */
export const Subject = z
  .string()
  .max(160)
  .refine((text) => {
    const [kind, ...rest] = text.split(":");
    const known = SubjectKind.safeParse(kind);
    return known.success && REST_OF_SUBJECT[known.data](rest);
  }, "not a subject: write it as bed:icu, blood:O-:packed-red-cells, medicine:<id>, duty:<doctor>, service:<service>, waiting:<queue>, vehicle:<id> or diversion:<service>")
  .brand("Subject");
export type Subject = z.infer<typeof Subject>;

/** The kind that a subject begins with. */
export function kindOf(subject: Subject): SubjectKind {
  return SubjectKind.parse(subject.slice(0, subject.indexOf(":")));
}

/** The subject of the beds of one type. */
export function bedSubject(type: BedType): Subject {
  return Subject.parse(`bed:${type}`);
}

/** The subject of a medicine on a shelf. */
export function stockSubject(medicine: string): Subject {
  return Subject.parse(`medicine:${medicine}`);
}

/** The medicine that a subject is about; undefined when it is about something else. */
export function medicineOf(subject: Subject): string | undefined {
  return subject.startsWith("medicine:") ? subject.slice("medicine:".length) : undefined;
}

/** The subject of the units of one group and component. */
export function bloodSubject(group: BloodGroup, component: BloodComponent): Subject {
  return Subject.parse(`blood:${group}:${component}`);
}

/** The subject of where a vehicle is and what it does. */
export function vehicleSubject(vehicle: string): Subject {
  return Subject.parse(`vehicle:${vehicle}`);
}

/** The bed type that a subject is about; undefined when it is about something else. */
export function bedTypeOf(subject: Subject): BedType | undefined {
  return subject.startsWith("bed:") ? BedType.parse(subject.slice("bed:".length)) : undefined;
}

/** A count of beds that says nothing is no observation. */
const SomeBedCounts = z
  .strictObject(BedCounts.shape)
  .refine(
    (counts) => Object.values(counts).some((one) => one !== undefined),
    "say at least one of licensed, physical, staffed, blocked, occupied, surge",
  );

/** What can be said of each kind of subject. */
export const VALUE_BY_KIND = {
  bed: SomeBedCounts,
  blood: z.strictObject(BloodStock.shape),
  medicine: StockValue,
  duty: z.strictObject({ onDuty: z.boolean(), until: Instant.optional(), onCall: z.boolean().optional() }),
  service: z.strictObject({ available: z.boolean(), until: Instant.optional() }),
  waiting: z.strictObject({
    minutes: z.int().min(0).max(10_080),
    people: z.int().min(0).max(100_000).optional(),
  }),
  vehicle: z.strictObject({
    position: Position,
    state: VehicleState,
  }),
  /** Set by hand, so it carries its end: a forgotten diversion would close a hospital for ever. */
  diversion: z.strictObject({
    state: z.enum(["open", "diverting", "closed"]),
    until: Instant,
    reason: z.string().max(200).optional(),
  }),
} as const satisfies Record<SubjectKind, z.ZodType>;

export const Value = z.union([
  VALUE_BY_KIND.bed,
  VALUE_BY_KIND.blood,
  VALUE_BY_KIND.medicine,
  VALUE_BY_KIND.duty,
  VALUE_BY_KIND.service,
  VALUE_BY_KIND.waiting,
  VALUE_BY_KIND.vehicle,
  VALUE_BY_KIND.diversion,
]);
export type Value = z.infer<typeof Value>;

/** Longest reference that a source may give its report. */
export const SOURCE_REF_MAX_CHARS = 200;

/**
 * At this time, this source saw this about this resource of this facility. Everything live about
 * the city becomes one of these, and goes through one function.
 */
export interface Observation {
  facility: FacilityId;
  subject: Subject;
  value: Value;
  /** When it was seen, by the source's clock. When we heard of it is `receivedAt`, ours. */
  observedAt: Instant;
  source: Source;
  /** Who within the source: a person, a key, a sending system, a file. `sourceRef` is theirs. */
  sender: string;
  /** The sender's own name for this report; the same one again is the same report. Absent: the content is. */
  sourceRef?: string | undefined;
  /**
   * "Nothing has changed", said by a person of a figure that another source gave: it makes that figure
   * younger and corrects nothing.
   */
  isConfirmation?: boolean | undefined;
}

/** What a source last said of a subject: the row that a figure is made from. */
export const Standing = z.object({
  observation: ObservationId,
  facility: FacilityId,
  subject: Subject,
  source: Source,
  sender: z.string(),
  value: Value,
  observedAt: Instant,
  receivedAt: Instant,
  /** Grows with every write to this facility and subject, so that a reader of the stream knows which is newer. */
  version: z.int().min(1),
  /** As in `Observation`; absent: no. */
  isConfirmation: z.boolean().optional(),
  /** When its sender, a feed, counts as silent if nothing is heard of it; absent for others. */
  silentFrom: Instant.nullish(),
});
export type Standing = z.infer<typeof Standing>;

/** How far a figure can be relied on now; what each means for each subject is in freshness.ts. */
export const Freshness = z.enum(["live", "recent", "stale", "expired", "unknown"]);
export type Freshness = z.infer<typeof Freshness>;

const clocks = {
  observedAt: Instant.nullable().describe("When it was last seen to be so; null when nobody ever said"),
  receivedAt: Instant.nullable().describe("When we heard of it"),
  source: Source.nullable(),
  freshness: Freshness,
  freshUntil: Instant.nullable().describe(
    "When the freshness becomes the next worse one if nothing is heard",
  ),
  observation: ObservationId.nullable().describe("The row of the ledger that the figure comes from"),
};

/** A figure with its age. An expired one has no value: it is not confirmed since `observedAt`, call. */
export const Figure = z.object({
  subject: Subject,
  value: Value.nullable(),
  held: z
    .int()
    .min(0)
    .optional()
    .describe("Of blood: units kept for somebody on the way, to be taken off those on the shelf"),
  ...clocks,
});
export type Figure = z.infer<typeof Figure>;

/** A remark on a figure that a reader should have beside it. */
export const BedNote = z.enum(["over-occupied", "sources-disagree"]);
export type BedNote = z.infer<typeof BedNote>;

/** What another source than the leading one says of the same beds, shown rather than hidden. */
export const OtherReport = z.object({ source: Source, value: BedCounts, observedAt: Instant });
export type OtherReport = z.infer<typeof OtherReport>;

/** The beds of one type at one facility, as they stand. */
export const BedFigure = z.object({
  type: BedType,
  value: BedAvailability.nullable(),
  ...clocks,
  version: z.string().describe("Send it as If-Match to change the figure only if it is still this one"),
  notes: z.array(BedNote),
  others: z.array(OtherReport).describe("What other sources say of the same beds, when they differ"),
});
export type BedFigure = z.infer<typeof BedFigure>;
