import type { BedType } from "@ihims/core/beds/schema.ts";
import { DAY_MS, HOUR_MS, millisOf, type Instant } from "@ihims/core/time.ts";

/**
 * How many times as often as in a real city people come and go, at speed 1. A real city of this
 * size moves a bed every quarter of a minute, and who looks at the demonstration would see it stand still;
 * stays are shortened instead. At a speed of 1/15 it keeps the pace of a real one.
 */
export const PACE = 15;

/** Shortest stay at speed 1, in seconds: an operating table that changed hands every minute would be noise. */
const STAY_MIN_S = 900;

/** How the beds of one type are used. */
interface Use {
  /** Mean length of stay in a real hospital, in days. */
  days: number;
  /** Share of the staffed beds that is occupied on average, 0 to 1. */
  occupancy: number;
  /** Where a patient goes on to within the hospital, with what chance; home otherwise. */
  onward?: Partial<Record<BedType, number>>;
}

/** Lengths of stay and occupancies are of the usual order for public hospitals, not measured anywhere. */
const USES: Record<BedType, Use> = {
  general: { days: 3.8, occupancy: 0.75, onward: { icu: 0.04, hdu: 0.02 } },
  emergency: {
    days: 0.4,
    occupancy: 0.72,
    onward: { general: 0.22, icu: 0.05, hdu: 0.03, paediatric: 0.03 },
  },
  icu: { days: 4.5, occupancy: 0.85, onward: { general: 0.5, hdu: 0.25 } },
  hdu: { days: 3, occupancy: 0.78, onward: { general: 0.7, icu: 0.08 } },
  ventilator: { days: 5, occupancy: 0.78 },
  nicu: { days: 7, occupancy: 0.84, onward: { paediatric: 0.2 } },
  picu: { days: 4, occupancy: 0.82, onward: { paediatric: 0.7 } },
  paediatric: { days: 3, occupancy: 0.74, onward: { picu: 0.03 } },
  maternity: { days: 2.6, occupancy: 0.72, onward: { icu: 0.01 } },
  labour: { days: 0.6, occupancy: 0.68, onward: { maternity: 0.85 } },
  isolation: { days: 6, occupancy: 0.7, onward: { icu: 0.05 } },
  "negative-pressure": { days: 6, occupancy: 0.7 },
  burns: { days: 13, occupancy: 0.76 },
  psychiatric: { days: 15, occupancy: 0.82 },
  dialysis: { days: 0.4, occupancy: 0.78 },
  oxygen: { days: 3.5, occupancy: 0.75 },
  "operating-theatre": { days: 0.4, occupancy: 0.68 },
  "day-care": { days: 0.5, occupancy: 0.7 },
};

/** Mean length of stay at speed 1, in seconds. */
export function stayS(type: BedType): number {
  return Math.max(STAY_MIN_S, (USES[type].days * DAY_MS) / 1000 / PACE);
}

/** Where patients of a bed type go on to, with what chance each; the rest goes home. */
export function onwardFrom(type: BedType): readonly [BedType, number][] {
  // The keys of a Use's `onward` are bed types; Object.entries forgets that.
  return Object.entries(USES[type].onward ?? {}) as [BedType, number][];
}

/**
 * The share of staffed beds that a ward tends to, 0 to 1. It drifts over some hours, so that wards
 * fill and empty at different times.
 *
 * @param phase of the ward, in radians
 */
export function occupancyAt(type: BedType, phase: number, at: Instant): number {
  const drift = Math.sin((millisOf(at) / (3 * HOUR_MS)) * 2 * Math.PI + phase);
  return Math.min(0.95, USES[type].occupancy + 0.06 * drift);
}

/** The model city's clock is ahead of UTC by this; India sets no clock forward or back. */
const ZONE_MS = 5.5 * HOUR_MS;

/** How busy the doors are in each hour of the day, from midnight on; 1 on average. */
// oxfmt-ignore
const ADMISSIONS = [0.5, 0.45, 0.4, 0.4, 0.45, 0.55, 0.75, 0.95, 1.15, 1.35, 1.45, 1.45, 1.35, 1.25, 1.15, 1.15, 1.15, 1.2, 1.2, 1.15, 1.05, 0.9, 0.75, 0.6];
/** Doctors go round in the morning, and patients leave around noon. */
// oxfmt-ignore
const DISCHARGES = [0.45, 0.4, 0.38, 0.38, 0.42, 0.5, 0.65, 0.85, 1.05, 1.3, 1.55, 1.75, 1.8, 1.7, 1.5, 1.35, 1.25, 1.15, 1.05, 0.95, 0.85, 0.75, 0.62, 0.55];

/** How busy admissions and discharges are at a moment, 1 on average over a day. */
export function activityAt(at: Instant): { admissions: number; discharges: number } {
  const hour = Math.floor(localMs(at) / HOUR_MS) % 24;
  return { admissions: ADMISSIONS[hour] ?? 1, discharges: DISCHARGES[hour] ?? 1 };
}

/** When shifts change, in hours of the local day: then what stands on the board is gone through. */
const SHIFT_HOURS = [7, 14, 21] as const;

/** The next end of a shift after a moment; only the morning's for those who count once a day. */
export function nextShiftEnd(at: Instant, isMorningOnly: boolean): number {
  const local = localMs(at);
  const midnight = local - (local % DAY_MS);
  const hours: readonly number[] = isMorningOnly ? SHIFT_HOURS.slice(0, 1) : SHIFT_HOURS;
  const ends = [0, 1].flatMap((day) => hours.map((hour) => midnight + day * DAY_MS + hour * HOUR_MS));
  return (ends.find((end) => end > local) ?? local + DAY_MS) - ZONE_MS;
}

/** Milliseconds of the local wall clock, as if it were UTC. */
export function localMs(at: Instant): number {
  return millisOf(at) + ZONE_MS;
}
