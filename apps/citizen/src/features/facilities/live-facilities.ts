import type { QueryClient } from "@tanstack/react-query";
import type { FacilityRecord, FacilitySummary } from "@ihims/core/facilities/endpoints.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import type { LiveEvent } from "@ihims/core/live/schema.ts";
import type { BedFigure, Figure } from "@ihims/core/observations/schema.ts";
import { FACILITY_KEY, LIST_KEY, SEARCH_KEY, type FacilityPages } from "./queries.ts";

/** The places of a search's answer. */
interface SearchedPlaces {
  facilities: FacilitySummary[];
  emergencyDepartments: FacilitySummary[];
}

/** What pages that show shelves are kept under. */
export const STOCK_KEY = "stock";

export type FacilityEvent = Extract<LiveEvent, { facility: unknown }>;

/** Put what the stream told into what the page has read, in place: nothing is fetched, nothing moves. */
export function applyLiveEvent(queries: QueryClient, event: FacilityEvent): void {
  const { facility } = event;
  switch (event.kind) {
    case "bed":
      queries.setQueriesData<FacilityPages>(
        { queryKey: [LIST_KEY] },
        (pages) => pages && withBeds(pages, facility, event.figure),
      );
      queries.setQueriesData<SearchedPlaces>(
        { queryKey: [SEARCH_KEY] },
        (answer) =>
          answer && {
            ...answer,
            facilities: rowsWithBeds(answer.facilities, facility, event.figure),
            emergencyDepartments: rowsWithBeds(answer.emergencyDepartments, facility, event.figure),
          },
      );
      queries.setQueryData<FacilityRecord>(
        [FACILITY_KEY, facility],
        (record) => record && { ...record, beds: withFigure(record.beds, event.figure, "type") },
      );
      return;
    case "figure":
      queries.setQueryData<FacilityRecord>(
        [FACILITY_KEY, facility],
        (record) => record && { ...record, figures: withFigure(record.figures, event.figure, "subject") },
      );
      return;
    case "facility":
      void queries.invalidateQueries({ queryKey: [FACILITY_KEY, facility] });
      return;
    case "stock":
      void queries.invalidateQueries({ queryKey: [STOCK_KEY] });
      return;
  }
}

/** The stream was lost for too long: what is on the screen is read again. */
export function readAgain(queries: QueryClient): void {
  void queries.invalidateQueries({ queryKey: [LIST_KEY] });
  void queries.invalidateQueries({ queryKey: [SEARCH_KEY] });
  void queries.invalidateQueries({ queryKey: [FACILITY_KEY] });
}

/** The pages with the figure put into the facility's row. The same object when it is in none of them. */
export function withBeds(pages: FacilityPages, facility: FacilityId, figure: BedFigure): FacilityPages {
  if (!pages.pages.some(({ items }) => items.some(({ id }) => id === facility))) return pages;
  return {
    ...pages,
    pages: pages.pages.map((page) => ({ ...page, items: rowsWithBeds(page.items, facility, figure) })),
  };
}

function rowsWithBeds(
  rows: readonly FacilitySummary[],
  facility: FacilityId,
  figure: BedFigure,
): FacilitySummary[] {
  return rows.map((row) =>
    row.id === facility ? { ...row, beds: withFigure(row.beds, figure, "type") } : row,
  );
}

/** The list with the figure in the place of the one of the same name; at the end when it is a new one. */
export function withFigure<F extends BedFigure | Figure, Name extends keyof F>(
  figures: readonly F[],
  figure: F,
  name: Name,
): F[] {
  const isKnown = figures.some((one) => one[name] === figure[name]);
  return isKnown ? figures.map((one) => (one[name] === figure[name] ? figure : one)) : [...figures, figure];
}
