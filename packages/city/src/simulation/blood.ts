import { millisOf, MINUTE_MS, type Instant } from "@ihims/core/time.ts";
import { banksOf, makeBank, moveBank } from "../blood.ts";
import type { ModelCity } from "../city.ts";
import { between, randomOf, wholeBetween } from "../random.ts";
import type { Simulation } from "./simulate.ts";

/** After a start, every bank's system sends its whole grid within this. */
const FIRST_GRIDS_MS = 2 * MINUTE_MS;
/** And the whole grid again after, from and to. */
const GRID_EVERY_MS = [3 * 60 * MINUTE_MS, 4 * 60 * MINUTE_MS] as const;
/** Systems tell what has changed in between, after, from and to. */
const CHANGES_EVERY_MS = [4 * MINUTE_MS, 20 * MINUTE_MS] as const;
/** Cells that changed since they told last. */
const CHANGED = [1, 3] as const;

/** Let blood banks' systems tell of their shelves. Who types is played by nobody. */
export function scheduleBlood(simulation: Simulation, city: ModelCity, seed: number, at: Instant): void {
  const { agenda, outbox } = simulation;
  const random = randomOf(seed, "blood");
  for (const place of banksOf(city).filter(({ habit }) => habit === "system")) {
    const bank = makeBank(city.seed, place);
    const tell = (moment: Instant, lines: typeof bank.lines) =>
      outbox.push({
        kind: "blood",
        door: "api",
        at: moment,
        facility: bank.facility,
        lines: lines.map((line) => ({ ...line })),
      });
    const tellAll = (moment: Instant) => {
      tell(moment, bank.lines);
      agenda.push({ atMs: millisOf(moment) + between(random, ...GRID_EVERY_MS), act: tellAll });
    };
    const tellChanged = (moment: Instant) => {
      tell(moment, moveBank(random, bank, wholeBetween(random, ...CHANGED)));
      agenda.push({ atMs: millisOf(moment) + between(random, ...CHANGES_EVERY_MS), act: tellChanged });
    };
    agenda.push({ atMs: millisOf(at) + random.next() * FIRST_GRIDS_MS, act: tellAll });
    agenda.push({
      atMs: millisOf(at) + FIRST_GRIDS_MS + random.next() * CHANGES_EVERY_MS[1],
      act: tellChanged,
    });
  }
}
