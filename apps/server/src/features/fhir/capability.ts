import type {
  CapabilityStatement,
  CapabilityStatementRestResource,
  CapabilityStatementRestResourceInteraction,
  CapabilityStatementRestResourceOperation,
} from "@medplum/fhirtypes";
import { COMMON_PARAMETERS, type ResourceSearch } from "@ihims/connectors/fhir/search-parameter.ts";
import { MCSD } from "@ihims/connectors/fhir/systems.ts";

type Interaction = NonNullable<CapabilityStatementRestResourceInteraction["code"]>;

/** What can be done with one kind of resource: the routes are mounted from it, and the statement is written from it. */
export interface Door {
  search: ResourceSearch;
  interactions: readonly Interaction[];
  operations?: readonly CapabilityStatementRestResourceOperation[];
  documentation?: string;
}

/** What of the whole server is told. */
export interface Stated {
  fhirVersion: CapabilityStatement["fhirVersion"];
  base: string;
  title: string;
  description: string;
  /** mCSD actors and options that it meets. */
  instantiates: readonly string[];
  formats: readonly string[];
  /** Whether it takes transactions. */
  takesTransactions: boolean;
  /** Words on who may write; they are for a person to read. */
  security: string;
}

/** When what it says was last thought about. */
const STATED_ON = "2026-11-28";

/** What this server can do, and nothing that it cannot. */
export function capabilityOf(stated: Stated, doors: readonly Door[]): CapabilityStatement {
  return {
    resourceType: "CapabilityStatement",
    status: "active",
    date: STATED_ON,
    kind: "instance",
    title: stated.title,
    description: stated.description,
    ...(stated.instantiates.length > 0
      ? { instantiates: stated.instantiates.map((one) => `${MCSD}/CapabilityStatement/${one}`) }
      : {}),
    software: { name: "IHIMS", version: "0.1.0" },
    implementation: { description: stated.title, url: stated.base },
    fhirVersion: stated.fhirVersion,
    format: [...stated.formats],
    rest: [
      {
        mode: "server",
        security: { cors: false, description: stated.security },
        resource: doors.map(resourceOf),
        ...(stated.takesTransactions ? { interaction: [{ code: "transaction" }] } : {}),
      },
    ],
  };
}

function resourceOf({
  search,
  interactions,
  operations = [],
  documentation,
}: Door): CapabilityStatementRestResource {
  const isHistory = interactions.includes("vread");
  const includes = [...search.includes.keys()];
  return {
    type: search.type,
    ...(search.profiles.length > 0
      ? { supportedProfile: search.profiles.map((one) => `${MCSD}/StructureDefinition/${one}`) }
      : {}),
    ...(documentation ? { documentation } : {}),
    interaction: interactions.map((code) => ({ code })),
    versioning: isHistory ? "versioned" : "no-version",
    readHistory: isHistory,
    updateCreate: false,
    conditionalRead: "not-match",
    ...(includes.length > 0 ? { searchInclude: includes } : {}),
    ...(search.revincludes.length > 0 ? { searchRevInclude: [...search.revincludes] } : {}),
    searchParam: [...COMMON_PARAMETERS, ...search.parameters].map(({ name, type, documentation: about }) => ({
      name,
      type,
      documentation: about,
    })),
    ...(operations.length > 0 ? { operation: [...operations] } : {}),
  };
}
