import { Trans, useLingui } from "@lingui/react/macro";
import { BloodComponent, BloodGroup } from "@ihims/core/blood/schema.ts";
import { BLOOD_COMPONENT_WORDS } from "@ihims/ui/words/blood.ts";
import { Choice } from "../../platform/choices.tsx";
import { UNITS_OFFERED, type BloodTerms } from "./terms.ts";
import { groupText } from "./words.ts";

/** Few have it and few know it: it is asked for in a place of its own. */
const isBombay = (group: BloodGroup) => group.startsWith("Oh");

interface Props {
  terms: BloodTerms;
  onChange: (terms: BloodTerms) => void;
}

/** The patient's group, the component, how many units, and whether another group will do. */
export function BloodTermsForm({ terms, onChange }: Props) {
  const { t, i18n } = useLingui();
  const { group, component, units, isSameOnly } = terms;
  const groupButton = (one: BloodGroup) => (
    <button
      key={one}
      type="button"
      className="filter blood-choice"
      aria-pressed={one === group}
      onClick={() => onChange({ ...terms, group: one })}
    >
      {groupText(one)}
    </button>
  );
  return (
    <>
      <div role="group" aria-labelledby="patient-group">
        <p id="patient-group" className="blood-question">
          <Trans>The patient's blood group</Trans>
        </p>
        <div className="blood-groups">
          {BloodGroup.options.filter((one) => !isBombay(one)).map(groupButton)}
        </div>
        <details className="blood-rare" open={group !== null && isBombay(group)}>
          <summary>
            <Trans>Bombay group (Oh)</Trans>
          </summary>
          <div className="blood-groups">{BloodGroup.options.filter(isBombay).map(groupButton)}</div>
        </details>
      </div>
      <div className="filters" role="group" aria-label={t`What is needed`}>
        <Choice
          label={t`Component`}
          value={component}
          onChange={(value) =>
            onChange({ ...terms, component: BloodComponent.safeParse(value).data ?? component })
          }
        >
          {BloodComponent.options.map((one) => (
            <option key={one} value={one}>
              {i18n._(BLOOD_COMPONENT_WORDS[one])}
            </option>
          ))}
        </Choice>
        <Choice
          label={t`Units`}
          value={String(units)}
          onChange={(value) => onChange({ ...terms, units: Number(value) })}
        >
          {UNITS_OFFERED.map((one) => (
            <option key={one} value={one}>
              {t`Units: ${one}`}
            </option>
          ))}
        </Choice>
        <button
          type="button"
          className="filter"
          aria-pressed={!isSameOnly}
          onClick={() => onChange({ ...terms, isSameOnly: !isSameOnly })}
        >
          <Trans>Also compatible groups</Trans>
        </button>
      </div>
    </>
  );
}
