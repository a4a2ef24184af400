import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconPhone, IconX } from "@tabler/icons-react";
import { useId, useRef } from "react";
import type { City } from "@ihims/core/city/schema.ts";
import { useWhereabouts } from "../../platform/position.ts";
import { emergencyNumbersOf, useCity } from "../city/city.ts";

const NUMBER_WORDS: Record<City["emergencyNumbers"][number]["what"], MessageDescriptor> = {
  emergency: msg`Any emergency`,
  ambulance: msg`Ambulance`,
  police: msg`Police`,
  fire: msg`Fire`,
};

/** One tap from everywhere: the numbers to call. Works without a network, as calling does. */
export function EmergencyButton() {
  const { t } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button
        type="button"
        className="sos"
        onClick={() => dialog.current?.showModal()}
        aria-haspopup="dialog"
      >
        {t`SOS`}
        <span className="ui-visually-hidden">{t`Emergency numbers`}</span>
      </button>
      <EmergencySheet dialog={dialog} />
    </>
  );
}

function EmergencySheet({ dialog }: { dialog: React.RefObject<HTMLDialogElement | null> }) {
  const { t, i18n } = useLingui();
  const title = useId();
  const city = useCity();
  const close = () => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby={title}
      // A tap on the shade is outside of everything in the sheet.
      onClick={(event) => event.target === dialog.current && close()}
    >
      <div className="sheet-body">
        <div className="sheet-head">
          <h2 id={title}>
            <Trans>Emergency</Trans>
          </h2>
          <button type="button" className="icon-button" onClick={close} aria-label={t`Close`}>
            <IconX stroke={1.75} aria-hidden="true" />
          </button>
        </div>
        <ul className="numbers">
          {emergencyNumbersOf(city.data).map(({ number, what }) => (
            <li key={number}>
              <a className="number" href={`tel:${number}`}>
                <IconPhone stroke={1.75} aria-hidden="true" />
                <span className="number-digits">{number}</span>
                <span>{i18n._(NUMBER_WORDS[what])}</span>
              </a>
            </li>
          ))}
        </ul>
        <p className="quiet">
          <Trans>Say where you are first, then what happened. Stay on the line.</Trans>
        </p>
        <MyPlace />
      </div>
    </dialog>
  );
}

/** Where the reader is, to be read out on the telephone. */
function MyPlace() {
  const whereabouts = useWhereabouts();
  if (whereabouts.kind !== "known") return null;
  const { lat, lon } = whereabouts.position;
  const place = `${lat.toFixed(4)}, ${lon.toFixed(4)}`;
  return (
    <p className="quiet">
      <Trans>Your place on the map: {place}</Trans>
    </p>
  );
}
