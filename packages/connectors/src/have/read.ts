import { z } from "zod";
import { Position } from "@ihims/core/geo.ts";
import { Instant } from "@ihims/core/time.ts";
import { childOf, childrenOf, findAll, readXml, type XmlElement } from "../xml/read.ts";
import { HaveOrganization, HospitalStatuses, type HaveHospital } from "./schema.ts";
import { innermost } from "./write.ts";

/** A hospital of a report: as far as it could be read, and what could not. */
export type HospitalRead =
  | {
      ok: true;
      hospital: HaveHospital;
      /** What was left out or read with doubt, with its line. */
      notes: string[];
      line: number;
    }
  | { ok: false; name: string | undefined; problem: string; line: number };

export type HaveRead =
  | { ok: true; version: "1.0" | "2.0"; hospitals: HospitalRead[] }
  | { ok: false; problem: string };

/** Most hospitals of one report. */
export const HOSPITALS_MAX = 2000;

/**
 * Read an EDXL-HAVE report, alone or inside of an EDXL-DE envelope.
 *
 * Version 1.0 is read by its schema, forgiving order, case and prefixes, because senders differ in
 * all three. Of 2.0, whose schema few follow (lower-case names, `facility` for `Hospital`), what
 * has a counterpart in 1.0 is read and the rest is named in the notes.
 */
export function readHave(text: string): HaveRead {
  const read = readXml(text);
  if (!read.ok) return read;
  const [report] = findAll(read.root, ({ name }) => /^(hospitalstatus|have)$/iu.test(name));
  if (!report)
    return {
      ok: false,
      problem: `line ${read.root.line}: there is no HospitalStatus (1.0) or HAVE (2.0) in <${read.root.name}>`,
    };
  const isSecond = report.namespace.toLowerCase().endsWith("have:2.0") || plain(report.name) === "have";
  const found = report.children.filter(({ name }) => ["hospital", "facility"].includes(plain(name)));
  if (found.length === 0)
    return { ok: false, problem: `line ${report.line}: the report has no hospital in it` };
  if (found.length > HOSPITALS_MAX)
    return { ok: false, problem: `the report has more than ${HOSPITALS_MAX} hospitals` };
  return { ok: true, version: isSecond ? "2.0" : "1.0", hospitals: found.map(readHospital) };
}

function readHospital(element: XmlElement): HospitalRead {
  const notes: string[] = [];
  const organization = readOrganization(element, notes);
  const refuse = (problem: string): HospitalRead => ({
    ok: false,
    name: organization?.name,
    problem,
    line: element.line,
  });
  if (!organization) return refuse("the hospital has no name");
  const stamp =
    childNamed(element, "LastUpdateTime")?.text ?? childNamed(element, "LastUpdateTimestamp")?.text;
  if (!stamp) return refuse("LastUpdateTime is missing: nobody can say how old this is");
  const moment = Instant.safeParse(stamp);
  if (!moment.success)
    return refuse(`LastUpdateTime "${stamp.slice(0, 40)}" is not a moment with its offset from UTC`);
  const others = new Set(ORGANIZATION_NAMES);
  const statuses = HospitalStatuses.safeParse(readFields(HospitalStatuses, element, notes, others));
  if (!statuses.success) {
    const [issue] = statuses.error.issues;
    return refuse(`${issue?.path.join("/") ?? ""}: ${issue?.message ?? "cannot be read"}`);
  }
  return {
    ok: true,
    hospital: { organization, statuses: statuses.data, lastUpdateTime: moment.data },
    notes,
    line: element.line,
  };
}

/** Children of a hospital that are read by themselves, or are another standard's. */
const ORGANIZATION_NAMES = [
  "organization",
  "organizationinformation",
  "facilityinformation",
  "lastupdatetime",
  "lastupdatetimestamp",
];

function readOrganization(hospital: XmlElement, notes: string[]): HaveOrganization | undefined {
  const place =
    childNamed(hospital, "Organization") ?? childNamed(hospital, "facilityInformation") ?? hospital;
  const named = findAll(place, ({ name }) =>
    ["organisationname", "organizationname", "facilityname"].includes(plain(name)),
  )[0];
  const name = (named && (childOf(named, "NameElement")?.text || named.text)) || undefined;
  if (name === undefined) return undefined;
  const ownId = findAll(place, (one) =>
    ["facilityid", "organizationid", "organisationid"].includes(plain(one.name)),
  )[0];
  const id =
    named?.attributes.get("ID") || named?.attributes.get("OrganisationID") || ownId?.text || undefined;
  const position = readPosition(place, notes);
  const address = findAll(place, (one) => plain(one.name) === "addressline")[0]?.text || undefined;
  const read = HaveOrganization.safeParse({
    name,
    ...(id && { id }),
    ...(address && { address }),
    phones: findAll(place, (one) => plain(one.name) === "contactnumberelement").map((one) => one.text),
    ...(position && { position }),
    comments: childrenOf(place, "CommentText").flatMap(({ text }) => text || []),
  });
  return read.success ? read.data : undefined;
}

/** GML writes latitude first; `coordinates` of older senders has a comma between. */
function readPosition(place: XmlElement, notes: string[]): Position | undefined {
  const [point] = findAll(place, ({ name }) => ["pos", "coordinates"].includes(plain(name)));
  if (!point) return undefined;
  const [lat, lon] = point.text.split(/[\s,]+/u).map(Number);
  const position = Position.safeParse({ lat, lon });
  if (position.success) return position.data;
  notes.push(`line ${point.line}: "${point.text.slice(0, 60)}" is no position in degrees, latitude first`);
  return undefined;
}

type Fields = Record<string, unknown>;

/** What an element has inside, by its schema. What is not understood is left out, and said. */
function readFields(
  schema: z.ZodObject,
  element: XmlElement,
  notes: string[],
  others: ReadonlySet<string> = new Set(),
): Fields {
  const names = new Map(Object.keys(schema.shape).map((name) => [plain(name), name]));
  const fields: Fields = {};
  for (const child of element.children) {
    const name = names.get(plain(child.name));
    const field = name === undefined ? undefined : schema.shape[name];
    if (name === undefined || field === undefined) {
      if (!others.has(plain(child.name)))
        notes.push(`line ${child.line}: ${child.name} is not a part of ${element.name}, left out`);
      continue;
    }
    const value = readValue(innermost(field), child, notes);
    if (value === undefined) continue;
    const repeats = isRepeating(field);
    if (!repeats && fields[name] !== undefined)
      notes.push(`line ${child.line}: a second ${child.name} is left out`);
    else fields[name] = repeats ? [...listOf(fields[name]), value] : value;
  }
  return fields;
}

function readValue(field: z.core.$ZodType, element: XmlElement, notes: string[]): unknown {
  if (field instanceof z.ZodObject) return readFields(field, element, notes);
  const { text } = element;
  if (text === "") return undefined;
  const value = readPlain(field, text);
  const parsed = value === undefined ? undefined : z.safeParse(field, value);
  if (parsed?.success) return parsed.data;
  notes.push(`line ${element.line}: "${text.slice(0, 60)}" is no value of ${element.name}, left out`);
  return undefined;
}

/** A number, a boolean or a code as it was meant; undefined when it is none. */
function readPlain(field: z.core.$ZodType, text: string): unknown {
  if (field instanceof z.ZodEnum)
    return field.options.find((option) => spellings(String(option)).includes(plain(text)));
  if (field instanceof z.ZodBoolean)
    return /^(true|1|yes)$/iu.test(text) ? true : /^(false|0|no)$/iu.test(text) ? false : undefined;
  if (field instanceof z.ZodNumber) return /^[+-]?\d{1,10}$/u.test(text) ? Number(text) : undefined;
  return text;
}

/** As a code is written in the wild: with or without its slash, and each half of it alone. */
function spellings(code: string): string[] {
  return [code, ...(code.includes("/") ? code.split("/") : [])].map(plain);
}

function isRepeating(field: z.core.$ZodType): boolean {
  return field instanceof z.ZodOptional ? isRepeating(field.unwrap()) : field instanceof z.ZodArray;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A name as senders agree on it: letters and digits, whatever their case. */
function plain(name: string): string {
  return name.replace(/[^A-Za-z0-9]/gu, "").toLowerCase();
}

function childNamed(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => plain(child.name) === plain(name));
}
