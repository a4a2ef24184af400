import { z } from "zod";
import { rankOfInfo } from "@ihims/core/alerts/rules.ts";
import type { FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { VALUE_BY_KIND, type Figure, type SubjectKind } from "@ihims/core/observations/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { AlertBoard } from "../alerts/alerts.ts";
import type { Board } from "../board/board.ts";
import type { DoctorBoard } from "../doctors/doctors.ts";
import type { Shelves } from "../stock/stock.ts";

/** What of the city can be had as CSV: everything public. */
export const ExportKind = z.enum([
  "facilities",
  "beds",
  "doctors",
  "blood",
  "stock",
  "services",
  "waiting",
  "diversions",
  "vehicles",
  "schemes",
  "alerts",
]);
export type ExportKind = z.infer<typeof ExportKind>;

/** Where exports are read from: all of it is in memory. */
export interface ExportMemory {
  board: Board;
  doctors: DoctorBoard;
  shelves: Shelves;
  alerts: AlertBoard;
}

export interface ExportQuery {
  facility: FacilityId | undefined;
  /** Only what was heard, or changed, at or after it. */
  since: Instant | undefined;
}

export type Cell = string | number | boolean | null | undefined;

interface Row {
  /** When it was last heard of, or changed. */
  at: Instant | null;
  cells: readonly Cell[];
}

interface Export {
  columns: readonly string[];
  rows(memory: ExportMemory, records: Iterable<FacilityRecord>, now: Instant): Iterable<Row>;
}

const CLOCKS = ["observedAt", "receivedAt", "source", "freshness", "freshUntil"] as const;

function clocksOf({
  observedAt,
  receivedAt,
  source,
  freshness,
  freshUntil,
}: Pick<Figure, (typeof CLOCKS)[number]>): Cell[] {
  return [observedAt, receivedAt, source, freshness, freshUntil];
}

const PLACE = ["facility", "facilityName", "lat", "lon"] as const;

function placeCells({ id, name, position }: Pick<FacilityRecord, "id" | "name" | "position">): Cell[] {
  return [id, name, position.lat, position.lon];
}

/** The figures of one kind over all facilities; a withdrawn one has its age and no value. */
function figuresOf<K extends SubjectKind>(
  kind: K,
  subject: readonly string[],
  values: readonly (keyof z.output<(typeof VALUE_BY_KIND)[K]> & string)[],
): Export {
  return {
    columns: [...PLACE, ...subject, ...values, ...CLOCKS],
    *rows(_memory, records) {
      for (const record of records)
        for (const figure of record.figures) {
          const [ofKind, ...rest] = figure.subject.split(":");
          if (ofKind !== kind) continue;
          const read = VALUE_BY_KIND[kind].safeParse(figure.value);
          const value = new Map<string, unknown>(read.success ? Object.entries(read.data) : []);
          const cells = values.map((name) => plain(value.get(name)));
          yield {
            at: figure.receivedAt,
            cells: [...placeCells(record), ...rest, ...cells, ...clocksOf(figure)],
          };
        }
    },
  };
}

function plain(value: unknown): Cell {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

const list = (values: readonly string[]) => values.join("; ");

const FACILITIES: Export = {
  columns: [
    "id",
    "name",
    "names",
    "kind",
    "ownership",
    "lat",
    "lon",
    "address",
    "locality",
    "phones",
    "emergencyPhone",
    "website",
    "hasEmergency",
    "wheelchair",
    "open",
    "openUntil",
    "specialties",
    "services",
    "bedTypes",
    "schemes",
    "externalIds",
    "attribution",
    "version",
    "updatedAt",
  ],
  *rows(_memory, records) {
    for (const one of records)
      yield {
        at: one.updatedAt,
        cells: [
          one.id,
          one.name,
          list(Object.entries(one.names).map(([language, name]) => `${language}: ${name}`)),
          one.kind,
          one.ownership,
          one.position.lat,
          one.position.lon,
          one.address,
          one.locality,
          list(one.phones.map(({ number }) => number)),
          one.emergencyPhone,
          one.website,
          one.hasEmergency,
          one.wheelchair,
          one.open.state,
          one.open.until,
          list(one.specialties),
          list(one.services),
          list(one.bedTypes),
          list(one.schemes.map(({ scheme }) => scheme)),
          list(one.externalIds.map(({ system, value }) => `${system}:${value}`)),
          one.attribution,
          one.version,
          one.updatedAt,
        ],
      };
  },
};

const LAYERS = ["licensed", "physical", "staffed", "blocked", "occupied", "held", "surge", "free"] as const;

const BEDS: Export = {
  columns: [...PLACE, "bedType", ...LAYERS, ...CLOCKS, "notes"],
  *rows(_memory, records) {
    for (const record of records)
      for (const figure of record.beds)
        yield {
          at: figure.receivedAt,
          cells: [
            ...placeCells(record),
            figure.type,
            ...LAYERS.map((layer) => figure.value?.[layer]),
            ...clocksOf(figure),
            list(figure.notes),
          ],
        };
  },
};

const DOCTORS: Export = {
  columns: [
    "doctor",
    "name",
    "gender",
    "qualifications",
    "registration",
    "specialties",
    "languages",
    "facility",
    "facilityName",
    "duty",
    "dutyMode",
    "dutyUntil",
    "dutyFrom",
    ...CLOCKS,
    "updatedAt",
  ],
  *rows({ board, doctors }, records, now) {
    for (const record of records)
      for (const at of doctors.at(record.id)) {
        const { doctor } = at;
        const duty = doctors.duty(at, now);
        const entry = board.entry(record.id);
        const figure = entry && record.figures.find(({ subject }) => subject === `duty:${doctor.id}`);
        const heard = figure?.receivedAt ?? null;
        yield {
          at: heard !== null && heard > doctor.updatedAt ? heard : doctor.updatedAt,
          cells: [
            doctor.id,
            doctor.name,
            doctor.gender,
            doctor.qualifications,
            doctor.registration,
            list(doctor.specialties),
            list(doctor.languages),
            record.id,
            record.name,
            duty.state,
            duty.mode,
            duty.until,
            duty.from,
            ...(figure ? clocksOf(figure) : CLOCKS.map(() => null)),
            doctor.updatedAt,
          ],
        };
      }
  },
};

const STOCK: Export = {
  columns: [...PLACE, "medicine", "quantity", "priceMinor", ...CLOCKS],
  *rows({ shelves }, records, now) {
    const wanted = new Map([...records].map((record) => [record.id, record]));
    for (const medicine of shelves.allMedicines())
      for (const place of shelves.placesOf(medicine)) {
        const record = wanted.get(place.entry.facility.id);
        const figure = record && shelves.figure(place.facilityNo, medicine, now);
        if (!record || !figure) continue;
        const isWithdrawn = figure.freshness === "expired";
        yield {
          at: figure.receivedAt,
          cells: [
            ...placeCells(record),
            medicine,
            isWithdrawn ? null : figure.free,
            isWithdrawn ? null : figure.priceMinor,
            ...clocksOf(figure),
          ],
        };
      }
  },
};

const SCHEMES: Export = {
  columns: [...PLACE, "scheme", "specialties", "from", "to", "updatedAt"],
  *rows(_memory, records) {
    for (const record of records)
      for (const { scheme, specialties, from, to } of record.schemes)
        yield {
          at: record.updatedAt,
          cells: [...placeCells(record), scheme, list(specialties), from, to, record.updatedAt],
        };
  },
};

const ALERTS: Export = {
  columns: [
    "id",
    "identifier",
    "sender",
    "sent",
    "status",
    "state",
    "language",
    "event",
    "headline",
    "severity",
    "urgency",
    "certainty",
    "areas",
    "effective",
    "expires",
    "receivedAt",
    "origin",
    "signature",
  ],
  *rows({ alerts }, _records, now) {
    for (const one of alerts.all())
      for (const info of one.infos.toSorted((a, b) => rankOfInfo(a) - rankOfInfo(b)))
        yield {
          at: one.receivedAt,
          cells: [
            one.id,
            one.identifier,
            one.sender,
            one.sent,
            one.status,
            alerts.stateOf(one, now),
            info.language,
            info.event,
            info.headline,
            info.severity,
            info.urgency,
            info.certainty,
            list(info.areas.map(({ areaDesc }) => areaDesc)),
            info.effective,
            info.expires,
            one.receivedAt,
            one.origin,
            one.signature,
          ],
        };
  },
};

const EXPORTS: Record<ExportKind, Export> = {
  facilities: FACILITIES,
  beds: BEDS,
  doctors: DOCTORS,
  blood: figuresOf("blood", ["group", "component"], ["units", "expiringSoon"]),
  stock: STOCK,
  services: figuresOf("service", ["service"], ["available", "until"]),
  waiting: figuresOf("waiting", ["queue"], ["minutes", "people"]),
  diversions: figuresOf("diversion", ["service"], ["state", "until", "reason"]),
  vehicles: figuresOf("vehicle", ["vehicle"], ["state"]),
  schemes: SCHEMES,
  alerts: ALERTS,
};

export function columnsOf(kind: ExportKind): readonly string[] {
  return EXPORTS[kind].columns;
}

/** Bytes of text that are written at a time, about. */
const PIECE_CHARS = 64 * 1024;

/** The CSV of a kind (RFC 4180, UTF-8, a header), made as it is read: nothing of it waits in memory. */
export function* writeExport(
  memory: ExportMemory,
  kind: ExportKind,
  query: ExportQuery,
  now: Instant,
): Generator<string> {
  const { columns, rows } = EXPORTS[kind];
  let piece = `${columns.join(",")}\r\n`;
  for (const { at, cells } of rows(memory, recordsOf(memory.board, query, now), now)) {
    if (query.since !== undefined && (at === null || at < query.since)) continue;
    piece += `${cells.map(cellText).join(",")}\r\n`;
    if (piece.length < PIECE_CHARS) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}

function* recordsOf(board: Board, { facility }: ExportQuery, now: Instant): Generator<FacilityRecord> {
  for (const entry of board.byName())
    if (facility === undefined || entry.facility.id === facility) yield board.record(entry, now, false);
}

/** What a spreadsheet would take for a formula of somebody else's. */
const FORMULA = /^[=@\t\r]|^[+-](?![\d\s().-]*$)/u;

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell !== "string") return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
