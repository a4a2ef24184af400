import type { z } from "zod";
import type { Ambulance, listAmbulances, reportPosition } from "@ihims/core/ambulances/endpoints.ts";
import { ambulanceId, partsOfAmbulanceId, rankOfState, stateOf } from "@ihims/core/ambulances/rules.ts";
import type { Vehicle } from "@ihims/core/ambulances/schema.ts";
import { distanceM, positionOf, type Position } from "@ihims/core/geo.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import { VALUE_BY_KIND, vehicleSubject, type Figure } from "@ihims/core/observations/schema.ts";
import { mayReport } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { readCursor, writeCursor } from "../../platform/cursor.ts";
import type { Board, Entry } from "../board/board.ts";
import { lockFacility } from "../facilities/facilities.ts";
import { findFigures, recordObservations, senderOf } from "../observations/observations.ts";

/** Further apart than any two places of a deployment, in metres: what is of another rank comes after all of one. */
const RANK_APART = 1e8;

/** Ambulances in the order in which one would call them. */
export function searchAmbulances(
  board: Board,
  query: z.output<typeof listAmbulances.query>,
  now: Instant,
): z.output<typeof listAmbulances.reply> {
  const near = query.near === undefined ? null : positionOf(query.near);
  const all = [...board.facilities()]
    .filter(({ facility }) => facility.isActive && facility.vehicles.length > 0)
    .flatMap((entry) => entry.facility.vehicles.map((vehicle) => ({ entry, vehicle })))
    .filter(({ vehicle }) => query.type === undefined || vehicle.type === query.type)
    .map(({ entry, vehicle }) => ambulanceOf(board, entry, vehicle, near, now));
  // Where somebody is who is off duty is nobody's business, unless that is what is asked.
  const wanted = all.filter(({ figure }) =>
    query.state === undefined ? stateOf(figure) !== "off-duty" : stateOf(figure) === query.state,
  );
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, "number");
  const ranked = wanted
    .map((ambulance) => ({ ambulance, place: placeOf(ambulance) }))
    .sort((a, b) => comparePlaces(a.place, b.place))
    .filter(({ place }) => after === undefined || comparePlaces(place, after) > 0);
  const page = ranked.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(({ ambulance }) => ambulance),
    nextCursor: last && ranked.length > page.length ? writeCursor(last.place) : null,
    filters: { near, type: query.type ?? null, state: query.state ?? null },
    reporting: { reporting: all.filter(({ figure }) => figure.value !== null).length, of: all.length },
  };
}

function placeOf({ id, figure, distance }: Ambulance): readonly [number, string] {
  return [rankOfState(stateOf(figure)) * RANK_APART + (distance ?? 0), id];
}

function comparePlaces(a: readonly [number, string], b: readonly [number, string]): number {
  return a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0);
}

/** @throws Problem `not-found` */
export function findAmbulance(board: Board, id: string, now: Instant): Ambulance {
  const { facility, vehicle } = namesIn(id);
  const entry = board.entry(facility);
  const known = entry?.facility.vehicles.find((one) => one.id === vehicle);
  if (!entry || !known) throw new Problem("not-found", "There is no such ambulance");
  return ambulanceOf(board, entry, known, null, now);
}

function ambulanceOf(
  board: Board,
  entry: Entry,
  vehicle: Vehicle,
  near: Position | null,
  now: Instant,
): Ambulance {
  const { facility } = entry;
  const subject = vehicleSubject(vehicle.id);
  const figure = board.figure(entry, subject, now) ?? { subject, ...NEVER_SAID };
  const seen = VALUE_BY_KIND.vehicle.safeParse(figure.value).data?.position;
  return {
    id: ambulanceId(facility.id, vehicle.id),
    facility: { id: facility.id, name: facility.name, names: facility.names },
    type: vehicle.type,
    callSign: vehicle.callSign,
    phone: vehicle.phone ?? facility.emergencyPhone ?? facility.phones[0]?.number ?? null,
    price: vehicle.price,
    figure,
    distance: near && Math.round(distanceM(near, seen ?? facility.position)),
  };
}

const NEVER_SAID: Omit<Figure, "subject"> = {
  value: null,
  observedAt: null,
  receivedAt: null,
  source: null,
  freshness: "unknown",
  freshUntil: null,
  observation: null,
};

function namesIn(id: string): { facility: FacilityId; vehicle: string } {
  const parts = partsOfAmbulanceId(id);
  const facility = FacilityId.safeParse(parts?.facility);
  if (!parts || !facility.success) throw new Problem("not-found", "There is no such ambulance");
  return { facility: facility.data, vehicle: parts.vehicle };
}

/**
 * Say where an ambulance is and what it does.
 *
 * @throws Problem `not-found`, `not-allowed`, `conflict` when it is refused
 */
export function reportVehicle(
  ctx: Context,
  id: string,
  { position, state, observedAt }: z.output<typeof reportPosition.body>,
): Promise<z.output<typeof reportPosition.reply>> {
  const names = namesIn(id);
  return ctx.transaction(async (tx) => {
    const facility = await lockFacility(tx, names.facility);
    if (!mayReport(tx.actor, facility.id, "vehicle"))
      throw new Problem("not-allowed", "You do not report vehicles of this facility");
    if (!facility.vehicles.some((one) => one.id === names.vehicle))
      throw new Problem("not-found", "The facility has no such vehicle");
    const subject = vehicleSubject(names.vehicle);
    const figureNow = async () =>
      (await findFigures(tx, facility)).figures.find((one) => one.subject === subject);
    const known = state ?? stateOf(await figureNow()) ?? "available";
    const [recorded] = await recordObservations(tx, [
      {
        facility: facility.id,
        subject,
        value: { position, state: known },
        observedAt: observedAt ?? tx.now(),
        ...senderOf(tx.actor),
      },
    ]);
    if (!recorded) throw new Error("no answer for an observation");
    if (recorded.kind === "refused")
      throw new Problem("conflict", "observedAt is more than five minutes ahead of our clock");
    const figure = await figureNow();
    if (!figure) throw new Error("a figure that was just reported is not there");
    const outcome = recorded.kind === "unchanged" ? "confirmed" : recorded.kind;
    return { outcome, observation: recorded.observation, figure };
  });
}
