import {
  changeFacility,
  getBedTotals,
  getFacility,
  listFacilities,
} from "@ihims/core/facilities/endpoints.ts";
import { getDirectory } from "@ihims/core/facilities/directory.ts";
import { openStateOf } from "@ihims/core/facilities/hours.ts";
import type { Facility } from "@ihims/core/facilities/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { versionOf, type StandingsBySubject } from "@ihims/core/observations/figures.ts";
import { Problem } from "@ihims/core/problem.ts";
import { Answer } from "../../platform/answer.ts";
import { languageFor, type Server } from "../../platform/http.ts";
import type { Board, Entry } from "../board/board.ts";
import { versionOfMemory, type CareMemory } from "../care/care.ts";
import { findFigures, findStandingsOfFacility } from "../observations/observations.ts";
import { searchByCare } from "./by-care.ts";
import { directoryOf } from "./directory.ts";
import { changeFacilityProfile } from "./facilities.ts";
import { filtersOf } from "./filters.ts";
import { searchFacilities } from "./search.ts";

export function mountFacilities(server: Server, memory: CareMemory): void {
  const { board } = memory;

  server.on(
    listFacilities,
    async (ctx, { query }, incoming) => {
      const filters = filtersOf(query);
      const { near, sort } = filters;
      if (near === null || (sort !== "care" && sort !== "travel"))
        return new Answer(searchFacilities(board, filters, query, ctx.now()));
      return new Answer(await searchByCare(ctx, memory, filters, near, query, languageFor(query, incoming)));
    },
    versionOfMemory(memory),
  );

  server.on(
    getDirectory,
    (ctx, { query }) => new Answer(directoryOf(board, query.near, ctx.city.timeZone, ctx.now())),
    () => board.version,
  );

  server.on(getFacility, (ctx, { params, query }) => {
    const entry = entryOf(board, params.id);
    const record = board.record(entry, ctx.now(), query.includeStale ?? false);
    return new Answer({ body: record, etag: etagOf(entry.facility, entry.standings, entry.held) });
  });

  server.on(changeFacility, async (ctx, { params, body }, { ifMatch }) => {
    const facility = await changeFacilityProfile(ctx, params.id, body, versionIn(ifMatch));
    const standings = await findStandingsOfFacility(ctx, params.id);
    const { beds, figures } = await findFigures(ctx, facility);
    const open = openStateOf(facility.hours, ctx.now(), ctx.city.timeZone);
    const record = { ...facility, open, beds, figures };
    return new Answer({ body: record, etag: etagOf(facility, standings) });
  });

  server.on(getBedTotals, (ctx) => ({ items: board.bedTotals(ctx.now()) }));
}

function entryOf(board: Board, id: FacilityId): Entry {
  const entry = board.entry(id);
  if (!entry) throw new Problem("not-found", "There is no such facility");
  return entry;
}

/** Of the page and of what is live on it: `p3.l812`. A change of the page is only held against its first part. */
function etagOf(facility: Facility, standings: StandingsBySubject, held?: Entry["held"]): string {
  return `p${facility.version}.l${versionOf([...[...standings.values()].flat(), ...(held?.values() ?? [])])}`;
}

function versionIn(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch === "*") return undefined;
  const version = /^p(\d+)(\.l\d+)?$/.exec(ifMatch)?.[1];
  if (version === undefined) throw new Problem("changed-meanwhile", "If-Match is not the ETag of this page");
  return Number(version);
}
