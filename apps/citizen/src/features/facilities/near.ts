import type { Position } from "@ihims/core/geo.ts";
import { useWhereabouts } from "../../platform/position.ts";
import { useCity } from "../city/city.ts";

/** From where distances count: the reader's place when it is known, otherwise the city's centre. */
export function useNear(): { near: Position | undefined; isMine: boolean } {
  const whereabouts = useWhereabouts();
  const city = useCity();
  if (whereabouts.kind === "known") return { near: whereabouts.position, isMine: true };
  return { near: city.data?.centre, isMine: false };
}
