import type { BedType } from "@ihims/core/beds/schema.ts";
import {
  prospectsOf,
  spreadS,
  type CareReason,
  type DutyProspect,
  type Prospect,
} from "@ihims/core/care/rules.ts";
import type { Care, Travel } from "@ihims/core/care/schema.ts";
import { reasonInWords } from "@ihims/core/care/words.ts";
import { seesOnlyChildren } from "@ihims/core/facilities/ages.ts";
import type { FacilityKind } from "@ihims/core/facilities/schema.ts";
import type { Position } from "@ihims/core/geo.ts";
import type { Language } from "@ihims/core/languages.ts";
import { VALUE_BY_KIND, type Freshness } from "@ihims/core/observations/schema.ts";
import { acceptsScheme, type SchemeId } from "@ihims/core/schemes/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { SpecialtyId } from "@ihims/core/vocabulary/schema.ts";
import {
  fieldsOf,
  listBytes,
  rowBytes,
  type Board,
  type Entry,
  type Found,
  type Wanted,
} from "../board/board.ts";
import type { DoctorBoard } from "../doctors/doctors.ts";
import type { Travels } from "../travel/travel.ts";

/** What a place tells of something on its shelf. */
export interface StockSeen {
  /** `equivalent`: not what was asked for, but what may stand in for it. */
  state: "here" | "equivalent" | "gone";
  /** What it is there, in the reader's words, where that is not what was asked for. */
  name?: string;
  freshness: Freshness;
}

/** Something on a shelf that somebody looks for. */
export interface StockNeed {
  /** In the reader's words. */
  name: string;
  /** What a place tells of it; undefined: nothing that still holds. */
  seenAt(entry: Entry, now: Instant): StockSeen | undefined;
}

/** What somebody needs of a place. Empty and null: nothing in particular. */
export interface Need {
  kinds: readonly FacilityKind[];
  /** One of these, the first the best. */
  specialties: readonly SpecialtyId[];
  /** All of these. */
  services: readonly string[];
  /** What such an illness is often treated with: a place that has it is better, and none is left out for it. */
  helps: readonly string[];
  bed: BedType | null;
  scheme: SchemeId | null;
  /** Something on a shelf. */
  stock: StockNeed | null;
  isOpen: boolean;
  /** It has to be an emergency department. */
  isEmergency: boolean;
  /** For a child; otherwise places that only see children are left out of emergencies. */
  isForChild: boolean;
}

export const NO_NEED: Need = {
  kinds: [],
  specialties: [],
  services: [],
  helps: [],
  bed: null,
  scheme: null,
  stock: null,
  isOpen: false,
  isEmergency: false,
  isForChild: false,
};

/** Everything in memory that a rank is made from. */
export interface CareMemory {
  board: Board;
  doctors: DoctorBoard;
  travels: Travels;
}

/** Grows with every change of what a list is made from. */
export function versionOfMemory({ board, doctors }: CareMemory): () => number {
  return () => board.version + doctors.version;
}

export interface CareOptions {
  now: Instant;
  timeZone: string;
  lang: Language;
  radiusM: number;
  /** What tells this request from others, so that the last beds are shared out among all who ask. */
  request: string;
  /** Places that do not say what they treat, or whether they take the scheme, are taken in as doubtful ones. */
  withDoubtful: boolean;
  /** Count beds of expired figures as well. */
  includeStale?: boolean;
  /** Others are left out. */
  isMeant?: ((entry: Entry) => boolean) | undefined;
}

/** A place in the order of care. */
export interface CarePlace {
  entry: Entry;
  /** Metres along the great circle; null when nobody said from where. */
  distance: number | null;
  travel: Travel | null;
  /** As `prospectsOf` has them; `careOf` puts them into words for those that are shown. */
  seconds: number;
  confidence: number;
  reasons: readonly CareReason[];
  /** What it stands in order by: seconds to care, and what it is put back by for the sake of others. */
  key: number;
}

/** Most places that are weighed for one request: the nearest that have what is needed. */
const CANDIDATES_MAX = 80;
/** Kinds that treat people, and may do so without saying what. */
const TREATING: readonly FacilityKind[] = ["hospital", "clinic", "health-centre", "maternity-home"];
/** Where one is sent that is nobody's: the choice of the city's middle when no place was said. */
const EMERGENCY_DEPARTMENTS = 2;

/**
 * Places for a need, soonest care first.
 *
 * @param near null: nobody said from where; then the way plays no part, and those around `centre` are weighed
 */
export async function rankByCare(
  memory: CareMemory,
  need: Need,
  near: Position | null,
  centre: Position,
  options: CareOptions,
): Promise<CarePlace[]> {
  return await weigh(memory, need, near, candidatesFor(memory.board, need, near ?? centre, options), options);
}

/** The nearest emergency departments, whatever else is asked: there is always somewhere to go. */
export async function nearestEmergencyDepartments(
  memory: CareMemory,
  near: Position,
  options: CareOptions,
  isForChild = false,
): Promise<CarePlace[]> {
  const need = { ...NO_NEED, isEmergency: true, isForChild };
  const found = memory.board.nearest(wantedOf(need), near, {
    radiusM: options.radiusM,
    limit: EMERGENCY_DEPARTMENTS,
    now: options.now,
    isMeant: (entry) => seesAge(entry, need),
  });
  const places = await weigh(memory, need, near, found, options);
  return places.sort((a, b) => (a.distance ?? 0) - (b.distance ?? 0));
}

/** Some places with what one may expect there, soonest care first. */
export async function weigh(
  { doctors, board, travels }: CareMemory,
  need: Need,
  near: Position | null,
  found: readonly Found[],
  options: CareOptions,
): Promise<CarePlace[]> {
  const ways = near
    ? await travels.from(
        near,
        found.map(({ entry }) => entry.facility.position),
      )
    : [];
  return found
    .map(({ entry, distance }, at) => {
      const travel = ways[at] ?? null;
      const prospect = prospectOf(board, doctors, entry, need, travel, options);
      const { seconds, confidence, reasons } = prospectsOf(prospect);
      const back = prospect.bed ? spreadS(options.request, entry.facility.id, prospect.bed.free) : 0;
      const key = seconds + back;
      return { entry, distance: near ? distance : null, travel, seconds, confidence, reasons, key };
    })
    .sort((a, b) => a.key - b.key || (a.entry.facility.id < b.entry.facility.id ? -1 : 1));
}

/** The nearest that have what is needed; when few do, also those that may have it and do not say. */
function candidatesFor(board: Board, need: Need, near: Position, options: CareOptions): Found[] {
  const { radiusM, now, includeStale = false } = options;
  const isMeant = (entry: Entry) => seesAge(entry, need) && (options.isMeant?.(entry) ?? true);
  const reach = { radiusM, limit: CANDIDATES_MAX, now, isMeant, includeStale };
  const sure = withStocked(board, need, near, reach);
  if (!options.withDoubtful || sure.length >= CANDIDATES_MAX / 2) return sure;
  const known = new Set(sure.map(({ entry }) => entry));
  const mayBe = (entry: Entry) => !isElsewhere(entry, need) && isMeant(entry);
  const doubtful = board.nearest(doubtfulOf(need), near, { ...reach, isMeant: mayBe });
  return [...sure, ...doubtful.filter(({ entry }) => !known.has(entry))];
}

/** The nearest, and however far those that have what is asked for on their shelf. */
function withStocked(
  board: Board,
  need: Need,
  near: Position,
  reach: Parameters<Board["nearest"]>[2],
): Found[] {
  const nearest = board.nearest(wantedOf(need), near, reach);
  const { stock } = need;
  if (!stock || nearest.length < reach.limit) return nearest;
  const isStocked = (entry: Entry) =>
    ["here", "equivalent"].includes(stock.seenAt(entry, reach.now)?.state ?? "");
  const known = new Set(nearest.map(({ entry }) => entry));
  const isMeant = (entry: Entry) => !known.has(entry) && (reach.isMeant?.(entry) ?? true) && isStocked(entry);
  return [...nearest, ...board.nearest(wantedOf(need), near, { ...reach, isMeant })];
}

function wantedOf(need: Need): Wanted {
  return {
    kinds: need.kinds,
    specialties: need.isEmergency ? [] : need.specialties,
    services: need.services,
    bed: need.bed,
    scheme: need.scheme,
    isOpen: need.isOpen,
    isEmergencyDepartment: need.isEmergency,
  };
}

/** The same need with its specialties and its scheme left to a telephone call. */
function doubtfulOf(need: Need): Wanted {
  const kinds = need.kinds.length > 0 ? need.kinds : TREATING;
  return { ...wantedOf(need), kinds, specialties: [], scheme: null };
}

/** A children's hospital sees no grown people in an emergency; who asks for a specialty gets who offers it. */
function seesAge({ facility }: Entry, { isEmergency, isForChild }: Need): boolean {
  return !isEmergency || isForChild || !seesOnlyChildren(facility.specialties);
}

/** Says what it offers, and it is none of this: there is no use in calling. */
function isElsewhere({ facility }: Entry, { specialties, isEmergency }: Need): boolean {
  if (isEmergency || specialties.length === 0 || facility.specialties.length === 0) return false;
  return !specialties.some((id) => facility.specialties.includes(id));
}

function prospectOf(
  board: Board,
  doctors: DoctorBoard,
  entry: Entry,
  need: Need,
  travel: Travel | null,
  { now, includeStale = false }: CareOptions,
): Prospect {
  const { facility } = entry;
  const { open, figures } = board.view(entry, now).record;
  const bed = need.bed === null ? undefined : board.bedFigure(entry, need.bed, now, includeStale);
  const offered = offersOf(entry, need.specialties);
  return {
    now,
    travelS: travel?.seconds ?? null,
    offers: offered.rank,
    specialty: offered.specialty,
    open,
    duty: dutyOf(doctors, entry, need, offered.specialty, now),
    bed: bed
      ? {
          type: bed.type,
          free: bed.value?.free ?? 0,
          freshness: bed.freshness,
          isDisputed: bed.notes.includes("sources-disagree"),
        }
      : null,
    services: need.services,
    helps: {
      has: need.helps.filter((service) => facility.services.includes(service)),
      lacks: need.helps.filter((service) => !facility.services.includes(service)),
    },
    scheme:
      need.scheme === null
        ? null
        : {
            id: need.scheme,
            isAccepted: acceptsScheme(facility.schemes, need.scheme, board.today(now), need.specialties),
          },
    stock: need.stock && stockOf(entry, need.stock, now),
    waitingMinutes: waitingOf(figures, need),
    isDiverting: (need.isEmergency || need.bed !== null) && isDiverting(figures, now),
    isEmergencyDepartment: need.isEmergency && facility.hasEmergency === true,
    // Nobody is asked yet whether it was as shown.
    accuracy: null,
  };
}

type Figures = ReturnType<Board["view"]>["record"]["figures"];

function offersOf(
  { facility }: Entry,
  wanted: readonly SpecialtyId[],
): { rank: Prospect["offers"]; specialty: SpecialtyId | null } {
  if (wanted.length === 0) return { rank: null, specialty: null };
  const rank = wanted.findIndex(
    (id) =>
      facility.specialties.includes(id) || (id === "emergency-medicine" && facility.hasEmergency === true),
  );
  if (rank >= 0) return { rank, specialty: wanted[rank] ?? null };
  return { rank: "unlisted", specialty: null };
}

/** Of the specialty that it is chosen for: an emergency department has its own people at all hours. */
function dutyOf(
  doctors: DoctorBoard,
  { facility }: Entry,
  need: Need,
  specialty: SpecialtyId | null,
  now: Instant,
): DutyProspect | null {
  if (specialty === null || specialty === "emergency-medicine" || need.isEmergency) return null;
  return doctors.dutyAt(facility.id, [specialty], now);
}

function waitingOf(figures: Figures, need: Need): number | null {
  const queue = need.isEmergency || need.specialties[0] === "emergency-medicine" ? "emergency" : "opd";
  const figure = figures.find(({ subject }) => subject === `waiting:${queue}`);
  const told = VALUE_BY_KIND.waiting.safeParse(figure?.value);
  return told.success && need.stock === null ? told.data.minutes : null;
}

function isDiverting(figures: Figures, now: Instant): boolean {
  const figure = figures.find(({ subject }) => subject === "diversion:emergency");
  const told = VALUE_BY_KIND.diversion.safeParse(figure?.value);
  return told.success && told.data.state !== "open" && told.data.until > now;
}

function stockOf(entry: Entry, wanted: StockNeed, now: Instant): NonNullable<Prospect["stock"]> {
  const { name } = wanted;
  return { name, ...(wanted.seenAt(entry, now) ?? { state: "untold", freshness: "unknown" }) };
}

/** What is told of a place: when one is cared for there, and why we think so in the reader's words. */
export function careOf({ seconds, travel, confidence, reasons }: CarePlace, options: CareOptions): Care {
  const words = reasons.map((reason) => reasonInWords(reason, options.lang, options));
  return { seconds, travel, confidence, reasons: words };
}

/** A row of the board with its time to care, as JSON. */
export function withCare(row: Buffer, care: string): Buffer {
  return rowBytes(`"care":${care},${fieldsOf(row).toString()}`);
}

/** Places as the rows of a list. @param bed only the live beds of this type; null: of all */
export function careRows(
  board: Board,
  places: readonly CarePlace[],
  options: CareOptions,
  bed: BedType | null,
): Buffer {
  return listBytes(
    places.map((place) =>
      withCare(board.row(place.entry, options.now, bed, false), JSON.stringify(careOf(place, options))),
    ),
    places.map(({ distance }) => distance),
  );
}
