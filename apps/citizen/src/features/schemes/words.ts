import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Question, RationCard } from "@ihims/core/schemes/record.ts";
import type { Outcome, Standing } from "@ihims/core/schemes/rules.ts";

export const QUESTION_WORDS: Record<Question, MessageDescriptor> = {
  age: msg`How old is the patient, in years?`,
  livesInMaharashtra: msg`Does the family live in Maharashtra?`,
  rationCard: msg`Which ration card does the family have?`,
  isOnPmjayList: msg`Is the family on the PM-JAY list, or has an Ayushman card?`,
  isOfCentralGovernment: msg`Central government service or pension, or dependant of one?`,
  hasCghsCard: msg`A valid CGHS card?`,
  isEsiInsured: msg`Insured under ESI, or in the family of somebody who is?`,
  isExServicePensioner: msg`Pension of the armed forces, or dependant of one?`,
  hasEchsCard: msg`An ECHS card?`,
  hasHealthPolicy: msg`Named in a health insurance policy that is paid up?`,
  isWaitingOver: msg`Is the policy's waiting period for this illness over?`,
};

export const CARD_WORDS: Record<RationCard, MessageDescriptor> = {
  yellow: msg`Yellow`,
  orange: msg`Orange`,
  white: msg`White`,
  none: msg`None`,
};

export const OUTCOME_WORDS: Record<Outcome, MessageDescriptor> = {
  pass: msg`Fits`,
  fail: msg`Does not fit`,
  unknown: msg`Not answered`,
};

export const STANDING_WORDS: Record<Standing, MessageDescriptor> = {
  "nothing-against": msg`Nothing you said speaks against it: ask there`,
  "not-known": msg`Not known yet: something was not answered`,
  "something-against": msg`Something you said does not fit`,
};
