import { FacilityProfile } from "@ihims/core/facilities/schema.ts";
import { partsOf } from "./row.ts";

/** Read the address of a website; one without a scheme is taken as https. Null when it is none, or not on the web. */
export function readWebsite(text: string | undefined): string | null {
  const [first] = partsOf(text, /[;\s]/u);
  if (first === undefined) return null;
  const address = /^[a-z][a-z0-9+.-]*:/iu.test(first) ? first : `https://${first}`;
  if (!/^https?:\/\/[^/]+\.[^/]/iu.test(address)) return null;
  const checked = FacilityProfile.shape.website.safeParse(address);
  return checked.success ? checked.data : null;
}
