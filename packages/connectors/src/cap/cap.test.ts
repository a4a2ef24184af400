import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { validatorOf } from "../xml/testing/validate.ts";
import { writeAtom } from "./atom.ts";
import { readCap, type CapRead } from "./read.ts";
import { messages } from "./testing/messages.ts";
import { writeCap } from "./write.ts";
import { instantOf } from "@ihims/core/time.ts";

const wrongIn = validatorOf(new URL("testing/cap-1.2.xsd", import.meta.url));

const HEAD = `<identifier>a1</identifier><sender>met@state.example</sender><sent>2026-07-01T13:30:00+05:30</sent>
  <status>Actual</status><msgType>Alert</msgType>`;
const INFO = `<category>Met</category><event>Flood</event><urgency>Expected</urgency><severity>Severe</severity><certainty>Likely</certainty>`;

function anAlert(inside: string, more = ""): string {
  return `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">${HEAD}${inside}<info>${INFO}${more}</info></alert>`;
}

function readOne(text: string): CapRead {
  const read = readCap(text);
  if (!read.ok || read.kind !== "alerts") throw new Error(read.ok ? read.kind : read.problem);
  const [first] = read.alerts;
  if (!first) throw new Error("no alert");
  return first;
}

function good(text: string): Extract<CapRead, { ok: true }> {
  const read = readOne(text);
  if (!read.ok) throw new Error(read.problem);
  return read;
}

test("whatever is sent is valid by the schema and comes back the same", () => {
  fc.assert(
    fc.property(messages, (message) => {
      const text = writeCap(message);
      expect(wrongIn(text)).toBeUndefined();
      expect(good(text)).toMatchObject({ alert: message, notes: [], signature: "none" });
    }),
  );
});

test("moments have an offset in digits, never Z", () => {
  const { alert } = good(anAlert("<scope>Public</scope>", "<expires>2026-07-01T23:59:59+05:30</expires>"));
  const text = writeCap(alert);
  expect(text).toContain("<sent>2026-07-01T08:00:00-00:00</sent>");
  expect(text).toContain("<expires>2026-07-01T18:29:59-00:00</expires>");
  expect(text).not.toMatch(/\d\dZ</u);
  expect(wrongIn(text.replace("08:00:00-00:00", "08:00:00Z"))).toMatch(/sent/u);
});

describe("an authority's alert", () => {
  test("without what must be there is refused with the reason", () => {
    const read = readOne(anAlert(""));
    expect(read).toEqual({ ok: false, identifier: "a1", problem: "scope is missing", line: 1 });
    const bare = readOne(
      `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">${HEAD}<scope>Public</scope><info><event>x</event></info></alert>`,
    );
    expect(!bare.ok && bare.problem).toBe(
      "info 1 category is missing; info 1 urgency is missing; info 1 severity is missing; info 1 certainty is missing",
    );
  });

  test("with a code that is none is refused with the code", () => {
    const read = readOne(anAlert("<scope>Public</scope>").replace("Severe", "Heavy"));
    expect(!read.ok && read.problem).toMatch(/^info 1 severity: "Heavy": /u);
  });

  test("whose polygon is not closed is closed; what is no shape is left out; both are said", () => {
    const { alert, notes } = good(
      anAlert(
        "<scope>Public</scope>",
        `<area><areaDesc>x</areaDesc><polygon>18,73 18,74 19,74</polygon><polygon>18;73</polygon><circle>18.5,73.8 12.5</circle><circle>near</circle></area>`,
      ),
    );
    const [area] = alert.infos[0]?.areas ?? [];
    expect(area?.polygons).toEqual([
      [
        { lat: 18, lon: 73 },
        { lat: 18, lon: 74 },
        { lat: 19, lon: 74 },
        { lat: 18, lon: 73 },
      ],
    ]);
    expect(area?.circles).toEqual([{ centre: { lat: 18.5, lon: 73.8 }, radiusKm: 12.5 }]);
    expect(notes).toEqual([
      "line 2: the polygon does not end where it begins, closed",
      "line 2: the polygon is no list of lat,lon, left out",
      "line 2: the circle is not lat,lon and a radius, left out",
    ]);
  });

  test("that is signed says so, and that nobody verified it", () => {
    const signed = anAlert("<scope>Public</scope>").replace(
      "</alert>",
      `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/></alert>`,
    );
    expect(good(signed).signature).toBe("present-not-verified");
  });

  test("with Z or fractions in its times is taken, and said", () => {
    const { alert, notes } = good(
      anAlert("<scope>Public</scope>").replace("13:30:00+05:30", "08:00:00.250Z"),
    );
    expect(alert.sent).toBe("2026-07-01T08:00:00.000Z");
    expect(notes[0]).toMatch(/sent ".*Z" is not written as CAP has it/u);
  });

  test("refers to earlier ones; a reference that is none is left out", () => {
    const { alert, notes } = good(
      anAlert("<scope>Public</scope><references>a@b,1,2026-06-30T00:00:00-00:00 a@b,2</references>"),
    );
    expect(alert.references).toEqual([{ sender: "a@b", identifier: "1", sent: "2026-06-30T00:00:00.000Z" }]);
    expect(notes).toHaveLength(1);
  });
});

test("an index of alerts gives the addresses, of CAP where it is told apart", () => {
  const atom = writeAtom({
    id: "https://city.example/alerts.cap",
    title: "City",
    updated: instantOf(0),
    entries: [
      {
        id: "urn:1",
        href: "https://city.example/alerts.cap/1",
        title: "Flood",
        summary: undefined,
        author: "Met",
        published: instantOf(0),
      },
    ],
  });
  expect(readCap(atom)).toEqual({ ok: true, kind: "index", links: ["https://city.example/alerts.cap/1"] });
  const rss = `<rss><channel><item><title>x</title><link>https://a.example/1.xml</link></item></channel></rss>`;
  expect(readCap(rss)).toEqual({ ok: true, kind: "index", links: ["https://a.example/1.xml"] });
});

test("what is neither, and what is hostile, is refused with the reason", () => {
  expect(readCap("<html/>")).toEqual({
    ok: false,
    problem: "line 1: <html> is neither a CAP alert nor an index of alerts",
  });
  expect(readCap("<alert><identifier>1</identifier></alert>").ok).toBe(false);
  expect(
    readCap(`<!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/passwd">]><alert>&x;</alert>`),
  ).toMatchObject({ problem: /DOCTYPE/u });
});
