import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instantOf, type Instant } from "../time.ts";
import { alertStateOf, chainOf, distanceToAlert, infosIn, isEmergency } from "./rules.ts";
import { AlertInfo, AlertMessage } from "./schema.ts";

const at = (time: string): Instant => instantOf(Date.parse(`2026-07-01T${time}:00Z`));

function anInfo(given: Partial<AlertInfo> = {}): AlertInfo {
  return {
    ...AlertInfo.parse({
      language: "en",
      categories: ["Health"],
      event: "Dengue",
      urgency: "Expected",
      severity: "Moderate",
      certainty: "Likely",
      expires: at("18:00"),
    }),
    ...given,
  };
}

function aMessage(identifier: string, given: Partial<AlertMessage> = {}): AlertMessage {
  return {
    ...AlertMessage.parse({
      identifier,
      sender: "health@city.example",
      sent: at("08:00"),
      status: "Actual",
      msgType: "Alert",
      scope: "Public",
      infos: [anInfo()],
    }),
    ...given,
  };
}

const refersTo = ({ sender, identifier, sent }: AlertMessage) => [{ sender, identifier, sent }];

describe("what holds", () => {
  const stateOf = (alert: AlertMessage, now = at("12:00")) => alertStateOf(alert, chainOf([alert]), now);

  test("from its start to its end", () => {
    const alert = aMessage("a", { infos: [anInfo({ effective: at("10:00") })] });
    expect(stateOf(alert, at("09:59"))).toBe("upcoming");
    expect(stateOf(alert, at("10:00"))).toBe("active");
    expect(stateOf(alert, at("17:59"))).toBe("active");
    expect(stateOf(alert, at("18:00"))).toBe("expired");
  });

  test("for a day when nobody says when it ends", () => {
    const { expires: _, ...rest } = anInfo();
    const alert = aMessage("a", { infos: [rest] });
    expect(stateOf(alert, instantOf(Date.parse("2026-07-02T07:59:59Z")))).toBe("active");
    expect(stateOf(alert, instantOf(Date.parse("2026-07-02T08:00:00Z")))).toBe("expired");
  });

  test("an exercise never among the real ones", () => {
    expect(stateOf(aMessage("a", { status: "Exercise" }))).toBe("not-actual");
    expect(stateOf(aMessage("a", { status: "Test" }))).toBe("not-actual");
  });

  test("an acknowledgement warns nobody", () => {
    expect(stateOf(aMessage("a", { msgType: "Ack" }))).toBe("no-warning");
  });
});

describe("a chain", () => {
  const first = aMessage("1");
  const second = aMessage("2", { msgType: "Update", sent: at("09:00"), references: refersTo(first) });
  const end = aMessage("3", { msgType: "Cancel", sent: at("10:00"), references: refersTo(second) });

  test("comes to the same in whatever order it arrives", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([first, second, end], { minLength: 3 }), (alerts) => {
        const chain = chainOf(alerts);
        expect([first, second, end].map((one) => alertStateOf(one, chain, at("12:00")))).toEqual([
          "cancelled",
          "cancelled",
          "no-warning",
        ]);
      }),
    );
    const chain = chainOf([second, first]);
    expect([first, second].map((one) => alertStateOf(one, chain, at("12:00")))).toEqual([
      "replaced",
      "active",
    ]);
  });

  test("is not ended by another sender, nor a real one by an exercise", () => {
    const stranger = { ...end, sender: "somebody@else.example" };
    const exercise: AlertMessage = { ...end, status: "Exercise" };
    for (const one of [stranger, exercise])
      expect(alertStateOf(second, chainOf([first, second, one]), at("12:00"))).toBe("active");
  });

  test("that goes round in a circle is read to its end", () => {
    const a = aMessage("a", { msgType: "Update", references: refersTo(aMessage("b")) });
    const b = aMessage("b", { msgType: "Update", references: refersTo(a) });
    expect(alertStateOf(a, chainOf([a, b]), at("12:00"))).toBe("replaced");
  });
});

describe("how far it is to a warning", () => {
  const corners = [
    { lat: 18, lon: 73 },
    { lat: 18, lon: 74 },
    { lat: 19, lon: 74 },
    { lat: 19, lon: 73 },
    { lat: 18, lon: 73 },
  ];
  const to = (place: { lat: number; lon: number }, area: Partial<AlertInfo["areas"][number]>) =>
    distanceToAlert(
      { infos: [anInfo({ areas: [{ areaDesc: "x", polygons: [], circles: [], geocodes: [], ...area }] })] },
      place,
    );

  test("is nothing inside, and to the nearest edge outside", () => {
    expect(to({ lat: 18.5, lon: 73.5 }, { polygons: [corners] })).toBe(0);
    expect(to({ lat: 18.5, lon: 74.1 }, { polygons: [corners] })).toBeCloseTo(10_545, -2);
    expect(
      to({ lat: 18.5, lon: 73.5 }, { circles: [{ centre: { lat: 18.5, lon: 73.6 }, radiusKm: 5 }] }),
    ).toBeCloseTo(5545, -2);
    expect(
      to({ lat: 18.5, lon: 73.5 }, { circles: [{ centre: { lat: 18.5, lon: 73.6 }, radiusKm: 20 }] }),
    ).toBe(0);
  });

  test("is not known where it has no shape", () => {
    expect(to({ lat: 18.5, lon: 73.5 }, {})).toBeNull();
  });
});

test("a polygon that does not end where it begins is refused", () => {
  const open = [
    { lat: 0, lon: 0 },
    { lat: 0, lon: 1 },
    { lat: 1, lon: 1 },
    { lat: 1, lon: 0 },
  ];
  const read = AlertInfo.safeParse({ ...anInfo(), areas: [{ areaDesc: "x", polygons: [open] }] });
  expect(read.error?.issues[0]?.message).toBe("a polygon ends where it begins");
});

test("the reader's language is taken, else English, else what comes first", () => {
  const infos = [anInfo({ language: "en-IN" }), anInfo({ language: "mr" }), anInfo({ language: "MR-IN" })];
  const languages = (wanted: string, of = infos) => infosIn(of, wanted).map(({ language }) => language);
  expect(languages("mr")).toEqual(["mr", "MR-IN"]);
  expect(languages("hi")).toEqual(["en-IN"]);
  expect(languages("hi", [anInfo({ language: "ta" }), anInfo({ language: "kn" })])).toEqual(["ta"]);
});

test("only what endangers life now is an emergency", () => {
  expect(isEmergency(anInfo({ severity: "Extreme", urgency: "Immediate", certainty: "Observed" }))).toBe(
    true,
  );
  expect(isEmergency(anInfo({ severity: "Severe", urgency: "Immediate", certainty: "Observed" }))).toBe(
    false,
  );
  expect(isEmergency(anInfo({ severity: "Extreme", urgency: "Future", certainty: "Likely" }))).toBe(false);
});
