import { BLOOD } from "./conditions-a-blood.ts";
import { DIGESTION } from "./conditions-a-digestion.ts";
import { HEART } from "./conditions-a-heart.ts";
import { HORMONES } from "./conditions-a-hormones.ts";
import { INFECTIONS } from "./conditions-a-infections.ts";
import { KIDNEY } from "./conditions-a-kidney.ts";
import { LUNGS } from "./conditions-a-lungs.ts";
import { BONES } from "./conditions-b-bones.ts";
import { CHILDREN } from "./conditions-b-children.ts";
import { EAR_NOSE_THROAT } from "./conditions-b-ear-nose-throat.ts";
import { EYES } from "./conditions-b-eyes.ts";
import { INJURIES } from "./conditions-b-injuries.ts";
import { MOUTH } from "./conditions-b-mouth.ts";
import { PREGNANCY } from "./conditions-b-pregnancy.ts";
import { SURGERY } from "./conditions-b-surgery.ts";
import { UROLOGY } from "./conditions-b-urology.ts";
import { WOMEN } from "./conditions-b-women.ts";
import { ALLERGY_BITES_POISONS } from "./conditions-c-allergy-bites-poisons.ts";
import { GENERAL } from "./conditions-c-general.ts";
import { MIND } from "./conditions-c-mind.ts";
import { NERVES } from "./conditions-c-nerves.ts";
import { SKIN } from "./conditions-c-skin.ts";
import { PROCEDURES_HEART_BRAIN_BONES } from "./procedures-heart-brain-bones.ts";
import { CANCERS } from "./conditions-b-cancers.ts";
import { PROCEDURES_ABDOMEN } from "./procedures-abdomen.ts";
import { PROCEDURES_WOMEN_CHILDREN_CANCER } from "./procedures-women-children-cancer.ts";
import type { Entry } from "./schema.ts";

/** Everything that people look for care with: conditions, complaints and procedures. Reviewed data, written by us. */
export const VOCABULARY: readonly Entry[] = [
  ...BLOOD,
  ...DIGESTION,
  ...HEART,
  ...HORMONES,
  ...INFECTIONS,
  ...KIDNEY,
  ...LUNGS,
  ...BONES,
  ...CHILDREN,
  ...EAR_NOSE_THROAT,
  ...EYES,
  ...INJURIES,
  ...MOUTH,
  ...PREGNANCY,
  ...SURGERY,
  ...UROLOGY,
  ...WOMEN,
  ...ALLERGY_BITES_POISONS,
  ...GENERAL,
  ...MIND,
  ...NERVES,
  ...SKIN,
  ...PROCEDURES_HEART_BRAIN_BONES,
  ...CANCERS,
  ...PROCEDURES_ABDOMEN,
  ...PROCEDURES_WOMEN_CHILDREN_CANCER,
];
