import type { FacilityReference, MappedLine, SubjectReference } from "@ihims/connectors/mapping/line.ts";

/** What became of a piece of a file, in one line for the person who tries a mapping. */
export function lineInWords(line: MappedLine, timeZone: string): string {
  switch (line.kind) {
    case "observation": {
      const at = new Date(line.observedAt).toLocaleString("sv-SE", { timeZone }).slice(0, 16);
      const known = { source: "", "source-day": " (only the day is said)", fetch: " (time of fetching)" }[
        line.timeFrom
      ];
      const questions = line.questions.map((question) => `; ${question}?`).join("");
      return `${line.place}: ${facilityInWords(line.facility)}: ${subjectInWords(line.subject)} ${valueInWords(line.value)} at ${at}${known}${questions}`;
    }
    case "facility": {
      const { name, kind, ownership, locality, phones } = line.profile;
      const numbers = (phones ?? []).map(({ number }) => number);
      return `${line.place}: ${[name, kind, ownership, locality, ...numbers].filter(Boolean).join(", ")}${line.notes.map((note) => `; ${note}`).join("")}`;
    }
    case "refused": {
      const what = [line.field, line.text === null ? undefined : `"${line.text}"`].filter(Boolean).join(" ");
      return `${line.place}: ${what}${what === "" ? "" : " "}${line.reason}`;
    }
    case "skipped":
      return `${line.place}: ${line.reason}`;
  }
}

function facilityInWords(facility: FacilityReference): string {
  if (facility.kind !== "named") return facility.kind === "own" ? "the feed's facility" : facility.id;
  const { ids, name, locality } = facility;
  return [...ids.map(({ system, value }) => `${system}/${value}`), name, locality].filter(Boolean).join(", ");
}

function subjectInWords(subject: SubjectReference): string {
  if (subject.kind === "subject") return subject.subject;
  const { codes, name, strength, pack } = subject.medicine;
  return `medicine ${[name, strength, pack, ...codes.map(({ value }) => value)].filter(Boolean).join(" / ")}`;
}

function valueInWords(value: object): string {
  return Object.entries(value)
    .map(([name, one]) => `${name} ${typeof one === "object" ? JSON.stringify(one) : String(one)}`)
    .join(", ");
}
