import type { I18n, MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { AnomalyKind } from "@ihims/core/audit/anomalies.ts";
import { BedType } from "@ihims/core/beds/schema.ts";
import { BloodComponent } from "@ihims/core/blood/schema.ts";
import type { Hold, HoldKind, HoldState } from "@ihims/core/holds/schema.ts";
import type { Language } from "@ihims/core/languages.ts";
import { BED_WORDS } from "@ihims/ui/words/beds.ts";
import { BLOOD_COMPONENT_WORDS } from "@ihims/ui/words/blood.ts";

/** How a hold stands, in a word or two. */
export const HOLD_STATE_WORDS: Record<HoldState, MessageDescriptor> = {
  requested: msg`Waiting for your answer`,
  accepted: msg`Accepted`,
  refused: msg`Refused`,
  released: msg`Let go: fewer were there`,
  expired: msg`Time over`,
  fulfilled: msg`Arrived`,
  cancelled: msg`Cancelled by who asked`,
};

/** Reasons that are offered; another can be typed. The holder reads them. */
export const REASONS: Record<HoldKind, readonly MessageDescriptor[]> = {
  bed: [
    msg`The bed was just taken`,
    msg`Kept for a transfer`,
    msg`No doctor for it now`,
    msg`Could not reach you by telephone`,
  ],
  blood: [
    msg`The unit was just issued`,
    msg`Kept for a patient of ours`,
    msg`Needs the hospital's request first`,
    msg`Could not reach you by telephone`,
  ],
  medicine: [
    msg`The last pack was just sold`,
    msg`Only against a prescription`,
    msg`We close before you can be here`,
    msg`Could not reach you by telephone`,
  ],
};

export const ANOMALY_WORDS: Record<AnomalyKind, MessageDescriptor> = {
  "few-holders": msg`Accepted again and again for the same few`,
  "at-night": msg`Mostly accepted between midnight and five`,
  repeated: msg`One person asks again and again and never comes`,
  "nobody-comes": msg`Much is accepted and hardly anybody comes`,
};

/** What is asked for: "ICU bed". */
export function askedThing(
  { i18n, language }: { i18n: I18n; language: Language },
  { subject, units, medicine }: Pick<Hold, "subject" | "units" | "medicine">,
): string {
  const [kind, first = "", second] = subject.split(":");
  const bed = BedType.safeParse(first);
  if (kind === "bed" && bed.success) {
    const type = i18n._(BED_WORDS[bed.data]);
    return i18n._(msg`Bed: ${type}`);
  }
  const component = BloodComponent.safeParse(second);
  if (kind === "blood" && component.success) {
    const name = i18n._(BLOOD_COMPONENT_WORDS[component.data]);
    return i18n._(msg`${units} × ${first} ${name}`);
  }
  const named = medicine ? (medicine.names[language] ?? medicine.name) : first;
  return i18n._(msg`${units} × ${named}`);
}
