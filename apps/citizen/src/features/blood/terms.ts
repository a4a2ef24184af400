import { BloodComponent, BloodGroup } from "@ihims/core/blood/schema.ts";
import { UNITS_MAX } from "@ihims/core/holds/schema.ts";

/** What blood the reader looks for, as it stands in the address. */
export interface BloodTerms {
  /** Of who is to be given it; null: not said yet. */
  group: BloodGroup | null;
  component: BloodComponent;
  units: number;
  /** Only of the same group, not what can be given instead. */
  isSameOnly: boolean;
}

export const UNITS_OFFERED: readonly number[] = Array.from({ length: UNITS_MAX.blood }, (_, at) => at + 1);

export const NO_BLOOD_TERMS: BloodTerms = {
  group: null,
  component: "packed-red-cells",
  units: 1,
  isSameOnly: false,
};

/** Read what an address asks for. What is not understood is left out: an old link still opens. */
export function readBloodTerms(search: string): BloodTerms {
  const given = new URLSearchParams(search);
  const units = Number(given.get("units"));
  return {
    // A plus that was not written as %2B is read as a space.
    group: BloodGroup.safeParse(given.get("group")?.replace(/ $/, "+")).data ?? null,
    component: BloodComponent.safeParse(given.get("component")).data ?? NO_BLOOD_TERMS.component,
    units: UNITS_OFFERED.includes(units) ? units : 1,
    isSameOnly: given.get("same") === "only",
  };
}

/** Write terms for an address; `readBloodTerms` reads the same back. */
export function writeBloodTerms({ group, component, units, isSameOnly }: BloodTerms): URLSearchParams {
  const search = new URLSearchParams();
  if (group) search.set("group", group);
  if (component !== NO_BLOOD_TERMS.component) search.set("component", component);
  if (units > 1) search.set("units", String(units));
  if (isSameOnly) search.set("same", "only");
  return search;
}
