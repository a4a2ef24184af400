import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react";
import { createContext, useContext, useMemo, type ReactNode } from "react";
import { Language } from "@ihims/core/languages.ts";
import type { OpenState } from "@ihims/core/facilities/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import * as formats from "../formats.ts";

const TimeZone = createContext("Asia/Kolkata");

/** The city's time zone: every hour that is shown is the city's, wherever the reader is. */
export function CityTime({ timeZone, children }: { timeZone: string; children: ReactNode }) {
  return <TimeZone value={timeZone}>{children}</TimeZone>;
}

/** The formats of `formats.ts` in the language that is spoken and the city's time zone. */
export function useFormats() {
  const { i18n } = useLingui();
  const timeZone = useContext(TimeZone);
  const language = Language.catch("en").parse(i18n.locale);
  return useMemo(() => {
    const time = (moment: Instant) => formats.timeText(language, moment, timeZone);
    const moment = (then: Instant, now: Instant) => formats.momentText(language, then, now, timeZone);
    return {
      language,
      timeZone,
      number: (value: number) => formats.numberText(language, value),
      money: (price: { minor: number; currency: string }) => formats.moneyText(language, price),
      /** "3 min", or "just now" under a minute. */
      age: (from: Instant, now: Instant, style: formats.TextStyle = "short") =>
        formats.ageText(language, from, now, style) ?? i18n._(msg`just now`),
      /** "3 minutes ago", or "just now" under a minute. */
      ago: (from: Instant, now: Instant) => formats.agoText(language, from, now) ?? i18n._(msg`just now`),
      time,
      moment,
      date: (then: Instant) => formats.dateText(language, then, timeZone),
      /** A day of the calendar as it is kept, `2026-11-22`: "22 Nov 2026". */
      day: (day: string) => formats.dayText(language, day),
      minutes: (seconds: number) => formats.minutesText(language, seconds),
      duration: (seconds: number) => formats.durationText(language, seconds),
      distance: (metres: number) => formats.distanceText(language, metres),
      weekday: (day: number, style?: formats.TextStyle) => formats.weekdayText(language, day, style),
      clock: (clock: string) => formats.clockText(language, clock),
      /** "Open until 21:00", "Closed, opens 09:00"; what is not known says so. */
      open: ({ state, until }: OpenState, now: Instant) => {
        const when = until === null ? null : moment(until, now);
        if (state === "unknown") return i18n._(msg`Hours not known`);
        if (state === "open")
          return when === null ? i18n._(msg`Open 24 hours`) : i18n._(msg`Open until ${when}`);
        return when === null ? i18n._(msg`Closed`) : i18n._(msg`Closed, opens ${when}`);
      },
    };
  }, [i18n, language, timeZone]);
}
export type Formats = ReturnType<typeof useFormats>;
