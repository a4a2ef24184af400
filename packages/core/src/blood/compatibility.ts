import { BloodGroup, type BloodComponent } from "./schema.ts";

/**
 * What blood somebody of a group can be given, component by component.
 *
 * Facts: United Kingdom Blood Services (JPAC), Handbook of Transfusion Medicine, 5th edition, 2013, on
 * the choice of groups of red cells, platelets, plasma and cryoprecipitate; Estcourt et al., Guidelines
 * for the use of platelet transfusions, British Journal of Haematology 176, 2017; Directorate General of
 * Health Services (India), Transfusion Medicine Technical Manual, 2nd edition, 2003, on whole blood and
 * the Bombay phenotype. Read 2026-11-28. The laboratory's cross-match decides in every case.
 */

/** The same in one line, for who reads an answer. */
export const COMPATIBILITY_SOURCE =
  "UK Blood Services, Handbook of Transfusion Medicine, 5th edition, 2013; Estcourt et al., British Journal of Haematology 176, 2017; DGHS India, Transfusion Medicine Technical Manual, 2nd edition, 2003. The laboratory's cross-match decides.";

/**
 * What has to be asked before a unit that is not of the same group is given: `high-titre` plasma with
 * it may destroy the recipient's red cells, so only units tested to be low; `rhd` the recipient may
 * form anti-D (girls and women who may have children should not be given it without a doctor's word);
 * `laboratory` only on the laboratory's word.
 */
export type BloodCaution = "high-titre" | "rhd" | "laboratory";

/** A group that can be given, and what to mind. */
export interface CompatibleGroup {
  group: BloodGroup;
  /** The recipient's own group, which is always the first choice. */
  isSame: boolean;
  cautions: readonly BloodCaution[];
}

type Abo = "O" | "A" | "B" | "AB" | "Oh";
/** An ABO group of the donor, with a caution where there is one. */
type Choice = readonly [Abo, BloodCaution?];

/** Antigens have to be ones that the recipient has: O last, because only O can be given to O. */
const RED_CELLS: Record<Abo, readonly Choice[]> = {
  O: [["O"]],
  A: [["A"], ["O"]],
  B: [["B"], ["O"]],
  AB: [["AB"], ["A"], ["B"], ["O"]],
  Oh: [["Oh"]],
};

/** Whole blood has both red cells and plasma: the same group only. */
const WHOLE_BLOOD: Record<Abo, readonly Choice[]> = {
  O: [["O"]],
  A: [["A"]],
  B: [["B"]],
  AB: [["AB"]],
  Oh: [["Oh"]],
};

/** Antibodies have to be against what the recipient lacks: AB last, because AB can only be given AB. */
const PLASMA: Record<Abo, readonly Choice[]> = {
  O: [["O"], ["A"], ["B"], ["AB"]],
  A: [["A"], ["AB"]],
  B: [["B"], ["AB"]],
  AB: [["AB"]],
  Oh: [["Oh"], ["O"], ["A"], ["B"], ["AB"]],
};

/** The same group is best; another is accepted rather than none, with low antibodies where its plasma does not suit. */
const PLATELETS: Record<Abo, readonly Choice[]> = {
  O: [["O"], ["A"], ["B"], ["AB"]],
  A: [["A"], ["AB"], ["B", "high-titre"], ["O", "high-titre"]],
  B: [["B"], ["AB"], ["A", "high-titre"], ["O", "high-titre"]],
  AB: [["AB"], ["A", "high-titre"], ["B", "high-titre"], ["O", "high-titre"]],
  Oh: [["Oh"], ["O", "laboratory"], ["A", "laboratory"], ["B", "laboratory"], ["AB", "laboratory"]],
};

interface Rule {
  abo: Record<Abo, readonly Choice[]>;
  /** RhD positive to a negative recipient: never, with a caution, or without meaning. */
  rhd: "must" | "caution" | "any";
}

const RULES: Record<BloodComponent, Rule> = {
  "whole-blood": { abo: WHOLE_BLOOD, rhd: "must" },
  "packed-red-cells": { abo: RED_CELLS, rhd: "must" },
  "platelet-concentrate": { abo: PLATELETS, rhd: "caution" },
  "apheresis-platelets": { abo: PLATELETS, rhd: "caution" },
  "fresh-frozen-plasma": { abo: PLASMA, rhd: "any" },
  plasma: { abo: PLASMA, rhd: "any" },
  cryoprecipitate: { abo: PLASMA, rhd: "any" },
};

/**
 * The groups that a recipient can be given, in the order of preference that the component demands: the
 * same group first, then others of the same ABO group, then other ABO groups; among each, the same RhD
 * before the other.
 */
export function compatibleGroups(component: BloodComponent, recipient: BloodGroup): CompatibleGroup[] {
  const { abo, rhd } = RULES[component];
  const wanted = partsOf(recipient);
  const found: CompatibleGroup[] = [];
  for (const [donor, caution] of abo[wanted.abo]) {
    for (const sign of wanted.rhd === "-" ? (["-", "+"] as const) : (["+", "-"] as const)) {
      const isForeign = wanted.rhd === "-" && sign === "+";
      if (isForeign && rhd === "must") continue;
      const cautions: BloodCaution[] = caution ? [caution] : [];
      if (isForeign && rhd === "caution") cautions.push("rhd");
      const group = BloodGroup.parse(`${donor}${sign}`);
      found.push({ group, isSame: group === recipient, cautions });
    }
  }
  return found;
}

function partsOf(group: BloodGroup): { abo: Abo; rhd: "+" | "-" } {
  // The groups are written as ABO and sign, which the enumeration holds.
  return { abo: group.slice(0, -1) as Abo, rhd: group.endsWith("+") ? "+" : "-" };
}
