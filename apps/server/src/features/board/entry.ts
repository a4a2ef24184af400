import type { BedType } from "@ihims/core/beds/schema.ts";
import type { FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import type { Facility } from "@ihims/core/facilities/schema.ts";
import type { HeldUnits } from "@ihims/core/holds/schema.ts";
import type { BedFigure, Standing, Subject } from "@ihims/core/observations/schema.ts";
import type { Instant } from "@ihims/core/time.ts";

/** A facility as the board has it. */
export interface Entry {
  facility: Facility;
  /** Names in all languages, folded for search. */
  words: string;
  /** What facilities are put in order by, and what a cursor keeps. */
  nameKey: string;
  standings: Map<Subject, Standing[]>;
  /** What is kept for people on the way, with the version of what told it. */
  held: Map<Subject, { held: readonly HeldUnits[]; version: number }>;
  /** Versions of what was withdrawn, so that an older change that comes late does not bring it back. */
  withdrawn: Map<string, number>;
  /** What is shown, as long as time alone does not change it. */
  view: View | undefined;
}

export interface View {
  record: FacilityRecord;
  /** The beds of the record by type. */
  beds: ReadonlyMap<BedType, BedFigure>;
  /** When time alone makes it another; null when never. */
  until: Instant | null;
  /**
   * The summary as a row of a list (`rows.ts`): with all live beds, or with those of one type; made
   * when first wanted.
   */
  rows: Map<BedType | "all", Buffer>;
  /** No other view in this process has it: rows of the same serial are the same bytes. */
  serial: number;
}
