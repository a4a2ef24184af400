import type { AlertArea, AlertInfo, AlertMessage } from "@ihims/core/alerts/schema.ts";
import type { Position } from "@ihims/core/geo.ts";
import type { Instant } from "@ihims/core/time.ts";
import { node, present, writeXml, type XmlNode } from "../xml/write.ts";

export const CAP_NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2";
export const CAP_MEDIA_TYPE = "application/cap+xml";

/** A moment as CAP has it: whole seconds, and an offset in digits, since its pattern knows no `Z`. */
export function capTime(moment: Instant): string {
  return `${moment.slice(0, 19)}-00:00`;
}

/** One message as a CAP 1.2 document (OASIS Standard, 1 July 2010). */
export function writeCap(alert: AlertMessage): string {
  const root = node(
    "alert",
    [
      node("identifier", alert.identifier),
      node("sender", alert.sender),
      node("sent", capTime(alert.sent)),
      node("status", alert.status),
      node("msgType", alert.msgType),
      present("source", alert.source),
      node("scope", alert.scope),
      present("restriction", alert.restriction),
      present("addresses", alert.addresses),
      ...alert.codes.map((code) => node("code", code)),
      present("note", alert.note),
      present(
        "references",
        alert.references
          .map(({ sender, identifier, sent }) => `${sender},${identifier},${capTime(sent)}`)
          .join(" "),
      ),
      present("incidents", alert.incidents),
      ...alert.infos.map(infoNode),
    ],
    { xmlns: CAP_NAMESPACE },
  );
  return writeXml(root);
}

function infoNode(info: AlertInfo): XmlNode {
  const time = (name: string, moment: Instant | undefined) => present(name, moment && capTime(moment));
  return node("info", [
    node("language", info.language),
    ...info.categories.map((one) => node("category", one)),
    node("event", info.event),
    ...info.responseTypes.map((one) => node("responseType", one)),
    node("urgency", info.urgency),
    node("severity", info.severity),
    node("certainty", info.certainty),
    present("audience", info.audience),
    ...info.eventCodes.map((one) => namedNode("eventCode", one)),
    time("effective", info.effective),
    time("onset", info.onset),
    time("expires", info.expires),
    present("senderName", info.senderName),
    present("headline", info.headline),
    present("description", info.description),
    present("instruction", info.instruction),
    present("web", info.web),
    present("contact", info.contact),
    ...info.parameters.map((one) => namedNode("parameter", one)),
    ...info.resources.map(({ resourceDesc, mimeType, size, uri, digest }) =>
      node("resource", [
        node("resourceDesc", resourceDesc),
        node("mimeType", mimeType),
        present("size", size),
        present("uri", uri),
        present("digest", digest),
      ]),
    ),
    ...info.areas.map(areaNode),
  ]);
}

function namedNode(name: string, { valueName, value }: { valueName: string; value: string }): XmlNode {
  return node(name, [node("valueName", valueName), node("value", value)]);
}

function areaNode({ areaDesc, polygons, circles, geocodes, altitude, ceiling }: AlertArea): XmlNode {
  return node("area", [
    node("areaDesc", areaDesc),
    ...polygons.map((corners) => node("polygon", corners.map(pointOf).join(" "))),
    ...circles.map(({ centre, radiusKm }) => node("circle", `${pointOf(centre)} ${decimal(radiusKm)}`)),
    ...geocodes.map((one) => namedNode("geocode", one)),
    present("altitude", altitude === undefined ? undefined : decimal(altitude)),
    present("ceiling", ceiling === undefined ? undefined : decimal(ceiling)),
  ]);
}

function pointOf({ lat, lon }: Position): string {
  return `${decimal(lat)},${decimal(lon)}`;
}

/** CAP's numbers have no exponent; 7 digits are a centimetre on the ground. */
function decimal(value: number): string {
  const text = value.toFixed(7).replace(/\.?0+$/u, "");
  return text === "-0" ? "0" : text;
}
