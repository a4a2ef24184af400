import type { Instant } from "@ihims/core/time.ts";
import { pick, wholeBetween, type Random } from "../random.ts";
import { FAMILY_NAMES, GIVEN_NAMES_FEMALE, GIVEN_NAMES_MALE } from "../words/people.ts";
import { CITY_NAME } from "../words/places.ts";
import { localMs } from "./stays.ts";

/** Somebody who does not exist, as a hospital's system knows its patients. */
export interface Patient {
  id: string;
  family: string;
  given: string;
  sex: "F" | "M";
  /** As `19710203`. */
  birthDate: string;
  /** Ward of the city where the patient lives. */
  home: string;
  complaint: string;
}

const COMPLAINTS = [
  "FEVER",
  "FEVER WITH RASH",
  "COUGH AND BREATHLESSNESS",
  "CHEST PAIN",
  "ABDOMINAL PAIN",
  "LOOSE MOTIONS",
  "VOMITING",
  "ROAD TRAFFIC INJURY",
  "FALL",
  "WEAKNESS OF ONE SIDE",
  "HIGH BLOOD SUGAR",
  "SNAKE BITE",
  "ELECTIVE SURGERY",
] as const;

/** Make up a patient. @param homes names of the city's wards */
export function makePatient(random: Random, homes: readonly string[]): Patient {
  const sex = pick(random, ["F", "M"] as const);
  const month = String(wholeBetween(random, 1, 12)).padStart(2, "0");
  const day = String(wholeBetween(random, 1, 28)).padStart(2, "0");
  return {
    id: `FICT${wholeBetween(random, 1_000_000, 9_999_999)}`,
    family: pick(random, FAMILY_NAMES).en.toUpperCase(),
    given: pick(random, sex === "F" ? GIVEN_NAMES_FEMALE : GIVEN_NAMES_MALE),
    sex,
    birthDate: `${wholeBetween(random, 1936, 2025)}${month}${day}`,
    home: pick(random, homes),
    complaint: pick(random, COMPLAINTS),
  };
}

/** Where a patient lies: ward, room, bed. Without a room and bed: on a trolley in the ward. */
export interface BedPlace {
  ward: string;
  room: string;
  bed: string;
}

/** What one message says. */
export interface Movement {
  event: "A01" | "A02" | "A03" | "A04" | "A06" | "A11" | "A12" | "A13" | "A50";
  /** MSH-10, never used twice by a sender. */
  controlId: string;
  sender: { application: string; facility: string };
  at: Instant;
  patient: Patient;
  /** PV1-19. */
  visit: string;
  /** The number that the visit had before: A50 alone. */
  priorVisit?: string;
  isEmergency: boolean;
  place: BedPlace;
  prior?: BedPlace;
}

/** The message's structure where it is not the event's own (table 0354). */
const STRUCTURES: Partial<Record<Movement["event"], string>> = {
  A04: "ADT_A01",
  A13: "ADT_A01",
  A11: "ADT_A09",
};

/** Write a movement as HL7 v2.5, segments ended by a carriage return. */
export function writeAdt(movement: Movement): string {
  const { event, controlId, sender, at, patient, visit, priorVisit, place, prior, isEmergency } = movement;
  const now = hl7Time(at);
  const structure = STRUCTURES[event] ?? `ADT_${event}`;
  const location = (of: BedPlace) => [of.ward, of.room, of.bed, sender.facility].join("^");
  const segments = [
    [
      "MSH",
      "^~\\&",
      sender.application,
      sender.facility,
      "IHIMS",
      "CITY",
      now,
      "",
      `ADT^${event}^${structure}`,
      controlId,
      "P",
      "2.5",
    ],
    ["EVN", event, now, "", "", "", now],
    [
      "PID",
      "1",
      "",
      `${patient.id}^^^${sender.facility}^MR`,
      "",
      `${escaped(patient.family)}^${patient.given}`,
      "",
      patient.birthDate,
      patient.sex,
      "",
      "",
      `^^${CITY_NAME.en}^^^IN^H^^${escaped(patient.home)}`,
    ],
    ...(priorVisit === undefined
      ? []
      : [["MRG", `${patient.id}^^^${sender.facility}^MR`, "", "", "", priorVisit]]),
    pv1(
      isEmergency ? "E" : "I",
      location(place),
      prior && location(prior),
      visit,
      event === "A03" ? now : "",
    ),
    ...(event === "A01" || event === "A04" ? [["PV2", "", "", `^${patient.complaint}`]] : []),
  ];
  return segments.map((fields) => `${fields.join("|")}\r`).join("");
}

function pv1(
  patientClass: string,
  place: string,
  prior: string | undefined,
  visit: string,
  discharged: string,
): string[] {
  const fields = Array.from({ length: 46 }, () => "");
  fields[0] = "PV1";
  fields[1] = "1";
  fields[2] = patientClass;
  fields[3] = place;
  fields[6] = prior ?? "";
  fields[19] = visit;
  fields[45] = discharged;
  return fields.slice(0, discharged === "" ? 20 : 46);
}

/** `20260301115000+0530`. */
function hl7Time(at: Instant): string {
  const digits = new Date(localMs(at)).toISOString().replace(/\D/g, "");
  return `${digits.slice(0, 14)}.${digits.slice(14)}+0530`;
}

/** A name can hold what separates fields. */
function escaped(text: string): string {
  const codes: Record<string, string> = {
    "\\": "\\E\\",
    "|": "\\F\\",
    "^": "\\S\\",
    "&": "\\T\\",
    "~": "\\R\\",
  };
  return text.replace(/[\\|^&~]/g, (letter) => codes[letter] ?? letter);
}
