import { beside, translationsIn } from "./elements.ts";
import {
  codes,
  flag,
  ids,
  inclusion,
  reader,
  ref,
  spanOf,
  text,
  token,
  type ResourceSearch,
} from "./search-parameter.ts";

const ORGANIZATION: ResourceSearch = {
  type: "Organization",
  profiles: ["IHE.mCSD.Organization", "IHE.mCSD.FacilityOrganization", "IHE.mCSD.JurisdictionOrganization"],
  parameters: [
    token<"Organization">("active", "Whether it is in use", ({ active }) => flag(active)),
    token<"Organization">("identifier", "Our id, or that of another register", ({ identifier }) =>
      ids(identifier),
    ),
    text<"Organization">("name", "Its name in any language", ({ name, alias = [] }) => [name, ...alias]),
    token<"Organization">("type", "Facility or jurisdiction (mCSD), kind, ownership", ({ type }) =>
      codes(type),
    ),
    ref<"Organization">("partof", ["Organization"], "What it is part of", ({ partOf }) => [partOf]),
  ],
  includes: new Map([inclusion<"Organization">("Organization:endpoint", ({ endpoint = [] }) => endpoint)]),
  revincludes: [
    "Location:organization",
    "OrganizationAffiliation:participating-organization",
    "OrganizationAffiliation:primary-organization",
  ],
};

const LOCATION: ResourceSearch = {
  type: "Location",
  profiles: ["IHE.mCSD.Location", "IHE.mCSD.FacilityLocation", "IHE.mCSD.JurisdictionLocation"],
  parameters: [
    token<"Location">("identifier", "Our id, or that of another register", ({ identifier }) =>
      ids(identifier),
    ),
    text<"Location">("name", "Its name in any language", ({ name, alias = [] }) => [name, ...alias]),
    ref<"Location">("organization", ["Organization"], "Who manages it", ({ managingOrganization }) => [
      managingOrganization,
    ]),
    token<"Location">("status", "active or inactive", ({ status }) => (status ? [{ code: status }] : [])),
    token<"Location">("type", "Facility or jurisdiction (mCSD), kind of facility, type of bed", ({ type }) =>
      codes(type),
    ),
    ref<"Location">(
      "partof",
      ["Location"],
      "What it is part of: a facility's ward of the city, a bed type's facility",
      ({ partOf }) => [partOf],
    ),
    {
      name: "near",
      type: "special",
      documentation:
        "latitude|longitude|distance|unit (UCUM, km when left out; 20 km when no distance is given); nearest first, each with its distance",
      find: () => ({ texts: [] }),
    },
  ],
  includes: new Map([
    inclusion<"Location">("Location:organization", ({ managingOrganization }) => [managingOrganization]),
  ]),
  revincludes: [],
};

const PRACTITIONER: ResourceSearch = {
  type: "Practitioner",
  profiles: ["IHE.mCSD.Practitioner"],
  parameters: [
    token<"Practitioner">("active", "Whether it is in use", ({ active }) => flag(active)),
    token<"Practitioner">(
      "identifier",
      "Our id, the medical council's number, or that of another register",
      ({ identifier }) => ids(identifier),
    ),
    text<"Practitioner">("name", "Any part of the name, in any language", ({ name = [] }) =>
      name.flatMap((one) => [
        one.text,
        one.family,
        ...(one.given ?? []),
        ...(one.prefix ?? []),
        ...Object.values(translationsIn(beside(one, "text"))),
      ]),
    ),
    text<"Practitioner">("given", "Given name", ({ name = [] }) => name.flatMap(({ given = [] }) => given)),
    text<"Practitioner">("family", "Family name", ({ name = [] }) => name.map(({ family }) => family)),
  ],
  includes: new Map(),
  revincludes: [],
};

const PRACTITIONER_ROLE: ResourceSearch = {
  type: "PractitionerRole",
  profiles: ["IHE.mCSD.PractitionerRole"],
  parameters: [
    token<"PractitionerRole">("active", "Whether it is in use", ({ active }) => flag(active)),
    ref<"PractitionerRole">("location", ["Location"], "Where", ({ location = [] }) => location),
    ref<"PractitionerRole">("organization", ["Organization"], "For whom", ({ organization }) => [
      organization,
    ]),
    ref<"PractitionerRole">("practitioner", ["Practitioner"], "Who", ({ practitioner }) => [practitioner]),
    token<"PractitionerRole">("role", "As what", ({ code }) => codes(code)),
    ref<"PractitionerRole">(
      "service",
      ["HealthcareService"],
      "For which service",
      ({ healthcareService = [] }) => healthcareService,
    ),
    token<"PractitionerRole">("specialty", "For which specialty, ours or SNOMED CT", ({ specialty }) =>
      codes(specialty),
    ),
  ],
  includes: new Map([
    inclusion<"PractitionerRole">("PractitionerRole:practitioner", ({ practitioner }) => [practitioner]),
  ]),
  revincludes: [],
};

const HEALTHCARE_SERVICE: ResourceSearch = {
  type: "HealthcareService",
  profiles: ["IHE.mCSD.HealthcareService"],
  parameters: [
    token<"HealthcareService">("active", "Whether it is in use", ({ active }) => flag(active)),
    token<"HealthcareService">("identifier", "Its id", ({ identifier }) => ids(identifier)),
    ref<"HealthcareService">("location", ["Location"], "Where", ({ location = [] }) => location),
    text<"HealthcareService">("name", "What it is called", ({ name }) => [name]),
    ref<"HealthcareService">("organization", ["Organization"], "Who provides it", ({ providedBy }) => [
      providedBy,
    ]),
    token<"HealthcareService">("service-type", "Specialty (ours or SNOMED CT) or service", ({ type }) =>
      codes(type),
    ),
  ],
  includes: new Map(),
  revincludes: [],
};

const AFFILIATION: ResourceSearch = {
  type: "OrganizationAffiliation",
  profiles: ["IHE.mCSD.OrganizationAffiliation"],
  parameters: [
    token<"OrganizationAffiliation">("active", "Whether it is in use today", ({ active }) => flag(active)),
    {
      name: "date",
      type: "date",
      documentation: "When it holds",
      find: reader<"OrganizationAffiliation">(({ period }) => ({ spans: spanOf(period) })),
    },
    token<"OrganizationAffiliation">("identifier", "The scheme", ({ identifier }) => ids(identifier)),
    ref<"OrganizationAffiliation">(
      "participating-organization",
      ["Organization"],
      "The facility",
      ({ participatingOrganization }) => [participatingOrganization],
    ),
    ref<"OrganizationAffiliation">(
      "primary-organization",
      ["Organization"],
      "Who pays",
      ({ organization }) => [organization],
    ),
    token<"OrganizationAffiliation">("role", "As what it takes part", ({ code }) => codes(code)),
  ],
  includes: new Map([
    inclusion<"OrganizationAffiliation">(
      "OrganizationAffiliation:primary-organization",
      ({ organization }) => [organization],
    ),
    inclusion<"OrganizationAffiliation">(
      "OrganizationAffiliation:participating-organization",
      ({ participatingOrganization }) => [participatingOrganization],
    ),
  ]),
  revincludes: [],
};

const ENDPOINT: ResourceSearch = {
  type: "Endpoint",
  profiles: ["IHE.mCSD.Endpoint"],
  parameters: [
    token<"Endpoint">("identifier", "Its id", ({ identifier }) => ids(identifier)),
    ref<"Endpoint">("organization", ["Organization"], "Who manages it", ({ managingOrganization }) => [
      managingOrganization,
    ]),
    token<"Endpoint">("status", "active", ({ status }) => [{ code: status }]),
  ],
  includes: new Map(),
  revincludes: [],
};

const INSURANCE_PLAN: ResourceSearch = {
  type: "InsurancePlan",
  profiles: [],
  parameters: [
    token<"InsurancePlan">("identifier", "The scheme", ({ identifier }) => ids(identifier)),
    text<"InsurancePlan">("name", "What it is called", ({ name, alias = [] }) => [name, ...alias]),
    ref<"InsurancePlan">("owned-by", ["Organization"], "Who pays", ({ ownedBy }) => [ownedBy]),
    token<"InsurancePlan">("status", "active", ({ status }) => (status ? [{ code: status }] : [])),
  ],
  includes: new Map(),
  revincludes: [],
};

/** The directory, one kind of resource after the other. */
export const DIRECTORY_SEARCHES: readonly ResourceSearch[] = [
  ORGANIZATION,
  LOCATION,
  HEALTHCARE_SERVICE,
  PRACTITIONER,
  PRACTITIONER_ROLE,
  AFFILIATION,
  ENDPOINT,
  INSURANCE_PLAN,
];
