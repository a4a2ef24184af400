import { readCell } from "./cells.ts";
import type { Scope } from "./fields.ts";
import { orderInText, type DateOrder } from "./moments.ts";
import type { PartContext } from "./readers.ts";
import type { SourceRecord } from "./record.ts";
import type { Group, MomentSpec, ObservationSpec } from "./schema.ts";
import type { RecordSteps } from "./steps.ts";

/** The dates of which a part's mapping says: find their order out. */
export function datesToInfer(
  observedAt: MomentSpec | undefined,
  observations: readonly (ObservationSpec | Group)[],
): MomentSpec[] {
  return [observedAt, ...momentsOf(observations)]
    .filter((spec) => spec?.style === "infer")
    .flatMap((spec) => spec ?? []);
}

function momentsOf(specs: readonly (ObservationSpec | Group)[]): (MomentSpec | undefined)[] {
  return specs.flatMap((spec) => {
    if ("observations" in spec) return momentsOf(spec.observations);
    if (spec.kind === "medicine") return [spec.expiry];
    return spec.kind === "service" || spec.kind === "diversion" ? [spec.until] : [];
  });
}

/**
 * Find out from all the dates of a file in which order their day and month stand: one date that can
 * only be read in one way tells it for its column. Dates that contradict one another, or that all
 * can be read in both ways, tell none.
 */
export async function inferOrders(
  specs: readonly MomentSpec[],
  records: AsyncIterable<SourceRecord> | Iterable<SourceRecord>,
  steps: RecordSteps,
  worked: (scope: Scope) => Promise<Scope>,
  ctx: PartContext,
): Promise<Map<MomentSpec, DateOrder | null>> {
  const seen = new Map(specs.map((spec) => [spec, new Set<DateOrder>()]));
  for await (const record of records) {
    if (steps.isEnd(record)) break;
    for (const step of steps.of(record)) {
      if (step.kind !== "here") continue;
      const scope = await worked(step.here.scope);
      for (const [spec, orders] of seen) {
        const date = readCell(spec.date, scope, ctx);
        const order = date.kind === "value" ? orderInText(date.value) : undefined;
        if (order) orders.add(order);
      }
    }
  }
  return new Map(
    [...seen].map(([spec, orders]) => [spec, orders.size === 1 ? ([...orders][0] ?? null) : null]),
  );
}
