import { fileURLToPath } from "node:url";
import { createServer, type ViteDevServer } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const light = fileURLToPath(new URL("light-zod.ts", import.meta.url));

/** The modules of core that the app loads, each with the schemas that it reads with. */
const MODULES = [
  "alerts/endpoints.ts",
  "alerts/schema.ts",
  "blood/endpoints.ts",
  "blood/schema.ts",
  "city/endpoints.ts",
  "city/schema.ts",
  "donors/endpoints.ts",
  "donors/schema.ts",
  "endpoint.ts",
  "facilities/endpoints.ts",
  "facilities/schema.ts",
  "geo.ts",
  "ids.ts",
  "languages.ts",
  "live/schema.ts",
  "medicines/endpoints.ts",
  "medicines/schema.ts",
  "observations/freshness.ts",
  "observations/schema.ts",
  "problem.ts",
  "time.ts",
];

let server: ViteDevServer;
beforeAll(async () => {
  server = await createServer({
    root,
    configFile: false,
    logLevel: "error",
    appType: "custom",
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    resolve: { alias: [{ find: /^zod$/, replacement: light }] },
    ssr: { noExternal: true },
  });
});
afterAll(() => server.close());

type Named = Record<string, z.ZodType>;
const load = (module: string): Promise<Named> =>
  server.ssrLoadModule(`/packages/core/src/${module}`) as Promise<Named>;
const loadReal = (module: string): Promise<Named> =>
  import(/* @vite-ignore */ `${root}packages/core/src/${module}`) as Promise<Named>;

/** A value is read, or refused, by a schema of core as zod does it. */
async function check(module: string, name: string, given: unknown) {
  const [lightly, really] = await Promise.all([load(module), loadReal(module)]);
  const expected = really[name]?.safeParse(given);
  const actual = lightly[name]?.safeParse(given);
  expect({ success: actual?.success, data: actual?.data }).toEqual({
    success: expected?.success,
    data: expected?.data,
  });
}

for (const module of MODULES) {
  test(`core/${module} is made of what the light one has`, async () => {
    expect(Object.keys(await load(module)).toSorted()).toEqual(
      Object.keys(await loadReal(module)).toSorted(),
    );
  });
}

const SEEN = "2026-11-22T12:00:00.000Z";
const FIGURE = {
  type: "icu",
  value: { staffed: 12, occupied: 8, held: 0, free: 4 },
  observedAt: "2026-11-22T17:30:00+05:30",
  receivedAt: SEEN,
  source: "hl7",
  freshness: "live",
  freshUntil: null,
  observation: "17",
  version: "1",
  notes: ["over-occupied"],
  others: [{ source: "staff", value: { occupied: 9 }, observedAt: SEEN }],
};
const SUMMARY = {
  id: "f1",
  name: "Riverside",
  names: { mr: "रिव्हरसाइड" },
  kind: "hospital",
  ownership: null,
  position: { lat: 18.52, lon: 73.85 },
  locality: null,
  phones: [{ number: "+912012345678" }],
  emergencyPhone: null,
  hasEmergency: true,
  wheelchair: "yes",
  distance: 120,
  open: { state: "open", until: null },
  beds: [FIGURE],
};

test("a row of a list is read", () => check("facilities/endpoints.ts", "FacilitySummary", SUMMARY));
test("what a newer server adds is left out", () =>
  check("facilities/endpoints.ts", "FacilitySummary", { ...SUMMARY, rating: 4.2 }));
test("a default is filled in", () =>
  check("facilities/schema.ts", "FacilityProfile", {
    name: "A",
    kind: "clinic",
    position: { lat: 1, lon: 2 },
  }));
test("what is missing is refused", () =>
  check("facilities/endpoints.ts", "FacilitySummary", { ...SUMMARY, name: undefined }));
test("a wrong word is refused", () =>
  check("observations/schema.ts", "BedFigure", { ...FIGURE, type: "hammock" }));
test("a negative count is refused", () =>
  check("observations/schema.ts", "BedFigure", { ...FIGURE, value: { ...FIGURE.value, free: -1 } }));
test("half a bed is refused", () => check("beds/schema.ts", "BedCounts", { staffed: 1.5 }));
test("an unknown field of a strict shape is refused", () =>
  check("observations/schema.ts", "Value", { units: 3, colour: "red" }));
test("each shape of a value is told apart", async () => {
  for (const value of [
    { units: 3 },
    { minutes: 20 },
    { onDuty: true },
    { state: "closed", until: SEEN },
    { occupied: 3 },
  ]) {
    await check("observations/schema.ts", "Value", value);
  }
});
test("an event of the stream is read", () =>
  check("live/schema.ts", "LiveEvent", { kind: "bed", facility: "f1", figure: FIGURE }));
test("an event that nobody knows is refused", () => check("live/schema.ts", "LiveEvent", { kind: "quake" }));
test("hours of a week are read, exceptions and all", () =>
  check("facilities/schema.ts", "Hours", {
    kind: "weekly",
    spans: [{ day: 1, from: "09:00", to: "17:30" }],
  }));
test("an hour that no clock has is refused", () =>
  check("facilities/schema.ts", "Hours", {
    kind: "weekly",
    spans: [{ day: 1, from: "25:00", to: "17:30" }],
  }));
test("an id with a slash is refused", () => check("ids.ts", "FacilityId", "a/b"));
test("a moment is written in UTC", () => check("time.ts", "Instant", "2026-11-22T17:30:00+05:30"));
test("what is no moment is refused", () => check("time.ts", "Instant", "yesterday"));
test("a position outside of the earth is refused", () => check("geo.ts", "Position", { lat: 91, lon: 0 }));
test("a line of the ground is read", () =>
  check("city/schema.ts", "GroundFeature", {
    type: "Feature",
    properties: { kind: "road", rank: 1 },
    geometry: {
      type: "LineString",
      coordinates: [
        [1, 2],
        [3, 4],
      ],
    },
  }));
const ALERT = {
  id: "a1",
  status: "Actual",
  sent: SEEN,
  headline: "Dengue is rising",
  language: "en",
  event: "Dengue",
  areaDesc: null,
  severity: "Moderate",
  urgency: "Expected",
  isEmergency: false,
  senderName: null,
  expires: SEEN,
  distance: 0,
};
test("a warning is read", () => check("alerts/endpoints.ts", "AlertSummary", ALERT));
test("a warning of a severity that nobody knows is refused", () =>
  check("alerts/endpoints.ts", "AlertSummary", { ...ALERT, severity: "Heavy" }));
test("a text of a warning is read, its defaults filled in", () =>
  check("alerts/schema.ts", "AlertInfo", {
    categories: ["Health"],
    event: "Dengue",
    urgency: "Expected",
    severity: "Moderate",
    certainty: "Likely",
    areas: [{ areaDesc: "Here", circles: [{ centre: { lat: 1, lon: 2 }, radiusKm: 3 }] }],
  }));

test("a bank with blood is read", () => {
  const { beds: _beds, ...bank } = SUMMARY;
  const figure = { ...FIGURE, subject: "blood:O-:plasma", value: { units: 3 }, held: 1 };
  return check("blood/endpoints.ts", "BloodPlace", {
    facility: {
      ...bank,
      holdMinutes: 120,
      bloodBank: {
        crossMatchMinutes: 60,
        lowBelow: [],
        processingFees: [{ component: "plasma", minor: 900 }],
      },
    },
    group: "O-",
    component: "plasma",
    units: 2,
    isSame: true,
    cautions: ["rhd"],
    figure,
  });
});
test("what a volunteer said is read", () =>
  check("donors/schema.ts", "DonorProfile", {
    group: "B+",
    sex: "female",
    lastDonatedOn: null,
    isAvailable: true,
    quietFrom: "22:00",
    quietTo: "07:00",
    withinKm: 5,
    place: { lat: 18.52, lon: 73.85 },
  }));
test("a subject that is none is refused", () => check("observations/schema.ts", "Subject", "bed:hammock"));
