import type { ExternalId, FacilityProfile } from "@ihims/core/facilities/schema.ts";
import type { Position } from "@ihims/core/geo.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import type { Subject, Value } from "@ihims/core/observations/schema.ts";
import type { Instant } from "@ihims/core/time.ts";

/** A facility as the source names it; the feed finds out which of ours is meant. */
export type FacilityReference =
  /** The feed is of one facility: whichever that is. */
  | { kind: "own" }
  | { kind: "fixed"; id: FacilityId }
  | {
      kind: "named";
      /** The source's ids, most telling first. */
      ids: ExternalId[];
      name: string | null;
      locality: string | null;
      address: string | null;
      position: Position | null;
    };

/** A medicine as the source names it; the catalogue finds out which is meant. */
export interface MedicineReference {
  id: string | null;
  codes: ExternalId[];
  name: string | null;
  strength: string | null;
  form: string | null;
  pack: string | null;
  manufacturer: string | null;
  batch: string | null;
}

export type SubjectReference =
  | { kind: "subject"; subject: Subject }
  | { kind: "medicine"; medicine: MedicineReference };

/** What a line comes from. */
export interface LinePlace {
  /** Title of the mapping's part, or `part 2`. */
  part: string;
  /** Number of the record, from 1, counted through each part. */
  record: number;
  /** Where the record is, in words: `line 12`. */
  place: string;
}

export interface ObservationLine extends LinePlace {
  kind: "observation";
  facility: FacilityReference;
  subject: SubjectReference;
  value: Value;
  observedAt: Instant;
  /** How the time is known: the source says it; it says only the day; it says nothing, and it is when we fetched. */
  timeFrom: "source" | "source-day" | "fetch";
  sourceRef: string | null;
  /** What a person should look at though it was taken: parts that do not add up. In words. */
  questions: string[];
}

/** What the source tells of a facility, once for each that it names. */
export interface FacilityLine extends LinePlace {
  kind: "facility";
  facility: Extract<FacilityReference, { kind: "named" }>;
  profile: Partial<FacilityProfile> & Pick<FacilityProfile, "name" | "kind">;
  /** What of the profile could not be read, in words. */
  notes: string[];
}

/** Why something was not taken. */
export const REFUSAL_CODES = [
  "broken-record",
  "no-such-field",
  "no-facility",
  "no-date",
  "unreadable-date",
  "ambiguous-date",
  "not-a-number",
  "several-numbers",
  "not-whole",
  "negative",
  "out-of-range",
  "does-not-add-up",
  "unknown-word",
  "pattern",
  "expression",
  "too-many",
  "impossible",
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export interface RefusedLine extends LinePlace {
  kind: "refused";
  /** The field at fault as the mapping names it; null when it is the record as a whole. */
  field: string | null;
  /** What stands there, cut short; null when nothing does. */
  text: string | null;
  code: RefusalCode;
  /** In words, to be read after the field's name. */
  reason: string;
  /** Which facility it was about, where that could be read. */
  facility: FacilityReference | null;
}

/** A record that the mapping says is none of ours. */
export interface SkippedLine extends LinePlace {
  kind: "skipped";
  reason: string;
}

export type MappedLine = ObservationLine | FacilityLine | RefusedLine | SkippedLine;

/** What a mapping cannot know by itself. */
export interface MappingOptions {
  /** IANA name of the feed's time zone. */
  timeZone: string;
  /** When the file was fetched. */
  fetchedAt: Instant;
  /** ISO 3166-1 code of the country whose telephone numbers are meant where none is said. */
  countryCode: string;
}
