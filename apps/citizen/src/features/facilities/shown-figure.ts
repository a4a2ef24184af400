import type { BedType } from "@ihims/core/beds/schema.ts";
import type { BedFigure } from "@ihims/core/observations/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import { readFigure } from "@ihims/ui/reading.ts";

/** Which beds say most of a hospital to somebody who did not ask for one kind. */
const TELLING: readonly BedType[] = ["icu", "emergency", "general", "maternity", "nicu", "dialysis"];

/**
 * The one figure of a row: the kind of bed that was asked for; otherwise the most telling one that
 * can still be shown, and failing that the most telling one that is withdrawn.
 *
 * @returns undefined for a place without beds, or without the kind that was asked for
 */
export function shownFigure(
  beds: readonly BedFigure[],
  asked: BedType | null,
  now: Instant,
): BedFigure | undefined {
  if (asked) return beds.find(({ type }) => type === asked);
  const telling = TELLING.flatMap((type) => beds.find((one) => one.type === type) ?? []);
  const candidates = [...telling, ...beds];
  return candidates.find((one) => readFigure(one, now).kind !== "withdrawn") ?? candidates[0];
}
