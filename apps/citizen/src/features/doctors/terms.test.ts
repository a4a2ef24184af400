import { expect, test } from "vitest";
import { NO_DOCTOR_TERMS, readDoctorTerms, writeDoctorTerms, type DoctorTerms } from "./terms.ts";

test("what is asked of doctors is read back from an address as it was written", () => {
  const terms: DoctorTerms = {
    ...NO_DOCTOR_TERMS,
    q: "कुलकर्णी",
    specialty: "cardiology",
    spoken: "ur",
    isOnDuty: true,
  };
  expect(readDoctorTerms(`?${writeDoctorTerms(terms)}`)).toEqual(terms);
  expect(readDoctorTerms("?specialty=magic&spoken=Klingon&duty=later&lang=hi")).toEqual(NO_DOCTOR_TERMS);
});
