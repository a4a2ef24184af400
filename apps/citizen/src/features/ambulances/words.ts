import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { VehicleState, VehicleType } from "@ihims/core/ambulances/schema.ts";

export const VEHICLE_WORDS: Record<VehicleType, MessageDescriptor> = {
  als: msg`With a doctor's equipment (advanced life support)`,
  bls: msg`With oxygen and a trained helper (basic life support)`,
  neonatal: msg`For newborns, with an incubator`,
  bike: msg`First helper on a motorcycle`,
  "patient-transport": msg`To lie down, no treatment on the way`,
  mortuary: msg`For the dead`,
};

export const VEHICLE_SHORT_WORDS: Record<VehicleType, MessageDescriptor> = {
  als: msg`Advanced life support`,
  bls: msg`Basic life support`,
  neonatal: msg`For newborns`,
  bike: msg`Motorcycle`,
  "patient-transport": msg`To lie down`,
  mortuary: msg`For the dead`,
};

export const STATE_WORDS: Record<VehicleState, MessageDescriptor> = {
  available: msg`Free`,
  assigned: msg`On its way to somebody`,
  busy: msg`With a patient`,
  "off-duty": msg`Off duty`,
};
