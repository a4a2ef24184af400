import { Trans, useLingui } from "@lingui/react/macro";
import { IconCurrentLocation } from "@tabler/icons-react";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { askPosition, useWhereabouts } from "../../platform/position.ts";
import { nameIn, useCity } from "../city/city.ts";

/** From where distances are counted, and the button that makes it the reader's own place. */
export function NearMe() {
  const { t } = useLingui();
  const formats = useFormats();
  const whereabouts = useWhereabouts();
  const city = useCity();
  const cityName = city.data ? nameIn(formats.language, city.data).name : "";
  return (
    <div className="near-me">
      <p className="quiet" role="status">
        {whereabouts.kind === "known" ? (
          <Trans>Distances from your place</Trans>
        ) : whereabouts.kind === "refused" ? (
          <Trans>Your place is not known. Distances from the centre of {cityName}</Trans>
        ) : (
          <Trans>Distances from the centre of {cityName}</Trans>
        )}
      </p>
      <button
        type="button"
        className="button-quiet"
        onClick={askPosition}
        disabled={whereabouts.kind === "asking"}
      >
        <IconCurrentLocation stroke={1.75} size={20} aria-hidden="true" />
        {whereabouts.kind === "asking"
          ? t`Finding you`
          : whereabouts.kind === "known"
            ? t`Update my place`
            : t`Near me`}
      </button>
    </div>
  );
}
