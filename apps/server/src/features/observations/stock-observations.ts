import type { ObservationId } from "@ihims/core/ids.ts";
import { medicineOf, VALUE_BY_KIND, type Observation } from "@ihims/core/observations/schema.ts";
import { wholeSecond } from "@ihims/core/stock/rules.ts";
import type { Context } from "../../platform/context.ts";
import type { Recorded } from "./observations.ts";
import { recordStock, type StockOutcome } from "./stock.ts";
import { findLedgerIds, findStandingId } from "./stock-store.ts";
import { findRecorded, keyOf, saveKeys } from "./store.ts";

type Keyed = { observation: Observation; key: string; place: number };

/** Observations of medicines, taken in as any others: each report once, by its name. */
export async function recordStockObservations(
  ctx: Context,
  observations: readonly Observation[],
): Promise<Recorded[]> {
  const keyed = observations.map((observation, place): Keyed => ({
    observation,
    key: keyOf(observation),
    place,
  }));
  const recorded = await findRecorded(ctx.db, [...new Set(keyed.map(({ key }) => key))]);
  const results: (Recorded | undefined)[] = keyed.map(({ key }) => {
    const before = recorded.get(key);
    return before && { kind: "duplicate", observation: before };
  });
  const first = new Map<string, Keyed>();
  for (const one of keyed) if (!recorded.has(one.key) && !first.has(one.key)) first.set(one.key, one);
  const bySender = Map.groupBy(
    first.values(),
    ({ observation: { facility, source, sender } }) => `${facility} ${source} ${sender}`,
  );
  for (const said of bySender.values())
    for (const [place, result] of await recordOfSender(ctx, said)) results[place] = result;
  await saveKeys(
    ctx.db,
    [...first.values()].flatMap(({ key, place }) => {
      const result = results[place];
      return result && result.kind !== "refused" ? [{ key, id: result.observation }] : [];
    }),
  );
  return keyed.map(({ key, place }): Recorded => {
    const result = results[place];
    if (result) return result;
    // The same report stands further up in the batch.
    const before = results[first.get(key)?.place ?? -1];
    if (!before) throw new Error("a report without an answer");
    return before.kind === "refused" ? before : { kind: "duplicate", observation: before.observation };
  });
}

async function recordOfSender(ctx: Context, said: readonly Keyed[]): Promise<Map<number, Recorded>> {
  const [one] = said;
  if (!one) return new Map();
  const { facility, source, sender } = one.observation;
  const lines = said.map(({ observation: { subject, value, observedAt } }) => ({
    medicine: medicineOf(subject) ?? "",
    value: VALUE_BY_KIND.medicine.parse(value),
    observedAt: wholeSecond(observedAt),
  }));
  const { outcomes, facilityNo } = await recordStock(ctx, { facility, source, sender, lines });
  const versions = new Set(outcomes.flatMap((outcome) => ("version" in outcome ? [outcome.version] : [])));
  const ids = await findLedgerIds(ctx.db, [...versions]);
  const idOf = async (outcome: Exclude<StockOutcome, { kind: "refused" }>): Promise<ObservationId> => {
    const id =
      ("version" in outcome ? ids.get(`${outcome.version} ${outcome.medicineNo}`) : undefined) ??
      (await findStandingId(ctx.db, facilityNo ?? 0, source, outcome.medicineNo));
    if (id === undefined) throw new Error("a line that stands and is not in the ledger");
    return id;
  };
  const results = new Map<number, Recorded>();
  for (const [at, outcome] of outcomes.entries()) {
    const place = said[at]?.place ?? -1;
    if (outcome.kind === "refused") results.set(place, outcome);
    else {
      const kind = outcome.kind === "repeated" ? "duplicate" : outcome.kind;
      results.set(place, { kind, observation: await idOf(outcome) });
    }
  }
  return results;
}
