import { availabilityOf } from "@ihims/core/beds/rules.ts";
import { BedCounts, type BedType } from "@ihims/core/beds/schema.ts";
import type { BedFigure } from "@ihims/core/observations/schema.ts";
import { Instant } from "@ihims/core/time.ts";
import type { BedCapacity, HaveBedType } from "./schema.ts";

interface HaveBed {
  type: HaveBedType;
  /** What tells it from others of the same type: HAVE has fewer types than there are kinds of bed. */
  part?: string;
}

/** How each bed type is called in HAVE (HAvBED's definitions, docs/glossary.md). */
const HAVE_BED: Record<BedType, HaveBed> = {
  general: { type: "MedicalSurgical" },
  emergency: { type: "EmergencyDepartment" },
  icu: { type: "AdultICU" },
  hdu: { type: "AdultICU", part: "High dependency" },
  ventilator: { type: "AdultICU", part: "Ventilator" },
  nicu: { type: "NeonatalICU" },
  picu: { type: "PediatricICU" },
  paediatric: { type: "Pediatrics" },
  maternity: { type: "MedicalSurgical", part: "Maternity" },
  labour: { type: "MedicalSurgical", part: "Labour" },
  isolation: { type: "OtherIsolation" },
  "negative-pressure": { type: "NegativeFlowIsolation" },
  burns: { type: "Burn" },
  psychiatric: { type: "AdultPsychiatric" },
  dialysis: { type: "MedicalSurgical", part: "Dialysis" },
  oxygen: { type: "MedicalSurgical", part: "Oxygen" },
  "operating-theatre": { type: "OperatingRooms" },
  "day-care": { type: "MedicalSurgical", part: "Day care" },
};

/** Other words that senders have for a part. */
const PARTS: Record<string, BedType> = {
  hdu: "hdu",
  "step down": "hdu",
  ventilators: "ventilator",
  obstetric: "maternity",
  obstetrics: "maternity",
  "oxygen supported": "oxygen",
  daycare: "day-care",
};

const LAYERS = ["staffed", "occupied", "blocked", "held", "licensed", "physical", "surge"] as const;

/**
 * The beds of one type as a BedCapacity: one type and one Capacity, because which of several belongs
 * to which is not told by the standard.
 *
 * HAVE has free and baseline alone, so all layers, and when this type was seen, stand in the comment
 * as words that `readBeds` reads back. A figure that has expired goes out without numbers.
 */
export function writeBeds({ type, value, observedAt, source }: BedFigure): BedCapacity {
  const { type: haveType, part } = HAVE_BED[type];
  const named = { BedType: [haveType], ...(part !== undefined && { SubCategoryBedType: [part] }) };
  if (value === null) {
    const since = observedAt === null ? "Not reported" : `Not confirmed since ${observedAt}`;
    return { ...named, CommentText: [`${since}: call`] };
  }
  const { free, staffed, surge } = value;
  const layers = LAYERS.flatMap((layer) => (value[layer] === undefined ? [] : [`${layer} ${value[layer]}`]));
  return {
    ...named,
    Capacity: [
      {
        ...(free !== null && { CapacityStatus: free > 0 ? "Vacant/Available" : "NotAvailable" }),
        ...(free !== null && { AvailableCount: free }),
        ...(staffed !== undefined && { BaselineCount: staffed }),
        ...(surge !== undefined && { AdditionalCapacityCount24Hr: surge }),
      },
    ],
    CommentText: [`Counts: ${layers.join(", ")}; seen ${observedAt ?? ""}; from ${source ?? ""}`],
  };
}

export type BedsRead =
  | { kind: "read"; type: BedType; value: BedCounts; observedAt: Instant; notes: string[] }
  /** Nothing is said of how many there are. */
  | { kind: "silent"; note: string }
  | { kind: "rejected"; reason: string };

/**
 * What a BedCapacity says in our layers.
 *
 * @param lastUpdate of its hospital: when it was seen, unless our own comment says it better
 * @param staffedSoFar beds of a type that are known to be staffed; undefined when nobody ever said
 */
export function readBeds(
  given: BedCapacity,
  lastUpdate: Instant,
  staffedSoFar: (type: BedType) => number | undefined,
): BedsRead {
  const { BedType: types = [], SubCategoryBedType: parts = [], Capacity: capacities = [] } = given;
  const label = [...types, ...parts].join(", ") || "(no type)";
  if (types.length > 1 && capacities.length > 1)
    return {
      kind: "rejected",
      reason: `${label}: several types and several capacities in one BedCapacity: which belongs to which is not told; send one BedCapacity for each type`,
    };
  const [haveType] = types;
  if (haveType === undefined) return { kind: "rejected", reason: "a BedCapacity without a BedType" };
  if (types.length > 1) return { kind: "rejected", reason: `${label}: one capacity for several types` };
  if (parts.length > 1) return { kind: "rejected", reason: `${label}: one capacity for several parts` };
  if (capacities.length > 1) return { kind: "rejected", reason: `${label}: several capacities for one type` };
  const type = typeOf(haveType, parts[0]);
  if (type === undefined) return { kind: "silent", note: `${label} is not counted apart here, left out` };
  const [capacity] = capacities;
  if (capacity === undefined) return { kind: "silent", note: `${label}: no Capacity, left out` };
  const own = ownCounts(given.CommentText ?? [], capacity.AvailableCount);
  if (own) return { kind: "read", type, notes: [], ...own };
  return readCounts(type, label, capacity, lastUpdate, staffedSoFar(type));
}

function readCounts(
  type: BedType,
  label: string,
  capacity: NonNullable<BedCapacity["Capacity"]>[number],
  observedAt: Instant,
  staffedSoFar: number | undefined,
): BedsRead {
  const { CapacityStatus: status, BaselineCount: baseline, AdditionalCapacityCount24Hr: surge } = capacity;
  const available = capacity.AvailableCount ?? (status === "NotAvailable" ? 0 : undefined);
  if (available === undefined && baseline === undefined && surge === undefined)
    return { kind: "silent", note: `${label}: no counts, left out` };
  const notes: string[] = [];
  if (capacity.AdditionalCapacityCount72Hr !== undefined)
    notes.push(`${label}: AdditionalCapacityCount72Hr is not kept`);
  let staffed = baseline;
  if (staffed === undefined && available !== undefined) {
    staffed = Math.max(available, staffedSoFar ?? 0);
    notes.push(
      staffedSoFar !== undefined && staffedSoFar >= available
        ? `${label}: no BaselineCount, taken as ${staffed}, as it was last told`
        : `${label}: no BaselineCount, so only the ${available} available beds are known of`,
    );
  }
  if (staffed !== undefined && available !== undefined && available > staffed)
    return { kind: "rejected", reason: `${label}: ${available} available of ${staffed}` };
  const value = BedCounts.safeParse({
    ...(staffed !== undefined && { staffed }),
    ...(staffed !== undefined && available !== undefined && { occupied: staffed - available }),
    ...(surge !== undefined && { surge }),
  });
  if (!value.success)
    return { kind: "rejected", reason: `${label}: ${value.error.issues[0]?.message ?? "cannot be read"}` };
  return { kind: "read", type, value: value.data, observedAt, notes };
}

function typeOf(haveType: HaveBedType, part: string | undefined): BedType | undefined {
  const wanted = part?.toLowerCase();
  for (const [type, have] of Object.entries(HAVE_BED)) {
    // The keys of a record of bed types are bed types.
    if (have.type === haveType && have.part?.toLowerCase() === wanted) return type as BedType;
  }
  const other = wanted === undefined ? undefined : PARTS[wanted];
  return other !== undefined && HAVE_BED[other].type === haveType ? other : undefined;
}

const OWN_COMMENT = /^Counts: ((?:[a-z]+ \d{1,6}(?:, )?)*); seen (\S+); from [a-z0-9]*$/u;

/** The layers of a comment of ours, if the numbers beside it are still those that it explains. */
function ownCounts(
  comments: readonly string[],
  available: number | undefined,
): { value: BedCounts; observedAt: Instant } | undefined {
  for (const comment of comments) {
    const [, layers = "", seen = ""] = OWN_COMMENT.exec(comment) ?? [];
    const observedAt = Instant.safeParse(seen);
    if (!observedAt.success) continue;
    const counts = Object.fromEntries(
      layers.split(", ").map((one) => [one.split(" ")[0] ?? "", Number(one.split(" ")[1])]),
    );
    const value = BedCounts.safeParse(counts);
    if (!value.success || Object.keys(value.data).length === 0) continue;
    const { free } = availabilityOf(value.data, counts["held"] ?? 0);
    if ((free ?? undefined) === available) return { value: value.data, observedAt: observedAt.data };
  }
  return undefined;
}
