import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import type { BloodCaution } from "@ihims/core/blood/compatibility.ts";
import type { BloodGroup, ReplacementDonor } from "@ihims/core/blood/schema.ts";

/** What has to be asked before blood of another group is given. */
export const CAUTION_WORDS: Record<BloodCaution, MessageDescriptor> = {
  "high-titre": msg`Only units that were tested to have few antibodies`,
  rhd: msg`Rh positive for Rh negative: not for girls and women who may have children, unless a doctor says so`,
  laboratory: msg`Only if the laboratory agrees`,
};

export const DONOR_WORDS: Record<ReplacementDonor, MessageDescriptor> = {
  "not-asked": msg`No replacement donor is asked for`,
  asked: msg`Asks for a replacement donor`,
  required: msg`Needs a replacement donor`,
};

/** A group as it is printed: a true minus sign, so that it is not overlooked. */
export function groupText(group: BloodGroup): string {
  return group.replace("-", "−");
}
