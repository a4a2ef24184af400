import type { BedCounts } from "@ihims/core/beds/schema.ts";
import type { RefusalCode } from "./line.ts";
import type { BedsSpec, Layer } from "./schema.ts";

/** Beds as a source counts them: the layers it says, and the free ones. */
export type CountedBeds = { [Name in Layer]?: number };

export type SettledBeds =
  | { kind: "counts"; counts: BedCounts; questions: string[] }
  | { kind: "nothing" }
  | { kind: "refused"; code: RefusalCode; layer: Layer; reason: string };

/**
 * Make the layers that we keep of those that a source counts. What is free is not kept but follows
 * from the others; where the source says it, it gives the one of staffed and occupied that is not
 * said, and where both are, it is held against them.
 */
export function settleBeds(
  counted: CountedBeds,
  { needs = [], vacantAlone = "refuse" }: Pick<BedsSpec, "needs" | "vacantAlone">,
): SettledBeds {
  const { vacant, ...said } = counted;
  if (Object.keys(counted).length === 0 || needs.some((layer) => counted[layer] === undefined))
    return { kind: "nothing" };
  const settled =
    vacant === undefined ? { counts: said, questions: [] } : withVacant(vacant, said, vacantAlone);
  return "kind" in settled ? settled : { kind: "counts", ...settled };
}

function withVacant(
  vacant: number,
  said: BedCounts,
  vacantAlone: "refuse" | "count-as-staffed",
): { counts: BedCounts; questions: string[] } | Extract<SettledBeds, { kind: "refused" }> {
  const { staffed, occupied, blocked = 0 } = said;
  if (staffed !== undefined && occupied !== undefined) {
    const free = staffed - blocked - occupied;
    const isSame = vacant === Math.max(0, free);
    return {
      counts: said,
      questions: isSame
        ? []
        : [
            `vacant is ${vacant}, but staffed ${staffed} - occupied ${occupied}${blocked ? ` - blocked ${blocked}` : ""} is ${free}`,
          ],
    };
  }
  if (staffed !== undefined) {
    if (vacant + blocked > staffed)
      return {
        kind: "refused",
        code: "does-not-add-up",
        layer: "vacant",
        reason: `is ${vacant}${blocked ? ` beside ${blocked} blocked` : ""}, more than all ${staffed}`,
      };
    return { counts: { ...said, occupied: staffed - blocked - vacant }, questions: [] };
  }
  if (occupied !== undefined)
    return { counts: { ...said, staffed: occupied + vacant + blocked }, questions: [] };
  if (vacantAlone === "refuse")
    return {
      kind: "refused",
      code: "impossible",
      layer: "vacant",
      reason:
        "is all that is said: without all or the occupied ones it is no count of beds (vacantAlone says otherwise)",
    };
  return {
    counts: { ...said, staffed: vacant + blocked, occupied: 0 },
    questions: ["only the free beds are published: they are counted as all there are"],
  };
}
