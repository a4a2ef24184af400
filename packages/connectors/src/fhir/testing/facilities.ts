import fc from "fast-check";
import { BedType } from "@ihims/core/beds/schema.ts";
import { FacilityKind, FacilityProfile, Ownership, type Facility } from "@ihims/core/facilities/schema.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import { instantOf } from "@ihims/core/time.ts";
import { SpecialtyId } from "@ihims/core/vocabulary/schema.ts";

/** Text as it stands on pages: never blank, with no blanks at its ends, in any script. */
const words = (maxLength: number) =>
  fc
    .string({ unit: "grapheme", minLength: 1, maxLength })
    .map((text) => text.replace(/\p{C}/gu, "x").replace(/\s+/gu, " ").trim())
    .filter((text) => text !== "");
const slug = fc.stringMatching(/^[a-z][a-z0-9-]{0,59}$/);
const names = fc.dictionary(fc.constantFrom("hi", "mr", "en", "ur", "zh-Hant"), words(30));
const day = fc
  .date({ min: new Date("2001-01-01"), max: new Date("2099-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const clock = fc.integer({ min: 0, max: 24 * 12 - 1 }).map((five) => {
  const hours = String(Math.floor(five / 12)).padStart(2, "0");
  return `${hours}:${String((five % 12) * 5).padStart(2, "0")}`;
});
/** What ends at midnight is written 24:00. */
const end = clock.map((time) => (time === "00:00" ? "24:00" : time));
const inOrder = (spans: { day: number; from: string; to: string }[]) =>
  [...new Map(spans.map((span) => [`${span.day} ${span.from}`, span])).values()].sort(
    (a, b) => a.day - b.day || (a.from < b.from ? -1 : 1),
  );
const weekly = fc.record({
  kind: fc.constant("weekly" as const),
  // Not every day around the clock: that is `always` when it is read back.
  spans: fc
    .array(fc.record({ day: fc.integer({ min: 1, max: 6 }), from: clock, to: end }), { maxLength: 10 })
    .map(inOrder),
  exceptions: fc.array(
    fc.record(
      {
        date: day,
        spans: fc.array(fc.record({ from: clock, to: end }), { maxLength: 3 }),
        reason: words(20),
      },
      { requiredKeys: ["date", "spans"] },
    ),
    { maxLength: 3 },
  ),
});

/** Any page that a facility may have. */
export const anyProfile: fc.Arbitrary<FacilityProfile> = fc
  .record({
    name: words(60),
    names,
    kind: fc.constantFrom(...FacilityKind.options),
    isActive: fc.boolean(),
    ownership: fc.option(fc.constantFrom(...Ownership.options)),
    position: fc.record({
      lat: fc.double({ min: -90, max: 90, noNaN: true }).map((one) => Math.round(one * 1e6) / 1e6 + 0),
      lon: fc.double({ min: -180, max: 180, noNaN: true }).map((one) => Math.round(one * 1e6) / 1e6 + 0),
    }),
    address: fc.option(words(80)),
    locality: fc.option(words(40)),
    localityNames: names,
    phones: fc.array(
      fc.record(
        { number: words(20).map((one) => `02${one}`), label: words(20) },
        { requiredKeys: ["number"] },
      ),
      { maxLength: 4 },
    ),
    emergencyPhone: fc.option(words(20)),
    website: fc.option(fc.webUrl()),
    hours: fc.option(fc.oneof(fc.constant({ kind: "always" as const }), weekly)),
    hasEmergency: fc.option(fc.boolean()),
    wheelchair: fc.option(fc.constantFrom("yes" as const, "limited" as const, "no" as const)),
    specialties: fc.uniqueArray(fc.oneof(fc.constantFrom(...SpecialtyId.options), slug), { maxLength: 8 }),
    services: fc.uniqueArray(slug, { maxLength: 8 }),
    bedTypes: fc.uniqueArray(fc.constantFrom(...BedType.options), { maxLength: 6 }),
    schemes: fc.array(
      fc.record({
        scheme: slug,
        specialties: fc.uniqueArray(fc.constantFrom(...SpecialtyId.options), { maxLength: 3 }),
        from: fc.option(day),
        to: fc.option(day),
      }),
      { maxLength: 4 },
    ),
    externalIds: fc.array(
      fc.record({ system: fc.stringMatching(/^[a-z][a-z0-9:._-]{0,20}$/), value: words(30) }),
      {
        maxLength: 3,
      },
    ),
    attribution: fc.option(words(60)),
  })
  // A page without a district cannot say it in other languages.
  .map((page) => FacilityProfile.parse(page.locality === null ? { ...page, localityNames: {} } : page));

export function asFacility(profile: FacilityProfile, id = "f12ab"): Facility {
  return {
    ...profile,
    id: FacilityId.parse(id),
    leads: [],
    version: 3,
    updatedAt: instantOf(Date.parse("2026-03-01T12:00:00Z")),
  };
}
