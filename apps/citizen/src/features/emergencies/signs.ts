import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import type { RedFlagId } from "@ihims/core/vocabulary/red-flags.ts";

/** What one sees, in the order in which it is most needed. Signs, not what they may come from. */
export const SIGNS: readonly (readonly [RedFlagId, MessageDescriptor])[] = [
  ["unconscious", msg`Does not wake up, does not breathe`],
  ["bleeding", msg`Heavy bleeding`],
  ["heart", msg`Chest pain`],
  ["choking", msg`Choking`],
  ["breathing", msg`Cannot get breath`],
  ["stroke", msg`Face droops, an arm is weak, speech is slurred`],
  ["accident", msg`Road accident, a bad fall`],
  ["head-injury", msg`Blow to the head`],
  ["fit", msg`Fit, convulsions`],
  ["burn", msg`Burns and scalds`],
  ["electric", msg`Electric shock`],
  ["drowning", msg`Taken out of water`],
  ["snake", msg`Snake bite`],
  ["animal-bite", msg`Bite of a dog or another animal`],
  ["poison", msg`Swallowed poison, too many tablets`],
  ["swallowed", msg`Swallowed something that is stuck`],
  ["allergy", msg`Swelling and hives after food, a sting or a medicine`],
  ["labour", msg`Birth has begun`],
  ["pregnancy", msg`Bleeding or bad pain in pregnancy`],
  ["infant", msg`A baby does not feed or is very drowsy`],
  ["dehydration", msg`Much diarrhoea or vomiting, very weak`],
  ["heat", msg`Collapsed in the heat`],
  ["brain-fever", msg`Fever with a stiff neck or confusion`],
  ["abdomen", msg`Sudden bad pain in the belly`],
  ["eye", msg`Something in the eye, sudden loss of sight`],
  ["urine", msg`Cannot pass urine`],
  ["testicle", msg`Sudden pain in a testicle`],
  ["suicide", msg`Thoughts of ending one's life`],
];
