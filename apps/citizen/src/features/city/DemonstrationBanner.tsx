import { Trans } from "@lingui/react/macro";
import { useCity } from "./city.ts";

/** Says on every page that nothing here is real, when it is not. */
export function DemonstrationBanner() {
  const city = useCity();
  if (!city.data?.isDemonstration) return null;
  return (
    <p className="demonstration">
      <Trans>Demonstration: this city, its hospitals and its numbers are made up.</Trans>
    </p>
  );
}
