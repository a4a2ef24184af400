import type { I18n, MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { BedType } from "@ihims/core/beds/schema.ts";
import { BloodComponent } from "@ihims/core/blood/schema.ts";
import type { Hold, HoldState } from "@ihims/core/holds/schema.ts";
import { BED_WORDS } from "@ihims/ui/words/beds.ts";
import { BLOOD_COMPONENT_WORDS } from "@ihims/ui/words/blood.ts";

/** How a hold stands, in a word or two. */
export const HOLD_STATE_WORDS: Record<HoldState, MessageDescriptor> = {
  requested: msg`Kept, not answered yet`,
  accepted: msg`Accepted`,
  refused: msg`Refused`,
  released: msg`Ended: fewer are there than promised`,
  expired: msg`Its time is over`,
  fulfilled: msg`You have arrived`,
  cancelled: msg`Cancelled`,
};

/** What is kept: "Bed: ICU". */
export function heldThing(i18n: I18n, { subject, units }: Pick<Hold, "subject" | "units">): string {
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
  return i18n._(msg`${units} × medicine`);
}
