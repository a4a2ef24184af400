import { z } from "zod";
import { BedType } from "@ihims/core/beds/schema.ts";
import { BloodComponent, BloodGroup } from "@ihims/core/blood/schema.ts";
import { FacilityKind, Ownership } from "@ihims/core/facilities/schema.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import { Cell, CellSpec, CodeList, Condition, PatternText } from "./cell.ts";

/** The version of this language. A document says which it was written in. */
export const MAPPING_LANGUAGE = 1;
export const PARTS_MAX = 50;

const words = z.array(z.string().max(200)).max(200);

/** How the file is written. */
export const Format = z.strictObject({
  kind: z.enum(["csv", "xlsx", "json", "ndjson", "xml", "html"]),
  delimiter: z.string().min(1).max(4).optional().describe("CSV: found from the header when left out"),
  encoding: z
    .string()
    .max(40)
    .optional()
    .describe("As windows-1252, utf-16le; found from the bytes when left out"),
});
export type Format = z.infer<typeof Format>;

/** Which row of a table is its header. */
export const Header = z.strictObject({
  row: z.int().min(1).max(100_000).optional().describe("The row, from 1, that is not empty counted or not"),
  words: words.min(1).optional().describe("The first row in which all these stand"),
  rows: z
    .int()
    .min(1)
    .max(6)
    .optional()
    .describe("Over how many rows the header goes; upper words spread to the right"),
});
export type Header = z.infer<typeof Header>;

/** Where the records are in the file. What does not belong to the format is refused. */
export const Records = z.strictObject({
  path: z
    .string()
    .max(500)
    .optional()
    .describe(
      "JSON and XML: the way to the list, as data.hospitals or beds.*; a * goes into each member of a list or an object",
    ),
  columnar: z.boolean().optional().describe("JSON: the lists stand beside one another, one for each column"),
  sheet: z
    .union([z.string().max(200), z.int().min(1).max(1000)])
    .optional()
    .describe("XLSX: name or number of the sheet, * for all; the first when left out"),
  table: z
    .union([z.int().min(1).max(10_000), z.literal("*")])
    .optional()
    .describe("HTML: number of the table, or * for all that have the header"),
  select: z
    .string()
    .max(300)
    .optional()
    .describe("HTML: a CSS selector of the pieces that are records, where there is no table"),
  header: z
    .union([Header, z.literal("none")])
    .optional()
    .describe("The first row that is not empty when left out; none: columns are named 1, 2, 3"),
  columns: z
    .array(z.string().max(200))
    .max(2000)
    .optional()
    .describe("Own names of the columns, from the left, in place of the header's"),
  until: z.array(Condition).max(10).optional().describe("The records end before the first that is so"),
});
export type Records = z.infer<typeof Records>;

/** One record into several, each with all the fields of the record and more. */
export const Each = z.union([
  z
    .strictObject({
      columns: PatternText.describe("A pattern that the whole header fits; its named groups become fields"),
      except: words.optional().describe("Columns that are not meant though they fit"),
    })
    .describe(
      "Columns become records: those whose named groups are alike one record, the cell in the field `value`, or in a field named as the group `field` says",
    ),
  z
    .strictObject({
      cell: Cell,
      pattern: PatternText,
      rest: z
        .enum(["refuse", "ignore"])
        .optional()
        .describe("What of the text no match took: refused when it has digits, unless ignored"),
    })
    .describe("Each match in a text becomes a record, the pattern's named groups its fields"),
  z
    .strictObject({ cell: Cell, split: z.string().min(1).max(20) })
    .describe("Each part of a text becomes a record, the part in the field `value`"),
  z
    .strictObject({ list: z.string().min(1).max(500) })
    .describe(
      "Each member of a list or object in the record; its fields, `$key`, and `$parent` is the record",
    ),
]);
export type Each = z.infer<typeof Each>;

/** How a date is written, where its own look does not say. */
export const DateStyle = z.enum([
  "day-first",
  "month-first",
  "year-first",
  "infer",
  "epoch-seconds",
  "epoch-milliseconds",
  "excel",
]);
export type DateStyle = z.infer<typeof DateStyle>;

export const MomentSpec = z.strictObject({
  date: Cell.describe("The date, or date and time in one text"),
  time: Cell.optional().describe("The time of day, where it stands apart"),
  style: DateStyle.optional().describe(
    "Order of a date in figures, or what a bare number counts. infer: from all the records. Left out: only dates that can be read in one way",
  ),
  timeZone: z
    .string()
    .max(60)
    .optional()
    .describe("IANA name; the feed's when left out. A zone in the text itself goes before"),
  dateOnlyAt: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional()
    .describe("The time of day meant by a date alone: 00:00 when left out"),
  year: z
    .union([z.int().min(1900).max(2199), z.literal("latest")])
    .optional()
    .describe("For dates without a year: it, or the latest that is not after the fetch"),
  monthOnly: z
    .enum(["first-day", "last-day"])
    .optional()
    .describe("For dates without a day, as Apr-24: which day of the month is meant"),
  otherwise: z
    .enum(["refuse", "fetch-time"])
    .optional()
    .describe("A record without a date: refused, unless the time of fetching is to stand for it"),
});
export type MomentSpec = z.infer<typeof MomentSpec>;

/** How the source names the facility. At least one of id, name and fixed. */
export const FacilitySpec = z
  .strictObject({
    ids: z
      .array(z.strictObject({ system: z.string().regex(/^[a-z][a-z0-9:._-]{0,40}$/), value: Cell }))
      .max(5)
      .optional(),
    name: Cell.optional(),
    locality: Cell.optional(),
    address: Cell.optional(),
    position: z
      .union([
        z.strictObject({ lat: Cell, lon: Cell }),
        z.strictObject({ text: Cell, order: z.enum(["lat-lon", "lon-lat"]) }),
      ])
      .optional(),
    fixed: FacilityId.optional().describe("All records are of this facility of ours"),
  })
  .refine(
    ({ ids, name, fixed }) => Boolean(ids?.length) || name !== undefined || fixed !== undefined,
    "say at least one of ids, name, fixed",
  );
export type FacilitySpec = z.infer<typeof FacilitySpec>;

/** What else the source knows of a facility, for one that is not there yet. */
export const ProfileSpec = z.strictObject({
  kind: z.union([FacilityKind, CellSpec]),
  ownership: z.union([Ownership, CellSpec]).optional(),
  names: z.record(z.string().max(35), Cell).optional().describe("Names in other languages, by BCP 47 code"),
  phones: z.array(Cell).max(10).optional(),
  emergencyPhone: Cell.optional(),
  website: Cell.optional(),
});
export type ProfileSpec = z.infer<typeof ProfileSpec>;

const LAYERS = ["licensed", "physical", "staffed", "blocked", "occupied", "vacant", "surge"] as const;
/** A layer of beds as a source counts them. `vacant` is no layer of ours: with staffed it gives occupied. */
export const Layer = z.enum(LAYERS);
export type Layer = z.infer<typeof Layer>;

export const BedsSpec = z
  .strictObject({
    kind: z.literal("bed"),
    type: z.union([BedType, CellSpec]).describe("A bed type, or a cell that names it"),
    licensed: Cell.optional(),
    physical: Cell.optional(),
    staffed: Cell.optional().describe("All that can be used, occupied or not: what is mostly called total"),
    blocked: Cell.optional(),
    occupied: Cell.optional(),
    vacant: Cell.optional().describe("Free now: occupied = staffed - blocked - vacant"),
    surge: Cell.optional(),
    layer: z
      .strictObject({ name: CellSpec, value: Cell })
      .optional()
      .describe("For long tables: which of these layers the record's one value is"),
    needs: z.array(Layer).max(7).optional().describe("Nothing is said where one of these is absent"),
    vacantAlone: z
      .enum(["refuse", "count-as-staffed"])
      .optional()
      .describe(
        "Only the free beds are published: refused, unless the free ones are to be counted as all there are",
      ),
  })
  .refine(
    (spec) => LAYERS.some((layer) => spec[layer] !== undefined) || spec.layer !== undefined,
    "say at least one layer of beds",
  );

export const BloodSpec = z.strictObject({
  kind: z.literal("blood"),
  group: z.union([BloodGroup, CellSpec]),
  component: z.union([BloodComponent, CellSpec]),
  units: Cell,
  expiringSoon: Cell.optional(),
});

export const MedicineSpec = z
  .strictObject({
    kind: z.literal("medicine"),
    id: Cell.optional().describe("Our own id of it"),
    codes: z
      .array(z.strictObject({ system: z.string().regex(/^[a-z][a-z0-9:._-]{0,40}$/), value: Cell }))
      .max(5)
      .optional(),
    name: Cell.optional(),
    strength: Cell.optional(),
    form: Cell.optional(),
    pack: Cell.optional(),
    manufacturer: Cell.optional(),
    batch: Cell.optional(),
    expiry: MomentSpec.optional().describe("What expires before it is counted is left out"),
    quantity: Cell.describe("Packs on the shelf"),
    price: Cell.optional().describe("Of one pack, in the currency's main unit: 12.50 is 1250 minor units"),
  })
  .refine(
    ({ id, codes, name }) => id !== undefined || Boolean(codes?.length) || name !== undefined,
    "say at least one of id, codes, name",
  );

const ServiceKey = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

export const ServiceSpec = z.strictObject({
  kind: z.literal("service"),
  service: z.union([ServiceKey, CellSpec]),
  available: Cell,
  until: MomentSpec.optional(),
});

export const WaitingSpec = z.strictObject({
  kind: z.literal("waiting"),
  queue: z.union([ServiceKey, CellSpec]),
  minutes: Cell,
  people: Cell.optional(),
});

export const DiversionSpec = z.strictObject({
  kind: z.literal("diversion"),
  service: z.union([ServiceKey, CellSpec]),
  state: Cell.describe("open, diverting or closed"),
  until: MomentSpec,
  reason: Cell.optional(),
});

/** What one observation is read from. */
export const ObservationSpec = z.discriminatedUnion("kind", [
  BedsSpec,
  BloodSpec,
  MedicineSpec,
  ServiceSpec,
  WaitingSpec,
  DiversionSpec,
]);
export type ObservationSpec = z.infer<typeof ObservationSpec>;
export type BedsSpec = z.infer<typeof BedsSpec>;
export type BloodSpec = z.infer<typeof BloodSpec>;
export type MedicineSpec = z.infer<typeof MedicineSpec>;

/** Several observations that share which records they are for. */
export const Group = z.strictObject({
  each: Each.optional(),
  where: z.array(Condition).max(20).optional(),
  observations: z.array(ObservationSpec).min(1).max(500),
});
export type Group = z.infer<typeof Group>;

/** One way through the file. */
export const Part = z.strictObject({
  title: z.string().max(200).optional(),
  records: Records.optional(),
  fill: z
    .array(z.string().max(500))
    .max(20)
    .optional()
    .describe("Columns in which an empty cell means: as above"),
  headings: z
    .strictObject({ where: z.array(Condition).min(1).max(10), field: Cell, as: z.string().max(100) })
    .optional()
    .describe("Rows that are headings of what follows: they make no record, their text becomes a field"),
  each: z.array(Each).max(3).optional(),
  where: z
    .array(Condition)
    .max(20)
    .optional()
    .describe("Only records of which all this holds; others are skipped and counted"),
  facility: FacilitySpec.optional(),
  profile: ProfileSpec.optional(),
  observedAt: MomentSpec.optional(),
  sourceRef: Cell.optional().describe("The source's own name for the report, where it has one"),
  gather: z
    .enum(["layers", "sum"])
    .optional()
    .describe(
      "Records that speak of the same facility, subject and moment become one observation: their layers are put together, or their numbers added up",
    ),
  observations: z
    .array(z.union([ObservationSpec, Group]))
    .max(500)
    .default([]),
});
export type Part = z.infer<typeof Part>;

/**
 * How one authority's file becomes observations: a document that a person can read, write and
 * version. docs/mapping.md explains it element by element.
 */
export const Mapping = z.strictObject({
  language: z.literal(MAPPING_LANGUAGE),
  title: z.string().min(1).max(200),
  version: z.int().min(1).default(1).describe("Of this document: grows with each change of it"),
  format: Format,
  records: Records.optional().describe("Where the records are, for all parts that do not say"),
  timeZone: z.string().max(60).optional().describe("IANA name, where the feed's is not meant"),
  absent: words.optional().describe("More words that mean: no value"),
  decimal: z.enum([".", ","]).optional().describe("The decimal mark of the whole file"),
  lists: z.record(z.string().max(100), CodeList).optional().describe("Code lists, by name"),
  facility: FacilitySpec.optional().describe(
    "For all parts that do not say; without any the feed is of one facility",
  ),
  profile: ProfileSpec.optional(),
  observedAt: MomentSpec.optional().describe(
    "For all parts that do not say; without any the time of fetching",
  ),
  where: z.array(Condition).max(20).optional().describe("Holds for all parts, beside their own"),
  parts: z.array(Part).min(1).max(PARTS_MAX),
});
export type Mapping = z.infer<typeof Mapping>;
/** A mapping as it is written, before what is left out is filled in. */
export type MappingText = z.input<typeof Mapping>;
