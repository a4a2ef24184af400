import { Trans } from "@lingui/react/macro";
import { IconPhone } from "@tabler/icons-react";
import type { SearchAnswer } from "./queries.ts";
import { emergencyNumbersOf, useCity } from "../city/city.ts";

/** A sign of danger: words first, whom to call, what to do until help comes. Nothing here leads away. */
export function EmergencyCard({ firstSteps }: { firstSteps: SearchAnswer["firstSteps"] }) {
  const city = useCity();
  return (
    <section className="danger" aria-labelledby="danger">
      <h2 id="danger">
        <Trans>This may be an emergency. Call now.</Trans>
      </h2>
      <ul className="numbers numbers-row">
        {emergencyNumbersOf(city.data)
          .filter(({ what }) => what === "emergency" || what === "ambulance")
          .map(({ number }) => (
            <li key={number}>
              <a className="number" href={`tel:${number}`}>
                <IconPhone stroke={1.75} aria-hidden="true" />
                <span className="number-digits">{number}</span>
              </a>
            </li>
          ))}
      </ul>
      {firstSteps && (
        <>
          <h3>
            <Trans>Until help comes</Trans>
          </h3>
          <p className="first-steps">{firstSteps.words}</p>
          <p className="quiet caption">
            <Trans>
              Source: {firstSteps.source}, {firstSteps.date}
            </Trans>
          </p>
        </>
      )}
    </section>
  );
}
