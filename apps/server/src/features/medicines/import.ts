import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { basename, extname } from "node:path";
import { createGunzip } from "node:zlib";
import {
  medicineListReader,
  type MedicineRow,
  type RejectedMedicine,
} from "@ihims/connectors/medicines/list.ts";
import { formulary } from "@ihims/core/medicines/formulary.ts";
import type { Context } from "../../platform/context.ts";
import { readCsvStream } from "../../platform/csv-stream.ts";
import { addMedicines, medicineIdOf } from "./medicines.ts";

/** Most products of one list: six times the largest that we know of. */
export const LIST_MAX_PRODUCTS = 2_000_000;
/** Records put aside that the report keeps; all of them go to `onRejected`. */
const REJECTED_KEPT_MAX = 1000;
const CHUNK_BYTES = 1 << 18;

export interface MedicineImportOptions {
  /** The list's name; products of two lists are kept apart by it. */
  source: string;
  map?: string;
  currency: string;
  isPublicPharmacy: boolean;
  dryRun: boolean;
  /** Told every record that is put aside, in the order of the file. */
  onRejected?: (rejected: RejectedMedicine) => void;
  onProgress?: (bytes: number, total: number) => void;
}

/** What came of a list. */
export interface MedicineImportReport {
  source: string;
  dryRun: boolean;
  columns: Record<string, string>;
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  /** The first of them. */
  rejects: RejectedMedicine[];
}

/**
 * Take in a country's list of medicines, CSV as it is or gzipped, in little memory: a thousand
 * records at a time, each thousand in a transaction of its own. Again to update.
 *
 * @throws Error when the file or its header cannot be read, or no column is a name
 */
export async function importMedicines(
  ctx: Context,
  file: string,
  options: MedicineImportOptions,
): Promise<MedicineImportReport> {
  const { source, dryRun, currency, isPublicPharmacy, map } = options;
  await using opened = await open(file);
  const { size } = await opened.stat();
  const raw = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  raw.on("data", () => options.onProgress?.(raw.bytesRead, size));
  const stream = await readCsvStream(extname(file) === ".gz" ? raw.pipe(createGunzip()) : raw);
  const reader = medicineListReader(stream.headers, {
    formulary: formulary(),
    currency,
    isPublicPharmacy,
    ...(map !== undefined && { map }),
  });
  if (!reader.ok) throw new Error(reader.problem);
  const report: MedicineImportReport = {
    source,
    dryRun,
    columns: reader.columns,
    read: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    rejected: 0,
    rejects: [],
  };
  const seen = new Seen(source);
  for await (const batch of stream.batches) {
    report.read += batch.length;
    const rows = batch.flatMap(({ line, fields, fault }) =>
      reader.read({ place: `line ${line}`, fields, ...(fault !== undefined && { fault }) }),
    );
    const products = rows.flatMap((row) => {
      const rejected = row.kind === "rejected" ? row : seen.refuse(row);
      if (!rejected) return row.kind === "medicine" ? [row] : [];
      report.rejected += 1;
      if (report.rejects.length < REJECTED_KEPT_MAX) report.rejects.push(rejected);
      options.onRejected?.(rejected);
      return [];
    });
    const saved = await addMedicines(ctx, source, products, { dryRun });
    report.created += saved.created;
    report.updated += saved.updated;
    report.unchanged += saved.unchanged;
  }
  return report;
}

/** Which products of the file were read, by a number each: nothing is written twice. */
class Seen {
  readonly #source: string;
  readonly #numbers = new Set<number>();

  constructor(source: string) {
    this.#source = source;
  }

  /** @returns why it is put aside; undefined for the first of its ref */
  refuse({ place, ref, profile }: MedicineRow): RejectedMedicine | undefined {
    // 53 bits of the id: two of a million products share them once in some ten thousand lists.
    const number = Number.parseInt(medicineIdOf(this.#source, ref).slice(2, 12), 36);
    const reason = this.#numbers.has(number)
      ? "is a product that stands further up already"
      : this.#numbers.size >= LIST_MAX_PRODUCTS
        ? `is one more than ${LIST_MAX_PRODUCTS} products`
        : undefined;
    this.#numbers.add(number);
    return reason === undefined
      ? undefined
      : { kind: "rejected", place, name: profile.name, field: null, reason };
  }
}

/** The name of a list by its file's. */
export function sourceOf(file: string): string {
  return (
    basename(file)
      .replace(/(?:\.(?:csv|tsv|txt|gz))+$/i, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 80) || "list"
  );
}
