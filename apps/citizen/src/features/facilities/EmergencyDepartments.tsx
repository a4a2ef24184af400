import { Trans } from "@lingui/react/macro";
import type { FacilitySummary } from "@ihims/core/facilities/endpoints.ts";
import { FacilityRow } from "./FacilityRow.tsx";

/** There is always somewhere to go: the nearest emergency departments, whatever was looked for. */
export function EmergencyDepartments({
  departments,
  isBesideSearch = true,
}: {
  departments: readonly FacilitySummary[];
  /** Offered beside something else that was looked for. */
  isBesideSearch?: boolean;
}) {
  if (departments.length === 0) return null;
  return (
    <section aria-labelledby="departments" className="departments">
      <h2 id="departments">
        <Trans>Nearest emergency departments</Trans>
      </h2>
      {isBesideSearch && (
        <p className="quiet">
          <Trans>For what cannot wait, whatever you searched for.</Trans>
        </p>
      )}
      <ul className="rows">
        {departments.map((facility) => (
          <li key={facility.id}>
            <FacilityRow facility={facility} bed="emergency" />
          </li>
        ))}
      </ul>
    </section>
  );
}
