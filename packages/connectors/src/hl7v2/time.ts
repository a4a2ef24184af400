import { Instant, MINUTE_MS } from "@ihims/core/time.ts";

/** HL7 v2 DTM: YYYYMMDD[HH[MM[SS[.S[S[S[S]]]]]]][+/-ZZZZ]. */
const DTM =
  /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:\.(\d{1,4}))?)?)?)?(?:([+-])(\d{2})(\d{2}))?$/;

/**
 * Read a moment as HL7 v2 writes it (v2.8 chapter 2A, DTM), from the day to a fraction of a second:
 * what is not said is 0.
 *
 * @param timeZone IANA name of the zone of moments that carry none
 * @returns undefined when it is no moment, or coarser than a day
 */
export function readHl7Time(text: string, timeZone: string): Instant | undefined {
  const match = DTM.exec(text.trim());
  if (!match) return undefined;
  const [
    ,
    year = "",
    month = "",
    day = "",
    hour = "00",
    minute = "00",
    second = "00",
    fraction = "",
    sign,
    zoneHours,
    zoneMinutes,
  ] = match;
  const wall = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, "0").slice(0, 3)}Z`;
  const asUtc = Date.parse(wall);
  // The parser of dates takes 31 April for 1 May; a moment that is none is not to be guessed.
  if (Number.isNaN(asUtc) || new Date(asUtc).toISOString() !== wall) return undefined;
  if (!sign) return instantAt(asUtc - zoneOffsetMs(timeZone, asUtc - zoneOffsetMs(timeZone, asUtc)));
  const offsetMs = (Number(zoneHours) * 60 + Number(zoneMinutes)) * MINUTE_MS;
  return instantAt(sign === "+" ? asUtc - offsetMs : asUtc + offsetMs);
}

/** Write a moment as HL7 v2 does: to the second, in UTC. */
export function writeHl7Time(moment: Instant): string {
  return `${moment.slice(0, 19).replace(/[-:T]/g, "")}+0000`;
}

function instantAt(millis: number): Instant | undefined {
  const read = Instant.safeParse(new Date(millis).toISOString());
  return read.success ? read.data : undefined;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far a zone's wall clock is ahead of UTC at a moment, in milliseconds. */
function zoneOffsetMs(timeZone: string, moment: number): number {
  let format = formats.get(timeZone);
  if (!format) {
    // The Swedish form is ISO 8601 with a blank.
    format = new Intl.DateTimeFormat("sv-SE", {
      timeZone,
      dateStyle: "short",
      timeStyle: "medium",
      hourCycle: "h23",
    });
    formats.set(timeZone, format);
  }
  return Date.parse(`${format.format(moment).replace(" ", "T")}Z`) - Math.floor(moment / 1000) * 1000;
}
