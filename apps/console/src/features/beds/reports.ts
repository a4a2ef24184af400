import { queryOptions } from "@tanstack/react-query";
import type { BedType } from "@ihims/core/beds/schema.ts";
import { getFacility } from "@ihims/core/facilities/endpoints.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { getBeds, reportBeds } from "@ihims/core/observations/endpoints.ts";
import { MINUTE_MS } from "@ihims/core/time.ts";
import { call, Refused, Unreachable } from "../../platform/api.ts";
import type { Attempt } from "./edits.ts";
import type { Sent } from "./sender.ts";

/** A facility with its figures, also the expired ones: the ward has to see what it said last. */
export function facilityQuery(facility: FacilityId) {
  return queryOptions({
    queryKey: ["facility", facility],
    queryFn: ({ signal }) =>
      call(getFacility, { params: { id: facility }, query: { includeStale: "true" } }, { signal }),
    staleTime: MINUTE_MS,
  });
}

/** Send a report of one row, and say how that ended. Never throws: what was typed must not be lost. */
export async function sendReport(
  facility: FacilityId,
  type: BedType,
  { key, version, report }: Attempt,
): Promise<Sent> {
  try {
    const reply = await call(
      reportBeds,
      { params: { id: facility, type }, body: report },
      { idempotencyKey: key, ifMatch: version },
    );
    return { kind: "saved", reply };
  } catch (error) {
    if (!(error instanceof Refused)) return { kind: "not-sent", reason: "unreachable" };
    if (error.kind === "changed-meanwhile") return readTheirs(facility, type);
    return refusalOf(error);
  }
}

async function readTheirs(facility: FacilityId, type: BedType): Promise<Sent> {
  try {
    const theirs = await call(getBeds, { params: { id: facility, type }, query: { includeStale: "true" } });
    return { kind: "changed-meanwhile", theirs };
  } catch (error) {
    return error instanceof Refused ? refusalOf(error) : { kind: "not-sent", reason: "unreachable" };
  }
}

function refusalOf(error: Refused): Sent {
  if (error.kind === "not-signed-in") return { kind: "not-sent", reason: "signed-out" };
  if (error.status >= 500 || error.kind === "too-many-requests") return { kind: "not-sent", reason: "busy" };
  const { details } = error;
  const words = details?.errors?.map(({ detail }) => detail).join("; ") || details?.detail || details?.title;
  return {
    kind: "refused",
    reason: error.kind === "not-allowed" ? "not-allowed" : "other",
    words: words ?? `HTTP ${error.status}`,
  };
}

/** Why something that was asked of the server did not happen. */
export type Failed = { reason: "unreachable" } | { reason: "refused"; words: string };

export function failedOf(error: unknown): Failed {
  if (error instanceof Refused && error.status < 500 && error.kind !== "not-signed-in")
    return { reason: "refused", words: error.message };
  if (error instanceof Refused || error instanceof Unreachable) return { reason: "unreachable" };
  return { reason: "refused", words: error instanceof Error ? error.message : String(error) };
}
