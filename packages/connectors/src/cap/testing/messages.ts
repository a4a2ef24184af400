import fc from "fast-check";
import {
  AlertCategory,
  AlertCertainty,
  AlertMessageType,
  AlertResponse,
  AlertScope,
  AlertSeverity,
  AlertStatus,
  AlertUrgency,
  type AlertArea,
  type AlertInfo,
  type AlertMessage,
} from "@ihims/core/alerts/schema.ts";
import { instantOf } from "@ihims/core/time.ts";
import { words } from "../../have/testing/hospitals.ts";

const seconds = fc
  .integer({ min: Date.parse("2020-01-01T00:00:00Z") / 1000, max: Date.parse("2030-01-01T00:00:00Z") / 1000 })
  .map((second) => instantOf(second * 1000));
const word = fc.stringMatching(/^[A-Za-z0-9.@:_-]{1,30}$/u);
const degrees = (most: number) => fc.integer({ min: -most * 1e7, max: most * 1e7 }).map((n) => n / 1e7 + 0);
const place = fc.record({ lat: degrees(90), lon: degrees(180) });
const named = fc.record({ valueName: words, value: words });
const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
/** As if never said: a field with undefined in it is another object than one without. */
const tidy = <T extends object>(given: T): T =>
  // Only fields that are undefined go, and those are optional.
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;

const area: fc.Arbitrary<AlertArea> = fc
  .record({
    areaDesc: words,
    polygons: fc.array(
      fc.array(place, { minLength: 3, maxLength: 6 }).map(([a, ...rest]) => (a ? [a, ...rest, a] : [])),
      { maxLength: 2 },
    ),
    circles: fc.array(fc.record({ centre: place, radiusKm: fc.nat({ max: 20_000 }).map((n) => n / 10) }), {
      maxLength: 2,
    }),
    geocodes: fc.array(named, { maxLength: 2 }),
    altitude: optional(fc.nat({ max: 30_000 })),
    ceiling: optional(fc.nat({ max: 30_000 })),
  })
  .map(tidy);

const info: fc.Arbitrary<AlertInfo> = fc
  .record({
    language: fc.constantFrom("en-US", "mr", "hi-IN"),
    categories: fc.uniqueArray(fc.constantFrom(...AlertCategory.options), { minLength: 1 }),
    event: words,
    responseTypes: fc.uniqueArray(fc.constantFrom(...AlertResponse.options)),
    urgency: fc.constantFrom(...AlertUrgency.options),
    severity: fc.constantFrom(...AlertSeverity.options),
    certainty: fc.constantFrom(...AlertCertainty.options),
    audience: optional(words),
    eventCodes: fc.array(named, { maxLength: 2 }),
    effective: optional(seconds),
    onset: optional(seconds),
    expires: optional(seconds),
    senderName: optional(words),
    headline: optional(words),
    description: optional(words),
    instruction: optional(words),
    web: optional(fc.webUrl()),
    contact: optional(words),
    parameters: fc.array(named, { maxLength: 2 }),
    resources: fc.array(
      fc
        .record({
          resourceDesc: words,
          mimeType: fc.constant("image/png"),
          size: optional(fc.nat()),
          uri: optional(fc.webUrl()),
          digest: optional(word),
        })
        .map(tidy),
      { maxLength: 2 },
    ),
    areas: fc.array(area, { maxLength: 2 }),
  })
  .map(tidy);

/** Any message that can be sent. */
export const messages: fc.Arbitrary<AlertMessage> = fc
  .record({
    identifier: word,
    sender: word,
    sent: seconds,
    status: fc.constantFrom(...AlertStatus.options),
    msgType: fc.constantFrom(...AlertMessageType.options),
    source: optional(words),
    scope: fc.constantFrom(...AlertScope.options),
    restriction: optional(words),
    addresses: optional(words),
    codes: fc.array(words, { maxLength: 3 }),
    note: optional(words),
    references: fc.array(fc.record({ sender: word, identifier: word, sent: seconds }), { maxLength: 3 }),
    incidents: optional(words),
    infos: fc.array(info, { maxLength: 3 }),
  })
  .map(tidy);
