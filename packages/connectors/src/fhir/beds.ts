import type { Extension, Location } from "@medplum/fhirtypes";
import type { BedCounts, BedType } from "@ihims/core/beds/schema.ts";
import { BedCounts as BedCountsSchema, BedType as BedTypeSchema } from "@ihims/core/beds/schema.ts";
import type { Facility } from "@ihims/core/facilities/schema.ts";
import type { BedFigure } from "@ihims/core/observations/schema.ts";
import { Instant } from "@ihims/core/time.ts";
import { bedTypeConcept, bedTypeWords } from "./codes.ts";
import { coding, concept, metaOf, part, partId, reference, stated } from "./elements.ts";
import { BED_STATUS, EXTENSION, PHYSICAL_TYPE } from "./systems.ts";

const LAYERS = ["licensed", "physical", "staffed", "blocked", "occupied", "surge"] as const;

/** The id of the Location that stands for the beds of one type at a facility. */
export function bedLocationId(facility: Facility["id"], type: BedType): string {
  return partId(facility, "bed", type);
}

/** The beds of one type, as a place within the facility's place. What is live is added when it is sent. */
export function bedLocationOf(facility: Facility, type: BedType): Location {
  return {
    resourceType: "Location",
    id: bedLocationId(facility.id, type),
    meta: metaOf(facility, "IHE.mCSD.Location"),
    status: facility.isActive ? "active" : "inactive",
    name: `${bedTypeWords(type)}, ${facility.name}`,
    mode: "kind",
    type: [bedTypeConcept(type)],
    position: { longitude: facility.position.lon, latitude: facility.position.lat },
    physicalType: concept(coding(PHYSICAL_TYPE, "wa", "Ward")),
    managingOrganization: reference("Organization", partId(facility.id)),
    partOf: reference("Location", partId(facility.id), facility.name),
  };
}

/** A bed figure as an extension. Of an expired one only its age is left: the number is not sent. */
export function bedsToExtension(figure: BedFigure): Extension {
  const { type, value, observedAt, source, freshness } = figure;
  const counts = value && freshness !== "expired" ? value : undefined;
  const numbers = counts
    ? [...LAYERS, "held" as const, "free" as const].map((layer) => [layer, counts[layer]] as const)
    : [];
  return {
    url: EXTENSION.beds,
    extension: [
      { url: "type", valueCode: type },
      ...numbers.flatMap(([layer, count]) =>
        count === undefined || count === null ? [] : [{ url: layer, valueUnsignedInt: count }],
      ),
      ...(observedAt === null ? [] : [{ url: "observedAt", valueInstant: observedAt }]),
      ...(source === null ? [] : [{ url: "source", valueCode: source }]),
      { url: "freshness", valueCode: freshness },
    ],
  };
}

/** Occupied when nothing is free, unoccupied when something is; nothing when that is not known. */
export function operationalStatusOf({ value, freshness }: BedFigure): Location["operationalStatus"] {
  if (!value || value.free === null || freshness === "expired") return undefined;
  return value.free > 0 ? coding(BED_STATUS, "U", "Unoccupied") : coding(BED_STATUS, "O", "Occupied");
}

/** A Location with what is live of its beds: on the place of one type its own, on the facility's all of them. */
export function withBeds(
  location: Location,
  figures: readonly BedFigure[],
  own: BedFigure | undefined,
): Location {
  const shown = own ? [own] : figures;
  if (shown.length === 0) return location;
  return stated({
    ...location,
    extension: [...(location.extension ?? []), ...shown.map(bedsToExtension)],
    operationalStatus: own && operationalStatusOf(own),
  }) as Location; // Only what was undefined is gone.
}

/** What a Location says of beds, as somebody reports it. */
export interface StatedBeds {
  type: BedType;
  counts: BedCounts;
  /** When it was counted; undefined when it does not say. */
  observedAt: Instant | undefined;
}

/** The bed counts in a Location's extensions, with a problem for each that cannot be read. */
export function bedsInLocation(location: Location): { beds: StatedBeds[]; problems: string[] } {
  const beds: StatedBeds[] = [];
  const problems: string[] = [];
  for (const [at, { url, extension = [] }] of (location.extension ?? []).entries()) {
    if (url !== EXTENSION.beds) continue;
    const where = `Location.extension[${at}]`;
    const type = BedTypeSchema.safeParse(part(extension, "type")?.valueCode);
    if (!type.success) {
      problems.push(`${where}: its type is not a bed type`);
      continue;
    }
    const counts = BedCountsSchema.safeParse(
      stated(Object.fromEntries(LAYERS.map((layer) => [layer, numberIn(extension, layer)]))),
    );
    const observedAt = part(extension, "observedAt")?.valueInstant;
    const moment = Instant.optional().safeParse(observedAt);
    if (!counts.success)
      problems.push(`${where}: ${counts.error.issues[0]?.path.join(".")}: not a count of beds`);
    else if (!moment.success) problems.push(`${where}: observedAt is not a moment with a time zone`);
    else beds.push({ type: type.data, counts: counts.data, observedAt: moment.data });
  }
  return { beds, problems };
}

function numberIn(extension: readonly Extension[], layer: string): number | undefined {
  const found = part(extension, layer);
  return found?.valueUnsignedInt ?? found?.valueInteger ?? found?.valuePositiveInt;
}
