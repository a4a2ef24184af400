import type { Reply } from "@ihims/core/endpoint.ts";
import { distanceM } from "@ihims/core/geo.ts";
import { DoctorId } from "@ihims/core/ids.ts";
import { kindOf, SubjectKind, type Subject } from "@ihims/core/observations/schema.ts";
import { mayKeep, mayReport } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { Instant } from "@ihims/core/time.ts";
import {
  NEIGHBOURS_MAX,
  type getToday,
  type Neighbour,
  type TodayOfFacility,
} from "@ihims/core/today/endpoints.ts";
import { isOver, subjectOf } from "@ihims/core/today/rules.ts";
import type { Context } from "../../platform/context.ts";
import { ANYTHING, type Board, type Entry } from "../board/board.ts";
import type { DoctorBoard } from "../doctors/doctors.ts";
import { countOpenHolds, findShelfAges } from "./store.ts";

/** How far a neighbour can be, in metres: further than that nobody is sent on to. */
const NEIGHBOUR_MAX_M = 25_000;

interface Memory {
  board: Board;
  doctors: DoctorBoard;
}

/**
 * What waits for somebody at all of their facilities.
 *
 * @throws Problem `not-allowed` for who is no person of an institution
 */
export async function todayOf(ctx: Context, memory: Memory): Promise<Reply<typeof getToday>> {
  const { actor } = ctx;
  if (actor.kind !== "person") throw new Problem("not-allowed", "Only people have a day");
  const now = ctx.now();
  const ids = [...new Set(actor.memberships.map(({ facility }) => facility))];
  const shelves = new Map((await findShelfAges(ctx.db, ids)).map(({ facility, ...one }) => [facility, one]));
  const open = Map.groupBy(await countOpenHolds(ctx.db, ids, now), ({ facility }) => facility);
  return {
    facilities: ids.flatMap((id): TodayOfFacility[] => {
      const entry = memory.board.entry(id);
      if (!entry) return [];
      const answered = (open.get(id) ?? []).filter(({ kind }) => mayKeep(actor, id, kind));
      const count = (state: "requested" | "accepted") =>
        answered.reduce((sum, one) => sum + (one.state === state ? one.count : 0), 0);
      const isAnswering = SubjectKind.options.some((kind) => mayKeep(actor, id, kind));
      return [
        {
          ...figuresOfMine(memory, entry, now),
          reports: SubjectKind.options.filter((kind) => mayReport(actor, id, kind)),
          shelf: shelves.get(id) ?? null,
          holds: isAnswering ? { requested: count("requested"), accepted: count("accepted") } : null,
        },
      ];
    }),
  };
}

function figuresOfMine(
  { board, doctors }: Memory,
  entry: Entry,
  now: Instant,
): Omit<TodayOfFacility, "reports" | "shelf" | "holds"> {
  const { beds, figures: all } = board.record(entry, now, true);
  const figures = all.filter((figure) => !isOver(figure, now));
  const { id, name, names, kind } = entry.facility;
  const subjects = new Set([...beds, ...figures].map(subjectOf));
  return {
    id,
    name,
    names,
    kind,
    beds,
    figures,
    doctors: figures.flatMap(({ subject }) => {
      const doctor = kindOf(subject) === "duty" ? doctors.doctor(doctorIn(subject)) : undefined;
      return doctor ? [{ id: doctor.id, name: doctor.name, names: doctor.names }] : [];
    }),
    neighbours: neighboursOf(board, entry, subjects, now),
  };
}

function doctorIn(subject: Subject): DoctorId {
  return DoctorId.parse(subject.slice("duty:".length));
}

/** The nearest who report beds or blood that this facility has as well, with what readers see of them. */
function neighboursOf(board: Board, of: Entry, subjects: ReadonlySet<Subject>, now: Instant): Neighbour[] {
  const from = of.facility.position;
  return board
    .inside(ANYTHING, from, NEIGHBOUR_MAX_M, now)
    .filter((entry) => entry !== of && hasAnyOf(entry, subjects))
    .map((entry) => ({ entry, distance: Math.round(distanceM(from, entry.facility.position)) }))
    .sort((a, b) => a.distance - b.distance || (a.entry.facility.id < b.entry.facility.id ? -1 : 1))
    .slice(0, NEIGHBOURS_MAX)
    .map(({ entry, distance }): Neighbour => {
      const { record } = board.view(entry, now);
      const { id, name, names, phones, emergencyPhone } = entry.facility;
      return {
        id,
        name,
        names,
        phones,
        emergencyPhone,
        distance,
        beds: record.beds.filter((figure) => figure.observation && subjects.has(subjectOf(figure))),
        figures: record.figures.filter(({ subject }) => isCompared(subject) && subjects.has(subject)),
      };
    });
}

/** Who is on duty next door, or which of their vehicles is where, is not the same thing as here. */
function isCompared(subject: Subject): boolean {
  return kindOf(subject) === "bed" || kindOf(subject) === "blood";
}

function hasAnyOf(entry: Entry, subjects: ReadonlySet<Subject>): boolean {
  for (const subject of entry.standings.keys()) if (isCompared(subject) && subjects.has(subject)) return true;
  return false;
}
