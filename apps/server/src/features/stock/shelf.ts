import type { Reply } from "@ihims/core/endpoint.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import type { Language } from "@ihims/core/languages.ts";
import type { MedicineId } from "@ihims/core/medicines/schema.ts";
import { mayAdminister, mayKeep, mayReport } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import {
  SHELF_MAX_LINES,
  type decideWords,
  type getShelf,
  type listUnmatched,
} from "@ihims/core/stock/endpoints.ts";
import type { Context } from "../../platform/context.ts";
import { findFacility } from "../facilities/facilities.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Shelves } from "./shelves.ts";
import { decideWordsOf, findShelfRows, findUnmatched } from "./store.ts";

/** The whole shelf of a facility, as those who keep it see it. @throws Problem `not-found`, `not-allowed` */
export async function shelfOf(
  ctx: Context,
  { shelves, catalogue }: { shelves: Shelves; catalogue: Catalogue },
  facility: FacilityId,
  lang: Language,
): Promise<Reply<typeof getShelf>> {
  await needShelf(ctx, facility);
  const rows = await findShelfRows(ctx.db, facility, SHELF_MAX_LINES + 1);
  const bySource = new Map(rows.map((row) => [`${row.medicine} ${row.source}`, row]));
  const ids = [...new Set(rows.map(({ medicine }) => medicine))];
  const names = await catalogue.named(ctx, ids, lang);
  const lines = ids.flatMap((medicine) => {
    const figure = shelves.figureAt(facility, medicine, ctx.now());
    if (!figure) return [];
    const named = names.get(medicine) ?? { name: medicine, names: {}, generics: "" };
    const { quantity, free, priceMinor, observedAt, source, freshness } = figure;
    const { expiresOn, lot } = bySource.get(`${medicine} ${source}`) ?? {};
    return [
      {
        medicine,
        name: named.name,
        names: named.names,
        generics: named.generics,
        quantity,
        held: quantity - free,
        ...(priceMinor === null ? {} : { priceMinor }),
        ...(expiresOn ? { expiresOn } : {}),
        ...(lot ? { lot } : {}),
        observedAt,
        source,
        freshness,
      },
    ];
  });
  return {
    lines: lines.slice(0, SHELF_MAX_LINES),
    isWhole: rows.length <= SHELF_MAX_LINES,
    listedAt: shelves.listedAt(facility) ?? null,
  };
}

/** What could not be told of a facility's lists, with what it may be. @throws Problem `not-found`, `not-allowed` */
export async function unmatchedOf(
  ctx: Context,
  catalogue: Catalogue,
  facility: FacilityId,
  limit: number,
  lang: Language,
): Promise<Reply<typeof listUnmatched>> {
  await needShelf(ctx, facility);
  await catalogue.ready();
  const rows = await findUnmatched(ctx.db, facility, limit);
  const items = rows.map(({ words, line, seenAt }) => {
    const text = [line["name"], line["strength"], line["form"]].filter((part) => typeof part === "string");
    return {
      words,
      line,
      seenAt,
      candidates: text.length > 0 ? catalogue.matchProduct(text.join(" ")).candidates : [],
    };
  });
  const names = await catalogue.named(
    ctx,
    items.flatMap(({ candidates }) => candidates),
    lang,
  );
  return {
    items: items.map((item) => ({
      ...item,
      candidates: item.candidates.flatMap((id) => {
        const named = names.get(id);
        return named ? [{ medicine: id, name: named.name, generics: named.generics }] : [];
      }),
    })),
    total: rows[0]?.total ?? 0,
  };
}

/** @throws Problem `not-found`, `not-allowed`; `bad-input` when a medicine is not in the catalogue */
export async function decide(
  ctx: Context,
  catalogue: Catalogue,
  facility: FacilityId,
  decisions: readonly { words: string; medicine: MedicineId | null }[],
): Promise<Reply<typeof decideWords>> {
  await needShelf(ctx, facility, mayKeep);
  const ids = decisions.flatMap(({ medicine }) => medicine ?? []);
  const known = await catalogue.named(ctx, ids, "en");
  const errors = decisions.flatMap(({ medicine }, at) =>
    medicine === null || known.has(medicine)
      ? []
      : [{ pointer: `/decisions/${at}/medicine`, detail: "is not in the catalogue" }],
  );
  if (errors.length > 0) throw new Problem("bad-input", "There is no such medicine", { errors });
  return { decided: await decideWordsOf(ctx.db, facility, decisions) };
}

/** Whoever tells of a shelf sees it; what its words mean is decided by who keeps it. */
async function needShelf(
  ctx: Context,
  facility: FacilityId,
  may: typeof mayReport = mayReport,
): Promise<void> {
  if (!(await findFacility(ctx, facility))) throw new Problem("not-found", "There is no such facility");
  if (!may(ctx.actor, facility, "medicine") && !mayAdminister(ctx.actor, facility))
    throw new Problem("not-allowed", "Only those who keep this shelf see and change it");
}
