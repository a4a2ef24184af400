import { z } from "zod";
import type { Instant } from "@ihims/core/time.ts";
import { node, present, writeXml, type XmlNode } from "../xml/write.ts";
import { HAVE_NAMESPACE, HospitalStatuses, type HaveHospital, type HaveOrganization } from "./schema.ts";

const NAMESPACES = {
  "xmlns:have": HAVE_NAMESPACE,
  "xmlns:xnl": "urn:oasis:names:tc:ciq:xnl:3",
  "xmlns:xal": "urn:oasis:names:tc:ciq:xal:3",
  "xmlns:xpil": "urn:oasis:names:tc:ciq:xpil:3",
  "xmlns:gml": "http://www.opengis.net/gml",
};

/** An EDXL-HAVE 1.0 document. @param hospitals at least one: an empty report is not valid */
export function writeHave(hospitals: readonly HaveHospital[], comment?: string): string {
  return writeXml(node("have:HospitalStatus", hospitals.map(hospitalNode), NAMESPACES), comment);
}

function hospitalNode({ organization, statuses, lastUpdateTime }: HaveHospital): XmlNode {
  return node("have:Hospital", [
    organizationNode(organization),
    ...childNodes(HospitalStatuses, statuses),
    node("have:LastUpdateTime", secondsOf(lastUpdateTime)),
  ]);
}

/** xsd:dateTime takes fractions, but not every reader of HAVE does when they are nothing. */
function secondsOf(moment: Instant): string {
  return moment.replace(/\.000Z$/u, "Z");
}

function organizationNode({ id, name, address, phones, position, comments }: HaveOrganization): XmlNode {
  const information = [
    node(
      "xnl:OrganisationName",
      [node("xnl:NameElement", name)],
      id === undefined ? undefined : { "xnl:ID": id },
    ),
    address === undefined
      ? undefined
      : node("xpil:Addresses", [
          node("xal:Address", [node("xal:FreeTextAddress", [node("xal:AddressLine", address)])]),
        ]),
    phones.length === 0
      ? undefined
      : node(
          "xpil:ContactNumbers",
          phones.map((number) => node("xpil:ContactNumber", [node("xpil:ContactNumberElement", number)])),
        ),
  ];
  return node("have:Organization", [
    node("have:OrganizationInformation", information),
    position &&
      node("have:OrganizationGeoLocation", [
        node("gml:Point", [node("gml:pos", `${position.lat} ${position.lon}`)], { "gml:id": gmlIdOf(id) }),
      ]),
    ...comments.map((one) => node("have:CommentText", one)),
  ]);
}

/** GML wants an id on every geometry, and an id begins with a letter. */
function gmlIdOf(id: string | undefined): string {
  return `p-${(id ?? "0").replace(/[^A-Za-z0-9_.-]/gu, "_")}`;
}

/** What is inside an element, in the order of its schema's fields. */
function childNodes(schema: z.ZodObject, value: Readonly<Record<string, unknown>>): XmlNode[] {
  return Object.entries(schema.shape).flatMap(([name, field]) => {
    const given = value[name];
    if (given === undefined) return [];
    return (Array.isArray(given) ? given : [given]).flatMap((one) => elementOf(`have:${name}`, field, one));
  });
}

function elementOf(name: string, field: z.core.$ZodType, value: unknown): XmlNode[] {
  const inner = innermost(field);
  if (!(inner instanceof z.ZodObject)) {
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean")
      throw new TypeError(`${name} is no plain value`);
    return [present(name, value)].filter((one) => one !== undefined);
  }
  // The schema of the element is an object, so what was parsed by it is one.
  return [node(name, childNodes(inner, value as Record<string, unknown>))];
}

/** The schema of one element, without what says that it may be missing or may repeat. */
export function innermost(field: z.core.$ZodType): z.core.$ZodType {
  if (field instanceof z.ZodOptional) return innermost(field.unwrap());
  if (field instanceof z.ZodArray) return innermost(field.element);
  return field;
}
