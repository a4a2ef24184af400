import { Trans, useLingui } from "@lingui/react/macro";
import { IconCurrentLocation, IconMessage, IconShare } from "@tabler/icons-react";
import { encode } from "pluscodes";
import { useState } from "react";
import type { Position } from "@ihims/core/geo.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { askPosition, useWhereabouts } from "../../platform/position.ts";
import { nameIn } from "../city/city.ts";
import { useNearestPlace } from "../facilities/facilities.ts";

/** Ten digits: a square of about 14 metres. */
const CODE_DIGITS = 10;

/** Where the reader is, to be read out on the telephone or sent. */
export function MyPlace() {
  const whereabouts = useWhereabouts();
  return (
    <section className="my-place" aria-labelledby="my-place">
      <h2 id="my-place">
        <Trans>Where I am</Trans>
      </h2>
      {whereabouts.kind === "known" ? (
        <Place position={whereabouts.position} />
      ) : (
        <>
          {whereabouts.kind === "refused" && (
            <p className="quiet">
              <Trans>
                This phone does not tell where you are. Look for a street sign, a shop or a landmark, and say
                its name.
              </Trans>
            </p>
          )}
          <button
            type="button"
            className="button-quiet"
            disabled={whereabouts.kind === "asking"}
            onClick={askPosition}
          >
            <IconCurrentLocation stroke={1.75} aria-hidden="true" />
            {whereabouts.kind === "asking" ? <Trans>Finding your place</Trans> : <Trans>Find my place</Trans>}
          </button>
        </>
      )}
    </section>
  );
}

function Place({ position }: { position: Position }) {
  const { t } = useLingui();
  const [isCopied, setCopied] = useState(false);
  const words = usePlaceInWords(position);
  const { lat, lon } = position;
  const code = encode({ latitude: lat, longitude: lon }, CODE_DIGITS);
  const coordinates = `${lat.toFixed(4)}, ${lon.toFixed(4)}`;
  const message = [t`I need help. I am here:`, words, coordinates, code, `geo:${lat},${lon}`]
    .filter((part) => part !== null)
    .join(" ");
  const share = async () => {
    // Somebody who closes the list of apps has not asked for anything else.
    if (typeof navigator.share === "function")
      return navigator.share({ text: message }).catch(() => undefined);
    await navigator.clipboard.writeText(message).then(
      () => setCopied(true),
      () => undefined,
    );
  };
  return (
    <>
      {words !== null && <p className="place-words">{words}</p>}
      <dl className="place-codes">
        <div>
          <dt>
            <Trans>Coordinates</Trans>
          </dt>
          <dd>{coordinates}</dd>
        </div>
        <div>
          <dt>
            <Trans>Plus code</Trans>
          </dt>
          <dd>{code}</dd>
        </div>
      </dl>
      <div className="place-buttons">
        <a className="button-quiet" href={`sms:?&body=${encodeURIComponent(message)}`}>
          <IconMessage stroke={1.75} aria-hidden="true" />
          <Trans>Send by SMS</Trans>
        </a>
        <button type="button" className="button-quiet" onClick={() => void share()}>
          <IconShare stroke={1.75} aria-hidden="true" />
          {isCopied ? <Trans>Copied</Trans> : <Trans>Share my place</Trans>}
        </button>
      </div>
    </>
  );
}

/** The neighbourhood and the nearest place that people know; null while nobody could be asked. */
function usePlaceInWords(position: Position): string | null {
  const { t } = useLingui();
  const formats = useFormats();
  const nearest = useNearestPlace(position);
  if (!nearest.data) return null;
  const { name } = nameIn(formats.language, nearest.data);
  const distance = formats.distance(nearest.data.distance ?? 0);
  const locality = nearest.data.localityNames[formats.language] ?? nearest.data.locality;
  return locality === null ? t`${distance} from ${name}` : t`${locality}, ${distance} from ${name}`;
}
