import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import type { Scan } from "@ihims/core/blood/isbt128.ts";
import type { BloodGroup, ReplacementDonor } from "@ihims/core/blood/schema.ts";

type Problem = Extract<Scan, { kind: "unreadable" }>["problem"];

export const SCAN_WORDS: Record<Problem, MessageDescriptor> = {
  check: msg`The check character does not fit: scan or type the number again`,
  group: msg`This group code is not read here: choose the group by hand`,
  date: msg`There is no such day: scan the date again`,
  unknown: msg`This is no code of a bag: donation number, blood group, product or expiry`,
};

export const DONOR_WORDS: Record<ReplacementDonor, MessageDescriptor> = {
  "not-asked": msg`Is not asked for`,
  asked: msg`Is asked for`,
  required: msg`Is required`,
};

/** A group as it is printed: a true minus sign, so that it is not overlooked. */
export function groupText(group: BloodGroup): string {
  return group.replace("-", "−");
}
