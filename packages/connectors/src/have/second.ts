import type { FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import type { BedFigure } from "@ihims/core/observations/schema.ts";
import { node, writeXml, type XmlNode } from "../xml/write.ts";
import { HAVE_2_NAMESPACE } from "./schema.ts";

/** What stands at the top of every such document. */
export const SECOND_IS_PARTIAL =
  "EDXL-HAVE 2.0, partial: identification, position and one colour for each kind of bed. The full report is the 1.0 one.";

/** With as many free or fewer the last may be gone on the way. */
const FEW_MAX = 2;

/**
 * Facilities in the part of EDXL-HAVE 2.0 (Committee Specification 02, 2019) that is written here:
 * who and where, and each bed type as a service with a colour. It is not the whole of 2.0, and the
 * document says so.
 */
export function writeHaveSecond(records: readonly FacilityRecord[]): string {
  const root = node("have:HAVE", records.map(facilityNode), {
    "xmlns:have": HAVE_2_NAMESPACE,
    "xmlns:edxl-ct": "urn:oasis:names:tc:emergency:edxl:ct:1.0",
    "xmlns:gml": "http://www.opengis.net/gml/3.2",
  });
  return writeXml(root, SECOND_IS_PARTIAL);
}

function facilityNode({ id, name, position, beds }: FacilityRecord): XmlNode {
  const items = beds.flatMap((figure) => serviceNode(figure) ?? []);
  return node("have:facility", [
    node("have:facilityInformation", [
      node("have:facilityID", id),
      node("have:facilityName", name),
      node("have:facilityGeoLocation", [
        node("edxl-ct:EDXLGeoLocation", [
          node("gml:Point", [node("gml:pos", `${position.lat} ${position.lon}`)], { "gml:id": `p-${id}` }),
        ]),
      ]),
    ]),
    items.length > 0 ? node("have:serviceList", items) : undefined,
  ]);
}

/** Green: free; yellow: the last ones; red: none. What is not known has no colour and is left out. */
function serviceNode({ type, value }: BedFigure): XmlNode | undefined {
  const free = value?.free;
  if (free === undefined || free === null) return undefined;
  const colour = free === 0 ? "Red" : free <= FEW_MAX ? "Yellow" : "Green";
  return node("have:serviceListItem", [
    node("have:serviceName", `bed:${type}`),
    node("have:serviceStatus", [
      node("have:colourStatus", [node("have:colourCodeDefault", [node("edxl-ct:Value", colour)])]),
    ]),
  ]);
}
