import type {
  CodeableConcept,
  Identifier,
  Period,
  Reference,
  Resource,
  ResourceType,
} from "@medplum/fhirtypes";
import { spanIn, type Found, type ParameterType, type Token } from "./search-values.ts";

/** A search parameter of one kind of resource. */
export interface SearchParameter {
  name: string;
  type: ParameterType;
  documentation: string;
  /** Of references: the kinds that it may name. */
  targets?: readonly string[];
  find(resource: Resource): Found;
}

/** What can be asked of one kind of resource. Both the routes and the CapabilityStatement are made from it. */
export interface ResourceSearch {
  type: ResourceType;
  profiles: readonly string[];
  parameters: readonly SearchParameter[];
  /** As `Organization:endpoint`, with what it finds in a resource. */
  includes: ReadonlyMap<string, (resource: Resource) => string[]>;
  /** Entries of a page when none are asked for; 20 unless said. */
  countDefault?: number;
  /** As `Location:organization`: the other kind, by a parameter or an include of its own. */
  revincludes: readonly string[];
}

type Of<T extends ResourceType> = Extract<Resource, { resourceType: T }>;

/** A reader of one kind of resource, for a table of all kinds: the table is only asked about its own. */
export function reader<T extends ResourceType>(
  read: (resource: Of<T>) => Found,
): (resource: Resource) => Found {
  return (resource) => read(resource as Of<T>);
}

export function token<T extends ResourceType>(
  name: string,
  documentation: string,
  read: (resource: Of<T>) => (Token | undefined)[],
): SearchParameter {
  return {
    name,
    type: "token",
    documentation,
    find: reader<T>((resource) => ({ tokens: read(resource).filter((one) => one !== undefined) })),
  };
}

export function text<T extends ResourceType>(
  name: string,
  documentation: string,
  read: (resource: Of<T>) => (string | undefined)[],
): SearchParameter {
  return {
    name,
    type: "string",
    documentation,
    find: reader<T>((resource) => ({ texts: read(resource).filter((one) => one !== undefined) })),
  };
}

export function ref<T extends ResourceType>(
  name: string,
  targets: readonly ResourceType[],
  documentation: string,
  read: (resource: Of<T>) => readonly (Reference | undefined)[],
): SearchParameter {
  return {
    name,
    type: "reference",
    documentation,
    targets,
    find: reader<T>((resource) => ({ references: namedBy(read(resource)) })),
  };
}

function namedBy(references: readonly (Reference | undefined)[]): string[] {
  return references.flatMap((one) => (one?.reference === undefined ? [] : [one.reference]));
}

export function inclusion<T extends ResourceType>(
  name: string,
  read: (resource: Of<T>) => readonly (Reference | undefined)[],
): [string, (resource: Resource) => string[]] {
  return [name, (resource) => namedBy(read(resource as Of<T>))]; // The table is only asked about its own kind.
}

export const flag = (is: boolean | undefined): Token[] => (is === undefined ? [] : [{ code: String(is) }]);
export const ids = (identifiers: readonly Identifier[] | undefined): Token[] =>
  (identifiers ?? []).flatMap(({ system, value }) => (value === undefined ? [] : [{ system, code: value }]));
export const codes = (concepts: readonly CodeableConcept[] | undefined): Token[] =>
  (concepts ?? []).flatMap(({ coding = [] }) =>
    coding.flatMap(({ system, code }) => (code === undefined ? [] : [{ system, code }])),
  );
export const spanOf = (period: Period | undefined) => [spanIn(period?.start, period?.end)];

/** What every kind can be asked by. */
export const COMMON_PARAMETERS: readonly SearchParameter[] = [
  {
    name: "_id",
    type: "token",
    documentation: "The id of the resource",
    find: ({ id }) => ({ tokens: id === undefined ? [] : [{ code: id }] }),
  },
  {
    name: "_lastUpdated",
    type: "date",
    documentation: "When its record was last changed; what is live on it has moments of its own",
    find: ({ meta }) => ({ spans: [spanIn(meta?.lastUpdated, meta?.lastUpdated)] }),
  },
];
