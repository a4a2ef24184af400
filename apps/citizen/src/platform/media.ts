import { useSyncExternalStore } from "react";

/** Whether a media query holds now, followed as it changes. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listen) => {
      const media = matchMedia(query);
      media.addEventListener("change", listen);
      return () => media.removeEventListener("change", listen);
    },
    () => matchMedia(query).matches,
  );
}

/** From this width on the list and the map, or a place's page, stand side by side. */
export const WIDE = "(min-width: 62rem)";
