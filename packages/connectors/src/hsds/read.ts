import { BedCounts, BedType } from "@ihims/core/beds/schema.ts";
import { FacilityProfile } from "@ihims/core/facilities/schema.ts";
import { Instant } from "@ihims/core/time.ts";
import type { HsdsAttribute } from "./schema.ts";
import { readSchedules } from "./schedules.ts";
import type { Fact, TaxonomyName } from "./terms.ts";
import type { HsdsPlace } from "./write.ts";

/** Beds of one type as an HSDS place tells them. */
export interface HsdsBeds {
  type: BedType;
  counts: BedCounts;
  observedAt: Instant;
}

/**
 * A place of HSDS as our facts. Everything that `placeOf` writes comes back; of a place that another
 * system wrote, what is said in HSDS's own fields.
 */
export function readPlace({
  organization,
  location,
  services,
}: HsdsPlace): { ok: true; profile: FacilityProfile; beds: HsdsBeds[] } | { ok: false; problem: string } {
  const facts = (code: Fact) => valuesOf(location.attributes, "fact", code);
  const offered = (taxonomy: TaxonomyName) =>
    services.flatMap(({ service }) => valuesOf(service.attributes, taxonomy));
  const wheelchair = location.accessibility.flatMap(
    ({ description }) => /^Wheelchair: (yes|limited|no)$/u.exec(description)?.[1] ?? [],
  )[0];
  const profile = FacilityProfile.safeParse({
    name: location.name,
    names: namesOf(facts("name-in")),
    kind: valuesOf(organization.attributes, "kind")[0],
    ownership: valuesOf(organization.attributes, "ownership")[0] ?? null,
    position: { lat: location.latitude, lon: location.longitude },
    address: location.addresses[0]?.address_1 ?? null,
    locality: facts("locality")[0] ?? null,
    localityNames: namesOf(facts("locality-in")),
    phones: location.phones
      .filter(({ type }) => type !== "emergency")
      .map(({ number, description }) => ({
        number,
        ...(description !== undefined && { label: description }),
      })),
    emergencyPhone: location.phones.find(({ type }) => type === "emergency")?.number ?? null,
    website: organization.website ?? null,
    hours: readSchedules(location.schedules),
    hasEmergency: facts("has-emergency").map((one) => one === "yes")[0] ?? null,
    wheelchair: wheelchair ?? null,
    specialties: offered("specialty"),
    services: offered("service"),
    bedTypes: offered("bed"),
    schemes: facts("scheme").map((one): unknown => JSON.parse(one)),
    externalIds: organization.organization_identifiers
      .filter(({ identifier_scheme: scheme }) => scheme !== "ihims")
      .map(({ identifier_scheme: system, identifier: value }) => ({ system, value })),
    attribution: facts("attribution")[0] ?? null,
  });
  if (!profile.success) {
    const [issue] = profile.error.issues;
    return { ok: false, problem: `${issue?.path.join("/") ?? ""}: ${issue?.message ?? "cannot be read"}` };
  }
  return {
    ok: true,
    profile: profile.data,
    beds: services.flatMap(({ service, at }) => bedsOf(service.attributes, at.attributes)),
  };
}

function valuesOf(attributes: readonly HsdsAttribute[], taxonomy: TaxonomyName, code?: string): string[] {
  return attributes
    .filter(({ taxonomy_term: term }) =>
      code === undefined ? term.code.startsWith(`${taxonomy}:`) : term.code === `${taxonomy}:${code}`,
    )
    .map(({ value }) => value);
}

function namesOf(values: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    values.map((value) => [value.slice(0, value.indexOf(" ")), value.slice(value.indexOf(" ") + 1)]),
  );
}

function bedsOf(ofService: readonly HsdsAttribute[], live: readonly HsdsAttribute[]): HsdsBeds[] {
  const type = BedType.safeParse(valuesOf(ofService, "bed")[0]);
  const observedAt = Instant.safeParse(valuesOf(live, "capacity", "observed-at")[0]);
  if (!type.success || !observedAt.success) return [];
  const counts = BedCounts.safeParse(
    Object.fromEntries(
      Object.keys(BedCounts.shape).flatMap((layer) => {
        const [value] = valuesOf(live, "capacity", layer);
        return value === undefined ? [] : [[layer, Number(value)]];
      }),
    ),
  );
  if (!counts.success || Object.keys(counts.data).length === 0) return [];
  return [{ type: type.data, counts: counts.data, observedAt: observedAt.data }];
}
