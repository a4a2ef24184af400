import { z } from "zod";
import { BedType } from "../beds/schema.ts";
import { Instant } from "../time.ts";

/** Longest code of a ward, a room or a bed that is read; longer ones are a field out of place. */
export const LOCATION_MAX_CHARS = 80;

const code = z.string().min(1).max(LOCATION_MAX_CHARS);

/**
 * Where a patient is, in the hospital's own codes: HL7 v2 PL.1, PL.2 and PL.3. Rooms and beds are
 * null when the hospital does not name them. A bed is the same only in the same ward and room.
 */
export const Location = z.object({ ward: code, room: code.nullable(), bed: code.nullable() });
export type Location = z.infer<typeof Location>;

/** A location down to its bed. */
export const BedPlace = Location.extend({ bed: code });
export type BedPlace = z.infer<typeof BedPlace>;

/** HL7 v2 table 0116, which FHIR `Location.operationalStatus` uses too. */
export const BedStatus = z.enum([
  "unoccupied", // U
  "occupied", // O
  "housekeeping", // H: being cleaned
  "contaminated", // K: needs more than normal cleaning
  "isolated", // I: empty, but only for a patient of the same isolation
  "closed", // C: not staffed, or out of use
]);
export type BedStatus = z.infer<typeof BedStatus>;

/** Empty, and yet not for the next patient. */
export const BLOCKING_STATUSES: readonly BedStatus[] = ["housekeeping", "contaminated", "isolated", "closed"];

/**
 * HL7 v2 table 0004, as far as it decides whether a patient takes a bed. `inpatient` I, B and
 * their like; `emergency` E; `ambulatory` O, R; `planned` P: nobody has come yet; `unknown`: not said.
 */
export const PatientClass = z.enum(["inpatient", "emergency", "ambulatory", "planned", "unknown"]);
export type PatientClass = z.infer<typeof PatientClass>;

/**
 * What an event does to the census. What HL7 v2 calls pending, tracking or an update of the person
 * is `none`: understood, and nothing moves.
 */
export const CensusEffect = z.enum([
  "place", // A01, A04, A06, A07, A13: the patient is where the message says
  "transfer", // A02
  "restore", // A12: a transfer was a mistake
  "leave", // A03, A11: the stay is over, or never was
  "delete", // A23: as if the visit had never been
  "swap", // A17
  "away", // A21, A53: on leave, the bed is kept
  "back", // A22, A52
  "bed-status", // A20
  "none",
]);
export type CensusEffect = z.infer<typeof CensusEffect>;

/** What one message says of one visit. */
export const VisitReport = z.object({
  /**
   * The visit's name: its number or the account's as the hospital writes it, when a connector has
   * read it; the keyed hash of that when it reaches the rules. Only the hash is ever kept.
   */
  visit: z.string().min(1).max(260),
  class: PatientClass,
  /** PV1-3. Null: the message names no ward. */
  location: Location.nullable(),
  /** PV1-6. */
  prior: Location.nullable(),
});
export type VisitReport = z.infer<typeof VisitReport>;

/** One ADT message, as far as it concerns the census. Nothing of the patient but the visit's name. */
export const AdtEvent = z.object({
  /** The trigger event, as `A01`. */
  event: z.string().regex(/^A[0-9]{2}$/),
  effect: CensusEffect,
  /** EVN-2, otherwise MSH-7: the order in which the hospital's system took the events in. */
  recordedAt: Instant,
  /** EVN-6, otherwise `recordedAt`: when it happened. */
  occurredAt: Instant,
  /** One; two of a swap; none of a bed's status alone. */
  visits: z.array(VisitReport).max(2),
  /** Visits that go on under another name (MRG). */
  renamed: z.array(z.object({ from: z.string().max(260), to: z.string().max(260) })).max(20),
  /** What is said of beds: NPU-2, PV1-40. */
  statuses: z.array(z.object({ place: BedPlace, status: BedStatus })).max(4),
});
export type AdtEvent = z.infer<typeof AdtEvent>;

/** A visit that occupies a bed now. The row goes when the patient does. */
export const Visit = z.object({
  key: z.string().min(1).max(260),
  location: Location,
  class: PatientClass,
  isAway: z.boolean().describe("On leave of absence; the bed is kept"),
  /** Where the last transfer came from, so that it can be taken back. */
  prior: Location.nullable(),
  lastEvent: z.string(),
  lastEventAt: Instant,
});
export type Visit = z.infer<typeof Visit>;

/**
 * A visit that takes no bed any more, remembered for a while under its hashed name: what the feed
 * tells late of the time before must not open it again.
 */
export const EndedVisit = z.object({
  key: z.string(),
  /** The trigger event that ended it, and when it was recorded. */
  event: z.string(),
  at: Instant,
  /**
   * The ward in which its leaving was counted as that of a patient of whom no message had spoken;
   * null when it was not. An admission that comes late takes that back.
   */
  unseenIn: z.string().nullable(),
});
export type EndedVisit = z.infer<typeof EndedVisit>;

/**
 * What is known of the beds of one type beside the visits. Messages speak of those who move; who
 * was in bed before the first message is known from a declared figure alone.
 */
export const Census = z.object({
  /** Patients in bed of whom no message has spoken. */
  unattributed: z.int().min(0),
  /** `observedAt` of the declared figure that this is reckoned from; null when there never was one. */
  anchoredAt: Instant.nullable(),
  /** The newest moment of which an event was applied, by the earlier of the hospital's clock and ours. */
  countedAt: Instant.nullable(),
});
export type Census = z.infer<typeof Census>;

/** A ward of the sending hospital, as its administrators mapped it. */
export const Ward = z.object({
  code: code.describe("The ward's code as the hospital sends it: PV1-3.1"),
  bedType: BedType.nullable().describe("The type that its beds count as; null: known, and not counted"),
  staffed: z.int().min(0).max(20_000).nullable().describe("Its staffed beds, when the feed is to say so"),
});
export type Ward = z.infer<typeof Ward>;
