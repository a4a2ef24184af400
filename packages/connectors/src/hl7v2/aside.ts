import type { Hl7Segment } from "@medplum/core";
import { readMessage } from "./message.ts";

/** The fields of each segment that say nothing of who the patient is. Every other field and segment goes. */
const KEPT_FIELDS: Readonly<Record<string, readonly number[]>> = {
  // Delimiters, who sent it to whom, when, what, its control id, processing id, version, character set.
  MSH: [2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 18],
  // Event, recorded, reason, occurred: not the operator.
  EVN: [1, 2, 4, 6],
  // Class, location, prior location, service, temporary location, account status, bed status, times: no doctor, no number.
  PV1: [1, 2, 3, 6, 10, 11, 40, 41, 42, 44, 45],
  NPU: [1, 2],
};

/** Components of a location that are kept: ward, room, bed, facility, status, type, building, floor. */
const LOCATION_COMPONENTS = 8;
const LOCATION_FIELDS: readonly string[] = ["PV1-3", "PV1-6", "PV1-11", "PV1-42", "NPU-1"];

/**
 * A message without what identifies the patient, for a person to see why it was not applied: MSH,
 * EVN, and of PV1 and NPU the fields that say where and when. Every other segment goes whole.
 *
 * @returns null for a text that is no message: nothing of it can be told apart, so nothing is kept
 */
export function withoutPatient(text: string): string | null {
  const read = readMessage(text);
  if (!read.ok) return null;
  return read.message.segments.flatMap((segment) => blanked(segment) ?? []).join("\r");
}

function blanked(segment: Hl7Segment): string | undefined {
  const kept = KEPT_FIELDS[segment.name];
  if (!kept) return undefined;
  const { fieldSeparator, componentSeparator } = segment.context;
  // MSH-1 is the separator itself.
  const first = segment.name === "MSH" ? 2 : 1;
  const fields: string[] = [segment.name];
  for (let field = first; field <= Math.max(...kept); field++) {
    const text = kept.includes(field) ? (segment.getField(field)?.toString() ?? "") : "";
    const isLocation = LOCATION_FIELDS.includes(`${segment.name}-${field}`);
    fields.push(
      isLocation
        ? text.split(componentSeparator).slice(0, LOCATION_COMPONENTS).join(componentSeparator)
        : text,
    );
  }
  while (fields.at(-1) === "") fields.pop();
  return fields.join(fieldSeparator);
}
