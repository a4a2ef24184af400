import { bloodComponentOf, bloodGroupOf, headerWords } from "@ihims/connectors/mapping/words.ts";
import { BloodComponent, BloodGroup, BloodStock } from "@ihims/core/blood/schema.ts";
import type { Facility } from "@ihims/core/facilities/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { bloodSubject, type Observation } from "@ihims/core/observations/schema.ts";
import { Instant } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { readCsvRows, separatorOf, type CsvRow } from "../../platform/csv-rows.ts";
import { listAllFacilities } from "../facilities/facilities.ts";
import { RECORD_MAX, recordObservations } from "../observations/observations.ts";

const FIELDS = ["facility", "group", "component", "units", "expiringSoon", "observedAt"] as const;
type Field = (typeof FIELDS)[number];

/** Names that columns go by, in words. */
const HEADERS: Record<Field, RegExp> = {
  facility: /^(facility|bank|blood bank|blood centre|blood center|hospital)( (id|name))?$|^id$|^name$/,
  group: /^(blood )?group$|^blood type$/,
  component: /^(blood )?component$|^product$/,
  units: /^(units|stock|available|count|quantity)( units| available)?$/,
  expiringSoon: /^expiring ?soon$/,
  observedAt: /^(observed ?at|updated ?at|as of|time)$/,
};

/** What came of a file. */
export interface BloodImportReport {
  dryRun: boolean;
  read: number;
  changed: number;
  confirmed: number;
  /** Older than what is known, or read before. */
  superseded: number;
  /** Where, and what is wrong. */
  rejects: { place: string; reason: string }[];
}

/**
 * Take in a list of blood: one line for each bank, group and component. Banks by our id, by another
 * register's as `system/value`, or by a name that only one has. Lines that cannot be read are put aside
 * one by one; the others are told as of the file.
 *
 * @throws Error when there is no header, or a column is missing
 */
export async function importBlood(
  ctx: Context,
  text: string,
  { dryRun }: { dryRun: boolean },
): Promise<BloodImportReport> {
  const body = text.replace(/^\uFEFF/u, "");
  const [header, ...rows] = readCsvRows(
    body,
    separatorOf(body.split(/\r\n|\n|\r/u).filter((line) => line.trim() !== "")),
  ).filter(({ fields }) => fields.some((field) => field.trim() !== ""));
  if (!header) throw new Error("the file is empty");
  const columns = columnsOf(header);
  const banks = banksBy(await listAllFacilities(ctx));
  const report: BloodImportReport = {
    dryRun,
    read: rows.length,
    changed: 0,
    confirmed: 0,
    superseded: 0,
    rejects: [],
  };
  const read = rows.flatMap((row) => {
    const line = readLine(row, columns, banks, ctx.now());
    if ("reason" in line) report.rejects.push({ place: row.place, reason: line.reason });
    return "reason" in line ? [] : [{ place: row.place, line }];
  });
  if (dryRun) return report;
  for (let from = 0; from < read.length; from += RECORD_MAX) {
    const part = read.slice(from, from + RECORD_MAX);
    const recorded = await recordObservations(
      ctx,
      part.map(({ line }) => line),
    );
    for (const [at, { kind }] of recorded.entries()) {
      if (kind === "changed") report.changed += 1;
      else if (kind === "unchanged") report.confirmed += 1;
      else if (kind !== "refused") report.superseded += 1;
      else report.rejects.push({ place: part[at]?.place ?? "", reason: "observedAt is ahead of our clock" });
    }
  }
  return report;
}

function columnsOf({ fields }: CsvRow): Map<Field, number> {
  const words = fields.map((field) => headerWords(field));
  const columns = new Map<Field, number>();
  for (const field of FIELDS) {
    const at = words.findIndex((one) => HEADERS[field].test(one));
    if (at >= 0) columns.set(field, at);
    else if (field !== "expiringSoon" && field !== "observedAt")
      throw new Error(`there is no column ${field}; the header is: ${fields.join(", ")}`);
  }
  return columns;
}

/** Banks by what a file may call them; null: several are called so. */
function banksBy(facilities: readonly Facility[]): Map<string, FacilityId | null> {
  const banks = new Map<string, FacilityId | null>();
  for (const { id, name, names, externalIds } of facilities) {
    const called = new Set([
      id,
      ...externalIds.map(({ system, value }) => `${system}/${value}`),
      ...[name, ...Object.values(names)].map((one) => one.toLowerCase()),
    ]);
    for (const one of called) banks.set(one, banks.has(one) && banks.get(one) !== id ? null : id);
  }
  return banks;
}

function readLine(
  { fields, fault }: CsvRow,
  columns: ReadonlyMap<Field, number>,
  banks: ReadonlyMap<string, FacilityId | null>,
  now: Instant,
): Observation | { reason: string } {
  if (fault !== undefined) return { reason: fault };
  const said = (field: Field) => fields[columns.get(field) ?? -1]?.trim() ?? "";
  const bank = banks.get(said("facility")) ?? banks.get(said("facility").toLowerCase());
  if (bank === null) return { reason: `facility: several are called "${said("facility")}"; write its id` };
  if (bank === undefined) return { reason: `facility: none is called "${said("facility")}"` };
  const group = BloodGroup.safeParse(said("group")).data ?? bloodGroupOf(said("group"));
  if (!group) return { reason: `group: "${said("group")}" is none` };
  const component = BloodComponent.safeParse(said("component")).data ?? bloodComponentOf(said("component"));
  if (!component) return { reason: `component: "${said("component")}" is none` };
  const soon = said("expiringSoon");
  const value = BloodStock.safeParse({
    units: wholeOf(said("units")),
    ...(soon === "" ? {} : { expiringSoon: wholeOf(soon) }),
  }).data;
  if (!value) return { reason: `units: "${said("units")}" or expiringSoon: "${soon}" is no number of units` };
  if ((value.expiringSoon ?? 0) > value.units) return { reason: "expiringSoon: more than units" };
  const observedAt = said("observedAt") === "" ? now : Instant.safeParse(said("observedAt")).data;
  if (!observedAt)
    return {
      reason: `observedAt: "${said("observedAt")}" is no time with a zone, as 2026-03-01T12:00:00+05:30`,
    };
  const subject = bloodSubject(group, component);
  return { facility: bank, subject, value, observedAt, source: "file", sender: "operator" };
}

function wholeOf(text: string): number {
  return /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
}
