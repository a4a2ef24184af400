import { isSameStock, wholeSecond } from "@ihims/core/stock/rules.ts";
import { appendChanges } from "../../platform/changes.ts";
import type { Context } from "../../platform/context.ts";
import { packLines, TAKEN_BACK, type StockChange } from "./stock-changes.ts";
import {
  findKnownLines,
  findListed,
  findNewestStockEntry,
  nextStockVersion,
  removeLine,
  saveLines,
  type StockEntry,
} from "./stock-store.ts";

/**
 * Let shelves be again what they were without some rows of the ledger, which are marked as retracted
 * already. Their facilities are locked. What was said again since by a later report stays.
 */
export async function restoreStock(ctx: Context, entries: readonly StockEntry[]): Promise<void> {
  const touched = Map.groupBy(
    entries,
    ({ shelf, source, medicineNo }) => `${shelf.no} ${source} ${medicineNo}`,
  );
  for (const taken of touched.values()) await restoreLine(ctx, taken);
}

/** @param taken what was taken back of one source about one medicine of one facility */
async function restoreLine(ctx: Context, taken: readonly StockEntry[]): Promise<void> {
  const [one] = taken;
  if (!one || !(await rests(ctx, one, taken))) return;
  const { shelf, source, medicineNo, facility } = one;
  const version = await nextStockVersion(ctx.db);
  const before = await findNewestStockEntry(ctx.db, one);
  const line = { medicineNo, value: { quantity: TAKEN_BACK }, observedAt: one.observedAt };
  if (before) {
    const { value, observedAt, receivedAt } = before;
    await saveLines(ctx.db, shelf, [
      { medicineNo, source, value, observedAt, receivedAt, version, isNew: false },
    ]);
  } else await removeLine(ctx.db, one);
  const change: StockChange = {
    kind: "stock",
    facility,
    no: shelf.no,
    source,
    version,
    receivedAt: before?.receivedAt ?? wholeSecond(ctx.now()),
    listedAt: null,
    lines: packLines([before ?? line]),
  };
  await appendChanges(ctx, [change]);
}

/** Whether what stands is what was taken back, and no later list has said it again. */
async function rests(
  { db }: Context,
  { shelf, source, medicineNo }: StockEntry,
  taken: readonly StockEntry[],
): Promise<boolean> {
  const line = (await findKnownLines(db, shelf, [medicineNo])).find((known) => known.source === source);
  if (!line) return false;
  const isTaken = taken.some(
    ({ value, observedAt }) => observedAt === line.observedAt && isSameStock(value, line.value),
  );
  const list = (await findListed(db, shelf.no)).find((listed) => listed.source === source);
  return isTaken && !(list && list.listedAt > line.observedAt);
}
