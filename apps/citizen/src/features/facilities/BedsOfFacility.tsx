import { Trans } from "@lingui/react/macro";
import { BedType } from "@ihims/core/beds/schema.ts";
import type { BedFigure } from "@ihims/core/observations/schema.ts";
import { ExplainedBedType } from "@ihims/ui/Explained.tsx";
import { Figure } from "@ihims/ui/Figure.tsx";

/** The live beds of a place, each with its age; who said so opens on tap. */
export function BedsOfFacility({ beds }: { beds: readonly BedFigure[] }) {
  const inOrder = beds.toSorted((a, b) => BedType.options.indexOf(a.type) - BedType.options.indexOf(b.type));
  return (
    <section aria-labelledby="beds" className="card">
      <h2 id="beds">
        <Trans>Beds now</Trans>
      </h2>
      <ul className="beds">
        {inOrder.map((figure) => (
          <li key={figure.type} className="bed">
            <div className="bed-name">
              <ExplainedBedType type={figure.type} />
            </div>
            <Figure figure={figure} size="large" align="end" isNamedAbove hasSource />
          </li>
        ))}
      </ul>
      <p className="quiet">
        <Trans>Call before you go. A bed that is free now may be taken on your way.</Trans>
      </p>
    </section>
  );
}
