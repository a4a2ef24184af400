import { FacilityId } from "@ihims/core/ids.ts";
import { Source } from "@ihims/core/observations/schema.ts";
import type { StockValue } from "@ihims/core/stock/schema.ts";
import { Instant, instantOf, millisOf } from "@ihims/core/time.ts";
import { z } from "zod";
import type { LineToSave } from "./stock-store.ts";

/**
 * A source has said something of a shelf. `lines` are packed, since there are thousands: four 32-bit
 * numbers for each, in base64: medicine, packs (-1: what it said was taken back), price (-1: not said), second since 1970 in which it was
 * seen. With `listedAt` it told all that there is: its lines are seen again then.
 */
export const StockChange = z.object({
  kind: z.literal("stock"),
  facility: FacilityId,
  no: z.int(),
  source: Source,
  version: z.int(),
  receivedAt: Instant,
  listedAt: Instant.nullable(),
  lines: z.string(),
});
export type StockChange = z.infer<typeof StockChange>;

/** Medicines that were given numbers. */
export const StockNamesChange = z.object({
  kind: z.literal("stock-names"),
  added: z.array(z.tuple([z.string(), z.int()])),
});
export type StockNamesChange = z.infer<typeof StockNamesChange>;

const FIELDS = 4;

/** One line as it travels. Moments are whole seconds; `priceMinor` -1 when none was said. */
export interface PackedLine {
  medicineNo: number;
  quantity: number;
  priceMinor: number;
  observedS: number;
}

/** Packs of a line that a source has taken back: it says nothing of the medicine any more. */
export const TAKEN_BACK = -1;

export function packLines(
  lines: readonly (Pick<LineToSave, "medicineNo" | "observedAt"> & {
    value: Pick<StockValue, "quantity" | "priceMinor">;
  })[],
): string {
  const packed = new Int32Array(FIELDS * lines.length);
  for (const [at, { medicineNo, value, observedAt }] of lines.entries())
    packed.set([medicineNo, value.quantity, value.priceMinor ?? -1, secondOf(observedAt)], FIELDS * at);
  return Buffer.from(packed.buffer).toString("base64");
}

export function* unpackLines(text: string): Generator<PackedLine> {
  const bytes = Buffer.from(text, "base64");
  for (let at = 0; at + 4 * FIELDS <= bytes.length; at += 4 * FIELDS)
    yield {
      medicineNo: bytes.readInt32LE(at),
      quantity: bytes.readInt32LE(at + 4),
      priceMinor: bytes.readInt32LE(at + 8),
      observedS: bytes.readInt32LE(at + 12),
    };
}

/** Whole seconds since 1970. */
export function secondOf(moment: Instant): number {
  return Math.floor(millisOf(moment) / 1000);
}

export function momentOfSecond(second: number): Instant {
  return instantOf(second * 1000);
}
