import { FacilityProfile, type ExternalId } from "@ihims/core/facilities/schema.ts";

/** One facility as a register states it. What the register does not state is null or empty in the profile. */
export interface FacilityRow {
  kind: "facility";
  /** Where in the file it stands, for a person to look it up: `line 12`, `node/123`, `feature 7`. */
  place: string;
  profile: FacilityProfile;
  /** What the register itself calls it. Null: the register gives its rows no ids. */
  identity: ExternalId | null;
  /** The name is not the facility's own but its kind in words: never compare it with others. */
  isUnnamed: boolean;
  /** What was read with doubt or left out, in words for the person who imports. */
  notes: string[];
}

/** One facility of the file that cannot be taken in, and why. */
export interface RejectedRow {
  kind: "rejected";
  place: string;
  /** What it is called, where that could be read. */
  name: string | null;
  /** The column, tag or field at fault; null when it is the row as a whole. */
  field: string | null;
  reason: string;
}

/** The file as a whole cannot be read; nothing after this comes from it. */
export interface UnreadableFile {
  kind: "unreadable";
  problem: string;
}

export type ImportRow = FacilityRow | RejectedRow;

/** What the readers need to know that files leave out. */
export interface ReadingOptions {
  /** ISO 3166-1 code of the country whose telephone numbers and holidays are meant where none is said. */
  countryCode: string;
  /** First of the two years of the calendar for which holidays are written out as exceptions. */
  year: number;
}

/** A facility in the making: a profile that nothing has checked yet. */
export type ProfileDraft = {
  [Field in keyof FacilityProfile]?: FacilityProfile[Field] | undefined;
};

/** Check a draft and make it a row; a field that does not fit rejects it by name. */
export function rowOf(
  place: string,
  draft: ProfileDraft,
  more: { identity: ExternalId | null; isUnnamed?: boolean; notes?: string[] },
): ImportRow {
  const profile = FacilityProfile.safeParse(draft);
  if (!profile.success) {
    const issue = profile.error.issues[0];
    return {
      kind: "rejected",
      place,
      name: draft.name ?? null,
      field: issue?.path.join(".") ?? null,
      reason: issue?.message ?? "does not fit",
    };
  }
  const { identity, isUnnamed = false, notes = [] } = more;
  return { kind: "facility", place, profile: profile.data, identity, isUnnamed, notes };
}

/** Text without the blanks around and within it that mean nothing, cut to a length; null when nothing is left. */
export function tidy(text: string | undefined, maxChars: number): string | null {
  const tidied = (text ?? "").replace(/\s+/gu, " ").trim().slice(0, maxChars).trim();
  return tidied === "" ? null : tidied;
}

/** The parts of a value that holds several, as OpenStreetMap writes them: `a; b`. */
export function partsOf(text: string | undefined, separator: RegExp = /;/u): string[] {
  return (text ?? "")
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
