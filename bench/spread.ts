import { between, randomOf, wholeBetween, type Random } from "@ihims/city/random.ts";
import { prospectsOf, spreadS, type Prospect } from "@ihims/core/care/rules.ts";
import { distanceM, type Position } from "@ihims/core/geo.ts";
import { instantOf } from "@ihims/core/time.ts";
import { besidePeer, type Figure } from "./figures.ts";

const HOSPITALS = 25;
/** Who looks for an ICU bed within the same few minutes, before any figure has changed. */
const ASKING = 40;
const CITIES = 200;
const MIDDLE: Position = { lat: 18.5, lon: 73.85 };
/** Of the city, in degrees. */
const WIDE = 0.12;
/** Where an accident was: those who ask stand within this of it, in degrees. */
const CROWD = 0.02;
/** Through a city, with the detour of its streets. */
const METRES_PER_SECOND = 5;
/** Until somebody has found out that there is no bed. */
const SENT_ON_S = 10 * 60;

interface Hospital {
  id: string;
  position: Position;
  free: number;
}

/**
 * Ways in vain when many look for the last beds at once: everybody goes to the first of their list,
 * and on to the next when its beds are taken. The nearest first, as a list by distance sends them,
 * beside ours.
 */
export async function measureSpread(): Promise<Figure[]> {
  return [...figuresOf("all over the city", 1), ...figuresOf("from one accident", CROWD / WIDE)];
}

function figuresOf(name: string, crowd: number): Figure[] {
  const ours: Search[] = [];
  const nearest: Search[] = [];
  for (let city = 0; city < CITIES; city += 1) {
    const random = randomOf(city, name);
    const hospitals = Array.from({ length: HOSPITALS }, (_, at) => ({
      id: `hospital-${at}`,
      position: somewhere(random, 1),
      free: wholeBetween(random, 1, 5),
    }));
    const people = Array.from({ length: ASKING }, () => somewhere(random, crowd));
    nearest.push(searchFor(hospitals, people, (from) => (one) => wayS(from, one)));
    ours.push(searchFor(hospitals, people, (from) => (one) => careS(from, one)));
  }
  const peer = "the nearest first";
  return [
    besidePeer(
      { name: `${ASKING} look for a last bed, ${name}`, unit: "ways in vain", peer, aim: { atMost: 0.75 } },
      ours.map(({ inVain }) => inVain),
      nearest.map(({ inVain }) => inVain),
    ),
    besidePeer(
      { name: `${ASKING} look for a last bed, ${name}: until it is found`, unit: "s in the mean", peer },
      ours.map(({ meanS }) => meanS),
      nearest.map(({ meanS }) => meanS),
    ),
  ];
}

function somewhere(random: Random, share: number): Position {
  const off = () => between(random, -0.5, 0.5) * WIDE * share;
  return { lat: MIDDLE.lat + off(), lon: MIDDLE.lon + off() };
}

function wayS(from: Position, { position }: Hospital): number {
  return distanceM(from, position) / METRES_PER_SECOND;
}

/** What stands first in our list, as features/care puts it in order. */
function careS(from: Position, hospital: Hospital): number {
  const prospect: Prospect = {
    now: instantOf(0),
    travelS: wayS(from, hospital),
    offers: null,
    specialty: null,
    open: { state: "open", until: null },
    duty: null,
    bed: { type: "icu", free: hospital.free, freshness: "live", isDisputed: false },
    services: [],
    helps: { has: [], lacks: [] },
    scheme: null,
    stock: null,
    waitingMinutes: null,
    isDiverting: false,
    isEmergencyDepartment: false,
    accuracy: null,
  };
  const request = `${from.lat},${from.lon} icu`;
  return prospectsOf(prospect).seconds + spreadS(request, hospital.id, hospital.free);
}

/** How it went for all who looked. */
interface Search {
  inVain: number;
  meanS: number;
}

/** How often somebody comes to a hospital whose beds are taken by then. All set out at once; whoever is there first has it. */
function searchFor(
  hospitals: readonly Hospital[],
  people: readonly Position[],
  cost: (from: Position) => (hospital: Hospital) => number,
): Search {
  const left = new Map(hospitals.map(({ id, free }) => [id, free]));
  const arrivals = people.map((from) => {
    const order = hospitals.toSorted((a, b) => cost(from)(a) - cost(from)(b));
    return { from, order, at: 0, next: 0 };
  });
  for (const person of arrivals) person.at = wayS(person.from, person.order[0] ?? NOWHERE);
  let wasted = 0;
  for (let open = [...arrivals]; open.length > 0;) {
    open.sort((a, b) => a.at - b.at);
    const person = open[0];
    const here = person?.order[person.next];
    if (!person || !here) break;
    const beds = left.get(here.id) ?? 0;
    if (beds > 0) {
      left.set(here.id, beds - 1);
      open = open.slice(1);
      continue;
    }
    wasted += 1;
    person.next += 1;
    const next = person.order[person.next];
    if (next) person.at += SENT_ON_S + wayS(here.position, next);
    else open = open.slice(1);
  }
  return { inVain: wasted, meanS: arrivals.reduce((sum, { at }) => sum + at, 0) / arrivals.length };
}

const NOWHERE: Hospital = { id: "nowhere", position: MIDDLE, free: 0 };
