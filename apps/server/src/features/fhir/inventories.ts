import type { Bundle, InventoryItem, InventoryReport } from "fhir/r5.js";
import type { FacilityId } from "@ihims/core/ids.ts";
import { MedicineId, type Medicine } from "@ihims/core/medicines/schema.ts";
import { Subject } from "@ihims/core/observations/schema.ts";
import { mayReport } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { Instant } from "@ihims/core/time.ts";
import { fhirId, targetOf } from "@ihims/connectors/fhir/elements.ts";
import {
  inventoryItemOf,
  InventoryReportShape,
  inventoryReportOf,
  readInventory,
  type ShelfLine,
} from "@ihims/connectors/fhir/inventory.ts";
import type { Context } from "../../platform/context.ts";
import type { Board, Entry } from "../board/board.ts";
import { recordObservations, senderOf } from "../observations/observations.ts";
import type { Shelves } from "../stock/stock.ts";
import { FhirRefusal, notFound } from "./outcome.ts";
import { entryByFhirId } from "./reports.ts";
import type { Pairs } from "./searches.ts";

/** Most items of one report. */
const ITEMS_MAX = 10_000;

/** Where inventories are read from. */
export interface Storeroom {
  board: Board;
  shelves: Shelves;
  /** The products of the catalogue with these ids. */
  medicines(ids: readonly MedicineId[]): Promise<Medicine[]>;
  /** Address of the R5 facade as it was called. */
  base: string;
  now: Instant;
}

/** What one facility has. @throws FhirRefusal 404 when it told of nothing that still holds */
export function inventoryOf({ board, shelves, now }: Storeroom, id: string): InventoryReport {
  const entry = entryByFhirId(board, id);
  const report = entry && inventoryReportOf(entry.facility, linesOf(shelves, entry, now));
  if (!report) throw notFound(`InventoryReport ${id}`);
  return report;
}

function linesOf(shelves: Shelves, entry: Entry, now: Instant): ShelfLine[] {
  const lines: ShelfLine[] = [];
  for (const medicine of shelves.allMedicines()) {
    const figure = shelves.figureAt(entry.facility.id, medicine, now);
    if (figure) lines.push({ medicine, ...figure, quantity: figure.free });
  }
  return lines;
}

/**
 * The inventory of a facility, by `location`, `reporter` or `_id`. A report of every pharmacy of a
 * city would be millions of lines, so one has to be named.
 *
 * @throws FhirRefusal 400 for parameters that are not known, or when no facility is named
 */
export function searchInventories(room: Storeroom, pairs: Pairs): Bundle {
  const ids: string[] = [];
  for (const [key, value] of pairs) {
    if (key === "_id") ids.push(value);
    else if (key === "location" || key === "reporter") ids.push(targetOf({ reference: value })?.id ?? value);
    else throw unknown(key, "InventoryReport", ["_id", "location", "reporter"]);
  }
  const [id] = ids;
  if (id === undefined)
    throw new FhirRefusal(400, [
      {
        code: "too-costly",
        details: "location: name a facility, by location, reporter or _id",
        expression: "location",
      },
    ]);
  const entry = ids.every((one) => one === id) ? entryByFhirId(room.board, id) : undefined;
  const report = entry && inventoryReportOf(entry.facility, linesOf(room.shelves, entry, room.now));
  return bundleOf(room.base, "InventoryReport", pairs, report ? [report] : []);
}

/** A medicine of the catalogue, or one that some facility told of. @throws FhirRefusal 404 */
export async function itemOf(room: Storeroom, id: string): Promise<InventoryItem> {
  const [item] = await itemsNamed(room, new Set([id]));
  if (!item) throw notFound(`InventoryItem ${id}`);
  return item;
}

/** Medicines by their ids: as the catalogue has them, and those that only a shelf knows by their ids alone. */
async function itemsNamed(
  { shelves, medicines }: Storeroom,
  wanted: ReadonlySet<string>,
): Promise<InventoryItem[]> {
  const ids = [...wanted].flatMap((one) => MedicineId.safeParse(one).data ?? []);
  const listed = new Map((await medicines(ids)).map((medicine) => [medicine.id as string, medicine]));
  const told = [...shelves.allMedicines()].filter((one) => wanted.has(one) || wanted.has(fhirId(one)));
  return [...new Set([...listed.keys(), ...told])].map((id) => inventoryItemOf(id, listed.get(id)));
}

/** Most medicines that one search names. */
const WANTED_MAX = 1000;

export async function searchItems(room: Storeroom, pairs: Pairs): Promise<Bundle> {
  const wanted = new Set<string>();
  for (const [key, value] of pairs) {
    if (key !== "_id" && key !== "identifier" && key !== "code")
      throw unknown(key, "InventoryItem", ["_id", "identifier", "code"]);
    for (const one of value.split(",")) wanted.add(one.split("|").at(-1) ?? one);
  }
  if (wanted.size === 0)
    throw new FhirRefusal(400, [
      { code: "too-costly", details: "code: name a medicine", expression: "code" },
    ]);
  if (wanted.size > WANTED_MAX)
    throw new FhirRefusal(400, [
      { code: "too-costly", details: `code: names more than ${WANTED_MAX} medicines`, expression: "code" },
    ]);
  return bundleOf(room.base, "InventoryItem", pairs, await itemsNamed(room, wanted));
}

function unknown(key: string, type: string, known: readonly string[]): FhirRefusal {
  const details = `${key}: is not a parameter of ${type} here; known are ${known.join(", ")}`;
  return new FhirRefusal(400, [{ code: "not-supported", details, expression: key }]);
}

function bundleOf(
  base: string,
  type: string,
  pairs: Pairs,
  found: readonly (InventoryReport | InventoryItem)[],
): Bundle {
  const query = new URLSearchParams(pairs.map(([key, value]) => [key, value]));
  return {
    resourceType: "Bundle",
    type: "searchset",
    total: found.length,
    link: [{ relation: "self", url: `${base}/${type}?${query}` }],
    ...(found.length > 0
      ? {
          entry: found.map((resource) => ({
            fullUrl: `${base}/${type}/${resource.id}`,
            resource,
            search: { mode: "match" as const },
          })),
        }
      : {}),
  };
}

/**
 * Take in what a facility counted: each item becomes an observation with the source fhir. All of it
 * or nothing.
 *
 * @throws FhirRefusal 400 or 422 that names each place; Problem `not-allowed`
 */
export async function takeInventory(ctx: Context, board: Board, body: unknown): Promise<FacilityId> {
  const shape = InventoryReportShape.safeParse(body);
  if (!shape.success)
    throw new FhirRefusal(
      400,
      shape.error.issues.slice(0, 20).map(({ path, message }) => ({
        code: "structure" as const,
        details: `InventoryReport.${path.join(".")}: ${message}`,
        expression: `InventoryReport.${path.join(".")}`,
      })),
    );
  const report = shape.data;
  const { facility } = entryOf(board, report);
  if (!mayReport(ctx.actor, facility.id, "medicine"))
    throw new Problem("not-allowed", `You do not report medicines of ${facility.id}`);
  const { stock, problems } = readInventory(report);
  if (stock.length === 0 && problems.length === 0) problems.push("inventoryListing: no item is in it");
  if (stock.length > ITEMS_MAX) problems.push(`inventoryListing: has more than ${ITEMS_MAX} items`);
  if (problems.length > 0) throw refusedFor(problems);
  const { sender } = senderOf(ctx.actor);
  await ctx.transaction(async (tx) => {
    const recorded = await recordObservations(
      tx,
      stock.map(({ medicine, quantity, observedAt }) => ({
        facility: facility.id,
        subject: Subject.parse(`medicine:${medicine}`),
        value: { quantity },
        observedAt: observedAt ?? tx.now(),
        source: "fhir" as const,
        sender,
      })),
    );
    const refused = recorded.findIndex(({ kind }) => kind === "refused");
    if (refused >= 0)
      throw refusedFor([`${stock[refused]?.medicine}: counted more than five minutes ahead of our clock`]);
  });
  return facility.id;
}

function entryOf(board: Board, { inventoryListing = [], reporter }: InventoryReportShape): Entry {
  const places = [reporter, ...inventoryListing.map(({ location }) => location)]
    .filter((one) => one !== undefined)
    .map((one) => entryByFhirId(board, targetOf(one)?.id ?? ""));
  const [first] = places;
  if (!first || places.some((one) => one !== first))
    throw refusedFor(["reporter: it and every location have to name one facility that is known"]);
  return first;
}

function refusedFor(problems: readonly string[]): FhirRefusal {
  return new FhirRefusal(
    422,
    problems.slice(0, 50).map((details) => ({
      code: "business-rule",
      details: `InventoryReport.${details}`,
      expression: `InventoryReport.${details.split(": ")[0]}`,
    })),
  );
}
