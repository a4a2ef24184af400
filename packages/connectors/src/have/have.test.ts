import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instantOf } from "@ihims/core/time.ts";
import { validatorOf } from "../xml/testing/validate.ts";
import { figuresToldBy, hospitalOf } from "./facility.ts";
import { readHave } from "./read.ts";
import { HAVE_NAMESPACE, type HaveHospital } from "./schema.ts";
import { SECOND_IS_PARTIAL, writeHaveSecond } from "./second.ts";
import { aBedFigure, aFigure, aRecord, records, SEEN } from "./testing/hospitals.ts";
import { writeHave } from "./write.ts";

const wrongIn = validatorOf(new URL("testing/have-1.0.xsd", import.meta.url));

/** A report of one hospital with something in it. */
function aReport(inside: string, version = HAVE_NAMESPACE): string {
  return `<have:HospitalStatus xmlns:have="${version}" xmlns:xnl="urn:oasis:names:tc:ciq:xnl:3" xmlns:gml="http://www.opengis.net/gml">
    <have:Hospital>
      <have:Organization><have:OrganizationInformation><xnl:OrganisationName><xnl:NameElement>Riverside</xnl:NameElement></xnl:OrganisationName></have:OrganizationInformation></have:Organization>
      ${inside}
      <have:LastUpdateTime>2026-03-01T17:20:00+05:30</have:LastUpdateTime>
    </have:Hospital>
  </have:HospitalStatus>`;
}

function bedCapacity(inside: string): string {
  return aReport(
    `<have:HospitalBedCapacityStatus><have:BedCapacity>${inside}</have:BedCapacity></have:HospitalBedCapacityStatus>`,
  );
}

function readOne(text: string): HaveHospital & { notes: string[] } {
  const read = readHave(text);
  const [first] = read.ok ? read.hospitals : [];
  if (!first?.ok) throw new Error(read.ok ? (first && !first.ok ? first.problem : "none") : read.problem);
  return { ...first.hospital, notes: first.notes };
}

function toldBy(text: string, staffed?: number) {
  return figuresToldBy(readOne(text), () => staffed);
}

describe("what leaves", () => {
  test("is valid by the schema and comes back as the same facts, whatever a hospital has", () => {
    fc.assert(
      fc.property(fc.array(records, { minLength: 1, maxLength: 3 }), (all) => {
        const text = writeHave(all.map(hospitalOf));
        expect(wrongIn(text)).toBeUndefined();
        const read = readHave(text);
        const hospitals = read.ok ? read.hospitals : [];
        expect(hospitals).toHaveLength(all.length);
        for (const [place, record] of all.entries()) {
          const one = hospitals[place];
          if (!one?.ok) throw new Error("not read");
          expect(one.notes).toEqual([]);
          expect(one.hospital.organization).toEqual({
            id: record.id,
            name: record.name,
            ...(record.address !== null && { address: record.address }),
            phones: record.phones.map(({ number }) => number),
            position: record.position,
            comments: [],
          });
          expect(factsOf(figuresToldBy(one.hospital).figures)).toEqual(factsOfRecord(record));
        }
      }),
    );
  });

  test("has one type and one capacity in each BedCapacity, with free and baseline", () => {
    const beds = [aBedFigure("icu", { staffed: 12, occupied: 7, blocked: 1, surge: 2 }, 1)];
    expect(hospitalOf(aRecord({ beds })).statuses.HospitalBedCapacityStatus?.BedCapacity).toEqual([
      {
        BedType: ["AdultICU"],
        Capacity: [
          {
            CapacityStatus: "Vacant/Available",
            AvailableCount: 3,
            BaselineCount: 12,
            AdditionalCapacityCount24Hr: 2,
          },
        ],
        CommentText: [
          "Counts: staffed 12, occupied 7, blocked 1, held 1, surge 2; seen 2026-03-01T11:50:00.000Z; from hl7",
        ],
      },
    ]);
  });

  test("carries no number that has expired", () => {
    const expired = { ...aBedFigure("icu", {}), value: null };
    const text = writeHave([hospitalOf(aRecord({ beds: [expired] }))]);
    expect(wrongIn(text)).toBeUndefined();
    expect(text).toContain("Not confirmed since 2026-03-01T11:50:00.000Z: call");
    expect(text).not.toContain("AvailableCount");
    expect(toldBy(text).figures).toEqual([]);
  });

  test("is checked by a schema that finds faults", () => {
    const text = writeHave([hospitalOf(aRecord({ beds: [aBedFigure("icu", { staffed: 3, occupied: 1 })] }))]);
    expect(wrongIn(text.replace("AdultICU", "ICU"))).toMatch(/BedType/);
    expect(wrongIn(text.replace(/<have:LastUpdateTime>.*<\/have:LastUpdateTime>/u, ""))).toMatch(/Hospital/);
    expect(wrongIn(text.replaceAll("CapacityStatus>", "Capacitystatus>"))).toBeDefined();
  });

  test("in 2.0 says that it is partial", () => {
    const text = writeHaveSecond([aRecord({ beds: [aBedFigure("icu", { staffed: 3, occupied: 3 })] })]);
    expect(text).toContain(SECOND_IS_PARTIAL);
    expect(text).toMatch(/<edxl-ct:Value>Red</);
    const read = readHave(text);
    expect(read).toMatchObject({
      ok: true,
      version: "2.0",
      hospitals: [{ ok: false, name: "Riverside Hospital" }],
    });
  });
});

function factsOf(figures: readonly { subject: string; value: unknown; observedAt: string }[]) {
  return figures
    .map(({ subject, value, observedAt }) => ({
      subject,
      value,
      // A service has no moment of its own in HAVE: the report's is what is known.
      ...(subject.startsWith("service:") ? {} : { observedAt }),
    }))
    .toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
}

function factsOfRecord({ beds, figures }: ReturnType<typeof aRecord>) {
  const ofBeds = beds.flatMap(({ type, value, observedAt }) => {
    const { free: _, held: __, ...counts } = value ?? { free: null, held: 0 };
    return [{ subject: `bed:${type}`, value: counts, observedAt: observedAt ?? "" }];
  });
  return factsOf([
    ...ofBeds,
    ...figures.map(({ subject, value, observedAt }) => ({ subject, value, observedAt: observedAt ?? "" })),
  ]);
}

describe("what comes in", () => {
  test("is read inside of an EDXL-DE envelope, and with other prefixes", () => {
    const inside = bedCapacity(
      "<have:BedType>Burn</have:BedType><have:Capacity><have:BaselineCount>9</have:BaselineCount></have:Capacity>",
    );
    const wrapped = `<de:EDXLDistribution xmlns:de="urn:oasis:names:tc:emergency:EDXL:DE:1.0"><de:contentObject><de:xmlContent><de:embeddedXMLContent>${inside.replaceAll("have:", "h:").replace("xmlns:have", "xmlns:h")}</de:embeddedXMLContent></de:xmlContent></de:contentObject></de:EDXLDistribution>`;
    expect(toldBy(wrapped).figures).toEqual([
      { subject: "bed:burns", value: { staffed: 9 }, observedAt: SEEN },
    ]);
  });

  test.each(["Vacant/Available", "VacantAvailable", "vacantavailable", "Vacant", "VACANT/AVAILABLE"])(
    "the status is understood as %s",
    (spelling) => {
      const { statuses, notes } = readOne(
        bedCapacity(
          `<have:BedType>adultICU</have:BedType><have:Capacity><have:CapacityStatus>${spelling}</have:CapacityStatus></have:Capacity>`,
        ),
      );
      expect(notes).toEqual([]);
      expect(statuses.HospitalBedCapacityStatus?.BedCapacity).toEqual([
        { BedType: ["AdultICU"], Capacity: [{ CapacityStatus: "Vacant/Available" }] },
      ]);
    },
  );

  test("is read in the lower-camel names of 2.0, and in its upper-case namespace", () => {
    const lower = `<HAVE xmlns="urn:oasis:names:tc:emergency:edxl:have:2.0"><facility>
      <facilityInformation><facilityID>f1</facilityID><facilityName>Riverside</facilityName>
        <facilityGeoLocation><p xmlns="http://www.opengis.net/gml/3.2"><pos>18.5 73.8</pos></p></facilityGeoLocation></facilityInformation>
      <hospitalBedCapacityStatus><bedCapacity><bedType>AdultICU</bedType><capacity><availableCount>2</availableCount><baselineCount>5</baselineCount></capacity></bedCapacity></hospitalBedCapacityStatus>
      <lastUpdateTime>2026-03-01T11:50:00Z</lastUpdateTime></facility></HAVE>`;
    expect(readOne(lower).organization).toMatchObject({
      id: "f1",
      name: "Riverside",
      position: { lat: 18.5, lon: 73.8 },
    });
    expect(toldBy(lower).figures).toEqual([
      { subject: "bed:icu", value: { staffed: 5, occupied: 3 }, observedAt: SEEN },
    ]);
    const upper = aReport("", "urn:oasis:names:tc:emergency:EDXL:HAVE:2.0");
    expect(readHave(upper)).toMatchObject({ ok: true, version: "2.0", hospitals: [{ ok: true }] });
  });
});

describe("what cannot be taken as it is", () => {
  test("is refused where several types and several capacities stand together", () => {
    const { figures, rejected } = toldBy(
      bedCapacity(`<have:BedType>AdultICU</have:BedType><have:BedType>Burn</have:BedType>
        <have:Capacity><have:AvailableCount>1</have:AvailableCount></have:Capacity><have:Capacity><have:AvailableCount>2</have:AvailableCount></have:Capacity>`),
    );
    expect(figures).toEqual([]);
    expect(rejected[0]?.reason).toMatch(/^AdultICU, Burn: several types and several capacities/);
  });

  test("counts only the free ones: what is known to be staffed tells the rest", () => {
    const text = bedCapacity(
      "<have:BedType>Burn</have:BedType><have:Capacity><have:AvailableCount>4</have:AvailableCount></have:Capacity>",
    );
    expect(toldBy(text, 10).figures[0]?.value).toEqual({ staffed: 10, occupied: 6 });
    const alone = toldBy(text);
    expect(alone.figures[0]?.value).toEqual({ staffed: 4, occupied: 0 });
    expect(alone.notes).toEqual(["Burn: no BaselineCount, so only the 4 available beds are known of"]);
  });

  test("more available than there are, or fewer than none, is refused", () => {
    const of = (available: number, baseline: number) =>
      toldBy(
        bedCapacity(
          `<have:BedType>Burn</have:BedType><have:Capacity><have:AvailableCount>${available}</have:AvailableCount><have:BaselineCount>${baseline}</have:BaselineCount></have:Capacity>`,
        ),
      ).rejected;
    expect(of(5, 4)[0]?.reason).toBe("Burn: 5 available of 4");
    expect(of(0, -4)).toHaveLength(1);
    expect(of(1, 900_000)).toHaveLength(1);
  });
});

describe("what is told of more than beds", () => {
  test("a closed or evacuating facility takes nobody", () => {
    const told = toldBy(
      aReport(
        "<have:HospitalFacilityStatus><have:FacilityStatus>Evacuating</have:FacilityStatus></have:HospitalFacilityStatus>",
      ),
    );
    expect(told.figures[0]?.value).toMatchObject({ state: "closed", reason: "The facility is evacuating" });
  });

  test("a diversion without an end holds for four hours", () => {
    const told = toldBy(
      aReport(
        "<have:EmergencyDepartmentStatus><have:EMSTraffic><have:EMSTrafficStatus>advisory</have:EMSTrafficStatus></have:EMSTraffic></have:EmergencyDepartmentStatus>",
      ),
    );
    expect(told.figures).toEqual([
      {
        subject: "diversion:emergency",
        value: { state: "diverting", until: instantOf(Date.parse("2026-03-01T15:50:00Z")) },
        observedAt: SEEN,
      },
    ]);
  });

  test("what is not understood is named with its line and loses nothing else", () => {
    const { notes, statuses } = readOne(
      aReport(`<have:HospitalBedCapacityStatus><have:BedCapacity>
        <have:BedType>ICU</have:BedType>
        <have:Capacity><have:AvailableCount>about 4</have:AvailableCount><have:BaselineCount>9</have:BaselineCount></have:Capacity>
        <have:Mattresses>3</have:Mattresses>
      </have:BedCapacity></have:HospitalBedCapacityStatus>`),
    );
    expect(notes).toEqual([
      'line 5: "ICU" is no value of BedType, left out',
      'line 6: "about 4" is no value of AvailableCount, left out',
      "line 7: Mattresses is not a part of BedCapacity, left out",
    ]);
    expect(statuses.HospitalBedCapacityStatus?.BedCapacity).toEqual([{ Capacity: [{ BaselineCount: 9 }] }]);
  });

  test("a hospital without a name or a moment is refused by itself", () => {
    const text = `<HospitalStatus xmlns="${HAVE_NAMESPACE}"><Hospital><LastUpdateTime>2026-03-01T11:50:00Z</LastUpdateTime></Hospital>
      <Hospital><Organization><OrganizationInformation><OrganisationName><NameElement>B</NameElement></OrganisationName></OrganizationInformation></Organization></Hospital>
      <Hospital><Organization><OrganizationInformation><OrganisationName><NameElement>C</NameElement></OrganisationName></OrganizationInformation></Organization><LastUpdateTime>yesterday</LastUpdateTime></Hospital></HospitalStatus>`;
    const read = readHave(text);
    expect(read.ok && read.hospitals.map((one) => (one.ok ? "read" : one.problem))).toEqual([
      "the hospital has no name",
      "LastUpdateTime is missing: nobody can say how old this is",
      'LastUpdateTime "yesterday" is not a moment with its offset from UTC',
    ]);
  });

  test("something else, or nothing of it, is refused with the reason", () => {
    expect(readHave("<alert/>")).toEqual({
      ok: false,
      problem: "line 1: there is no HospitalStatus (1.0) or HAVE (2.0) in <alert>",
    });
    expect(readHave("<HospitalStatus/>")).toEqual({
      ok: false,
      problem: "line 1: the report has no hospital in it",
    });
    expect(readHave("not XML at all").ok).toBe(false);
  });

  test("a service of the profile that is told not to be there today is told so", () => {
    const record = aRecord({
      specialties: ["cardiology"],
      services: ["dialysis"],
      figures: [aFigure("service:dialysis", { available: false })],
    });
    expect(hospitalOf(record).statuses.ServiceCoverageStatus).toEqual({
      CardiologyIndicator: { Cardiology: true },
      Dialysis: false,
    });
  });
});
