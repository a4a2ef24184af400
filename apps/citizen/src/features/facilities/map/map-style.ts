import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { Ground } from "@ihims/core/city/schema.ts";
import type { Language } from "@ihims/core/languages.ts";
import { FONT_FILES } from "@ihims/ui/font-files.ts";
import { LOCALES } from "@ihims/ui/formats.ts";
import { paintOf, type MapColours } from "./pins.ts";
import type { PinFill } from "./place-features.ts";

export const PLACES = "places";
export const PINS = "pins";
export const CLUSTERS = "clusters";

/** From this zoom on the free count stands in the pin; farther out the pins are too many to be read. */
const LABEL_ZOOM_MIN = 11;
const FILLS: PinFill[] = ["live", "recent", "stale", "expired", "unknown", "plain"];
const FONT = ["Noto Sans"];

interface Given {
  ground: Ground;
  colours: MapColours;
  language: Language;
  /** Whether the counts of all pins are of one kind of bed, so that a cluster may add them up. */
  canSum: boolean;
}

/** The whole map: muted ground from the city's own data, and the places on it. Nothing of it comes from elsewhere. */
export function mapStyle(given: Given): StyleSpecification {
  const { ground, colours } = given;
  return {
    version: 8,
    "font-faces": {
      "Noto Sans": FONT_FILES.map(({ url, unicodeRange }) => ({
        url: new URL(url, location.href).href,
        "unicode-range": unicodeRange,
      })),
    },
    sources: {
      ground: { type: "geojson", data: ground },
      "ward-names": { type: "geojson", data: wardPoints(ground) },
      [PLACES]: {
        type: "geojson",
        data: { type: "FeatureCollection", features: [] },
        cluster: true,
        clusterRadius: 40,
        clusterMaxZoom: 14,
        clusterProperties: { free: ["+", ["get", "free"]], reports: ["+", ["get", "reports"]] },
      },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": colours.ground } },
      ...groundLayers(colours),
      wardNames(given),
      ...clusterLayers(given),
      ...pinLayers(colours),
    ],
  };
}

const ofKind = (kind: string): ExpressionSpecification => ["==", ["get", "kind"], kind];

function groundLayers(colours: MapColours): LayerSpecification[] {
  const width = (least: number, most: number): ExpressionSpecification => [
    "interpolate",
    ["exponential", 1.6],
    ["zoom"],
    10,
    least,
    16,
    most,
  ];
  const round = { "line-join": "round", "line-cap": "round" } as const;
  const roads = ofKind("road");
  return [
    {
      id: "parks",
      type: "fill",
      source: "ground",
      filter: ofKind("park"),
      paint: { "fill-color": colours.park },
    },
    {
      id: "water",
      type: "fill",
      source: "ground",
      filter: ["all", ofKind("water"), ["==", ["geometry-type"], "Polygon"]],
      paint: { "fill-color": colours.water },
    },
    {
      id: "rivers",
      type: "line",
      source: "ground",
      filter: ["all", ofKind("water"), ["==", ["geometry-type"], "LineString"]],
      layout: round,
      paint: { "line-color": colours.water, "line-width": width(3, 14) },
    },
    {
      id: "wards",
      type: "line",
      source: "ground",
      filter: ofKind("ward"),
      paint: { "line-color": colours.ward, "line-width": 1, "line-dasharray": [3, 3] },
    },
    {
      id: "road-edges",
      type: "line",
      source: "ground",
      filter: roads,
      layout: round,
      paint: { "line-color": colours.roadEdge, "line-width": width(1.6, 9) },
    },
    {
      id: "roads",
      type: "line",
      source: "ground",
      filter: roads,
      layout: round,
      paint: { "line-color": colours.road, "line-width": width(0.9, 7) },
    },
  ];
}

interface WardPoints {
  type: "FeatureCollection";
  features: {
    type: "Feature";
    properties: Ground["features"][number]["properties"];
    geometry: { type: "Point"; coordinates: [number, number] };
  }[];
}

/** A point for each ward's name: of an area itself, the name would stand in every tile that it reaches into. */
function wardPoints({ features }: Ground): WardPoints {
  return {
    type: "FeatureCollection",
    features: features.flatMap(({ properties, geometry }) => {
      if (properties.kind !== "ward" || geometry.type !== "Polygon") return [];
      const ring = geometry.coordinates[0] ?? [];
      const middle = (axis: 0 | 1) => {
        const values = ring.map((point) => point[axis]);
        return (Math.min(...values) + Math.max(...values)) / 2;
      };
      return [
        { type: "Feature", properties, geometry: { type: "Point", coordinates: [middle(0), middle(1)] } },
      ];
    }),
  };
}

function wardNames({ colours, language }: Given): LayerSpecification {
  return {
    id: "ward-names",
    type: "symbol",
    source: "ward-names",
    minzoom: 10.5,
    layout: {
      "text-field": ["coalesce", ["get", language, ["get", "names"]], ["get", "name"], ""],
      "text-font": FONT,
      "text-size": 13,
      "text-max-width": 7,
    },
    paint: { "text-color": colours.muted, "text-halo-color": colours.ground, "text-halo-width": 1.5 },
  };
}

function clusterLayers({ colours, language, canSum }: Given): LayerSpecification[] {
  const number = (property: string) => ["number-format", ["get", property], { locale: LOCALES[language] }];
  const count = number("point_count");
  const sum = [
    "format",
    number("free"),
    {},
    "\n",
    {},
    ["concat", number("reports"), "/", count],
    { "font-scale": 0.75 },
  ];
  return [
    {
      id: CLUSTERS,
      type: "circle",
      source: PLACES,
      filter: ["has", "point_count"],
      paint: {
        "circle-color": colours.surface,
        "circle-stroke-color": colours.primary,
        "circle-stroke-width": 2,
        "circle-radius": ["step", ["get", "point_count"], 20, 10, 24, 50, 30],
      },
    },
    {
      id: "cluster-counts",
      type: "symbol",
      source: PLACES,
      filter: ["has", "point_count"],
      layout: {
        // An expression that is put together here is not seen as one by the compiler.
        "text-field": (canSum ? sum : count) as ["get", string],
        "text-font": FONT,
        "text-size": 15,
        "text-line-height": 1,
        "text-allow-overlap": true,
      },
      paint: { "text-color": colours.ink },
    },
  ];
}

function pinLayers(colours: MapColours): LayerSpecification[] {
  const texts = FILLS.flatMap((fill) => [fill, paintOf(fill, colours).text]);
  return [
    {
      id: PINS,
      type: "symbol",
      source: PLACES,
      filter: ["!", ["has", "point_count"]],
      layout: {
        "icon-image": ["get", "pin"],
        "icon-allow-overlap": true,
        "icon-size": ["interpolate", ["linear"], ["zoom"], LABEL_ZOOM_MIN - 1, 0.5, LABEL_ZOOM_MIN, 0.9],
        "text-field": ["step", ["zoom"], "", LABEL_ZOOM_MIN, ["get", "label"]],
        "text-font": FONT,
        "text-size": 14,
        "text-allow-overlap": true,
        "text-optional": true,
      },
      // As above: a list of pairs is not seen as an expression.
      paint: {
        "text-color": ["match", ["get", "fill"], ...texts, colours.ink] as unknown as ["get", string],
      },
    },
  ];
}
