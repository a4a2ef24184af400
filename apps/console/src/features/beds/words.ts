import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Layer } from "./figures.ts";

/** The counts of a row, as a heading of their column. */
export const LAYER_WORDS: Record<Layer, MessageDescriptor> = {
  occupied: msg({ message: "Occupied", context: "beds" }),
  staffed: msg({ message: "Staffed", context: "beds" }),
  blocked: msg({ message: "Blocked", context: "beds" }),
  licensed: msg({ message: "Licensed", context: "beds" }),
  physical: msg({ message: "Physical", context: "beds" }),
  surge: msg({ message: "Surge", context: "beds" }),
};

/** What each count means, after AHRQ's HAvBED definitions. They are not computed from one another. */
export const LAYER_DEFINITIONS: Record<Layer, MessageDescriptor> = {
  occupied: msg`Staffed beds with a patient in them now.`,
  staffed: msg`Beds that are set up and have staff on hand for a patient, whether a patient is in them or not.`,
  blocked: msg`Staffed beds that cannot be used now: cleaning, isolation, repair.`,
  licensed: msg`The most beds that the licence allows.`,
  physical: msg`Beds that are set up and could be used, with staff or without.`,
  surge: msg`Beds that could be opened beyond the staffed ones within 24 hours.`,
};
