import type { Group, ObservationSpec } from "../schema.ts";
import { bedTypeOf, bloodComponentOf, bloodGroupOf, layerOf } from "../words.ts";
import type { Column } from "./columns.ts";
import { cellFor, suggestBeds } from "./counts.ts";
import { suggestMoment } from "./dates.ts";
import { findingOf, type Finding, type Remark } from "./findings.ts";
import { giveRoles, type Role } from "./roles.ts";

const STOCK_ROLES: readonly Role[] = [
  "medicine",
  "quantity",
  "price",
  "batch",
  "expiry",
  "pack",
  "strength",
  "form",
  "manufacturer",
  "code",
];
/** What is counted in a sample, and by which columns. */
export interface Counted {
  kind: "hospital" | "blood-bank" | "pharmacy";
  specs: (ObservationSpec | Group)[];
  findings: Finding[];
  remarks: Remark[];
  used: Set<Column>;
  gather: "layers" | "sum" | undefined;
}

/** One medicine a row. */
export function stockByRow(columns: readonly Column[]): Counted | undefined {
  const roles = giveRoles(columns, STOCK_ROLES);
  const [medicine, quantity] = [roles.get("medicine"), roles.get("quantity")];
  if (
    !medicine ||
    !quantity ||
    !["price", "batch", "expiry", "pack", "code", "manufacturer"].some((role) => roles.has(role as Role))
  )
    return undefined;
  const cell = (role: Role) => roles.get(role)?.column.field;
  const texts = Object.fromEntries(
    (["batch", "pack", "strength", "form", "manufacturer"] as const).flatMap((role) =>
      cell(role) === undefined ? [] : [[role, cell(role)]],
    ),
  );
  const code = cell("code");
  const price = cell("price");
  const expiry = roles.get("expiry")?.column;
  const spec: ObservationSpec = {
    kind: "medicine",
    name: medicine.column.field,
    ...texts,
    ...(code !== undefined && { codes: [{ system: "source", value: code }] }),
    ...(price !== undefined && { price }),
    ...(expiry &&
      expiry.texts.length > 0 && {
        expiry: {
          ...suggestMoment(expiry, undefined).spec,
          monthOnly: "last-day",
          otherwise: undefined,
          year: undefined,
        },
      }),
    quantity: quantity.column.field,
  };
  const findings = [...roles].map(([role, given]) =>
    findingOf(role === "medicine" ? "the medicine" : role, given),
  );
  const used = new Set([...roles.values()].map(({ column }) => column));
  // Batches of one medicine are one shelf.
  return { kind: "pharmacy", specs: [spec], findings, remarks: [], used, gather: "sum" };
}

function isMostly(column: Column, is: (text: string) => boolean, share = 0.8): boolean {
  return column.texts.length > 0 && column.texts.filter(is).length >= share * column.texts.length;
}

/** The first column of words, few of them different, of which most are what is looked for. */
function columnOf(columns: readonly Column[], is: (text: string) => boolean): Column | undefined {
  return columns.find(
    (column) =>
      !column.field.startsWith("$") &&
      !column.isNumeric &&
      !column.isDate &&
      column.different < 0.7 &&
      isMostly(column, is),
  );
}

const finding = (
  what: string,
  field: string,
  confidence: Finding["confidence"],
  reason: string,
): Finding => ({
  what,
  field,
  confidence,
  reason,
});

/** One count of blood a row, its group in a column. */
export function bloodByRow(columns: readonly Column[], about: string): Counted | undefined {
  const group = columnOf(columns, (text) => bloodGroupOf(text) !== undefined);
  const units = columns.find(
    (column) => column.isNumeric && /unit|qty|quantity|stock|available|count|value|no of/u.test(column.words),
  );
  if (!group || !units) return undefined;
  const component = columnOf(columns, (text) => bloodComponentOf(text) !== undefined);
  const said = component ? { field: component.field } : (bloodComponentOf(about) ?? "whole-blood");
  return {
    kind: "blood-bank",
    specs: [{ kind: "blood", group: { field: group.field }, component: said, units: cellFor(units, "down") }],
    findings: [
      finding("the blood group", group.field, "sure", "its values are blood groups"),
      component
        ? finding("the component", component.field, "sure", "its values are components")
        : finding("the component", "", "guess", "is not said: whole blood is assumed, look at this"),
      finding("units", units.field, "likely", "by its name"),
    ],
    remarks: [],
    used: new Set([group, units, ...(component ? [component] : [])]),
    gather: "sum",
  };
}

const isBedType = (text: string) => bedTypeOf(text) !== undefined;

/** One kind of bed a row: its counts in columns, or each count a row too. */
export function bedsByRow(columns: readonly Column[]): Counted | undefined {
  const isNamedType = ({ words, isNumeric }: Column) =>
    /(?:^| )(?:type|kind|category|art|bed type)$/u.test(words) && !isNumeric;
  const type =
    columnOf(columns, isBedType) ??
    columns.find((column) => isNamedType(column) && isMostly(column, isBedType, 0.6));
  if (!type || columns.some((column) => column.isNumeric && isBedType(column.field))) return undefined;
  const typed = finding("the kind of bed", type.field, "sure", "its values are kinds of bed");
  const others = columns.filter((column) => column !== type);
  const measured = measuredByRow(others, type);
  if (measured) return { ...measured, findings: [typed, ...measured.findings] };
  // Any kind stands for the one that each row names.
  const beds = suggestBeds(others, "general");
  const [first] = beds.specs;
  if (!first) return undefined;
  const counted = beds.findings.map((one) => ({ ...one, what: one.what.replace("general ", "") }));
  return {
    ...beds,
    kind: "hospital",
    specs: [{ ...first, type: { field: type.field } }],
    findings: [typed, ...counted],
    used: new Set([type, ...beds.used]),
    gather: undefined,
  };
}

/** What is counted stands in one column, the count in another. */
function measuredByRow(columns: readonly Column[], type: Column): Counted | undefined {
  const metric = columnOf(columns, (text) => layerOf(text) !== undefined);
  const count = columns.find(
    (column) => column.isNumeric && /value|count|number|beds|wert|total/u.test(column.words),
  );
  if (!metric || !count) return undefined;
  const layer = { name: { field: metric.field }, value: cellFor(count, "down") };
  return {
    kind: "hospital",
    specs: [{ kind: "bed", type: { field: type.field }, layer }],
    findings: [
      finding("what is counted", metric.field, "sure", "its values are all, occupied or free"),
      finding("the count", count.field, "likely", "by its name"),
    ],
    remarks: [],
    used: new Set([type, metric, count]),
    gather: "layers",
  };
}
