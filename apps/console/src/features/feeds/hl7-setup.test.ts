import fc from "fast-check";
import { expect, test } from "vitest";
import { Hl7SenderName, setHl7Feed } from "@ihims/core/census/endpoints.ts";
import { Ward } from "@ihims/core/census/schema.ts";
import { BedType } from "@ihims/core/beds/schema.ts";
import { fieldsOf, setupOf } from "./hl7-setup.ts";

const text = fc.stringMatching(/^[A-Z0-9]{1,12}$/);
const senders = fc.array(
  fc.record(
    { application: text, facilityCode: text, certificate: text.map((name) => `CN=${name}`) },
    { requiredKeys: ["application", "facilityCode"] },
  ),
  { maxLength: 5 },
);
const wards = fc.array(
  fc.record({
    code: text,
    bedType: fc.constantFrom(null, ...BedType.options),
    staffed: fc.option(fc.nat(500)),
  }),
  { maxLength: 5 },
);

test("what was set up and is saved unchanged stays as it was, certificates too", () => {
  fc.assert(
    fc.property(senders, wards, (known, rows) => {
      const saved = setupOf(
        known.map((one) => fieldsOf(Hl7SenderName.parse(one))),
        rows.map((row) => Ward.parse(row)),
      );
      expect(setHl7Feed.body?.parse(saved)).toEqual({ senders: known, wards: rows });
    }),
  );
});

test("a certificate whose field was emptied is asked for no more", () => {
  const sender = { application: "HIS", facilityCode: "GH01", certificate: "CN=his" };
  const { senders: saved } = setupOf([{ ...fieldsOf(sender), certificate: " " }], []);
  expect(saved).toEqual([{ application: "HIS", facilityCode: "GH01" }]);
});
