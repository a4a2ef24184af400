import "maplibre-gl/dist/maplibre-gl.css";
import "./map.css";
import { Trans, useLingui } from "@lingui/react/macro";
import type { BedType } from "@ihims/core/beds/schema.ts";
import type { Ground } from "@ihims/core/city/schema.ts";
import type { FacilitySummary } from "@ihims/core/facilities/endpoints.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { Skeleton } from "@ihims/ui/States.tsx";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTheme } from "../../../platform/theme.ts";
import { useGround, useNear } from "../../city/city.ts";
import { drawMap, type DrawnMap } from "./draw-map.ts";
import { placeFeatures } from "./place-features.ts";

interface Props {
  facilities: readonly FacilitySummary[];
  bed: BedType | null;
  selected: FacilityId | undefined;
  /** A pin was pressed, or, with undefined, the ground beside them. */
  onSelect: (id: FacilityId | undefined) => void;
}

const NO_GROUND: Ground = { type: "FeatureCollection", features: [] };

/** The places of the list on a map of the city. The list is the way by keyboard; the map is the same places again. */
export function CityMap(props: Props) {
  const ground = useGround();
  const theme = useTheme();
  const { language } = useFormats();
  if (ground.isPending) return <Skeleton width="100%" height="100%" />;
  // Another theme, language or kind of bed is another drawing; where the reader looked is kept.
  const drawing = `${theme} ${language} ${props.bed !== null}`;
  return <MapDrawing key={drawing} ground={ground.data ?? NO_GROUND} {...props} />;
}

function MapDrawing({ ground, facilities, bed, selected, onSelect }: Props & { ground: Ground }) {
  const { t } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const { near, isMine } = useNear();
  const frame = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<DrawnMap | "impossible">();
  const select = useRef(onSelect);
  useEffect(() => {
    select.current = onSelect;
  });
  const words = { title: t`Map of the places in the list`, zoomIn: t`Zoom in`, zoomOut: t`Zoom out` };
  const given = useRef({ ground, language: formats.language, canSum: bed !== null, words });

  useEffect(() => {
    if (!frame.current) return;
    const drawn = drawMap(frame.current, given.current, (id) => select.current(id));
    setMap(drawn ?? "impossible");
    return () => drawn?.remove();
  }, []);

  const features = useMemo(
    () => placeFeatures(facilities, bed, now, formats.number),
    [facilities, bed, now, formats],
  );
  useEffect(() => {
    if (map && map !== "impossible") map.showPlaces(features, near);
  }, [map, features, near]);
  useEffect(() => {
    if (map && map !== "impossible") map.showSelected(facilities.find(({ id }) => id === selected));
  }, [map, selected, facilities]);
  useEffect(() => {
    if (map && map !== "impossible") map.showMyPlace(isMine ? near : undefined);
  }, [map, near, isMine]);

  if (map === "impossible") {
    return (
      <p className="quiet map-impossible">
        <Trans>This device cannot draw the map. The list has the same places.</Trans>
      </p>
    );
  }
  return <div ref={frame} className="map" />;
}
