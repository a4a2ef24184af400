import type { FacilityId, ObservationId } from "@ihims/core/ids.ts";
import {
  SubjectKind,
  kindOf,
  type BedFigure,
  type Figure,
  type Subject,
} from "@ihims/core/observations/schema.ts";
import type { TodayOfFacility } from "@ihims/core/today/endpoints.ts";
import { dueOf, subjectOf, withdrawnAt, type Due } from "@ihims/core/today/rules.ts";
import { FRESHNESS_RANK } from "@ihims/core/observations/freshness.ts";
import type { Instant } from "@ihims/core/time.ts";
import { freshnessNow } from "@ihims/ui/freshness.ts";

/** One live figure of mine as a row of the day. */
export interface DayRow {
  facility: FacilityId;
  subject: Subject;
  kind: SubjectKind;
  value: unknown;
  freshness: Figure["freshness"];
  observedAt: Instant | null;
  /** When readers no longer see the number; null when they do not now, or always will. */
  withdrawnAt: Instant | null;
  due: Due;
  /** I may confirm it: it was reported before, and I report its kind. */
  isMine: boolean;
  observation: ObservationId | null;
}

const DUE_RANK: Record<Due, number> = { red: 0, due: 1, fine: 2 };

/** The figures of a facility as old as they are at `now`, those that ask for something first. */
export function rowsOf(of: TodayOfFacility, now: Instant): DayRow[] {
  return [...of.beds, ...of.figures]
    .map((figure) => rowOf(of, figure, now))
    .sort(
      (a, b) =>
        DUE_RANK[a.due] - DUE_RANK[b.due] ||
        FRESHNESS_RANK[b.freshness] - FRESHNESS_RANK[a.freshness] ||
        (a.withdrawnAt ?? "~").localeCompare(b.withdrawnAt ?? "~"),
    );
}

function rowOf(of: TodayOfFacility, figure: BedFigure | Figure, now: Instant): DayRow {
  const subject = subjectOf(figure);
  const kind = kindOf(subject);
  const freshness = freshnessNow(subject, figure, now);
  const freshUntil = freshness === figure.freshness ? figure.freshUntil : null;
  return {
    facility: of.id,
    subject,
    kind,
    value: figure.value,
    freshness,
    observedAt: figure.observedAt,
    withdrawnAt: withdrawnAt({ ...figure, freshness }),
    due: dueOf({ freshness, freshUntil }, now),
    isMine: figure.observation !== null && of.reports.includes(kind),
    observation: figure.observation,
  };
}

/** Rows by what they are about, in the order of the kinds. */
export function groupsOf(rows: readonly DayRow[]): [SubjectKind, DayRow[]][] {
  const groups = Map.groupBy(rows, ({ kind }) => kind);
  return SubjectKind.options.flatMap((kind): [SubjectKind, DayRow[]][] => {
    const group = groups.get(kind);
    return group ? [[kind, group]] : [];
  });
}

/** What can be confirmed of some rows, facility by facility. */
export function confirmable(rows: readonly DayRow[]): Map<FacilityId, Subject[]> {
  const mine = Map.groupBy(
    rows.filter(({ isMine }) => isMine),
    ({ facility }) => facility,
  );
  return new Map([...mine].map(([facility, of]) => [facility, of.map(({ subject }) => subject)]));
}
