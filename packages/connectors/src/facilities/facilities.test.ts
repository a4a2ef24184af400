import fc from "fast-check";
import { expect, test } from "vitest";
import { kindFromCategory, kindFromName } from "./kind-words.ts";
import { readOpeningHours } from "./opening-hours.ts";
import { isInside, meanOf, pointInside } from "./outline.ts";
import { readOwnership } from "./ownership.ts";
import { readPhones } from "./phones.ts";
import { readSpecialties } from "./specialties.ts";

const VIENNA = { lat: 48.2, lon: 16.4 };
const AUSTRIA = { countryCode: "AT", year: 2026 };
const INDIA = { countryCode: "IN", year: 2026 };

/** Weekly hours in a small language: `1 09:00-12:00, 7 10:00-24:00`; `always`; `unknown`. */
function hoursOf(text: string, options = AUSTRIA): string {
  const hours = readOpeningHours(text, VIENNA, options);
  if (hours === null) return "unknown";
  return hours.kind === "always"
    ? "always"
    : hours.spans.map(({ day, from, to }) => `${day} ${from}-${to}`).join(", ");
}

test.for([
  ["24/7", "always"],
  ["Mo-Su 00:00-24:00", "always"],
  ["Mo,We 08:00-12:00, 13:00-16:00", "1 08:00-12:00, 1 13:00-16:00, 3 08:00-12:00, 3 13:00-16:00"],
  ["Fr 22:00-06:00", "5 22:00-06:00"],
  ["Su 20:00-04:00", "7 20:00-04:00"],
  ["Sa 10:00-24:00", "6 10:00-24:00"],
  ["Sa-Su 00:00-24:00", "6 00:00-24:00, 7 00:00-24:00"],
  ["Su-Mo 00:00-24:00", "1 00:00-24:00, 7 00:00-24:00"],
  ["by appointment", "unknown"],
  ["Mo-Fr 09:00+", "unknown"],
  ["Mo sunrise-sunset", "unknown"],
  ["Apr-Sep: Mo 09:00-12:00", "unknown"],
  ["off", "unknown"],
  ["", "unknown"],
] as const)("hours %s are %s", ([text, expected]) => expect(hoursOf(text)).toBe(expected));

test("holidays become exceptions by their dates, where the country's are known", () => {
  const hours = readOpeningHours("Mo-Fr 08:00-12:00; PH off", VIENNA, AUSTRIA);
  if (hours?.kind !== "weekly") throw new Error("not read");
  expect(hours.exceptions.map(({ date }) => date)).toContain("2026-10-26");
  expect(hours.exceptions.every(({ spans }) => spans.length === 0)).toBe(true);
  expect(hoursOf("Mo-Fr 08:00-12:00; PH off", INDIA)).toBe("unknown");
});

test("any text for hours is read or unknown, never thrown", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (text) => void readOpeningHours(text, VIENNA, AUSTRIA)),
    { seed: 3, numRuns: 100 },
  );
});

test.for([
  ["020 2550 1000", "+912025501000"],
  ["+91-9550003399; +91-9177550066.", "+919550003399 +919177550066"],
  ["040 – 66312345", "+914066312345"],
  ["+43 2732 9004", "+4327329004"],
  ["040-27804949/5959", "040-27804949/5959"],
  ["23402417", "23402417"],
  ["108", "108"],
  ["ask at the door", ""],
  ["020 2550 1000, 02025501000", "+912025501000"],
] as const)("telephone %s is %s", ([text, expected]) => {
  expect(
    readPhones([text, undefined], "IN")
      .map(({ number }) => number)
      .join(" "),
  ).toBe(expected);
});

test.for([
  ["Private hospital", "hospital", "private"],
  ["Govt. hospital", "hospital", "government"],
  ["Govt. medical college", "hospital", "government"],
  ["Covid Care Center (CCC)", "hospital", null],
  ["Municipal Primary Health Centre", "health-centre", "municipal"],
  ["blood_bank", "blood-bank", null],
  ["Charitable Eye Hospital", "eye", "trust"],
  ["Army Dental Centre", "dental", "armed-forces"],
  ["Chemist", "pharmacy", null],
  ["day-care", "clinic", null],
  ["शासकीय रुग्णालय", "hospital", null],
  ["Hôpital privé", "hospital", null],
  ["School", undefined, null],
] as const)("category %s is %s of %s", ([text, kind, owner]) => {
  expect([kindFromCategory(text), readOwnership(text)]).toEqual([kind, owner]);
});

test("a name that says hospital is a hospital, whatever it specialises in", () => {
  expect(["Sai Eye Hospital", "Sai Blood Bank Hospital", "Sai"].map(kindFromName)).toEqual([
    "hospital",
    "blood-bank",
    undefined,
  ]);
});

test("specialties are found under each of their names, and others come back apart", () => {
  expect(readSpecialties("Gynaecology and Obstetrics; ENT ;multi speciality; Laser")).toEqual({
    specialties: ["obstetrics-gynaecology", "ent"],
    unknown: ["Laser"],
  });
});

test("the point of any star-shaped outline lies inside of it", () => {
  const radii = fc.array(fc.double({ min: 0.0001, max: 0.01, noNaN: true }), { minLength: 4, maxLength: 20 });
  fc.assert(
    fc.property(radii, (lengths) => {
      const ring = lengths.map((length, at) => ({
        lat: 18.5 + length * Math.sin((2 * Math.PI * at) / lengths.length),
        lon: 73.8 + length * Math.cos((2 * Math.PI * at) / lengths.length),
      }));
      const point = pointInside(ring);
      if (!point) throw new Error("no point");
      // Points are given to a centimetre, and a sliver may be thinner than that.
      const near = [0, 2e-7, -2e-7].flatMap((dLat) =>
        [0, 2e-7, -2e-7].map((dLon) => ({ lat: point.lat + dLat, lon: point.lon + dLon })),
      );
      expect(near.some((one) => isInside(one, ring))).toBe(true);
    }),
    { seed: 5 },
  );
});

test("an outline without area or corners gives the middle or nothing", () => {
  const line = [
    { lat: 1, lon: 1 },
    { lat: 1, lon: 3 },
  ];
  expect([pointInside(line), pointInside([]), meanOf([])]).toEqual([
    { lat: 1, lon: 2 },
    undefined,
    undefined,
  ]);
});
