import type { Bundle, Location } from "@medplum/fhirtypes";
import fc from "fast-check";
import { expect, test } from "vitest";
import { elementsOfDefinitions } from "./testing/elements-of-definitions.ts";
import { problemsOf } from "./testing/validate.ts";
import { ELEMENTS_BY_TYPE } from "./xml-elements.ts";
import { readFhirXml, writeFhirXml } from "./xml.ts";

const LOCATION: Location & { _name: object } = {
  resourceType: "Location",
  id: "ward-1",
  meta: { versionId: "3", lastUpdated: "2026-03-01T12:00:00.000Z", profile: ["urn:one", "urn:two"] },
  extension: [{ url: "urn:beds", extension: [{ url: "staffed", valueUnsignedInt: 0 }] }],
  status: "active",
  name: 'Ward <1> & "annexe"\nfirst floor',
  _name: { id: "n1", extension: [{ url: "urn:language", valueCode: "mr" }] },
  mode: "instance",
  type: [{ coding: [{ system: "urn:ihims:bed-type", code: "icu" }], text: "ICU" }],
  telecom: [{ system: "phone", value: "+91 20 2555 0100", rank: 1 }],
  address: { line: ["1 Road", "Pune"] },
  position: { longitude: 73.85, latitude: -18.520_001 },
  hoursOfOperation: [{ daysOfWeek: ["mon", "tue"], allDay: false, openingTime: "09:30:00" }],
};

function problemOf(text: string): string {
  const read = readFhirXml(text);
  return read.ok ? "read" : read.problem;
}
const location = (inside: string) => `<Location xmlns="http://hl7.org/fhir">\n${inside}\n</Location>`;

test("the elements are those of FHIR's definitions, in their order", () => {
  expect(ELEMENTS_BY_TYPE).toEqual(elementsOfDefinitions());
});

test("a resource is written in FHIR's order, whatever the order of its JSON, with values as attributes", () => {
  const { id, ...rest } = LOCATION;
  expect(writeFhirXml({ status: "active", ...rest, id } as Location)).toBe(writeFhirXml(LOCATION));
  expect(
    writeFhirXml({ resourceType: "Location", name: "Ward", status: "active", id: "w" } as Location),
  ).toBe(
    `<?xml version="1.0" encoding="UTF-8"?>
<Location xmlns="http://hl7.org/fhir">
  <id value="w"/>
  <status value="active"/>
  <name value="Ward"/>
</Location>
`,
  );
});

test("what is written is read back without loss, extensions of values and resources in bundles too", () => {
  expect(problemsOf(LOCATION)).toEqual([]);
  expect(readFhirXml(writeFhirXml(LOCATION))).toEqual({ ok: true, resource: LOCATION });
  const bundle: Bundle = {
    resourceType: "Bundle",
    type: "transaction",
    entry: [
      { fullUrl: "urn:uuid:1", resource: LOCATION, request: { method: "PUT", url: "Location/ward-1" } },
    ],
  };
  expect(readFhirXml(writeFhirXml(bundle))).toEqual({ ok: true, resource: bundle });
});

test("any text comes back as it was", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", minLength: 1 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      (name, latitude) => {
        const resource: Location = {
          resourceType: "Location",
          name,
          position: { longitude: 1, latitude: latitude + 0 },
        };
        expect(readFhirXml(writeFhirXml(resource))).toEqual({ ok: true, resource });
      },
    ),
  );
});

test("a list of values keeps its places where some have only an extension", () => {
  const text = location(
    `<address><line value="a"/><line><extension url="urn:x"><valueString value="y"/></extension></line></address>`,
  );
  expect(readFhirXml(text)).toEqual({
    ok: true,
    resource: {
      resourceType: "Location",
      address: { line: ["a", null], _line: [null, { extension: [{ url: "urn:x", valueString: "y" }] }] },
    },
  });
});

test("prefixes and a narrative make no difference", () => {
  const text = `<f:Location xmlns:f="http://hl7.org/fhir"><f:text><f:status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml"><p>Ward</p></div></f:text><f:name value="W"/></f:Location>`;
  expect(readFhirXml(text)).toEqual({ ok: true, resource: { resourceType: "Location", name: "W" } });
});

test.each([
  [location(`<colour value="red"/>`), "line 2: <colour> is no element of Location"],
  [location(`<name value="a"/><name value="b"/>`), "line 2: <name> is there twice, and Location has one"],
  [location(`<position><latitude value="north"/></position>`), "line 2: <latitude> is a number, not north"],
  [
    location(`<hoursOfOperation><allDay value="1"/></hoursOfOperation>`),
    "line 2: <allDay> is true or false, not 1",
  ],
  [location(`<name/>`), "line 2: <name> has neither value nor extension"],
  [`<Location/>`, "line 1: <Location> is not of the namespace http://hl7.org/fhir"],
  [`<Patient xmlns="http://hl7.org/fhir"/>`, "line 1: <Patient> is no resource that is read as XML here"],
  [`<Address xmlns="http://hl7.org/fhir"/>`, "line 1: <Address> is no resource that is read as XML here"],
])("what FHIR does not have is named with its line: %s", (text, problem) => {
  expect(problemOf(text)).toBe(problem);
});

test("what is no XML, or hostile, is refused", () => {
  expect(problemOf("{}")).not.toBe("read");
  expect(problemOf(`<!DOCTYPE x [<!ENTITY a "b">]>${location(`<name value="&a;"/>`)}`)).toMatch(/DOCTYPE/);
  expect(problemOf(`<Bundle xmlns="http://hl7.org/fhir"><entry><resource/></entry></Bundle>`)).toMatch(
    /one resource/,
  );
});
