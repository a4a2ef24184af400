import { offsetMs } from "../calendar.ts";
import { DAY_MS, instantOf, MINUTE_MS, type Instant } from "../time.ts";
import type { BloodGroup } from "./schema.ts";

/**
 * What the bar codes on a bag of blood say, as a scanner types them.
 *
 * Facts: ICCBBA, ISBT 128 Standard Technical Specification (ST-001), data structures 001 (donation
 * identification number), 002 (ABO/RhD), 003 (product code), 004 and 005 (expiration), and reference
 * table RT005 (ABO/RhD codes without an intended use); check character: ISO/IEC 7064 modulo 37-2, as in
 * Guidelines for the Blood Transfusion Services in the UK, Annex 2 (read 2026-11-28; the rest was written from
 * knowledge of the standard and not compared with it).
 */

/** One scan: what it is, or why it cannot be read. */
export type Scan =
  | { kind: "donation"; donation: string }
  | { kind: "group"; group: BloodGroup }
  | { kind: "product"; product: string }
  | { kind: "expiry"; expiresAt: Instant }
  /** `check`: the check character is another one; `group`: a group that is not read here; `date`: no day. */
  | { kind: "unreadable"; problem: "check" | "group" | "date" | "unknown" };

const CHECKED = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*";
/** The facility, the year and the number: the first character is never O or 0. */
const DONATION = "[A-NP-Z1-9][A-Z0-9]{4}[0-9]{8}";
/** Flags of this value and above are the check character, so much higher. */
const CHECK_FLAG_FROM = 60;

const GROUPS: Record<string, BloodGroup> = {
  "95": "O-",
  "51": "O+",
  "06": "A-",
  "62": "A+",
  "17": "B-",
  "73": "B+",
  "28": "AB-",
  "84": "AB+",
};

/** The check character of a donation identification number of 13 characters. */
export function checkCharacterOf(donation: string): string {
  return CHECKED.charAt(checkValueOf(donation));
}

function checkValueOf(donation: string): number {
  let sum = 0;
  for (const character of donation) sum = ((sum + CHECKED.indexOf(character)) * 2) % 37;
  return (38 - sum) % 37;
}

/**
 * Read one scan, or what was typed in place of it.
 *
 * A donation number can be typed as it is printed: 13 characters in groups, with the boxed check
 * character behind it or without.
 *
 * @param timeZone of the bank: a day of expiry ends at its midnight
 */
export function readScan(text: string, timeZone: string): Scan {
  const scan = text.trim().toUpperCase();
  // What a scanner sends begins with the structure's own two characters.
  if (scan.startsWith("=%")) return readGroup(scan);
  if (scan.startsWith("=<")) return readProduct(scan);
  if (scan.startsWith("=>")) return readExpiry(scan.slice(2), timeZone);
  if (scan.startsWith("&>")) return readExpiry(scan.slice(2), timeZone);
  return readDonation(scan);
}

function readDonation(scan: string): Scan {
  const [, scanned, flags] = new RegExp(`^=(${DONATION})([0-9A-Z]{2})$`).exec(scan) ?? [];
  if (scanned !== undefined && flags !== undefined) {
    const flag = /^\d\d$/.test(flags) ? Number(flags) : 0;
    const isWrong = flag >= CHECK_FLAG_FROM && flag !== checkValueOf(scanned) + CHECK_FLAG_FROM;
    return isWrong ? { kind: "unreadable", problem: "check" } : { kind: "donation", donation: scanned };
  }
  const [, typed, check] =
    new RegExp(`^(${DONATION})([0-9A-Z*]?)$`).exec(scan.replaceAll(/[\s-]/g, "")) ?? [];
  if (typed === undefined) return { kind: "unreadable", problem: "unknown" };
  return check && check !== checkCharacterOf(typed)
    ? { kind: "unreadable", problem: "check" }
    : { kind: "donation", donation: typed };
}

function readGroup(scan: string): Scan {
  const group = GROUPS[scan.slice(2, 4)];
  return group ? { kind: "group", group } : { kind: "unreadable", problem: "group" };
}

function readProduct(scan: string): Scan {
  const [, product] = /^=<([A-Z][0-9A-Z]{4}[0-9A-Z]{3})$/.exec(scan) ?? [];
  return product === undefined ? { kind: "unreadable", problem: "unknown" } : { kind: "product", product };
}

/** `cyyjjj` or `cyyjjjhhmm`: the century's last digit, year, day of the year; without a time until the day's end. */
function readExpiry(digits: string, timeZone: string): Scan {
  const [, century, year, day, hour = "23", minute = "59"] =
    /^(\d)(\d\d)(\d{3})(?:(\d\d)(\d\d))?$/.exec(digits) ?? [];
  if (century === undefined) return { kind: "unreadable", problem: "unknown" };
  const fullYear = (century === "9" ? 1900 : 2000 + Number(century) * 100) + Number(year);
  const isLeap = (fullYear % 4 === 0 && fullYear % 100 !== 0) || fullYear % 400 === 0;
  const ordinal = Number(day);
  if (ordinal < 1 || ordinal > (isLeap ? 366 : 365) || Number(hour) > 23 || Number(minute) > 59)
    return { kind: "unreadable", problem: "date" };
  const wallMs =
    Date.UTC(fullYear, 0, 1) + (ordinal - 1) * DAY_MS + (Number(hour) * 60 + Number(minute)) * MINUTE_MS;
  return { kind: "expiry", expiresAt: momentOf(wallMs, timeZone) };
}

/** The moment at which the wall clock of a zone shows a time, told as if it were UTC. */
export function momentOf(wallMs: number, timeZone: string): Instant {
  const near = wallMs - offsetMs(timeZone, wallMs);
  return instantOf(wallMs - offsetMs(timeZone, near));
}
