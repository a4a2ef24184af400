import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import type { BedType } from "@ihims/core/beds/schema.ts";

/** The kinds of bed, as a label of a figure. */
export const BED_WORDS: Record<BedType, MessageDescriptor> = {
  general: msg`General`,
  emergency: msg`Emergency`,
  icu: msg`ICU`,
  hdu: msg`HDU`,
  ventilator: msg`Ventilator`,
  nicu: msg`NICU`,
  picu: msg`PICU`,
  paediatric: msg`Children`,
  maternity: msg`Maternity`,
  labour: msg`Labour room`,
  isolation: msg`Isolation`,
  "negative-pressure": msg`Negative pressure`,
  burns: msg`Burns`,
  psychiatric: msg`Psychiatric`,
  dialysis: msg`Dialysis`,
  oxygen: msg`Oxygen`,
  "operating-theatre": msg`Operating theatre`,
  "day-care": msg`Day care`,
};

/** What a kind of bed is, for a reader who does not work in a hospital. */
export const BED_EXPLANATIONS: Record<BedType, MessageDescriptor> = {
  general: msg`A bed in an ordinary ward.`,
  emergency: msg`A bed in the emergency department, for the first hours.`,
  icu: msg`Intensive care: constant watch and machines that support life, for the most seriously ill.`,
  hdu: msg`High dependency: closer watch than in a ward, less than in intensive care.`,
  ventilator: msg`A bed with a machine that helps to breathe.`,
  nicu: msg`Intensive care for newborn babies.`,
  picu: msg`Intensive care for children.`,
  paediatric: msg`A bed in a children's ward.`,
  maternity: msg`A bed for mothers before and after a birth.`,
  labour: msg`A bed where babies are born.`,
  isolation: msg`A room of its own, so that an infection does not spread.`,
  "negative-pressure": msg`A room whose air does not flow out to others, for infections that spread through the air.`,
  burns: msg`A bed in a ward for burns.`,
  psychiatric: msg`A bed in a ward for mental health.`,
  dialysis: msg`A place where a machine cleans the blood when the kidneys cannot.`,
  oxygen: msg`A bed with oxygen at hand.`,
  "operating-theatre": msg`A table where operations are done.`,
  "day-care": msg`A bed for treatment without staying the night.`,
};
