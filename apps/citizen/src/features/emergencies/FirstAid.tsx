import { Trans, useLingui } from "@lingui/react/macro";
import { FIRST_STEPS } from "@ihims/core/vocabulary/first-steps.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { SIGNS } from "./signs.ts";

/** What to do until help is there, sign by sign. It is part of the app, so it needs no network. */
export function FirstAid() {
  const { i18n } = useLingui();
  const { language } = useFormats();
  return (
    <section className="first-aid" aria-labelledby="first-aid">
      <h2 id="first-aid">
        <Trans>Until help comes</Trans>
      </h2>
      {SIGNS.map(([sign, words]) => {
        const { source, date, [language]: steps } = FIRST_STEPS[sign];
        return (
          <details key={sign} name="first-aid">
            <summary>{i18n._(words)}</summary>
            <p className="first-steps">{steps}</p>
            <p className="quiet caption">
              <Trans>
                Source: {source}, {date}
              </Trans>
            </p>
          </details>
        );
      })}
    </section>
  );
}
