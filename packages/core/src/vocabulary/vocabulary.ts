import { BONES } from "./conditions-b-bones.ts";
import { INJURIES } from "./conditions-b-injuries.ts";
import { SURGERY } from "./conditions-b-surgery.ts";
import { UROLOGY } from "./conditions-b-urology.ts";
import type { Entry } from "./schema.ts";

/** Everything that people look for care with: conditions, complaints and procedures. Reviewed data, written by us. */
export const VOCABULARY: readonly Entry[] = [...BONES, ...INJURIES, ...SURGERY, ...UROLOGY];
