import { useLingui } from "@lingui/react/macro";
import { KindChoice, OpenNowChoice, RadiusChoice, SchemeChoice } from "../../platform/choices.tsx";
import type { SearchTerms } from "./terms.ts";

/** What beside the words narrows the places. Each change is in the address at once. */
export function SearchFilterBar({
  terms,
  onChange,
}: {
  terms: SearchTerms;
  onChange: (terms: SearchTerms) => void;
}) {
  const { t } = useLingui();
  return (
    <div className="filters" role="group" aria-label={t`Filters`}>
      <OpenNowChoice value={terms.isOpenNow} onChange={(isOpenNow) => onChange({ ...terms, isOpenNow })} />
      <SchemeChoice value={terms.scheme} onChange={(scheme) => onChange({ ...terms, scheme })} />
      <KindChoice value={terms.kind} onChange={(kind) => onChange({ ...terms, kind })} />
      <RadiusChoice value={terms.radius} onChange={(radius) => onChange({ ...terms, radius })} />
    </div>
  );
}
