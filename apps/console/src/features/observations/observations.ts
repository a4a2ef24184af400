import type { I18n, MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { availabilityOf } from "@ihims/core/beds/rules.ts";
import { BedType } from "@ihims/core/beds/schema.ts";
import { BloodComponent } from "@ihims/core/blood/schema.ts";
import { kindOf, VALUE_BY_KIND, type Subject, type SubjectKind } from "@ihims/core/observations/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import { BED_WORDS } from "@ihims/ui/words/beds.ts";
import { BLOOD_COMPONENT_WORDS } from "@ihims/ui/words/blood.ts";
import type { Formats } from "@ihims/ui/words/use-formats.tsx";

/** What figures are about, as the heading of a group. */
export const KIND_WORDS: Record<SubjectKind, MessageDescriptor> = {
  bed: msg`Beds`,
  blood: msg`Blood`,
  medicine: msg`Medicines`,
  duty: msg`Doctors on duty`,
  service: msg`Services`,
  waiting: msg`Waiting`,
  vehicle: msg`Vehicles`,
  diversion: msg`Diversion`,
};

const QUEUE_WORDS: ReadonlyMap<string, MessageDescriptor> = new Map([
  ["emergency", msg`Waiting, emergency department`],
  ["opd", msg`Waiting, out-patients`],
]);

/** A slug of a list as words, where the list has none of its own. */
function spaced(slug: string): string {
  const words = slug.replaceAll("-", " ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** What a figure is about, in words. @param doctorName of whom a duty is about; undefined when not known */
export function subjectText(i18n: I18n, subject: Subject, doctorName?: string): string {
  const [, first = "", second] = subject.split(":");
  switch (kindOf(subject)) {
    case "bed":
      return i18n._(BED_WORDS[BedType.parse(first)]);
    case "blood":
      return `${first} · ${i18n._(BLOOD_COMPONENT_WORDS[BloodComponent.parse(second)])}`;
    case "duty":
      return doctorName ?? i18n._(msg`A doctor`);
    case "waiting":
      return i18n._(QUEUE_WORDS.get(first) ?? msg`Waiting time`);
    case "diversion":
      return first === "emergency" ? i18n._(msg`Emergency department`) : spaced(first);
    case "medicine":
    case "service":
    case "vehicle":
      return spaced(first);
  }
}

const VEHICLE_WORDS = {
  available: msg`Available`,
  assigned: msg`Assigned`,
  busy: msg`Busy`,
  "off-duty": msg`Off duty`,
} as const;
const DIVERSION_WORDS = {
  open: msg`Open`,
  diverting: msg`Sending patients elsewhere`,
  closed: msg`Closed`,
} as const;

/** What a figure says, in words; "–" for nothing, and for what this page cannot read. */
export function valueText(
  i18n: I18n,
  formats: Formats,
  subject: Subject,
  given: unknown,
  now: Instant,
): string {
  const kind = kindOf(subject);
  const held = heldIn(given);
  const value = given === null ? null : VALUE_BY_KIND[kind].safeParse(held.rest).data;
  if (!value) return "–";
  if ("onDuty" in value) {
    if (!value.onDuty) return i18n._(msg`Not on duty`);
    return value.onCall ? i18n._(msg`On call`) : i18n._(msg`On duty`);
  }
  if ("units" in value) {
    const units = formats.number(value.units);
    return i18n._(msg`${units} units`);
  }
  if ("minutes" in value) return formats.minutes(value.minutes * 60);
  if ("available" in value) return value.available ? i18n._(msg`Available`) : i18n._(msg`Not available`);
  if ("position" in value) return i18n._(VEHICLE_WORDS[value.state]);
  if ("state" in value) {
    const state = i18n._(DIVERSION_WORDS[value.state]);
    const until = formats.moment(value.until, now);
    return i18n._(msg`${state}, until ${until}`);
  }
  if ("quantity" in value) return formats.number(value.quantity);
  return bedsText(i18n, formats, availabilityOf(value, held.held));
}

/** A count of beds as it is shown has what is held beside what was reported. */
function heldIn(given: unknown): { rest: unknown; held: number } {
  if (typeof given !== "object" || given === null || !("held" in given)) return { rest: given, held: 0 };
  const { held, free: _free, ...rest } = given as { held: unknown; free?: unknown }; // `held` was just seen in it
  return { rest, held: typeof held === "number" ? held : 0 };
}

function bedsText(
  i18n: I18n,
  formats: Formats,
  { free, staffed, occupied }: ReturnType<typeof availabilityOf>,
): string {
  const of = staffed === undefined ? "–" : formats.number(staffed);
  if (free !== null) {
    const left = formats.number(free);
    return i18n._(msg`${left} free of ${of}`);
  }
  const used = occupied === undefined ? "–" : formats.number(occupied);
  return i18n._(msg`${used} in use of ${of}`);
}
