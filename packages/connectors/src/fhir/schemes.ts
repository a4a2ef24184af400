import type { InsurancePlan, Organization, OrganizationAffiliation } from "@medplum/fhirtypes";
import type { Facility } from "@ihims/core/facilities/schema.ts";
import { Empanelment, SchemeId } from "@ihims/core/schemes/schema.ts";
import type { Day, Instant } from "@ihims/core/time.ts";
import { specialtyConcept, wordsOf } from "./codes.ts";
import { codesOf, coding, concept, metaOf, partId, reference, stated, targetOf } from "./elements.ts";
import { ORGANIZATION_ROLE, ORGANIZATION_TYPE, SCHEME, SPECIALTY } from "./systems.ts";

/** The id of the organization that pays under a scheme. */
export function payerId(scheme: SchemeId): string {
  return partId("scheme", scheme);
}

/** The scheme that an organization pays under; undefined when it is no payer. */
export function schemeOfPayer(id: string): SchemeId | undefined {
  return id.startsWith("scheme.") ? SchemeId.safeParse(id.slice("scheme.".length)).data : undefined;
}

/** A scheme as facilities' pages name it, and since when it stands as it does. */
export interface KnownScheme {
  id: SchemeId;
  name: string;
  version: number;
  updatedAt: Instant;
}

/** Whoever pays under a scheme. */
export function payerOf(scheme: KnownScheme): Organization {
  return {
    resourceType: "Organization",
    id: payerId(scheme.id),
    meta: metaOf(scheme, "IHE.mCSD.Organization"),
    identifier: [{ system: SCHEME, value: scheme.id }],
    active: true,
    type: [concept(coding(ORGANIZATION_TYPE, "pay", "Payer"))],
    name: scheme.name,
  };
}

export function insurancePlanOf(scheme: KnownScheme): InsurancePlan {
  return {
    resourceType: "InsurancePlan",
    id: partId(scheme.id),
    meta: metaOf(scheme),
    identifier: [{ system: SCHEME, value: scheme.id }],
    status: "active",
    name: scheme.name,
    ownedBy: reference("Organization", payerId(scheme.id), scheme.name),
    network: [reference("Organization", payerId(scheme.id), scheme.name)],
  };
}

/** Where a facility treats under a scheme: one affiliation for each empanelment. `today` is a day of the city. */
export function affiliationsOf(facility: Facility, today: Day): OrganizationAffiliation[] {
  const before = new Map<string, number>();
  return facility.schemes.map((one) => {
    const nth = (before.get(one.scheme) ?? 0) + 1;
    before.set(one.scheme, nth);
    const id = partId(facility.id, "scheme", one.scheme, ...(nth > 1 ? [String(nth)] : []));
    return affiliationOf(facility, one, id, today);
  });
}

function affiliationOf(
  facility: Facility,
  one: Empanelment,
  id: string,
  today: Day,
): OrganizationAffiliation {
  const payer = reference<Organization>("Organization", payerId(one.scheme), wordsOf(one.scheme));
  const hasEnded = one.to !== null && one.to < today;
  return stated({
    resourceType: "OrganizationAffiliation",
    id,
    meta: metaOf(facility, "IHE.mCSD.OrganizationAffiliation"),
    identifier: [{ system: SCHEME, value: one.scheme }],
    active: facility.isActive && !hasEnded,
    period: one.from === null && one.to === null ? undefined : stated({ start: one.from, end: one.to }),
    organization: payer,
    participatingOrganization: reference("Organization", partId(facility.id), facility.name),
    network: [payer],
    code: [concept(coding(ORGANIZATION_ROLE, "provider", "Provider"))],
    specialty: one.specialties.map(specialtyConcept),
    location: [reference("Location", partId(facility.id), facility.name)],
  }) as OrganizationAffiliation; // Only what was empty is gone.
}

/** The empanelment that an affiliation states; undefined when it names no scheme or what cannot be read. */
export function empanelmentIn(affiliation: OrganizationAffiliation): Empanelment | undefined {
  const { identifier = [], organization, specialty, period } = affiliation;
  const named = identifier.find(({ system }) => system === SCHEME)?.value;
  const read = Empanelment.safeParse({
    scheme: named ?? schemeOfPayer(targetOf(organization)?.id ?? ""),
    specialties: codesOf(specialty, SPECIALTY),
    from: dayIn(period?.start),
    to: dayIn(period?.end),
  });
  return read.data;
}

function dayIn(moment: string | undefined): string | null {
  return moment?.slice(0, 10) ?? null;
}
