import type { I18n } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { BedFigure } from "@ihims/core/observations/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import { FEW_MAX, type Reading } from "../reading.ts";
import { BED_WORDS } from "./beds.ts";
import { FRESHNESS_WORDS, NOTE_WORDS, SOURCE_WORDS } from "./observations.ts";
import type { Formats } from "./use-formats.tsx";

/** The large part of a figure: "4 free". Null when there is no number to show. */
export function valueText(i18n: I18n, formats: Formats, reading: Reading): string | null {
  switch (reading.kind) {
    case "free": {
      const free = formats.number(reading.free);
      return i18n._(msg`${free} free`);
    }
    case "few": {
      const range = `${formats.number(1)}-${formats.number(FEW_MAX)}`;
      return i18n._(msg`${range} left`);
    }
    case "uncounted":
    case "withdrawn":
      return null;
  }
}

/**
 * The small part of a figure: "of 12 ICU", or why there is no number.
 *
 * @param name the kind of bed; absent where it already stands above
 */
export function restText(
  i18n: I18n,
  formats: Formats,
  reading: Reading,
  name: string | undefined,
  now: Instant,
): string {
  switch (reading.kind) {
    case "free": {
      const of = formats.number(reading.of);
      return name ? i18n._(msg`of ${of} ${name}`) : i18n._(msg`of ${of}`);
    }
    case "few": {
      const of = formats.number(reading.of);
      return name ? i18n._(msg`of ${of} ${name}, call first`) : i18n._(msg`of ${of}, call first`);
    }
    case "uncounted":
      return name
        ? i18n._(msg`${name}: free beds not known · call`)
        : i18n._(msg`Free beds not known · call`);
    case "withdrawn": {
      if (reading.since === null)
        return name ? i18n._(msg`${name}: not reported · call`) : i18n._(msg`Not reported · call`);
      const since = formats.moment(reading.since, now);
      return name
        ? i18n._(msg`${name}: not confirmed since ${since} · call`)
        : i18n._(msg`Not confirmed since ${since} · call`);
    }
  }
}

/** A whole figure as one sentence, for whoever hears the page, for a message and for print. */
export function figureSentence(
  i18n: I18n,
  formats: Formats,
  figure: BedFigure,
  reading: Reading,
  now: Instant,
): string {
  const name = i18n._(BED_WORDS[figure.type]);
  if (reading.kind === "withdrawn" || reading.kind === "uncounted")
    return restText(i18n, formats, reading, name, now);
  const of = formats.number(reading.of);
  const count =
    reading.kind === "few" ? `${formats.number(1)}-${formats.number(FEW_MAX)}` : formats.number(reading.free);
  const parts = [
    reading.kind === "few"
      ? i18n._(msg`${name}: ${count} of ${of} beds left, call first`)
      : i18n._(msg`${name}: ${count} of ${of} beds free`),
    i18n._(FRESHNESS_WORDS[reading.freshness]),
  ];
  if (figure.observedAt !== null) parts.push(formats.ago(figure.observedAt, now));
  if (figure.source !== null) parts.push(i18n._(SOURCE_WORDS[figure.source]));
  return [...parts, ...figure.notes.map((note) => i18n._(NOTE_WORDS[note]))].join(", ");
}
