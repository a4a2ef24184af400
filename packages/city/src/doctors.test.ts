import { dutyOf } from "@ihims/core/doctors/duty.ts";
import type { Post } from "@ihims/core/doctors/schema.ts";
import { HOUR_MS, Instant, later } from "@ihims/core/time.ts";
import { ServiceId, SpecialtyId } from "@ihims/core/vocabulary/schema.ts";
import { describe, expect, test } from "vitest";
import { makeCity } from "./city.ts";
import { makeDoctors, type ModelDoctor } from "./doctors.ts";

const city = makeCity(1);
const today = "2026-03-02";
const doctors = makeDoctors(city, today);
/** Monday, midnight in Meghapur. */
const midnight = Instant.parse("2026-03-01T18:30:00Z");

/** Whether the plan has somebody of a specialty in the house, leave apart: who is away is stood in for. */
function isCovered(hospital: string, specialty: SpecialtyId, at: Instant): boolean {
  return doctors.some(
    ({ profile, posts }) =>
      profile.specialties.includes(specialty) &&
      posts.some((post) => post.facility === hospital && isInHouse(post, at)),
  );
}

function isInHouse({ spans }: Pick<Post, "spans">, at: Instant): boolean {
  const duty = dutyOf({ spans, exceptions: [], leave: [] }, undefined, at, city.city.timeZone);
  return duty.state === "on-duty" && duty.mode === "on-site";
}

test("the same seed and day make the same doctors", () => {
  expect(makeDoctors(makeCity(1), today)).toEqual(doctors);
  expect(makeDoctors(makeCity(2), today)).not.toEqual(doctors);
});

test("doctors are told apart, are named in three languages, and work at facilities that there are", () => {
  const places = new Set(city.facilities.map(({ ref }) => ref));
  expect(new Set(doctors.map(({ ref }) => ref)).size).toBe(doctors.length);
  expect(doctors.length).toBeGreaterThan(600);
  for (const { profile, posts } of doctors) {
    expect(profile.names["hi"]).toMatch(/^डॉ\. \p{Script=Devanagari}/u);
    expect(profile.names["mr"]).toMatch(/^डॉ\. \p{Script=Devanagari}/u);
    for (const { facility } of posts) expect(places).toContain(facility);
  }
});

test("who works at a hospital has a specialty that it offers, and each that it offers has somebody", () => {
  for (const { ref, profile } of city.hospitals) {
    const here = new Set(
      doctors
        .filter(({ posts }) => posts.some(({ facility }) => facility === ref))
        .flatMap((doctor) => doctor.profile.specialties),
    );
    expect([...here].toSorted()).toEqual([...profile.specialties].toSorted());
  }
});

describe("what facilities say that they offer", () => {
  test("is in the vocabulary", () => {
    for (const { profile } of city.facilities) {
      for (const specialty of profile.specialties) expect(SpecialtyId.options).toContain(specialty);
      for (const service of profile.services) expect(ServiceId.options).toContain(service);
    }
  });

  test("is once in each list, and a scheme pays for what is there", () => {
    for (const { profile } of city.facilities) {
      expect(new Set(profile.specialties).size).toBe(profile.specialties.length);
      expect(new Set(profile.services).size).toBe(profile.services.length);
      for (const { specialties } of profile.schemes)
        for (const covered of specialties) expect(profile.specialties).toContain(covered);
    }
  });

  test("agrees with its wards: an ICU, a NICU, dialysis", () => {
    for (const { profile } of city.hospitals)
      for (const type of ["icu", "nicu", "dialysis"] as const)
        expect(profile.services.includes(type)).toBe(profile.bedTypes.includes(type));
  });
});

test("each hospital with an emergency department has a doctor for it in the house at every hour of the week", () => {
  const withEmergency = city.hospitals.filter(({ profile }) => profile.hasEmergency);
  expect(withEmergency.length).toBeGreaterThan(5);
  for (const { ref } of withEmergency)
    for (let hour = 0; hour < 7 * 24; hour += 1)
      expect(isCovered(ref, "emergency-medicine", later(midnight, hour * HOUR_MS + 1))).toBe(true);
});

test("no doctor is in the house at two places at once, but for a night's call", () => {
  const several = doctors.filter(({ posts }) => posts.length > 1);
  expect(several.length).toBeGreaterThan(10);
  for (const doctor of several) expect(mostAtOnce(doctor)).toBe(1);
});

function mostAtOnce({ posts }: ModelDoctor): number {
  let most = 0;
  for (let half = 0; half < 7 * 48; half += 1) {
    const at = later(midnight, (half * HOUR_MS) / 2);
    most = Math.max(most, posts.filter((post) => isInHouse(post, at)).length);
  }
  return most;
}
