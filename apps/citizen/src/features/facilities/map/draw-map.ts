import * as maplibre from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import type { Ground } from "@ihims/core/city/schema.ts";
import type { FacilitySummary } from "@ihims/core/facilities/endpoints.ts";
import { distanceM, type Position } from "@ihims/core/geo.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import type { Language } from "@ihims/core/languages.ts";
import { CLUSTERS, mapStyle, PINS, PLACES } from "./map-style.ts";
import { drawPin, PIN_RATIO, readColours, type MapColours } from "./pins.ts";
import type { PinFill, PinShape, PlaceFeature } from "./place-features.ts";

maplibre.setWorkerUrl(workerUrl);

interface Given {
  ground: Ground;
  language: Language;
  canSum: boolean;
  words: { title: string; zoomIn: string; zoomOut: string };
}

/** A map that stands on the page. */
export interface DrawnMap {
  showPlaces(features: readonly PlaceFeature[], near: Position | undefined): void;
  showSelected(facility: FacilitySummary | undefined): void;
  showMyPlace(position: Position | undefined): void;
  remove(): void;
}

/** Where the reader last looked: kept while the page is open, whatever the map is drawn in. */
let camera: { center: maplibre.LngLat; zoom: number } | undefined;

/** How close a place is looked at when it is selected out of sight. */
const SELECTED_ZOOM = 13;
/** On a map wider than this the place's own page lies over the beginning, this wide. */
const PANEL_MAP_PX = 620;
const PANEL_PX = 440;
/** The nearest places that the first view takes in. */
const FIRST_VIEW_PLACES = 8;

/**
 * Draw a map into an element.
 *
 * @returns undefined where the device cannot (no WebGL)
 */
export function drawMap(
  frame: HTMLElement,
  given: Given,
  onSelect: (id: FacilityId | undefined) => void,
): DrawnMap | undefined {
  const colours = readColours();
  let map: maplibre.Map;
  try {
    map = new maplibre.Map({
      container: frame,
      style: mapStyle({ ...given, colours }),
      ...(camera ?? { center: [73.85, 18.52] as [number, number], zoom: 11 }),
      minZoom: 8,
      maxZoom: 18,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      cooperativeGestures: false,
      locale: {
        "Map.Title": given.words.title,
        "NavigationControl.ZoomIn": given.words.zoomIn,
        "NavigationControl.ZoomOut": given.words.zoomOut,
      },
    });
  } catch {
    return undefined;
  }
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.setMissingStyleImageResolver((id) => addPin(map, id, colours));
  map.on("moveend", () => {
    camera = { center: map.getCenter(), zoom: map.getZoom() };
  });
  listenForTaps(map, onSelect);
  return { ...placesOn(map), ...markersOn(map), remove: () => map.remove() };
}

function addPin(map: maplibre.Map, id: string, colours: MapColours): void {
  // The ids are made from these two unions, and only by the style.
  const [shape, fill] = id.split("-") as [PinShape, PinFill];
  const image = drawPin(shape, fill, colours);
  if (image) map.addImage(id, image, { pixelRatio: PIN_RATIO });
}

function listenForTaps(map: maplibre.Map, onSelect: (id: FacilityId | undefined) => void): void {
  map.on("click", PINS, ({ features }) => {
    const id = FacilityId.safeParse(features?.[0]?.properties["id"]);
    if (id.success) onSelect(id.data);
  });
  map.on("click", CLUSTERS, ({ features, lngLat }) => {
    const source = map.getSource<maplibre.GeoJSONSource>(PLACES);
    const cluster = Number(features?.[0]?.properties["cluster_id"]);
    void source?.getClusterExpansionZoom(cluster).then((zoom) => map.easeTo({ center: lngLat, zoom }));
  });
  map.on("click", ({ point }) => {
    if (map.queryRenderedFeatures(point, { layers: [PINS, CLUSTERS] }).length === 0) onSelect(undefined);
  });
  for (const layer of [PINS, CLUSTERS]) {
    map.on("mouseenter", layer, () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
  }
}

function placesOn(map: maplibre.Map): Pick<DrawnMap, "showPlaces"> {
  let features: readonly PlaceFeature[] = [];
  const put = () => {
    const source = map.getSource<maplibre.GeoJSONSource>(PLACES);
    void source?.setData({ type: "FeatureCollection", features: [...features] });
  };
  let isDrawn = false;
  map.on("load", () => {
    isDrawn = true;
    put();
  });
  return {
    showPlaces(next, near) {
      features = next;
      if (isDrawn) put();
      if (!camera && near && features.length > 0) lookAtNearest(map, features, near);
    },
  };
}

/** The first view: the reader's surroundings with the nearest places. */
function lookAtNearest(map: maplibre.Map, features: readonly PlaceFeature[], near: Position): void {
  const bounds = new maplibre.LngLatBounds([near.lon, near.lat], [near.lon, near.lat]);
  const nearest = features
    .map(({ geometry: { coordinates } }) => ({
      coordinates,
      distance: distanceM(near, { lon: coordinates[0], lat: coordinates[1] }),
    }))
    .toSorted((a, b) => a.distance - b.distance);
  for (const { coordinates } of nearest.slice(0, FIRST_VIEW_PLACES)) bounds.extend(coordinates);
  map.fitBounds(bounds, { padding: 56, maxZoom: 14, animate: false });
}

/** The ring around the place that is selected, and the dot where the reader is. */
function markersOn(map: maplibre.Map): Pick<DrawnMap, "showSelected" | "showMyPlace"> {
  const ring = new maplibre.Marker({ element: markerElement("map-ring") });
  const me = new maplibre.Marker({ element: markerElement("map-me") });
  let shown: FacilityId | undefined;
  return {
    showSelected(facility) {
      if (!facility) {
        ring.remove();
        shown = undefined;
        return;
      }
      const place: [number, number] = [facility.position.lon, facility.position.lat];
      ring.setLngLat(place).addTo(map);
      if (shown === facility.id) return;
      shown = facility.id;
      const { clientWidth, clientHeight } = map.getContainer();
      const covered = clientWidth > PANEL_MAP_PX ? PANEL_PX : 0;
      const { x, y } = map.project(place);
      const isInSight = x > covered && x < clientWidth && y > 0 && y < clientHeight;
      if (isInSight && map.getZoom() >= SELECTED_ZOOM - 1) return;
      map.easeTo({ center: place, zoom: Math.max(map.getZoom(), SELECTED_ZOOM), offset: [covered / 2, 0] });
    },
    showMyPlace(position) {
      if (position) me.setLngLat([position.lon, position.lat]).addTo(map);
      else me.remove();
    },
  };
}

function markerElement(className: string): HTMLElement {
  const element = document.createElement("div");
  element.className = className;
  element.setAttribute("aria-hidden", "true");
  return element;
}
