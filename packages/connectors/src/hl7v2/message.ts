import { Hl7Context, Hl7Message, type Hl7Segment } from "@medplum/core";

/** Most segments of a message that is read. */
export const SEGMENTS_MAX = 2000;

/** Why a message cannot be applied, as its sender is told. Never anything of the patient. */
export interface Hl7Problem {
  /** AE: understood, and not applied. AR: not for us, or not HL7. */
  ack: "AE" | "AR";
  /** HL7 v2 table 0357. */
  code: 100 | 101 | 102 | 103 | 200 | 201 | 202 | 203 | 204 | 207;
  /** In words, for the person who looks after the sending system. */
  problem: string;
  /** The field that it is about, as `PV1-3`; null when it is about the whole message. */
  at: string | null;
}

/** MSH, as far as it is used. Fields that are not valued are empty. */
export interface Hl7Header {
  /** MSH-3, first component. */
  application: string;
  /** MSH-4: its first component, and all of it as it was sent. */
  facilityCode: string;
  facility: string;
  /** MSH-9. */
  type: string;
  event: string;
  controlId: string;
  version: string;
}

export interface ReadMessage {
  message: Hl7Message;
  header: Hl7Header;
}

/**
 * Read the envelope of a message: delimiters from MSH-1 and MSH-2, whatever they are, and the
 * header. Lines may end in CR, LF or both.
 *
 * Never throws.
 *
 * @param text one message, without its frame
 */
export function readMessage(text: string): ({ ok: true } & ReadMessage) | ({ ok: false } & Hl7Problem) {
  const segments = text
    .replace(/^[\s\uFEFF]+/, "")
    .split(/[\r\n]+/)
    .filter((segment) => segment !== "");
  const header = segments[0] ?? "";
  if (!/^MSH[^\p{L}\p{N}\s]/u.test(header)) return notHl7("It does not begin with MSH");
  if (segments.length > SEGMENTS_MAX) return notHl7(`It has more than ${SEGMENTS_MAX} segments`);
  const context = readDelimiters(header);
  if (!context) return notHl7("The delimiters of MSH-1 and MSH-2 are not distinct signs");
  const message = new Hl7Message(segments, context);
  const msh = message.header;
  return {
    ok: true,
    message,
    header: {
      application: part(msh, 3),
      facilityCode: part(msh, 4),
      facility: msh.getField(4)?.toString().trim() ?? "",
      type: part(msh, 9),
      event: part(msh, 9, 2),
      controlId: msh.getField(10)?.toString().trim() ?? "",
      version: part(msh, 12),
    },
  };
}

function notHl7(problem: string): { ok: false } & Hl7Problem {
  return { ok: false, ack: "AR", code: 100, problem, at: null };
}

/**
 * The delimiters of a message (v2.8 chapter 2.5.4): MSH-1 is the sign after "MSH", MSH-2 those for
 * components, repetitions, escape, subcomponents and, since v2.7, truncation. Signs that MSH-2 leaves
 * out are the usual ones.
 */
function readDelimiters(header: string): Hl7Context | undefined {
  const field = header.charAt(3);
  const end = header.indexOf(field, 4);
  const given = header.slice(4, end === -1 ? undefined : end);
  if (given.length > 5) return undefined;
  const [component = "^", repetition = "~", escape = "\\", subcomponent = "&"] = given;
  const signs = [field, component, repetition, escape, subcomponent, ...given.slice(4)];
  const areSigns = signs.every((sign) => !/[\p{L}\p{N}\s]/u.test(sign));
  if (!areSigns || new Set(signs).size !== signs.length) return undefined;
  return new Hl7Context("\r", field, component, repetition, escape, subcomponent);
}

/**
 * The first subcomponent of a component, without its escapes and blanks around it. HL7's explicit
 * nothing (`""`) is empty too.
 *
 * @param field from 1, as the standard counts
 * @param component from 1
 */
export function part(segment: Hl7Segment | undefined, field: number, component = 1): string {
  const found = segment?.getField(field);
  if (!found || found.components.length === 0) return "";
  const text = found.getComponent(component, 0);
  return text === '""' ? "" : unescapeHl7(text, found.context).trim();
}

/** Undo the escapes of delimiters (v2.8 chapter 2.7). Those for fonts and bytes stay as they are: codes have none. */
export function unescapeHl7(text: string, context: Hl7Context): string {
  const sign = context.escapeCharacter;
  if (!text.includes(sign)) return text;
  const plain: Record<string, string> = {
    F: context.fieldSeparator,
    S: context.componentSeparator,
    T: context.subcomponentSeparator,
    R: context.repetitionSeparator,
    E: sign,
  };
  const pieces = text.split(sign);
  let whole = pieces[0] ?? "";
  for (let at = 1; at < pieces.length; at += 2) {
    const code = pieces[at] ?? "";
    const isClosed = at + 1 < pieces.length;
    whole += isClosed ? (plain[code] ?? sign + code + sign) + (pieces[at + 1] ?? "") : sign + code;
  }
  return whole;
}

/** Escape a text so that it can stand in a field of a message with these delimiters. */
export function escapeHl7(text: string, context: Hl7Context): string {
  const codes = new Map([
    [context.escapeCharacter, "E"],
    [context.fieldSeparator, "F"],
    [context.componentSeparator, "S"],
    [context.subcomponentSeparator, "T"],
    [context.repetitionSeparator, "R"],
  ]);
  const sign = context.escapeCharacter;
  return [...text.replace(/[\r\n]+/g, " ")]
    .map((one) => (codes.has(one) ? sign + codes.get(one) + sign : one))
    .join("");
}
