import type { BedType } from "@ihims/core/beds/schema.ts";
import type { FacilitySummary } from "@ihims/core/facilities/endpoints.ts";
import type { FacilityKind } from "@ihims/core/facilities/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import type { Freshness } from "@ihims/core/observations/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import { FEW_MAX, readFigure, type Reading } from "@ihims/ui/reading.ts";
import { shownFigure } from "../shown-figure.ts";

/** A kind of place by the shape of its pin, so that it can be told without its colour. */
export type PinShape = "square" | "circle" | "diamond" | "drop";

/** How a pin is filled: by the freshness of its figure; `plain` for a place that has none. */
export type PinFill = Freshness | "plain";

export interface PlaceProperties {
  id: FacilityId;
  /** `<shape>-<fill>`: the image of the pin. */
  pin: `${PinShape}-${PinFill}`;
  fill: PinFill;
  /** The free count as it stands in the pin; empty when there is none to show. */
  label: string;
  /** For the sum of a cluster. */
  free: number;
  /** 1 when the figure is counted in the sum, 0 when it is not. */
  reports: 0 | 1;
}

/** A pin on the map, as a point of GeoJSON. */
export interface PlaceFeature {
  type: "Feature";
  properties: PlaceProperties;
  geometry: { type: "Point"; coordinates: [number, number] };
}

/** The places as pins, each with the figure that its row in the list has. */
export function placeFeatures(
  facilities: readonly FacilitySummary[],
  bed: BedType | null,
  now: Instant,
  numberText: (value: number) => string,
): PlaceFeature[] {
  return facilities.map(({ id, kind, position, beds }) => {
    const figure = shownFigure(beds, bed, now);
    const reading = figure && readFigure(figure, now);
    const fill = reading?.freshness ?? "plain";
    const isCounted = reading?.kind === "free" || reading?.kind === "few";
    const free = isCounted ? (figure?.value?.free ?? 0) : 0;
    return {
      type: "Feature",
      properties: {
        id,
        pin: `${shapeOf(kind)}-${fill}`,
        fill,
        label: reading ? labelOf(reading, numberText) : "",
        free,
        reports: isCounted ? 1 : 0,
      },
      geometry: { type: "Point", coordinates: [position.lon, position.lat] },
    };
  });
}

/** The number of a pin; of the last ones no number to rely on, as in the list. */
function labelOf(reading: Reading, numberText: (value: number) => string): string {
  if (reading.kind === "few") return `${numberText(1)}-${numberText(FEW_MAX)}`;
  return reading.kind === "free" ? numberText(reading.free) : "";
}

function shapeOf(kind: FacilityKind): PinShape {
  switch (kind) {
    case "hospital":
    case "maternity-home":
    case "hospice":
    case "mental-health":
    case "emergency-control":
      return "square";
    case "pharmacy":
    case "dispensary":
      return "diamond";
    case "blood-bank":
      return "drop";
    default:
      return "circle";
  }
}
