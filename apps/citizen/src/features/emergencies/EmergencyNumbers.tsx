import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconPhone } from "@tabler/icons-react";
import type { City } from "@ihims/core/city/schema.ts";
import { emergencyNumbersOf, useCity } from "../city/city.ts";

const NUMBER_WORDS: Record<City["emergencyNumbers"][number]["what"], MessageDescriptor> = {
  emergency: msg`Any emergency`,
  ambulance: msg`Ambulance`,
  police: msg`Police`,
  fire: msg`Fire`,
};

/** The official numbers, before anything else. Part of the first load: calling works without a network. */
export function EmergencyNumbers() {
  const { i18n } = useLingui();
  const city = useCity();
  return (
    <>
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
    </>
  );
}

/** The page as far as it is there at once, while the rest of it is fetched or cannot be. */
export function EmergencyAtOnce() {
  return (
    <main id="main" className="page emergency">
      <h1>
        <Trans>Emergency</Trans>
      </h1>
      <EmergencyNumbers />
    </main>
  );
}
