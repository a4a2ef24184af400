import { createHmac } from "node:crypto";
import type { Hl7Problem } from "@ihims/connectors/hl7v2/message.ts";
import type { BedType } from "@ihims/core/beds/schema.ts";
import {
  anchor,
  figureOf,
  NO_CENSUS,
  observedAtOf,
  settle,
  type Declared,
} from "@ihims/core/census/counts.ts";
import {
  decideAdt,
  locationKey,
  placeOf,
  type CensusChange,
  type CensusDecision,
  type CensusView,
} from "@ihims/core/census/rules.ts";
import type { AdtEvent, BedPlace, Ward } from "@ihims/core/census/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { CLOCK_SKEW_MAX_MS } from "@ihims/core/observations/rules.ts";
import {
  bedSubject,
  VALUE_BY_KIND,
  type Observation,
  type Standing,
} from "@ihims/core/observations/schema.ts";
import { elapsedMs, type Instant } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { findStandings, recordObservations } from "../observations/observations.ts";
import {
  countWards,
  findCensus,
  findOccupants,
  findStatuses,
  findVisits,
  findWards,
  replaceVisits,
  saveCensus,
  saveStatuses,
  type WardCounts,
} from "./store.ts";

/** Whose message it is, and its name in the ledger. */
export interface Origin {
  facility: FacilityId;
  sender: string;
  reference: string;
}

export type Applied =
  | { kind: "applied" }
  | { kind: "conflict"; beds: readonly BedPlace[] }
  | { kind: "refused"; problem: Hl7Problem };

/**
 * Apply an event to the census of a facility and report the figures that it touches. The caller has
 * locked the facility and commits.
 */
export async function applyAdt(ctx: Context, origin: Origin, plain: AdtEvent): Promise<Applied> {
  const event = withVisitKeys(plain, (name) => visitKey(ctx, origin.facility, name));
  if (event.effect === "none" && event.renamed.length === 0) return { kind: "applied" };
  for (const [moment, at] of [
    [event.recordedAt, "EVN-2"],
    [event.occurredAt, "EVN-6"],
  ] as const) {
    if (elapsedMs(ctx.now(), moment) > CLOCK_SKEW_MAX_MS)
      return refused(102, "The event is more than 5 minutes ahead of our clock", at);
  }
  const wards = await findWards(ctx.db, origin.facility);
  const decision = decideAdt(event, await viewFor(ctx, origin.facility, event, wards));
  switch (decision.kind) {
    case "refused":
      return refusalOf(decision);
    case "unchanged":
      return { kind: "applied" };
    case "changed":
    case "conflict":
      await write(ctx, origin, event, decision.change, wards);
      return decision.kind === "conflict" ? { kind: "conflict", beds: decision.beds } : { kind: "applied" };
  }
}

function refusalOf(decision: Extract<CensusDecision, { kind: "refused" }>): Applied {
  switch (decision.reason) {
    case "unmapped-ward":
      return refused(204, `The ward "${decision.ward}" is not mapped to a type of bed`, "PV1-3");
    case "no-ward":
      return refused(101, "The message names no ward", "PV1-3");
    case "no-visit":
      return refused(101, "The message names no visit, or one where there should be two", "PV1-19");
  }
}

function refused(code: Hl7Problem["code"], problem: string, at: string): Applied {
  return { kind: "refused", problem: { ack: "AE", code, problem, at } };
}

/**
 * The name under which a visit is held: a keyed hash, so that neither the database nor a copy of it
 * tells a visit's number. The key is the facility's own: the same number elsewhere is another hash.
 */
function visitKey(ctx: Context, facility: FacilityId, name: string): string {
  const key = createHmac("sha256", ctx.secretKey).update(`hl7-visit\n${facility}`).digest();
  return createHmac("sha256", key).update(name).digest("base64url");
}

function withVisitKeys(event: AdtEvent, keyOf: (name: string) => string): AdtEvent {
  return {
    ...event,
    visits: event.visits.map((report) => ({ ...report, visit: keyOf(report.visit) })),
    renamed: event.renamed.map(({ from, to }) => ({ from: keyOf(from), to: keyOf(to) })),
  };
}

/** What the rules look at for this event, read in one go each. */
async function viewFor(
  ctx: Context,
  facility: FacilityId,
  event: AdtEvent,
  wards: readonly Ward[],
): Promise<CensusView> {
  const names = [
    ...event.visits.map(({ visit }) => visit),
    ...event.renamed.flatMap(({ from, to }) => [from, to]),
  ];
  const visits = new Map((await findVisits(ctx.db, facility, names)).map((visit) => [visit.key, visit]));
  const locations = [
    ...event.visits.map(({ location }) => location),
    ...[...visits.values()].flatMap(({ location, prior }) => [location, prior]),
  ];
  const places = locations.flatMap((location) => (location ? (placeOf(location) ?? []) : []));
  const beds = [...places, ...event.statuses.map(({ place }) => place)];
  const occupants = new Map(
    (await findOccupants(ctx.db, facility, beds)).map((visit) => [locationKey(visit.location), visit]),
  );
  const statuses = new Map(
    (await findStatuses(ctx.db, facility, beds)).map(({ place, at }) => [locationKey(place), at]),
  );
  const byCode = new Map(wards.map((ward) => [ward.code, ward]));
  return {
    visit: (key) => visits.get(key),
    occupant: (place) => occupants.get(locationKey(place)),
    ward: (code) => byCode.get(code),
    statusAt: (place) => statuses.get(locationKey(place)),
  };
}

async function write(
  ctx: Context,
  origin: Origin,
  event: AdtEvent,
  change: CensusChange,
  wards: readonly Ward[],
): Promise<void> {
  const { facility } = origin;
  const types = typesOf(change.wards, wards);
  const codes = wards
    .filter(({ bedType }) => bedType !== null && types.includes(bedType))
    .map(({ code }) => code);
  const before = await countWards(ctx.db, facility, codes);
  await replaceVisits(
    ctx.db,
    facility,
    change.removed.map(({ key }) => key),
    change.saved,
  );
  await saveStatuses(ctx.db, facility, change.statuses, event.recordedAt);
  const after = await countWards(ctx.db, facility, codes);

  const known = await findCensus(ctx.db, facility);
  const observations: Observation[] = [];
  for (const type of types) {
    const ofType = wards.filter(({ bedType }) => bedType === type);
    const standings = await findStandings(ctx, facility, bedSubject(type));
    const knownBefore = total(before, ofType, "visits");
    const knownAfter = total(after, ofType, "visits");
    const unseenLeft = change.unseenLeft.filter((ward) => ofType.some(({ code }) => code === ward)).length;
    const anchored = anchor(known.get(type) ?? NO_CENSUS, declaredIn(standings), knownBefore);
    const census = settle(
      anchored,
      { occurredAt: event.occurredAt, knownBefore, knownAfter, unseenLeft },
      ctx.now(),
    );
    await saveCensus(ctx.db, facility, type, census);
    const statuses = { known: total(after, ofType, "statuses"), blocking: total(after, ofType, "blocking") };
    observations.push({
      facility,
      subject: bedSubject(type),
      value: figureOf(census, knownAfter, statuses, ofType),
      observedAt: observedAtOf(anchored, event.occurredAt, lastSaid(standings)),
      source: "hl7",
      sender: origin.sender,
      sourceRef: origin.reference,
    });
  }
  await report(ctx, observations);
}

/** Report again what the feed says of some types, after their wards were mapped anew: the moment stays that of the last message. */
export async function reportAgain(ctx: Context, facility: FacilityId, reference: string): Promise<void> {
  const wards = await findWards(ctx.db, facility);
  const observations: Observation[] = [];
  for (const [type, census] of await findCensus(ctx.db, facility)) {
    const ofType = wards.filter(({ bedType }) => bedType === type);
    const last = lastSaid(await findStandings(ctx, facility, bedSubject(type)));
    if (ofType.length === 0 || last === undefined) continue;
    const counts = await countWards(
      ctx.db,
      facility,
      ofType.map(({ code }) => code),
    );
    const statuses = {
      known: total(counts, ofType, "statuses"),
      blocking: total(counts, ofType, "blocking"),
    };
    const value = figureOf(census, total(counts, ofType, "visits"), statuses, ofType);
    observations.push({
      facility,
      subject: bedSubject(type),
      value,
      observedAt: last,
      source: "hl7",
      sender: "hl7:wards",
      sourceRef: reference,
    });
  }
  await report(ctx, observations);
}

async function report(ctx: Context, observations: readonly Observation[]): Promise<void> {
  for (const recorded of await recordObservations(ctx, observations)) {
    // The moment was checked and the facility is locked: what is refused here is a bug, and nothing of the message is kept.
    if (recorded.kind === "refused") throw new Error(`a census figure was refused: ${recorded.reason}`);
  }
}

function typesOf(codes: readonly string[], wards: readonly Ward[]): BedType[] {
  const types = wards.filter(({ code }) => codes.includes(code)).map(({ bedType }) => bedType);
  return [...new Set(types.filter((type) => type !== null))];
}

function total(
  counts: readonly WardCounts[],
  wards: readonly Ward[],
  what: "visits" | "statuses" | "blocking",
): number {
  return counts.reduce(
    (sum, one) => (wards.some(({ code }) => code === one.ward) ? sum + one[what] : sum),
    0,
  );
}

/** The newest figure of patients in bed that is not the feed's own. */
function declaredIn(standings: readonly Standing[]): Declared | undefined {
  let newest: Declared | undefined;
  for (const { source, value, observedAt } of standings) {
    const { occupied } = VALUE_BY_KIND.bed.parse(value);
    if (source === "hl7" || occupied === undefined) continue;
    if (!newest || elapsedMs(newest.observedAt, observedAt) > 0) newest = { occupied, observedAt };
  }
  return newest;
}

function lastSaid(standings: readonly Standing[]): Instant | undefined {
  return standings.find(({ source }) => source === "hl7")?.observedAt;
}
