import type { ServiceId, SpecialtyId } from "@ihims/core/vocabulary/schema.ts";
import type { ServiceCoverageStatus } from "./schema.ts";

/**
 * Each service that HAVE tells of, by its way through ServiceCoverageStatus, and what we call it: a
 * specialty or a service of the profile, and the subject `service:<id>` when it is told live.
 */
export const HAVE_SERVICES: readonly {
  path: readonly string[];
  id: SpecialtyId | ServiceId | (string & {});
}[] = [
  { path: ["Burn"], id: "burns" },
  { path: ["CardiologyIndicator", "Cardiology"], id: "cardiology" },
  { path: ["CardiologyIndicator", "CardiologySubType", "CardiologyInvasive"], id: "cath-lab" },
  { path: ["Dialysis"], id: "dialysis" },
  { path: ["EmergencyDepartment"], id: "emergency-medicine" },
  { path: ["HyperbaricChamber"], id: "hyperbaric-chamber" },
  { path: ["InfectiousDisease"], id: "infectious-diseases" },
  { path: ["Neonatology"], id: "neonatology" },
  { path: ["NeurologyIndicator", "Neurology"], id: "neurology" },
  { path: ["OBGYNIndicator", "OBGYN"], id: "obstetrics-gynaecology" },
  { path: ["OBGYNIndicator", "OBGYNSubType", "OBGYNWithLaborDelivery"], id: "labour-room" },
  { path: ["Ophthalmology"], id: "ophthalmology" },
  { path: ["Orthopedic"], id: "orthopaedics" },
  { path: ["Pediatrics"], id: "paediatrics" },
  { path: ["PsychiatricIndicator", "Psychiatric"], id: "psychiatry" },
  { path: ["PsychiatricIndicator", "PsychiatricSubType", "PsychiatricPediatric"], id: "child-psychiatry" },
  { path: ["SurgeryIndicator", "SurgerySubType", "General"], id: "general-surgery" },
  { path: ["SurgeryIndicator", "SurgerySubType", "Pediatrics"], id: "paediatric-surgery" },
  { path: ["SurgeryIndicator", "SurgerySubType", "Neurosurgery"], id: "neurosurgery" },
  { path: ["SurgeryIndicator", "SurgerySubType", "Facial"], id: "oral-surgery" },
  { path: ["SurgeryIndicator", "SurgerySubType", "CardioThoracic"], id: "cardiothoracic-surgery" },
  { path: ["SurgeryIndicator", "SurgerySubType", "Hand"], id: "hand-surgery" },
  { path: ["SurgeryIndicator", "SurgerySubType", "Spinal"], id: "spine-surgery" },
  { path: ["SurgeryIndicator", "SurgerySubType", "Vascular"], id: "vascular-surgery" },
  { path: ["SurgeryIndicator", "SurgerySubType", "Anesthesia"], id: "anaesthesiology" },
  { path: ["TransportServicesIndicator", "TransportServicesSubType", "AmbulanceServices"], id: "ambulance" },
  { path: ["TraumaCenterServicesIndicator", "TraumaCenterServices"], id: "trauma-centre" },
];

type Covered = ReadonlyMap<string, boolean>;
type Tree = { [name: string]: boolean | Tree };

/**
 * ServiceCoverageStatus of what a facility has. What nobody said is left out, never told as missing.
 *
 * A service is told as a whole or by its parts, never both: where a part is known the whole goes
 * into the comment (`Also: cardiology`), from which `readServices` takes it again.
 */
export function writeServices(covered: Covered): ServiceCoverageStatus | undefined {
  const tree: Tree = {};
  const also: string[] = [];
  for (const { path, id } of HAVE_SERVICES) {
    const is = covered.get(id);
    if (is === undefined) continue;
    const isWholeBesideParts = HAVE_SERVICES.some(
      (other) =>
        other.path.length > path.length &&
        path.length > 1 &&
        other.path[0] === path[0] &&
        covered.get(other.id) !== undefined,
    );
    if (isWholeBesideParts) also.push(`${id} ${is ? "yes" : "no"}`);
    else put(tree, path, is);
  }
  if (Object.keys(tree).length === 0) return undefined;
  // Built along the paths of that very schema.
  return {
    ...(tree as ServiceCoverageStatus),
    ...(also.length > 0 && { CommentText: [`Also: ${also.join(", ")}`] }),
  };
}

function put(tree: Tree, [name = "", ...rest]: readonly string[], is: boolean): void {
  if (rest.length === 0) {
    tree[name] = is;
    return;
  }
  const inside = tree[name];
  const next: Tree = typeof inside === "object" ? inside : {};
  tree[name] = next;
  put(next, rest, is);
}

/** Which services are covered, by our ids, and what has no counterpart here. */
export function readServices(status: ServiceCoverageStatus | undefined): {
  covered: Map<string, boolean>;
  notes: string[];
} {
  const covered = new Map<string, boolean>();
  const notes: string[] = [];
  if (!status) return { covered, notes };
  const { CommentText: comments = [], ...told } = status;
  for (const [path, is] of leavesOf(told)) {
    const known = HAVE_SERVICES.find((one) => one.path.join("/") === path);
    if (known && typeof is === "boolean") covered.set(known.id, is);
    else notes.push(`${path.split("/").at(-1) ?? path} has no counterpart here, left out`);
  }
  for (const comment of comments) {
    for (const [, id = "", is] of comment.startsWith("Also: ")
      ? comment.matchAll(/([a-z0-9-]+) (yes|no)/gu)
      : [])
      if (HAVE_SERVICES.some((one) => one.id === id)) covered.set(id, is === "yes");
  }
  return { covered, notes };
}

function leavesOf(tree: object, before = ""): [path: string, value: unknown][] {
  return Object.entries(tree).flatMap(([name, value]: [string, unknown]) => {
    if (value === undefined) return [];
    const path = before + name;
    return typeof value === "object" && value !== null ? leavesOf(value, `${path}/`) : [[path, value]];
  });
}
