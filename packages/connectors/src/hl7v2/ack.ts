import { Hl7Context, type Hl7Segment } from "@medplum/core";
import type { Instant } from "@ihims/core/time.ts";
import { escapeHl7, type Hl7Problem, type ReadMessage } from "./message.ts";
import { writeHl7Time } from "./time.ts";

/** What an acknowledgement is made of beside the message that it answers. */
export interface AckParts {
  code: "AA" | "AE" | "AR";
  /** Why not; left out with AA. */
  problem?: Hl7Problem;
  now: Instant;
  /** MSH-10 of the acknowledgement itself; at most 20 characters, which every version can hold. */
  controlId: string;
}

/** Words of table 0357. */
const ERROR_NAMES: Record<Hl7Problem["code"], string> = {
  100: "Segment sequence error",
  101: "Required field missing",
  102: "Data type error",
  103: "Table value not found",
  200: "Unsupported message type",
  201: "Unsupported event code",
  202: "Unsupported processing id",
  203: "Unsupported version id",
  204: "Unknown key identifier",
  207: "Application internal error",
};

/**
 * Acknowledge a message (original mode, v2.8 chapter 2.9.2): sender and receiver exchanged, with the
 * message's own delimiters, version and encoding, and ERR as that version has it.
 *
 * @param read the message; undefined for one that could not be read, which is answered in v2.5.1
 */
export function buildAck(read: ReadMessage | undefined, { code, problem, now, controlId }: AckParts): string {
  const context = read?.message.context ?? new Hl7Context();
  const msh = read?.message.header;
  const version = read?.header.version || "2.5.1";
  const isModern = !/^2\.[0-4](\D|$)/.test(version);
  const event = read?.header.event;
  const type = event ? ["ACK", event, ...(isModern ? ["ACK"] : [])].join(context.componentSeparator) : "ACK";
  const header = [
    "MSH",
    context.getMsh2(),
    raw(msh, 5),
    raw(msh, 6),
    raw(msh, 3),
    raw(msh, 4),
    writeHl7Time(now),
    "",
    type,
    controlId,
    raw(msh, 11) || "P",
    raw(msh, 12) || version,
    ...(raw(msh, 18) ? ["", "", "", "", "", raw(msh, 18)] : []),
  ];
  const msa = ["MSA", code, raw(msh, 10)];
  // ERR has no words before v2.5: there they stand in MSA-3, which later versions do without.
  if (problem && !isModern) msa.push(escapeHl7(problem.problem.slice(0, 80), context));
  const segments = [header, msa, ...(problem ? [err(problem, context, isModern)] : [])];
  return segments.map((fields) => `${fields.join(context.fieldSeparator)}\r`).join("");
}

/** ERR: since v2.5 where, code, severity and words; before, one field with where and code. */
function err({ code, problem, at }: Hl7Problem, context: Hl7Context, isModern: boolean): string[] {
  const [segment = "", field = ""] = at?.split("-") ?? [];
  const { componentSeparator: component, subcomponentSeparator: sub } = context;
  const name = ERROR_NAMES[code];
  if (!isModern) return ["ERR", [segment, segment && "1", field, [code, name].join(sub)].join(component)];
  const where = segment ? [segment, "1", field].filter((one) => one !== "").join(component) : "";
  return [
    "ERR",
    "",
    where,
    [code, name, "HL70357"].join(component),
    "E",
    "",
    "",
    "",
    escapeHl7(problem.slice(0, 250), context),
  ];
}

/** A field of MSH as it was sent. */
function raw(msh: Hl7Segment | undefined, field: number): string {
  return msh?.getField(field)?.toString() ?? "";
}
