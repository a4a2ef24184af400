import type { InventoryItem, InventoryReport, InventoryReportInventoryListing } from "fhir/r5.js";
import type { Facility } from "@ihims/core/facilities/schema.ts";
import type { Medicine } from "@ihims/core/medicines/schema.ts";
import type { Source } from "@ihims/core/observations/schema.ts";
import { StockValue } from "@ihims/core/stock/schema.ts";
import { Instant, type Instant as Moment } from "@ihims/core/time.ts";
import { z } from "zod";
import { fhirId, partId } from "./elements.ts";
import { FIGURE_AGE, OWN_ID } from "./systems.ts";

/** Medicines by our ids, which the catalogue has. */
export const MEDICINE = "urn:ihims:medicine";
/** WHO's Anatomical Therapeutic Chemical classification, as terminology.hl7.org names it. */
const ATC = "http://www.whocc.no/atc";
/** A pack of it, as it is counted on shelves. */
const PACKS = { unit: "packs" } as const;

/** A medicine on a shelf, with its age. */
export interface ShelfLine {
  medicine: string;
  quantity: number;
  observedAt: Moment;
  receivedAt: Moment;
  source: Source;
  freshness: string;
}

/**
 * What a facility has on its shelves, as an R5 InventoryReport: a listing for each moment at which
 * lines were counted. What has expired is counted no more, so it is left out.
 *
 * @returns undefined when nothing that holds was ever told
 */
export function inventoryReportOf(
  facility: Facility,
  lines: readonly ShelfLine[],
): InventoryReport | undefined {
  const holding = lines.filter(({ freshness }) => freshness !== "expired");
  const seen = holding.map(({ observedAt }) => observedAt).sort();
  const heard = holding.map(({ receivedAt }) => receivedAt).sort();
  const [oldest] = seen;
  const newest = seen.at(-1);
  if (oldest === undefined || newest === undefined) return undefined;
  const id = partId(facility.id);
  const byMoment = [...Map.groupBy(holding, ({ observedAt }) => observedAt)].sort(([a], [b]) =>
    a < b ? 1 : -1,
  );
  return {
    resourceType: "InventoryReport",
    id,
    meta: { lastUpdated: heard.at(-1) ?? newest },
    identifier: [{ use: "official", system: OWN_ID, value: facility.id }],
    status: "active",
    countType: "snapshot",
    reportedDateTime: newest,
    reporter: { reference: `Organization/${id}`, display: facility.name },
    reportingPeriod: { start: oldest, end: newest },
    inventoryListing: byMoment.map(([countingDateTime, some]) => listingOf(facility, countingDateTime, some)),
  };
}

function listingOf(
  facility: Facility,
  countingDateTime: Moment,
  lines: readonly ShelfLine[],
): InventoryReportInventoryListing {
  return {
    location: { reference: `Location/${partId(facility.id)}`, display: facility.name },
    countingDateTime,
    item: lines.map(({ medicine, quantity, source, freshness }) => ({
      extension: [
        {
          url: FIGURE_AGE,
          extension: [
            { url: "source", valueCode: source },
            { url: "freshness", valueCode: freshness },
          ],
        },
      ],
      quantity: { value: quantity, ...PACKS },
      item: {
        concept: { coding: [{ system: MEDICINE, code: medicine }] },
        reference: { reference: `InventoryItem/${fhirId(medicine)}` },
      },
    })),
  };
}

/** A medicine. @param product as the catalogue has it; undefined when only a shelf knows it, by its id */
export function inventoryItemOf(medicine: string, product: Medicine | undefined): InventoryItem {
  const name = product?.name;
  const atc = product?.atc ? [{ system: ATC, code: product.atc }] : [];
  return {
    resourceType: "InventoryItem",
    id: fhirId(medicine),
    identifier: [{ system: OWN_ID, value: medicine }],
    status: product?.isDiscontinued ? "inactive" : "active",
    code: [
      {
        coding: [{ system: MEDICINE, code: medicine }, ...atc],
        ...(name === undefined ? {} : { text: name }),
      },
    ],
    ...(name === undefined
      ? {}
      : {
          name: [
            {
              nameType: { system: "http://hl7.org/fhir/inventoryitem-nametype", code: "trade-name" },
              language: "en" as const,
              name,
            },
          ],
        }),
    baseUnit: { text: "pack" },
  };
}

const text = z.string().min(1);
const Reference = z.looseObject({ reference: text.optional() });
const Coding = z.looseObject({ system: text.optional(), code: text.optional() });

/** As much of the R5 resource as is read, with the cardinalities that R5 has for it. */
export const InventoryReportShape = z.looseObject({
  resourceType: z.literal("InventoryReport"),
  id: text.optional(),
  status: z.enum(["draft", "requested", "active", "entered-in-error"]),
  countType: z.enum(["snapshot", "difference"]),
  reportedDateTime: text,
  reporter: Reference.optional(),
  inventoryListing: z
    .array(
      z.looseObject({
        location: Reference.optional(),
        countingDateTime: text.optional(),
        item: z
          .array(
            z.looseObject({
              quantity: z.looseObject({ value: z.number().optional(), unit: text.optional() }),
              item: z.looseObject({
                concept: z.looseObject({ coding: z.array(Coding).optional() }).optional(),
                reference: Reference.optional(),
              }),
            }),
          )
          .optional(),
      }),
    )
    .optional(),
});
export type InventoryReportShape = z.infer<typeof InventoryReportShape>;

/** A count of a medicine, as a report states it. */
export interface StatedStock {
  medicine: string;
  quantity: number;
  observedAt: Moment | undefined;
}

/**
 * The counts of a report, and what cannot be taken: `inventoryListing[0].item[2]: ...`. Only what was
 * counted is a count: a difference, a draft or a request says nothing of what is there.
 */
export function readInventory(report: InventoryReportShape): { stock: StatedStock[]; problems: string[] } {
  if (report.countType !== "snapshot")
    return {
      stock: [],
      problems: ["countType: a difference is not taken: report what is there, as a snapshot"],
    };
  if (report.status !== "active")
    return { stock: [], problems: [`status: only what is active is taken, not ${report.status}`] };
  const stock: StatedStock[] = [];
  const problems: string[] = [];
  for (const [at, { countingDateTime, item = [] }] of (report.inventoryListing ?? []).entries()) {
    const observedAt = Instant.safeParse(countingDateTime ?? report.reportedDateTime).data;
    for (const [nth, { quantity, item: what }] of item.entries()) {
      const place = `inventoryListing[${at}].item[${nth}]`;
      const medicine =
        what.concept?.coding?.find(({ system }) => system === MEDICINE)?.code ??
        /^InventoryItem\/([A-Za-z0-9.-]{1,64})$/.exec(what.reference?.reference ?? "")?.[1];
      const read = StockValue.shape.quantity.safeParse(quantity.value);
      if (medicine === undefined || !/^[A-Za-z0-9_-]{1,64}$/.test(medicine))
        problems.push(`${place}.item: names no medicine of ours`);
      else if (!read.success) problems.push(`${place}.quantity: is not a whole number of packs`);
      else stock.push({ medicine, quantity: read.data, observedAt });
    }
  }
  return { stock, problems };
}
