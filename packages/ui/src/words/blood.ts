import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import type { BloodComponent } from "@ihims/core/blood/schema.ts";

export const BLOOD_COMPONENT_WORDS: Record<BloodComponent, MessageDescriptor> = {
  "whole-blood": msg`Whole blood`,
  "packed-red-cells": msg`Red cells`,
  "fresh-frozen-plasma": msg`Fresh frozen plasma`,
  "platelet-concentrate": msg`Platelets`,
  "apheresis-platelets": msg`Single donor platelets`,
  cryoprecipitate: msg`Cryoprecipitate`,
  plasma: msg`Plasma`,
};
