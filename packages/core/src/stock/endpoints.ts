import { z } from "zod";
import { endpoint, pageOf, pageQuery } from "../endpoint.ts";
import { RADIUS_MAX_M } from "../facilities/endpoints.ts";
import { Facility, OpenState } from "../facilities/schema.ts";
import { NearText, Position } from "../geo.ts";
import { FacilityId } from "../ids.ts";
import { Names } from "../languages.ts";
import { MedicineId } from "../medicines/schema.ts";
import { Freshness, Source } from "../observations/schema.ts";
import { Reason } from "../reason.ts";
import { Instant } from "../time.ts";
import { StockLine } from "./list.ts";
import { StockLevel, StockValue } from "./schema.ts";

/** Rejected lines that one answer names; it counts them all. */
export const REJECTED_MAX = 10_000;
/** Largest list that is read, in bytes: some ten million lines. */
export const LIST_MAX_BYTES = 1024 * 1024 * 1024;

const ofFacility = z.object({ id: FacilityId });

/** A line that was not taken in, and why. */
export const RejectedLine = z.object({
  line: z.int().min(1).describe("Line of the text, from 1; in a JSON array the place of its element"),
  reason: z.enum(["unreadable", "unknown-medicine", "not-matched", "from-the-future", "not-of-this-list"]),
  detail: z.string(),
  field: z.string().optional(),
  text: z.string().optional().describe("The line as it came, cut after some hundred characters"),
});
export type RejectedLine = z.infer<typeof RejectedLine>;

export const StockListReport = z.object({
  isWhole: z.boolean().describe("False: it broke off at `brokenAt`, and what came before was taken in"),
  brokenAt: z.int().nullable(),
  observedAt: Instant,
  lines: z.int(),
  changed: z.int(),
  confirmed: z.int(),
  repeated: z.int().describe("Said again what stands, of the same moment"),
  superseded: z.int().describe("Older than what is known, or another source leads"),
  gone: z.int().describe("Medicines that a full list does not have any more"),
  rejected: z.int(),
  rejectedLines: z.array(RejectedLine).max(REJECTED_MAX).describe("The first of them"),
});
export type StockListReport = z.infer<typeof StockListReport>;

export const reportStock = endpoint({
  method: "POST",
  path: "/facilities/:id/stock",
  access: "signed-in",
  noun: "stock",
  summary: "A list of what is on the shelf, of any length; each line is taken in or rejected by itself",
  params: ofFacility,
  query: z.strictObject({
    snapshot: z
      .enum(["full"])
      .optional()
      .describe(
        "The list is all that there is: what is not in it is gone. It is taken in as a whole, or not at all",
      ),
    observedAt: Instant.optional().describe("When it was seen; when the list begins to arrive unless said"),
    preview: z
      .stringbool({ truthy: ["true"], falsy: ["false"], case: "sensitive" })
      .optional()
      .describe("Say what would come of it and write nothing"),
    map: z
      .string()
      .max(500)
      .optional()
      .describe("Of a CSV: which column holds what, where its heading does not tell: name=Item,quantity=Bal"),
  }),
  streams: {
    "application/x-ndjson": StockLine,
    "application/json": z.array(StockLine),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": z
      .string()
      .describe("A workbook; the first sheet is read, as a CSV is"),
    "text/csv": z.string().describe("With a line of headings: name or code, quantity, price, expiry, lot"),
  },
  bodyMaxBytes: LIST_MAX_BYTES,
  reply: StockListReport,
});

/** A line of the shelf as those who keep it see it. */
export const ShelfLine = z.object({
  medicine: MedicineId,
  name: z.string(),
  names: Names,
  generics: z.string().describe("Ingredients with their strengths"),
  ...StockValue.shape,
  held: z.int().min(0).describe("Of these, kept for people on the way"),
  observedAt: Instant,
  source: Source,
  freshness: Freshness,
});
export type ShelfLine = z.infer<typeof ShelfLine>;

/** Most lines of one shelf that are read at a time. */
export const SHELF_MAX_LINES = 50_000;

export const getShelf = endpoint({
  method: "GET",
  path: "/facilities/:id/stock",
  access: "signed-in",
  noun: "stock",
  summary: "The whole shelf of a facility, with lots and expiry, for those who keep it",
  params: ofFacility,
  query: z.strictObject({ lang: z.string().max(40).optional() }),
  reply: z.object({
    lines: z.array(ShelfLine).max(SHELF_MAX_LINES),
    isWhole: z.boolean(),
    listedAt: Instant.nullable().describe("When all that there is was last told"),
  }),
});

/** Words of a list that nobody has decided the meaning of. */
export const UnmatchedWords = z.object({
  words: z.string(),
  line: z.record(z.string(), z.unknown()).describe("The line that they last stood in"),
  seenAt: Instant,
  candidates: z.array(z.object({ medicine: MedicineId, name: z.string(), generics: z.string() })),
});
export type UnmatchedWords = z.infer<typeof UnmatchedWords>;

export const listUnmatched = endpoint({
  method: "GET",
  path: "/facilities/:id/stock/unmatched",
  access: "signed-in",
  noun: "stock",
  summary: "Products of your lists that could not be told, with what they may be",
  params: ofFacility,
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(100).default(20),
    lang: z.string().max(40).optional(),
  }),
  reply: z.object({ items: z.array(UnmatchedWords), total: z.int() }),
});

export const decideWords = endpoint({
  method: "PUT",
  path: "/facilities/:id/stock/words",
  access: "signed-in",
  noun: "stock",
  summary: "Say which medicine a product of your lists is; remembered for all that come",
  params: ofFacility,
  body: z.strictObject({
    decisions: z
      .array(
        z.strictObject({
          words: z.string().min(1).max(1000),
          medicine: MedicineId.nullable().describe("Null: it is none of the catalogue; do not ask again"),
        }),
      )
      .min(1)
      .max(500),
  }),
  reply: z.object({ decided: z.int() }),
});

/** A medicine as lists of stock name it. */
export const NamedMedicine = z.object({
  id: MedicineId,
  name: z.string(),
  names: Names,
  generics: z.string().describe("Ingredients with their strengths in one line"),
});
export type NamedMedicine = z.infer<typeof NamedMedicine>;

/** A pharmacy or dispensary as a row of a list. */
export const StockPlace = Facility.pick({
  id: true,
  name: true,
  names: true,
  kind: true,
  locality: true,
  localityNames: true,
  position: true,
  phones: true,
}).extend({
  open: OpenState,
  distance: z.int().min(0).nullable().describe("Metres along the great circle from `near`; null without it"),
});
export type StockPlace = z.infer<typeof StockPlace>;

/** How much of a medicine a place has, with its age. An expired number is withdrawn. */
export const StockFigure = z.object({
  level: StockLevel,
  value: z
    .object({ quantity: z.int().min(0), priceMinor: z.int().min(0).nullable() })
    .nullable()
    .describe("Null: not confirmed any more, call"),
  observedAt: Instant,
  receivedAt: Instant,
  source: Source,
  freshness: Freshness,
  freshUntil: Instant.nullable(),
});
export type StockFigure = z.infer<typeof StockFigure>;

const near = {
  near: NearText.optional(),
  radius: z.coerce
    .number()
    .int()
    .min(1)
    .max(RADIUS_MAX_M)
    .optional()
    .describe("Metres around `near`; 10,000 unless said"),
};

export const getAvailability = endpoint({
  method: "GET",
  path: "/medicines/:id/availability",
  access: "public",
  noun: "stock",
  summary: "Who near a place has a medicine, who usually has it, and what can stand in for it",
  params: z.object({ id: MedicineId }),
  query: z.strictObject({
    ...near,
    open: z.enum(["now"]).optional().describe("Only where it is open now"),
    packs: z.coerce.number().int().min(1).max(1000).default(1),
    includeStale: z.stringbool({ truthy: ["true"], falsy: ["false"], case: "sensitive" }).optional(),
    lang: z.string().max(40).optional(),
    ...pageQuery,
  }),
  reply: pageOf(StockPlace.extend({ stock: StockFigure })).extend({
    medicine: NamedMedicine,
    currency: z.string(),
    counts: z
      .object({
        "in-stock": z.int(),
        low: z.int(),
        usually: z.int(),
        "not-confirmed": z.int(),
        out: z.int().describe("Told that they have none; they are in no list"),
      })
      .describe("Places within the radius, by what they can be told to have"),
    equivalents: z
      .array(
        NamedMedicine.extend({
          places: z.int().describe("Within the radius, surely in stock"),
          nearest: StockPlace.extend({ stock: StockFigure }),
        }),
      )
      .describe(
        "Same generics, salts, strengths, form, route and release, in stock near; ask the pharmacist",
      ),
    filters: z.object({
      near: Position.nullable(),
      radius: z.int().nullable(),
      open: z.literal("now").nullable(),
      packs: z.int(),
    }),
  }),
});

/** Most lines of one prescription. */
export const PRESCRIPTION_MAX_LINES = 20;

const PrescriptionOffer = z.object({
  line: z.int().min(0).describe("Place in the prescription"),
  medicine: NamedMedicine,
  isEquivalent: z.boolean().describe("Not the product that was asked for: the same in another maker's box"),
  packs: z.int(),
  priceMinor: z.int().nullable().describe("Of all packs; null: the shop does not say"),
  stock: StockFigure,
});
export type PrescriptionOffer = z.infer<typeof PrescriptionOffer>;

const ShopVisit = z.object({ place: StockPlace, offers: z.array(PrescriptionOffer) });

/** Where a prescription can be had. */
export const PrescriptionPlan = z.object({
  visits: z.array(ShopVisit).min(1).max(2).describe("In the order in which to go"),
  missing: z.array(z.int()).describe("Lines that are not had there"),
  priceMinor: z.int().nullable().describe("Of all that is had; null: a shop does not say a price"),
  travel: z.object({ seconds: z.int(), metres: z.int() }).nullable().describe("The way there, one way"),
  reasons: z.array(Reason),
});
export type PrescriptionPlan = z.infer<typeof PrescriptionPlan>;

export const matchPrescription = endpoint({
  method: "POST",
  path: "/prescriptions/match",
  access: "public",
  noun: "stock",
  summary:
    "The pharmacies that have all of a prescription, then the best two together; nothing of it is kept",
  query: z.strictObject({ lang: z.string().max(40).optional() }),
  body: z.strictObject({
    lines: z
      .array(
        z
          .strictObject({
            medicine: MedicineId.optional(),
            text: z
              .string()
              .trim()
              .min(1)
              .max(200)
              .optional()
              .describe("As it is written: TAB AMOX CLAV 625"),
            packs: z.int().min(1).max(100).default(1),
          })
          .refine(({ medicine, text }) => (medicine ?? text) !== undefined, "say which: medicine or text"),
      )
      .min(1)
      .max(PRESCRIPTION_MAX_LINES),
    near: Position,
    radius: z.int().min(1).max(50_000).default(10_000),
    equivalents: z.boolean().default(true).describe("Whether another maker's box may stand in"),
    open: z.enum(["now"]).optional(),
  }),
  reply: z.object({
    lines: z.array(
      z.object({
        medicine: NamedMedicine.nullable().describe("Null: it is not certain what is meant; choose one"),
        candidates: z.array(NamedMedicine),
        packs: z.int(),
      }),
    ),
    currency: z.string(),
    one: z.array(PrescriptionPlan).describe("Shops that surely have all lines that are certain"),
    two: z.array(PrescriptionPlan).describe("Pairs of shops that have all together, when one does not"),
    most: z.array(PrescriptionPlan).describe("When nobody has all: who has most of it"),
  }),
});
