import type { z } from "zod";
import { AlertMessage, type AlertSignature } from "@ihims/core/alerts/schema.ts";
import { Instant } from "@ihims/core/time.ts";
import { childOf, childrenOf, findAll, readXml, textOf, type XmlElement } from "../xml/read.ts";

/** A message of a document: read, or the reason why not. */
export type CapRead =
  | { ok: true; alert: AlertMessage; signature: AlertSignature; notes: string[]; line: number }
  | { ok: false; identifier: string | undefined; problem: string; line: number };

/** What a document of an authority has in it: messages, or where to find them. */
export type CapDocument =
  | { ok: true; kind: "alerts"; alerts: CapRead[] }
  | { ok: true; kind: "index"; links: string[] }
  | { ok: false; problem: string };

const CAP_NAMESPACES = /^urn:oasis:names:tc:emergency:cap:1\.[12]$/u;
const SIGNATURES = "http://www.w3.org/2000/09/xmldsig#";

/**
 * Read what an authority publishes: one CAP alert (1.2, or 1.1 by its names), several in an envelope
 * such as EDXL-DE, or an Atom or RSS index of alerts elsewhere. Nothing is fetched here.
 */
export function readCap(text: string): CapDocument {
  const read = readXml(text);
  if (!read.ok) return read;
  const { root } = read;
  const alerts = findAll(root, ({ name, namespace }) => name === "alert" && CAP_NAMESPACES.test(namespace));
  if (alerts.length > 0) return { ok: true, kind: "alerts", alerts: alerts.map(readAlert) };
  if (root.name === "feed" || root.name === "rss" || root.name === "RDF")
    return { ok: true, kind: "index", links: linksOf(root) };
  const where = root.namespace === "" ? "" : ` of ${root.namespace}`;
  return {
    ok: false,
    problem: `line ${root.line}: <${root.name}>${where} is neither a CAP alert nor an index of alerts`,
  };
}

/** Where the entries of an index lead: what says that it is CAP before what does not. */
function linksOf(root: XmlElement): string[] {
  const entries = findAll(root, ({ name }) => name === "entry" || name === "item");
  return entries.flatMap((entry) => {
    const links = childrenOf(entry, "link");
    const cap = links.find((link) => link.attributes.get("type")?.includes("cap+xml"));
    const chosen = cap ?? links.find((link) => (link.attributes.get("rel") ?? "alternate") === "alternate");
    const href = chosen?.attributes.get("href") ?? chosen?.text;
    return href ? [href] : [];
  });
}

function readAlert(element: XmlElement): CapRead {
  const notes: string[] = [];
  const given = {
    identifier: textOf(element, "identifier"),
    sender: textOf(element, "sender"),
    sent: timeOf(element, "sent", notes),
    status: textOf(element, "status"),
    msgType: textOf(element, "msgType"),
    source: textOf(element, "source"),
    scope: textOf(element, "scope"),
    restriction: textOf(element, "restriction"),
    addresses: textOf(element, "addresses"),
    codes: textsOf(element, "code"),
    note: textOf(element, "note"),
    references: referencesOf(element, notes),
    incidents: textOf(element, "incidents"),
    infos: childrenOf(element, "info").map((info) => infoOf(info, notes)),
  };
  const isSigned = findAll(
    element,
    ({ name, namespace }) => name === "Signature" && namespace === SIGNATURES,
  );
  const alert = AlertMessage.safeParse(given);
  if (alert.success)
    return {
      ok: true,
      alert: alert.data,
      signature: isSigned.length > 0 ? "present-not-verified" : "none",
      notes,
      line: element.line,
    };
  return {
    ok: false,
    identifier: given.identifier,
    problem: problemOf(alert.error, given),
    line: element.line,
  };
}

/** What is wrong, in the standard's own names: `info 1: urgency is missing`. */
function problemOf(error: z.ZodError, given: object): string {
  const words = error.issues.slice(0, 5).map((issue) => {
    const path = issue.path.map((part) => (typeof part === "number" ? String(part + 1) : String(part)));
    const place = path
      .join(" ")
      .replaceAll("infos", "info")
      .replaceAll("areas", "area")
      .replace("categories", "category");
    let value: unknown = given;
    // The way that zod itself went through what was given.
    for (const part of issue.path) value = (value as Record<PropertyKey, unknown> | undefined)?.[part];
    if (value === undefined || (Array.isArray(value) && value.length === 0)) return `${place} is missing`;
    return `${place}: ${typeof value === "string" ? `"${value.slice(0, 60)}": ` : ""}${issue.message}`;
  });
  return words.join("; ");
}

function infoOf(info: XmlElement, notes: string[]): object {
  return {
    language: textOf(info, "language"),
    categories: textsOf(info, "category"),
    event: textOf(info, "event"),
    responseTypes: textsOf(info, "responseType"),
    urgency: textOf(info, "urgency"),
    severity: textOf(info, "severity"),
    certainty: textOf(info, "certainty"),
    audience: textOf(info, "audience"),
    eventCodes: namedOf(info, "eventCode"),
    effective: timeOf(info, "effective", notes),
    onset: timeOf(info, "onset", notes),
    expires: timeOf(info, "expires", notes),
    senderName: textOf(info, "senderName"),
    headline: textOf(info, "headline"),
    description: textOf(info, "description"),
    instruction: textOf(info, "instruction"),
    web: textOf(info, "web"),
    contact: textOf(info, "contact"),
    parameters: namedOf(info, "parameter"),
    resources: childrenOf(info, "resource").flatMap((resource) => resourceOf(resource, notes)),
    areas: childrenOf(info, "area").map((area) => areaOf(area, notes)),
  };
}

function textsOf(element: XmlElement, name: string): string[] {
  return childrenOf(element, name).flatMap(({ text }) => text || []);
}

function namedOf(element: XmlElement, name: string): { valueName: string; value: string }[] {
  return childrenOf(element, name).flatMap((one) => {
    const valueName = textOf(one, "valueName");
    return valueName === undefined ? [] : [{ valueName, value: textOf(one, "value") ?? "" }];
  });
}

/** A moment; one that is written against CAP's pattern is taken and said. */
function timeOf(element: XmlElement, name: string, notes: string[]): string | undefined {
  const text = textOf(element, name);
  if (text === undefined) return undefined;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/u.test(text))
    notes.push(
      `line ${childOf(element, name)?.line ?? element.line}: ${name} "${text.slice(0, 40)}" is not written as CAP has it (2026-03-01T12:00:00+05:30)`,
    );
  return text.replace(/\.\d+(?=Z|[+-])/u, "");
}

function referencesOf(element: XmlElement, notes: string[]): object[] {
  const text = textOf(element, "references");
  if (text === undefined) return [];
  return text.split(/\s+/u).flatMap((one) => {
    const [sender, identifier, sent, ...more] = one.split(",");
    const moment = Instant.safeParse(sent);
    if (sender && identifier && moment.success && more.length === 0)
      return [{ sender, identifier, sent: moment.data }];
    notes.push(`references: "${one.slice(0, 80)}" is not sender,identifier,sent, left out`);
    return [];
  });
}

function resourceOf(resource: XmlElement, notes: string[]): object[] {
  const size = textOf(resource, "size");
  const resourceDesc = textOf(resource, "resourceDesc");
  if (childOf(resource, "derefUri"))
    notes.push(`line ${resource.line}: the file inside of the message is not kept`);
  if (resourceDesc === undefined) return [];
  return [
    {
      resourceDesc,
      mimeType: textOf(resource, "mimeType") ?? "application/octet-stream",
      size: size !== undefined && /^\d{1,15}$/u.test(size) ? Number(size) : undefined,
      uri: textOf(resource, "uri"),
      digest: textOf(resource, "digest"),
    },
  ];
}

function areaOf(area: XmlElement, notes: string[]): object {
  return {
    areaDesc: textOf(area, "areaDesc"),
    polygons: childrenOf(area, "polygon").flatMap((polygon) => polygonOf(polygon, notes)),
    circles: childrenOf(area, "circle").flatMap((circle) => circleOf(circle, notes)),
    geocodes: namedOf(area, "geocode"),
    altitude: numberOf(textOf(area, "altitude")),
    ceiling: numberOf(textOf(area, "ceiling")),
  };
}

const POINT = /^-?\d{1,3}(\.\d+)?,-?\d{1,3}(\.\d+)?$/u;

function pointOf(text: string): { lat: number; lon: number } | undefined {
  if (!POINT.test(text)) return undefined;
  const [lat = Number.NaN, lon = Number.NaN] = text.split(",").map(Number);
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : undefined;
}

/** A shape that is none is left out and said: the warning in words is worth more than its map. */
function polygonOf({ text, line }: XmlElement, notes: string[]): { lat: number; lon: number }[][] {
  if (text === "") return [];
  const corners = text.split(/\s+/u).map(pointOf);
  const points = corners.filter((one) => one !== undefined);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length !== corners.length || points.length < 3) {
    notes.push(`line ${line}: the polygon is no list of lat,lon, left out`);
    return [];
  }
  if (first.lat === last.lat && first.lon === last.lon) return points.length >= 4 ? [points] : [];
  notes.push(`line ${line}: the polygon does not end where it begins, closed`);
  return [[...points, first]];
}

function circleOf({ text, line }: XmlElement, notes: string[]): object[] {
  const [place = "", radius = "", ...more] = text.split(/\s+/u);
  const centre = pointOf(place);
  const radiusKm = numberOf(radius);
  if (centre && radiusKm !== undefined && radiusKm >= 0 && more.length === 0) return [{ centre, radiusKm }];
  notes.push(`line ${line}: the circle is not lat,lon and a radius, left out`);
  return [];
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d{1,9}(\.\d+)?$/u.test(text) ? Number(text) : undefined;
}
