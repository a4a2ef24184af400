import { FacilityProfile } from "@ihims/core/facilities/schema.ts";
import { canonical } from "@ihims/core/observations/rules.ts";

const EXTERNAL_IDS_MAX = 20;
const ATTRIBUTION_MAX_CHARS = 200;

/** Fields in which several registers may each have a part. */
const JOINED = new Set(["names", "externalIds", "attribution"]);

/**
 * Bring what a register states into what is known of a facility.
 *
 * A field is overwritten only where the register states it, says something else than it said last,
 * and nobody has changed it since: somebody at the institution who corrected a telephone number is
 * not undone by the next import. Where the register speaks of the facility for the first time, it
 * fills what is not known yet.
 *
 * @param known the facility as it is
 * @param before what this register stated last; undefined when it never did
 * @param row what it states now
 */
export function mergeProfile(
  known: FacilityProfile,
  before: FacilityProfile | undefined,
  row: FacilityProfile,
): FacilityProfile {
  const merged: Record<string, unknown> = { ...known };
  const [knownFields, beforeFields] = [fieldsOf(known), before && fieldsOf(before)];
  for (const [field, now] of fieldsOf(row)) {
    if (JOINED.has(field)) continue;
    merged[field] = mergeField(knownFields.get(field), beforeFields?.get(field), now);
  }
  merged["names"] = mergeNames(known.names, before?.names ?? {}, row.names);
  merged["externalIds"] = mergeIds(known.externalIds, row.externalIds);
  merged["attribution"] = mergeAttribution(known.attribution, row.attribution);
  return FacilityProfile.parse(merged);
}

/** What a register has stated up to now: what it leaves out this time it has not taken back. */
export function statedSoFar(before: FacilityProfile | undefined, row: FacilityProfile): FacilityProfile {
  if (!before) return row;
  const stated: Record<string, unknown> = { ...before };
  for (const [field, now] of fieldsOf(row)) if (isStated(now)) stated[field] = now;
  return FacilityProfile.parse({ ...stated, names: { ...before.names, ...row.names } });
}

export function isSameProfile(a: FacilityProfile, b: FacilityProfile): boolean {
  return canonical(a) === canonical(b);
}

function fieldsOf(profile: FacilityProfile): Map<string, unknown> {
  return new Map(Object.entries(profile));
}

function mergeField(known: unknown, before: unknown, now: unknown): unknown {
  if (!isStated(now) || isEqual(now, before)) return known;
  return !isStated(known) || (before !== undefined && isEqual(known, before)) ? now : known;
}

function isStated(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

function isEqual(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function mergeNames(
  known: Record<string, string>,
  before: Record<string, string>,
  now: Record<string, string>,
): Record<string, string> {
  const merged = { ...known };
  for (const [language, name] of Object.entries(now)) {
    const merges = mergeField(known[language], before[language], name);
    if (typeof merges === "string") merged[language] = merges;
  }
  return merged;
}

function mergeIds(
  known: FacilityProfile["externalIds"],
  now: FacilityProfile["externalIds"],
): FacilityProfile["externalIds"] {
  const ids = new Map([...known, ...now].map((id) => [`${id.system} ${id.value}`, id]));
  return [...ids.values()].slice(0, EXTERNAL_IDS_MAX);
}

/** Every register's licence asks to be named. */
function mergeAttribution(known: string | null, now: string | null): string | null {
  if (known === null || now === null) return known ?? now;
  if (known.split("; ").includes(now)) return known;
  const both = `${known}; ${now}`;
  return both.length > ATTRIBUTION_MAX_CHARS ? known : both;
}
