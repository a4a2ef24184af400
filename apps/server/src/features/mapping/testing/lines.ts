import type {
  FacilityReference,
  MappedLine,
  MappingOptions,
  SubjectReference,
} from "@ihims/connectors/mapping/line.ts";
import type { Mapping } from "@ihims/connectors/mapping/schema.ts";
import { mapSource } from "../mapping.ts";
import type { Source } from "../source.ts";

/** What a mapping makes of a source, a line of text each, in the words that a test is read in. */
export async function linesIn(source: Source, mapping: Mapping, options: MappingOptions): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of mapSource(source, mapping, options)) lines.push(asText(line, options.timeZone));
  return lines;
}

export function asText(line: MappedLine, timeZone: string): string {
  switch (line.kind) {
    case "observation": {
      const at = new Date(line.observedAt).toLocaleString("sv-SE", { timeZone }).slice(0, 16);
      const questions = line.questions.map((question) => ` ? ${question}`).join("");
      return `${facilityText(line.facility)}: ${subjectText(line.subject)} ${valueText(line.value)} at ${at} by ${line.timeFrom}${questions}`;
    }
    case "facility": {
      const { name, kind, ownership, phones } = line.profile;
      return `tells of ${[name, kind, ownership, ...(phones ?? []).map(({ number }) => number)].filter(Boolean).join(", ")}`;
    }
    case "refused":
      return `refused ${line.place}: ${[line.field, line.text === null ? undefined : `"${line.text}"`].filter(Boolean).join(" ")} ${line.reason} (${line.code})`;
    case "skipped":
      return `skipped ${line.place}: ${line.reason}`;
  }
}

function facilityText(facility: FacilityReference): string {
  if (facility.kind !== "named") return facility.kind === "own" ? "own" : facility.id;
  const { ids, name, locality, position } = facility;
  const where = position ? [`@${position.lat},${position.lon}`] : [];
  return [...ids.map(({ system, value }) => `${system}/${value}`), name, locality, ...where]
    .filter(Boolean)
    .join(", ");
}

function subjectText(subject: SubjectReference): string {
  if (subject.kind === "subject") return subject.subject;
  const { codes, name, pack } = subject.medicine;
  return `medicine ${[...codes.map(({ value }) => value), name, pack].filter(Boolean).join("/")}`;
}

function valueText(value: object): string {
  return Object.entries(value)
    .map(([key, one]) => `${key} ${typeof one === "object" ? JSON.stringify(one) : String(one)}`)
    .join(" ");
}
