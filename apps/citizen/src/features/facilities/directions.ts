import type { Position } from "@ihims/core/geo.ts";

/** What opens a map for directions. */
export type Device = "android" | "apple" | "other";

export function deviceOf(userAgent: string): Device {
  if (/android/i.test(userAgent)) return "android";
  return /iphone|ipad|macintosh/i.test(userAgent) ? "apple" : "other";
}

/** The address that opens directions to a place, in the device's own map where it has one. */
export function directionsUrl({ lat, lon }: Position, name: string, device: Device): string {
  switch (device) {
    case "android":
      return `geo:${lat},${lon}?q=${lat},${lon}(${encodeURIComponent(name)})`;
    case "apple":
      return `https://maps.apple.com/?daddr=${lat},${lon}&q=${encodeURIComponent(name)}`;
    case "other":
      return `https://www.openstreetmap.org/directions?to=${lat}%2C${lon}`;
  }
}
