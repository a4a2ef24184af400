import type { z } from "zod";
import type { Reply } from "@ihims/core/endpoint.ts";
import type { Language } from "@ihims/core/languages.ts";
import type {
  FoundMedicine,
  getMedicine,
  listEquivalents,
  listMedicines,
  LookAlike,
  MedicineReading,
} from "@ihims/core/medicines/endpoints.ts";
import { formulary } from "@ihims/core/medicines/formulary.ts";
import { inTallMan, lookAlikesOf } from "@ihims/core/medicines/look-alikes.ts";
import { byUnitPrice, equivalenceOf, unitPriceOf } from "@ihims/core/medicines/rules.ts";
import type { Medicine, MedicineId } from "@ihims/core/medicines/schema.ts";
import { strengthText } from "@ihims/core/medicines/strengths.ts";
import { compositionText, ingredientName, warningsOf } from "@ihims/core/medicines/words.ts";
import type { Context } from "../../platform/context.ts";
import { readCursor, writeCursor } from "../../platform/cursor.ts";
import type { MedicineBoard } from "./medicine-board.ts";
import { findEquivalentsOf, findMedicinesById, getMedicineById } from "./medicines.ts";
import { findMedicinesByName } from "./store.ts";
import { summaryOf } from "./summary.ts";

type Query = z.output<typeof listMedicines.query>;
type Found = ReturnType<MedicineBoard["find"]>;

/** Most names that a medicine is said to be taken for. */
const LOOK_ALIKES_MAX = 6;
/** A name in the catalogue that is not what was typed and has this score is one letter away. */
const ONE_LETTER_SCORE = 0.74;
const NEAR_NAMES_MAX = 3;

const NOTHING_READ: MedicineReading = { words: [], strengths: [], form: null, corrected: [] };

/** A page of medicines: those of a search best first, otherwise by ingredient, otherwise all by name. */
export async function searchMedicines(
  ctx: Context,
  board: MedicineBoard,
  query: Query,
  lang: Language,
): Promise<Reply<typeof listMedicines>> {
  await board.current();
  const { q = null, generic = null, form = null } = query;
  const filters = { q, generic, form };
  if (q !== null) return { ...(await pageOfSearch(ctx, board, { ...query, q }, lang)), filters };
  const plain = { certain: false, lookAlikes: [], reading: NOTHING_READ, filters };
  if (generic === null) return { ...plain, ...(await pageByName(ctx, query, lang)) };
  const offset = offsetOf(query.cursor);
  const ids = board.withGeneric(generic, query.form);
  const page = await findMedicinesById(ctx, ids.slice(offset, offset + query.limit));
  return {
    ...plain,
    items: page.map((one) => listed(one, lang)),
    nextCursor: cursorTo(offset, query.limit, ids.length),
  };
}

async function pageOfSearch(
  ctx: Context,
  board: MedicineBoard,
  query: Query & { q: string },
  lang: Language,
) {
  const offset = offsetOf(query.cursor);
  const found = board.find(query.q, { isTyping: true, generic: query.generic, form: query.form });
  const page = found.items.slice(offset, offset + query.limit);
  const medicines = await findMedicinesById(
    ctx,
    page.map(({ product }) => found.idOf(product)),
  );
  const byId = new Map(medicines.map((medicine) => [medicine.id, medicine]));
  const items = page.flatMap(({ product, score, hasStrength, hasForm }): FoundMedicine[] => {
    const medicine = byId.get(found.idOf(product));
    if (!medicine) return [];
    const matches = { strength: hasStrength, form: hasForm };
    return [{ ...summaryOf(medicine, lang), score: rounded(score), matches }];
  });
  const { query: read } = found;
  return {
    items,
    nextCursor: cursorTo(offset, query.limit, found.items.length),
    certain: found.isCertain,
    lookAlikes: await lookAlikesFor(ctx, board, found),
    reading: {
      words: read.words.map(({ text }) => text),
      strengths: read.strengths.map(({ typed }) => typed),
      form: read.form,
      corrected: found.corrected,
    },
  };
}

/** Pages of what is counted off: the place is a number. */
function offsetOf(cursor: string | undefined): number {
  return cursor === undefined ? 0 : Math.max(0, Math.trunc(readCursor(cursor, "number")[0]));
}

function cursorTo(offset: number, limit: number, count: number): string | null {
  return offset + limit < count ? writeCursor([offset + limit, ""]) : null;
}

async function pageByName({ db }: Context, { cursor, limit, form }: Query, lang: Language) {
  const after = cursor === undefined ? null : readCursor(cursor, "string");
  const found = await findMedicinesByName(db, { form: form ?? null, after, limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((one) => listed(one, lang)),
    nextCursor: found.length > limit && last ? writeCursor([last.name, last.id]) : null,
  };
}

function listed(medicine: Medicine, lang: Language): FoundMedicine {
  return { ...summaryOf(medicine, lang), score: 1, matches: { strength: null, form: null } };
}

function rounded(score: number): number {
  return Math.round(Math.min(1, score) * 1000) / 1000;
}

/** What the best match is taken for: by the lists, and by names of the catalogue that are a letter away. */
async function lookAlikesFor(ctx: Context, board: MedicineBoard, found: Found): Promise<LookAlike[]> {
  const [best] = found.items;
  if (!best) return [];
  const [medicine] = await findMedicinesById(ctx, [found.idOf(best.product)]);
  if (!medicine) return [];
  const known = await knownLookAlikes(ctx, board, medicine);
  const seen = new Set([board.compositionOf(best.product)]);
  const near = found.items.filter(({ product, isExact, score }) => {
    const composition = board.compositionOf(product);
    const isOther = best.isExact && !isExact && score >= ONE_LETTER_SCORE && !seen.has(composition);
    if (isOther) seen.add(composition);
    return isOther;
  });
  const others = await findMedicinesById(
    ctx,
    near.slice(0, NEAR_NAMES_MAX).map(({ product }) => found.idOf(product)),
  );
  const ofCatalogue = others.map((other) => ({
    name: inTallMan(other.brand ?? other.name),
    generics: compositionText(other, formulary()),
    with: inTallMan(medicine.brand ?? medicine.name),
    source: "catalogue",
  }));
  return [...known, ...ofCatalogue].slice(0, LOOK_ALIKES_MAX);
}

/** What the names of a product and of its ingredients are known to be taken for, with what is in it. */
async function knownLookAlikes(ctx: Context, board: MedicineBoard, medicine: Medicine): Promise<LookAlike[]> {
  const names = formulary();
  const own = new Set(medicine.composition.map(({ generic }) => generic));
  const pairs = [
    ...(medicine.brand === null ? [] : lookAlikesOf(medicine.brand)),
    ...medicine.composition.flatMap(({ generic }) => lookAlikesOf(names.nameOf(generic) ?? generic)),
  ];
  const told: LookAlike[] = [];
  for (const { name, other, source } of pairs.slice(0, LOOK_ALIKES_MAX)) {
    const generic = names.substances.read(other)?.generic;
    if (generic !== undefined && own.has(generic)) continue;
    const known = generic === undefined ? undefined : names.nameOf(generic);
    const generics = known ?? (await genericsOfBrand(ctx, board, other));
    told.push({ name: other, generics, with: name, source });
  }
  return told;
}

async function genericsOfBrand(ctx: Context, board: MedicineBoard, brand: string): Promise<string | null> {
  const found = board.find(brand, { isTyping: false });
  const [best] = found.items;
  if (!best?.isExact) return null;
  const [medicine] = await findMedicinesById(ctx, [found.idOf(best.product)]);
  return medicine ? compositionText(medicine, formulary()) : null;
}

/**
 * A medicine's whole page.
 *
 * @throws Problem `not-found`
 */
export async function medicineRecord(
  ctx: Context,
  board: MedicineBoard,
  id: MedicineId,
  lang: Language,
): Promise<Reply<typeof getMedicine>> {
  const medicine = await getMedicineById(ctx, id);
  await board.current();
  return {
    ...summaryOf(medicine, lang),
    source: medicine.source,
    updatedAt: medicine.updatedAt,
    ingredients: medicine.composition.map((one) => ({
      generic: one.generic,
      name: ingredientName(one, lang, formulary()),
      strength: one.strength,
      strengthText: one.strength && strengthText(one.strength),
    })),
    warnings: warningsOf(medicine, lang),
    lookAlikes: await knownLookAlikes(ctx, board, medicine),
  };
}

/**
 * What may stand in for a medicine, the cheapest first.
 *
 * @throws Problem `not-found`
 */
export async function equivalentsPage(
  ctx: Context,
  id: MedicineId,
  { cursor, limit }: z.output<typeof listEquivalents.query>,
  lang: Language,
): Promise<Reply<typeof listEquivalents>> {
  const medicine = await getMedicineById(ctx, id);
  const equivalence = equivalenceOf(medicine, formulary());
  const all = (await findEquivalentsOf(ctx, id)).toSorted(byUnitPrice);
  const offset = offsetOf(cursor);
  const publicOne = [medicine, ...all]
    .filter(({ isPublicPharmacy }) => isPublicPharmacy)
    .toSorted(byUnitPrice)[0];
  return {
    items: all.slice(offset, offset + limit).map((one) => summaryOf(one, lang)),
    nextCursor: cursorTo(offset, limit, all.length),
    reason: "reason" in equivalence ? equivalence.reason : null,
    publicPharmacyPrice: publicOne ? unitPriceOf(publicOne) : null,
    warnings: warningsOf(medicine, lang),
  };
}
