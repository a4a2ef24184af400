import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse";
import { sql } from "kysely";
import { expect, test } from "vitest";
import type { BedType } from "@ihims/core/beds/schema.ts";
import { getFacility } from "@ihims/core/facilities/endpoints.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { reportObservations } from "@ihims/core/observations/endpoints.ts";
import { instantOf } from "@ihims/core/time.ts";
import { testServer } from "../../testing/server.ts";

const DATA = resolve(
  process.env["IHIMS_REAL_DATA"] ?? resolve(import.meta.dirname, "../../../../../../shared/data"),
);
const TYPES: readonly (readonly [column: string, type: BedType])[] = [
  ["general", "general"],
  ["HDU", "hdu"],
  ["ICU", "icu"],
  ["ICU Ventilator", "ventilator"],
];
const BATCH = 5000;

type Row = Record<string, string>;
interface Line {
  facility: FacilityId;
  subject: string;
  value: { staffed: number; occupied: number };
  observedAt: string;
}

async function readRows(): Promise<Row[]> {
  const file = createReadStream(resolve(DATA, "beds/bengaluru_hourly_2020-07.csv.gz"))
    .pipe(createGunzip())
    .pipe(parse({ columns: true }));
  return file.toArray();
}

/** Numbers that look random and are the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffle<T>(items: T[], random: () => number): T[] {
  for (let place = items.length - 1; place > 0; place--) {
    const other = Math.floor(random() * (place + 1));
    [items[place], items[other]] = [items[other] as T, items[place] as T]; // Both are places of the list.
  }
  return items;
}

const isCount = (count: number) => Number.isInteger(count) && count >= 0;

/** The cells of the rows as lines; a cell that is empty says nothing and is not sent. */
function linesOf(rows: readonly Row[], idOf: ReadonlyMap<string, FacilityId>): Line[] {
  return rows.flatMap((row) => {
    const facility = idOf.get(row["hospital"] ?? "");
    if (!facility) throw new Error(`no hospital ${row["hospital"]}`);
    const observedAt = `${(row["time"] ?? "").replace(" ", "T")}:00+05:30`;
    return TYPES.flatMap(([column, type]) => {
      const [staffed, occupied] = [row[`Total ${column}`], row[`Occupied ${column}`]];
      if (!staffed || !occupied) return [];
      return [
        {
          facility,
          subject: `bed:${type}`,
          value: { staffed: Number(staffed), occupied: Number(occupied) },
          observedAt,
        },
      ];
    });
  });
}

test("326 hospitals' 145 hours, shuffled and every tenth sent twice, end in each hospital's last hour, each once in the ledger", async () => {
  const rows = await readRows();
  expect(rows).toHaveLength(326 * 145);
  await using server = await testServer({ now: instantOf(Date.parse("2020-07-24T22:00:00+05:30")) });
  const idOf = new Map<string, FacilityId>();
  for (const { hospital = "", lat, lon } of rows) {
    if (idOf.has(hospital)) continue;
    const { id } = await server.aFacility({
      name: hospital,
      position: { lat: Number(lat), lon: Number(lon) },
    });
    idOf.set(hospital, id);
  }
  expect(idOf.size).toBe(326);

  const lines = linesOf(rows, idOf);
  const possible = lines.filter(({ value }) => isCount(value.staffed) && isCount(value.occupied));
  const sent = shuffle([...lines, ...lines.filter((_, place) => place % 10 === 0)], seeded(7));
  const machine = await server.machineOf(...idOf.values());
  const total = { accepted: 0, duplicate: 0, superseded: 0, rejected: 0 };
  for (let start = 0; start < sent.length; start += BATCH) {
    const answer = await machine.call(reportObservations, {
      body: { observations: sent.slice(start, start + BATCH) },
    });
    for (const outcome of ["accepted", "duplicate", "superseded", "rejected"] as const)
      total[outcome] += answer[outcome];
    // Half beds and fewer than none are in the file: each is refused by its place.
    for (const { outcome, pointer } of answer.results)
      if (outcome === "rejected") expect(pointer).toMatch(/^\/value\/(staffed|occupied)$/);
  }
  expect(total.accepted + total.superseded).toBe(possible.length);
  expect(total.duplicate + total.rejected).toBe(sent.length - possible.length);

  const { rows: counted } = await sql<{ rows: number; distinct: number }>`
      select count(*) as rows, count(distinct (facility_id, subject, observed_at)) as distinct from observation
    `.execute(server.ctx.db);
  expect(counted).toEqual([{ rows: possible.length, distinct: possible.length }]);

  const last = new Map<string, Line>();
  for (const line of possible) {
    const before = last.get(`${line.facility} ${line.subject}`);
    if (!before || line.observedAt > before.observedAt) last.set(`${line.facility} ${line.subject}`, line);
  }
  const lastHour = possible
    .map(({ observedAt }) => observedAt)
    .sort()
    .at(-1);
  expect([...last.values()].filter(({ observedAt }) => observedAt === lastHour)).toHaveLength(1279);
  for (const id of idOf.values()) {
    const { beds } = await server.anybody.call(getFacility, {
      params: { id },
      query: { includeStale: "true" },
    });
    const expected = TYPES.flatMap(([, type]) => last.get(`${id} bed:${type}`) ?? []).map(
      ({ subject, value, observedAt }) => ({
        subject,
        ...value,
        observedAt: instantOf(Date.parse(observedAt)),
      }),
    );
    const shown = beds.map(({ type, value, observedAt }) => ({
      subject: `bed:${type}`,
      staffed: value?.staffed,
      occupied: value?.occupied,
      observedAt,
    }));
    expect(shown.sort((a, b) => (a.subject < b.subject ? -1 : 1))).toEqual(
      expected.sort((a, b) => (a.subject < b.subject ? -1 : 1)),
    );
  }
}, 600_000);
