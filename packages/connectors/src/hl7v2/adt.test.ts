import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readAdt } from "./adt.ts";
import { readHl7Time, writeHl7Time } from "./time.ts";
import { Instant } from "@ihims/core/time.ts";

const ZONE = "Asia/Kolkata";

function sample(name: string): string {
  return readFileSync(new URL(`samples/${name}.hl7`, import.meta.url), "utf8")
    .trimEnd()
    .replaceAll("\n", "\r");
}

function read(name: string) {
  const result = readAdt(sample(name), ZONE);
  return result.ok ? result.event : result;
}

test("an admission is read as where the visit is and when, and nothing of the patient", () => {
  const event = read("a01-admit");
  expect(event).toMatchInlineSnapshot(`
    {
      "effect": "place",
      "event": "A01",
      "occurredAt": "2026-03-01T06:29:00.000Z",
      "recordedAt": "2026-03-01T06:34:55.000Z",
      "renamed": [],
      "statuses": [
        {
          "place": {
            "bed": "B",
            "room": "412",
            "ward": "G4",
          },
          "status": "occupied",
        },
      ],
      "visits": [
        {
          "class": "inpatient",
          "location": {
            "bed": "B",
            "room": "412",
            "ward": "G4",
          },
          "prior": null,
          "visit": "VN:VN500123",
        },
      ],
    }
  `);
  expect(JSON.stringify(event)).not.toMatch(/Testperson|Meera|MRN|1961|J18|Doctor/);
});
test("a transfer in v2.3 without zones and seconds is in the city's time", () => {
  expect(read("a02-transfer-v23")).toMatchInlineSnapshot(`
    {
      "effect": "transfer",
      "event": "A02",
      "occurredAt": "2026-03-01T08:30:00.000Z",
      "recordedAt": "2026-03-01T08:30:00.000Z",
      "renamed": [],
      "statuses": [],
      "visits": [
        {
          "class": "inpatient",
          "location": {
            "bed": "3",
            "room": "1",
            "ward": "ICU",
          },
          "prior": {
            "bed": "B",
            "room": "412",
            "ward": "G4",
          },
          "visit": "VN:VN500123",
        },
      ],
    }
  `);
});
test("odd delimiters, escapes and subcomponents are read from MSH; the account's number names a visit without one", () => {
  expect(read("a04-register-odd-delimiters")).toMatchInlineSnapshot(`
    {
      "effect": "place",
      "event": "A04",
      "occurredAt": "2026-03-01T19:15:00.250Z",
      "recordedAt": "2026-03-01T19:15:00.250Z",
      "renamed": [],
      "statuses": [],
      "visits": [
        {
          "class": "emergency",
          "location": {
            "bed": null,
            "room": "7",
            "ward": "ED$OBS",
          },
          "prior": null,
          "visit": "AN:AC90300",
        },
      ],
    }
  `);
});
test("a swap speaks of two visits", () => {
  expect(read("a17-swap")).toMatchObject({
    effect: "swap",
    visits: [
      {
        visit: "VN:VN500123",
        location: { ward: "G4", room: "412", bed: "A" },
        prior: { ward: "G4", room: "412", bed: "B" },
      },
      {
        visit: "VN:VN500124",
        location: { ward: "G4", room: "412", bed: "B" },
        prior: { ward: "G4", room: "412", bed: "A" },
      },
    ],
  });
});
test("a bed's status needs no patient", () => {
  expect(read("a20-bed-status")).toMatchObject({
    effect: "bed-status",
    visits: [],
    statuses: [{ place: { ward: "G4", room: "412", bed: "B" }, status: "housekeeping" }],
  });
});
test("a move gives visits and accounts another number, each its own", () => {
  expect(read("a45-move-visits")).toMatchObject({
    effect: "none",
    renamed: [
      { from: "VN:VN500123", to: "VN:VN600001" },
      { from: "AN:AC90211", to: "AN:AC90212" },
      { from: "VN:VN500124", to: "VN:VN600002" },
    ],
  });
});
test("lines may end in LF or CRLF, and blanks may stand before MSH", () => {
  const text = sample("a01-admit");
  expect(readAdt(text.replaceAll("\r", "\n"), ZONE)).toEqual(readAdt(text, ZONE));
  expect(readAdt(`\uFEFF\r\n ${text.replaceAll("\r", "\r\n")}\r\n`, ZONE)).toEqual(readAdt(text, ZONE));
});

/** A small message with these fields set; `"PV1-3": "G4"`. */
function message(fields: Record<string, string>): string {
  const segments = new Map<string, string[]>([
    [
      "MSH",
      [
        "MSH",
        "^~\\&",
        "WARDSYS",
        "RIVERSIDE",
        "IHIMS",
        "CITY",
        "20260301120000",
        "",
        "ADT^A01",
        "1",
        "P",
        "2.5",
      ],
    ],
    ["EVN", ["EVN", "A01", "20260301120000"]],
    ["PID", ["PID", "1"]],
    ["PV1", ["PV1", "1", "I", "G4^1^1", ...Array.from({ length: 15 }, () => ""), "V1"]],
  ]);
  for (const [at, text] of Object.entries(fields)) {
    const [name = "", field = ""] = at.split("-");
    const parts = segments.get(name) ?? [name];
    const place = name === "MSH" ? Number(field) - 1 : Number(field);
    while (parts.length <= place) parts.push("");
    parts[place] = text;
    segments.set(name, parts);
  }
  return [...segments.values()].map((parts) => parts.join("|")).join("\r");
}

function refusal(text: string) {
  const result = readAdt(text, ZONE);
  return result.ok ? "read" : `${result.ack} ${result.code} ${result.at}`;
}

test("what is no HL7 is rejected", () => {
  expect(refusal("")).toBe("AR 100 null");
  expect(refusal("GET / HTTP/1.1\r\n\r\n")).toBe("AR 100 null");
  expect(refusal("MSHX^~\\&|A|B")).toBe("AR 100 null");
});
test("delimiters that are the same sign twice are rejected", () => {
  expect(refusal("MSH|^~\\\\&|A|B|||20260301||ADT^A01|1|P|2.3")).toBe("AR 100 null");
  expect(refusal("MSH|^^^^|A|B|||20260301||ADT^A01|1|P|2.3")).toBe("AR 100 null");
});
test("what is not ADT is rejected", () =>
  expect(refusal(message({ "MSH-9": "ORU^R01" }))).toBe("AR 200 MSH-9"));
test("a trigger event that we do not know is rejected", () =>
  expect(refusal(message({ "MSH-9": "ADT^A99" }))).toBe("AR 201 MSH-9"));
test("an event that only EVN names is read", () => expect(refusal(message({ "MSH-9": "ADT" }))).toBe("read"));
test("a message without a control id is an error", () =>
  expect(refusal(message({ "MSH-10": "" }))).toBe("AE 101 MSH-10"));
test("a message without a moment is an error", () =>
  expect(refusal(message({ "MSH-7": "not-a-date", "EVN-2": "2026" }))).toBe("AE 101 EVN-2"));
test("an unreadable EVN-2 leaves the moment of MSH-7", () =>
  expect(refusal(message({ "EVN-2": "soon" }))).toBe("read"));
test("a visit without a number is an error", () =>
  expect(refusal(message({ "PV1-19": '""' }))).toBe("AE 101 PV1-19"));
test("a message without PV1 is an error", () =>
  expect(refusal(message({}).split("\r").slice(0, 3).join("\r"))).toBe("AE 101 PV1"));
test("a swap of one patient is an error", () =>
  expect(refusal(message({ "MSH-9": "ADT^A17" }))).toBe("AE 101 PV1"));
test("a ward code that is a field out of place is an error", () =>
  expect(refusal(message({ "PV1-3": "x".repeat(81) }))).toBe("AE 102 PV1-3"));
test("a bed status that is none is an error", () => {
  expect(refusal(message({ "MSH-9": "ADT^A20", "NPU-1": "G4^1^1", "NPU-2": "X" }))).toBe("AE 103 NPU-2");
  expect(refusal(message({ "MSH-9": "ADT^A20", "NPU-1": "G4", "NPU-2": "U" }))).toBe("AE 101 NPU-1");
});

test("moments are read to the precision in which they come", () => {
  expect(readHl7Time("20260301120455.1234+0530", ZONE)).toBe("2026-03-01T06:34:55.123Z");
  expect(readHl7Time("202603011204", ZONE)).toBe("2026-03-01T06:34:00.000Z");
  expect(readHl7Time("2026030112", ZONE)).toBe("2026-03-01T06:30:00.000Z");
  expect(readHl7Time("20260301", ZONE)).toBe("2026-02-28T18:30:00.000Z");
  expect(readHl7Time("20260701120000", "America/New_York")).toBe("2026-07-01T16:00:00.000Z");
  expect(readHl7Time("20260101120000", "America/New_York")).toBe("2026-01-01T17:00:00.000Z");
  for (const none of [
    "",
    "2026",
    "202603",
    "20260431",
    "20260301250000",
    "not-a-date",
    "20260301120000 +0530",
    "2026-03-01",
  ]) {
    expect(readHl7Time(none, ZONE)).toBeUndefined();
  }
});
test("a moment that is written is read as the same second", () => {
  const moment = Instant.parse("2026-03-01T06:34:55.000Z");
  expect(readHl7Time(writeHl7Time(moment), ZONE)).toBe(moment);
});

test("no text makes the reader throw", () => {
  const pieces = fc.constantFrom(
    "MSH",
    "EVN",
    "PV1",
    "PID",
    "MRG",
    "NPU",
    "|",
    "^",
    "~",
    "\\",
    "&",
    "\r",
    "ADT^A01",
    "A17",
    "20260301",
    "x",
    "",
  );
  const soup = fc.array(fc.oneof(pieces, fc.string()), { maxLength: 80 }).map((parts) => parts.join(""));
  const cut = fc.nat({ max: 600 }).map((length) => sample("a01-admit").slice(0, length));
  fc.assert(
    fc.property(
      fc.oneof(
        soup,
        soup.map((text) => `MSH|^~\\&|${text}`),
        cut,
      ),
      (text) => {
        expect(typeof readAdt(text, ZONE).ok).toBe("boolean");
      },
    ),
    { seed: 20_260_304, numRuns: 2000 },
  );
});
