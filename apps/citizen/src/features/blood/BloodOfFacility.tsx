import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "wouter";
import { BloodComponent, BloodGroup } from "@ihims/core/blood/schema.ts";
import type { FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import { bloodSubject, VALUE_BY_KIND, type Figure } from "@ihims/core/observations/schema.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { FreshnessChip } from "@ihims/ui/FreshnessChip.tsx";
import { freshnessNow } from "@ihims/ui/freshness.ts";
import { BLOOD_COMPONENT_WORDS } from "@ihims/ui/words/blood.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { useHref } from "../../platform/address.ts";
import { groupText } from "./words.ts";
import "./blood.css";

/** On a bank's page: what it has, component by component, group by group. Each leads to where else it is. */
export function BloodOfFacility({ figures }: { figures: FacilityRecord["figures"] }) {
  const { i18n } = useLingui();
  const now = useNow();
  const bySubject = new Map(figures.map((figure) => [figure.subject, figure]));
  const rows = BloodComponent.options.flatMap((component) => {
    const cells = BloodGroup.options.flatMap((group) => {
      const subject = bloodSubject(group, component);
      const figure = bySubject.get(subject);
      if (!figure || freshnessNow(subject, figure, now) === "expired") return [];
      const stock = VALUE_BY_KIND.blood.safeParse(figure.value).data;
      return stock ? [{ group, figure, units: Math.max(0, stock.units - (figure.held ?? 0)) }] : [];
    });
    return cells.length > 0 ? [{ component, cells }] : [];
  });
  if (rows.length === 0) return null;
  return (
    <section className="card" aria-labelledby="blood-now">
      <h2 id="blood-now">
        <Trans>Blood now</Trans>
      </h2>
      <ul className="beds">
        {rows.map(({ component, cells }) => {
          const oldest = cells.map(({ figure }) => figure).reduce(olderOf);
          return (
            <li key={component} className="bed">
              <span className="bed-name">{i18n._(BLOOD_COMPONENT_WORDS[component])}</span>
              <FreshnessChip
                freshness={freshnessNow(oldest.subject, oldest, now)}
                observedAt={oldest.observedAt}
              />
              <ul className="blood-cells">
                {cells.map(({ group, units }) => (
                  <Cell key={group} {...{ group, component, units }} />
                ))}
              </ul>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function olderOf(a: Figure, b: Figure): Figure {
  return (a.observedAt ?? "") <= (b.observedAt ?? "") ? a : b;
}

function Cell({ group, component, units }: { group: BloodGroup; component: BloodComponent; units: number }) {
  const { t } = useLingui();
  const formats = useFormats();
  const href = useHref();
  const count = formats.number(units);
  const shown = groupText(group);
  return (
    <li>
      <Link
        className="blood-cell"
        data-none={units === 0}
        href={href("/blood", new URLSearchParams({ group, component }))}
        aria-label={t`${shown}: ${count} units`}
      >
        <span className="blood-cell-group">{shown}</span>
        <span className="blood-cell-units">{count}</span>
      </Link>
    </li>
  );
}
