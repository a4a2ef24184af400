import type { Resource } from "@medplum/fhirtypes";
import { readXml, type XmlElement } from "../xml/read.ts";
import { node, writeXml, type XmlNode } from "../xml/write.ts";
import { ELEMENTS_BY_TYPE } from "./xml-elements.ts";

const FHIR_NAMESPACE = "http://hl7.org/fhir";

/** An element of a type, in the order that XML asks for. */
interface Element {
  name: string;
  /** Begins with a small letter when it is a primitive. */
  type: string;
  isList: boolean;
  /** Written as an attribute: the id of what is no resource, the url of an extension. */
  isAttribute: boolean;
}

const known = new Map<string, readonly Element[]>();

/** The elements of a type; undefined when none of our resources has it. */
function elementsOf(type: string): readonly Element[] | undefined {
  const before = known.get(type);
  if (before) return before;
  const text = ELEMENTS_BY_TYPE[type];
  if (text === undefined) return undefined;
  const elements = text.split(" ").map((one): Element => {
    const [name = "", what = ""] = one.split(":");
    return {
      name,
      type: what.replace(/[*@]$/, ""),
      isList: what.endsWith("*"),
      isAttribute: what.endsWith("@"),
    };
  });
  known.set(type, elements);
  return elements;
}

const isPrimitive = (type: string) => /^[a-z]/.test(type);

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  // Whatever is no object has no fields.
  return value !== null && typeof value === "object" ? (value as Fields) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

/**
 * A resource of R4 as FHIR's XML. A narrative (`text`) is not written: ours have none.
 *
 * @throws Error for a resource with an element that FHIR does not have: a bug
 */
export function writeFhirXml(resource: { resourceType: string }): string {
  const root = resourceNode(resource);
  return writeXml({ ...root, attributes: { xmlns: FHIR_NAMESPACE } });
}

function resourceNode(value: unknown): XmlNode {
  const fields = fieldsOf(value);
  const type = String(fields["resourceType"]);
  return node(type, contentOf(type, fields));
}

function contentOf(type: string, fields: Fields): XmlNode[] {
  const elements = elementsOf(type);
  if (!elements) throw new Error(`the elements of ${type} are not known`);
  const nodes: XmlNode[] = [];
  const left = new Set(Object.keys(fields).filter((name) => fields[name] !== undefined));
  left.delete("resourceType");
  for (const element of elements) {
    const { name } = element;
    left.delete(name);
    left.delete(`_${name}`);
    if (element.isAttribute || element.type === "Narrative") continue;
    const values = listOf(fields[name]);
    const more = listOf(fields[`_${name}`]);
    for (let at = 0; at < Math.max(values.length, more.length); at++)
      nodes.push(elementNode(element, values[at], more[at]));
  }
  const [unknown] = left;
  if (unknown !== undefined) throw new Error(`${type}.${unknown} is no element of FHIR`);
  return nodes;
}

function elementNode({ name, type }: Element, value: unknown, more: unknown): XmlNode {
  if (type === "Resource") return node(name, [resourceNode(value)]);
  const isBare = isPrimitive(type);
  const fields = fieldsOf(isBare ? more : value);
  const attributes = {
    ...(typeof fields["id"] === "string" && { id: fields["id"] }),
    ...(typeof fields["url"] === "string" && type === "Extension" && { url: fields["url"] }),
    ...(isBare && value !== undefined && value !== null && { value: String(value) }),
  };
  return node(name, contentOf(isBare ? "Element" : type, fields), attributes);
}

export type FhirXmlRead = { ok: true; resource: Resource } | { ok: false; problem: string };

/**
 * Read a resource of R4 written as FHIR's XML into what its JSON would be. A narrative (`text`) is not
 * read. Only the kinds of resource that are served here are known.
 *
 * Never throws: what FHIR does not have is named with its line.
 */
export function readFhirXml(text: string): FhirXmlRead {
  const read = readXml(text);
  if (!read.ok) return read;
  try {
    // Made element by element from FHIR's own definitions.
    return { ok: true, resource: readResource(read.root) as unknown as Resource };
  } catch (error) {
    if (error instanceof Misread) return { ok: false, problem: error.message };
    throw error;
  }
}

class Misread extends Error {
  constructor({ line }: XmlElement, problem: string) {
    super(`line ${line}: ${problem}`);
  }
}

type Made = Record<string, unknown>;

function readResource(element: XmlElement): Made {
  const { name, namespace } = element;
  if (namespace !== FHIR_NAMESPACE)
    throw new Misread(element, `<${name}> is not of the namespace ${FHIR_NAMESPACE}`);
  const isResource = elementsOf(name)?.some((one) => one.name === "meta" && one.type === "Meta") ?? false;
  if (!isResource) throw new Misread(element, `<${name}> is no resource that is read as XML here`);
  return { resourceType: name, ...readFields(name, element) };
}

function readFields(type: string, element: XmlElement): Made {
  const elements = elementsOf(type) ?? [];
  const byName = Map.groupBy(element.children, ({ name }) => name);
  const made: Made = {};
  for (const { name, type: inner, isList, isAttribute } of elements) {
    if (isAttribute) {
      const value = element.attributes.get(name);
      if (value !== undefined) made[name] = value;
      continue;
    }
    const found = byName.get(name) ?? [];
    byName.delete(name);
    if (inner === "Narrative" || found.length === 0) continue;
    const again = isList ? undefined : found[1];
    if (again) throw new Misread(again, `<${name}> is there twice, and ${type} has one`);
    Object.assign(made, isPrimitive(inner) ? readPrimitives(name, inner, isList, found) : {});
    if (!isPrimitive(inner)) {
      const values = found.map((one) => (inner === "Resource" ? readInner(one) : readFields(inner, one)));
      made[name] = isList ? values : values[0];
    }
  }
  const [unknown] = [...byName.values()].flat();
  if (unknown) throw new Misread(unknown, `<${unknown.name}> is no element of ${type}`);
  return made;
}

function readInner(element: XmlElement): Made {
  const [inside] = element.children;
  if (!inside || element.children.length > 1)
    throw new Misread(element, `<${element.name}> has one resource in it`);
  return readResource(inside);
}

function readPrimitives(name: string, type: string, isList: boolean, found: readonly XmlElement[]): Made {
  const values = found.map((one) => readPrimitive(one, type));
  const more = found.map((one) => readFields("Element", one));
  const isMore = more.some((one) => Object.keys(one).length > 0);
  const isValued = values.some((one) => one !== null);
  if (!isValued && !isMore && found[0])
    throw new Misread(found[0], `<${name}> has neither value nor extension`);
  const pairs = more.map((one) => (Object.keys(one).length > 0 ? one : null));
  return {
    ...(isValued && { [name]: isList ? values : values[0] }),
    ...(isMore && { [`_${name}`]: isList ? pairs : pairs[0] }),
  };
}

const NUMBERS: readonly string[] = ["decimal", "integer", "positiveInt", "unsignedInt"];

function readPrimitive(element: XmlElement, type: string): string | number | boolean | null {
  const value = element.attributes.get("value");
  if (value === undefined) return null;
  if (type === "boolean") {
    if (value === "true" || value === "false") return value === "true";
    throw new Misread(element, `<${element.name}> is true or false, not ${value.slice(0, 40)}`);
  }
  if (!NUMBERS.includes(type)) return value;
  if (!/^[+-]?\d{1,30}(\.\d{1,30})?([eE][+-]?\d{1,3})?$/.test(value))
    throw new Misread(element, `<${element.name}> is a number, not ${value.slice(0, 40)}`);
  return Number(value);
}
