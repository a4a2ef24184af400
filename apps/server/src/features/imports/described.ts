import type { Facility } from "@ihims/core/facilities/schema.ts";
import type { Position } from "@ihims/core/geo.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import type { Context } from "../../platform/context.ts";
import { compare, foldName, placeOf } from "../matching/matching.ts";
import { findFacilitiesKnownAs } from "./store.ts";

/** A facility as somebody else speaks of it. */
export interface Described {
  /** Ours, or that of any register that we know it by. */
  id: string | undefined;
  name: string;
  position: Position | undefined;
}

export type DescribedMatch =
  | { kind: "matched"; facility: FacilityId; by: "id" | "name" }
  | { kind: "unknown"; reason: string };

/**
 * Which of some facilities is meant: by its id, else by its name and place. What fits two, or one
 * only doubtfully, fits none: figures on the wrong hospital's page are worse than none.
 *
 * @param among the facilities that the sender may speak of
 */
export async function findDescribed(
  ctx: Context,
  described: Described,
  among: readonly Facility[],
): Promise<DescribedMatch> {
  if (described.id !== undefined) {
    const own = among.find(({ id }) => id === described.id);
    if (own) return { kind: "matched", facility: own.id, by: "id" };
    const known = new Set(await findFacilitiesKnownAs(ctx.db, described.id));
    const meant = among.filter(
      ({ id, externalIds }) => known.has(id) || externalIds.some(({ value }) => value === described.id),
    );
    const [first] = meant;
    if (first && meant.length === 1) return { kind: "matched", facility: first.id, by: "id" };
    if (meant.length > 1)
      return { kind: "unknown", reason: `${meant.length} facilities have the id ${described.id}` };
  }
  return byName(described, among);
}

function byName({ name, position }: Described, among: readonly Facility[]): DescribedMatch {
  const named = among.filter((one) => namesOf(one).includes(foldName(name)));
  const [only] = named;
  // Without a place, only a name that is exactly theirs and nobody else's.
  if (position === undefined) {
    if (only && named.length === 1) return { kind: "matched", facility: only.id, by: "name" };
    return {
      kind: "unknown",
      reason:
        named.length > 1
          ? `${named.length} facilities have this name`
          : "no facility of yours has this id or name",
    };
  }
  const found = among.flatMap((one) => {
    const likeness = compare(placeOf(one), placeOf({ name, names: {}, kind: one.kind, position }));
    return likeness.verdict === "other" ? [] : [{ id: one.id, name: one.name, ...likeness }];
  });
  const sure = found.filter(({ verdict }) => verdict === "sure");
  const [best] = sure;
  if (best && sure.length === 1) return { kind: "matched", facility: best.id, by: "name" };
  const [alike] = found;
  if (alike)
    return {
      kind: "unknown",
      reason: `it may be ${found.map((one) => `${one.id} "${one.name}"`).join(" or ")}: send that id`,
    };
  if (only)
    return {
      kind: "unknown",
      reason: `${only.id} "${only.name}" has this name and is elsewhere: send its id, or the right position`,
    };
  return { kind: "unknown", reason: "no facility of yours has this id, or this name at this place" };
}

function namesOf({ name, names }: Facility): string[] {
  return [name, ...Object.values(names)].map(foldName);
}
