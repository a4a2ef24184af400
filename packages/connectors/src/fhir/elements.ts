import type {
  CodeableConcept,
  Coding,
  Element,
  Extension,
  Identifier,
  Meta,
  Reference,
  Resource,
} from "@medplum/fhirtypes";
import type { ExternalId } from "@ihims/core/facilities/schema.ts";
import { ExternalId as ExternalIdSchema } from "@ihims/core/facilities/schema.ts";
import type { Names } from "@ihims/core/languages.ts";
import type { Instant } from "@ihims/core/time.ts";
import { EXTENSION, MCSD, OWN_ID, REGISTER } from "./systems.ts";

/** Longest id that FHIR knows. */
const ID_MAX_CHARS = 64;

/** Our id as FHIR writes one: it has no `_`. */
export function fhirId(id: string): string {
  return id.replaceAll("_", ".");
}

/** The id of a part of something, as `f12.bed.icu`; a name that is too long is replaced by a number made of it. */
export function partId(whole: string, ...names: string[]): string {
  const id = [whole, ...names].map(fhirId).join(".");
  return id.length <= ID_MAX_CHARS
    ? id
    : `${fhirId(whole).slice(0, ID_MAX_CHARS - 18)}.${numberOf(names.join("."))}`;
}

/** FNV-1a, 64 bits, in hexadecimal: for names that must be shorter, not for secrets. */
export function numberOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const char of text) {
    hash ^= BigInt(char.codePointAt(0) ?? 0);
    hash = BigInt.asUintN(64, hash * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}

/** When something was last changed, in which version, and what it claims to be. */
export function metaOf(
  { version, updatedAt }: { version: number; updatedAt: Instant },
  profile?: string,
): Meta {
  return {
    versionId: String(version),
    lastUpdated: updatedAt,
    ...(profile ? { profile: [`${MCSD}/StructureDefinition/${profile}`] } : {}),
  };
}

export function concept(...codings: readonly (Coding | undefined)[]): CodeableConcept {
  const known = codings.filter((one) => one !== undefined);
  const text = known[0]?.display;
  return { coding: known, ...(text === undefined ? {} : { text }) };
}

export function coding(system: string, code: string, display?: string): Coding {
  return { system, code, ...(display === undefined ? {} : { display }) };
}

/** The codes of a system among some concepts. */
export function codesOf(concepts: readonly CodeableConcept[] | undefined, system: string): string[] {
  return (concepts ?? []).flatMap(({ coding: codings = [] }) =>
    codings.flatMap((one) => (one.system === system && one.code !== undefined ? [one.code] : [])),
  );
}

export function reference<T extends Resource>(
  type: T["resourceType"],
  id: string,
  display?: string,
): Reference<T> {
  return { reference: `${type}/${id}`, ...(display === undefined ? {} : { display }) };
}

/** The type and id that a relative or absolute reference names; undefined when it names nothing so. */
export function targetOf(
  given: { reference?: string | undefined } | undefined,
): { type: string; id: string } | undefined {
  const match = /(?:^|\/)([A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]+)?$/.exec(
    given?.reference ?? "",
  );
  const [, type, id] = match ?? [];
  return type === undefined || id === undefined ? undefined : { type, id };
}

/** Our id and those of other registers. */
export function identifiersOf(id: string, externalIds: readonly ExternalId[]): Identifier[] {
  return [
    { use: "official", system: OWN_ID, value: id },
    ...externalIds.map(({ system, value }): Identifier => ({
      use: "secondary",
      system: REGISTER + system,
      value,
    })),
  ];
}

/** The names of other registers among some identifiers; what is no register of ours is left out. */
export function externalIdsIn(identifiers: readonly Identifier[] | undefined): ExternalId[] {
  return (identifiers ?? []).flatMap(({ system, value }) => {
    if (!system?.startsWith(REGISTER)) return [];
    const read = ExternalIdSchema.safeParse({ system: system.slice(REGISTER.length), value });
    return read.success ? [read.data] : [];
  });
}

/** The same text in other languages, as an extension of the element that has it; undefined when there is none. */
export function translationsOf(names: Names): Element | undefined {
  const extension = Object.entries(names).map(([lang, content]) => ({
    url: EXTENSION.translation,
    extension: [
      { url: "lang", valueCode: lang },
      { url: "content", valueString: content },
    ],
  }));
  return extension.length > 0 ? { extension } : undefined;
}

export function translationsIn(element: Element | undefined): Names {
  const pairs = (element?.extension ?? []).flatMap(({ url, extension = [] }) => {
    const lang = part(extension, "lang")?.valueCode;
    const content = part(extension, "content")?.valueString;
    return url === EXTENSION.translation && lang && content ? [[lang, content] as const] : [];
  });
  return Object.fromEntries(pairs);
}

/** What stands beside a field of text, as `_name` beside `name`: FHIR has its extensions there, the types do not. */
export function beside(resource: object, name: string): Element | undefined {
  return (resource as Record<string, Element | undefined>)[`_${name}`];
}

/** The extension of a kind among some; the first when there are several. */
export function part(extensions: readonly Extension[] | undefined, url: string): Extension | undefined {
  return extensions?.find((one) => one.url === url);
}

/** The fields of an object that have a value: FHIR knows no null and no empty list. */
export function stated<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined | null> } {
  const kept = Object.entries(given).filter(
    ([, value]) => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0),
  );
  // What is left of each field is what it was.
  return Object.fromEntries(kept) as { [K in keyof T]: Exclude<T[K], undefined | null> };
}
