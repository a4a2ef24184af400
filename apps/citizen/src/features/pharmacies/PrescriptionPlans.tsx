import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { MedicineId } from "@ihims/core/medicines/schema.ts";
import type { PrescriptionPlan } from "@ihims/core/stock/endpoints.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import type { Matched, PrescriptionLine } from "./queries.ts";
import { StockOfPlace } from "./StockOfPlace.tsx";
import { StockRow } from "./StockRow.tsx";

interface Props {
  matched: Matched;
  asked: readonly PrescriptionLine[];
  onChoose: (line: number, medicine: MedicineId, name: string) => void;
}

/** Where a prescription can be had: one shop, two shops, or who has most of it. */
export function PrescriptionPlans({ matched, asked, onChoose }: Props) {
  const { one, two, most } = matched;
  const names = matched.lines.map(({ medicine }, at) => medicine?.name ?? asked[at]?.text ?? "");
  const isNothing = one.length + two.length + most.length === 0;
  return (
    <div role="region" aria-live="polite">
      <Doubts matched={matched} asked={asked} onChoose={onChoose} />
      {one.length > 0 && (
        <Plans
          title={<Trans>One shop has it all</Trans>}
          plans={one}
          names={names}
          currency={matched.currency}
        />
      )}
      {two.length > 0 && (
        <Plans
          title={<Trans>Two shops have it together</Trans>}
          plans={two}
          names={names}
          currency={matched.currency}
        />
      )}
      {most.length > 0 && (
        <Plans
          title={<Trans>Who has most of it</Trans>}
          plans={most}
          names={names}
          currency={matched.currency}
        />
      )}
      {isNothing && (
        <p>
          <Trans>No shop near you has told that it has any of these. Call one before you go.</Trans>
        </p>
      )}
    </div>
  );
}

/** Lines that may mean several medicines are asked back: the reader chooses, we never guess. */
function Doubts({ matched, asked, onChoose }: Props) {
  const doubts = matched.lines.flatMap((line, at) => (line.medicine ? [] : [{ ...line, at }]));
  if (doubts.length === 0) return null;
  return (
    <section className="card" aria-labelledby="doubts">
      <h2 id="doubts">
        <Trans>Which one is meant?</Trans>
      </h2>
      {doubts.map(({ at, candidates }) => {
        const typed = asked[at]?.text ?? "";
        return (
          <div key={at}>
            <p>
              <strong>{typed}</strong>
            </p>
            {candidates.length === 0 ? (
              <p className="quiet">
                <Trans>
                  No medicine of this name is known here. Check the spelling, or ask the pharmacist.
                </Trans>
              </p>
            ) : (
              <ul className="prescription-choices">
                {candidates.map(({ id, name, generics }) => (
                  <li key={id}>
                    <button type="button" className="button-wide" onClick={() => onChoose(at, id, name)}>
                      {name} <span className="quiet caption">{generics}</span>
                    </button>
                  </li>
                ))}
              </ul>
            )}
          </div>
        );
      })}
    </section>
  );
}

function Plans({
  title,
  plans,
  names,
  currency,
}: {
  title: ReactNode;
  plans: readonly PrescriptionPlan[];
  names: readonly string[];
  currency: string;
}) {
  return (
    <section>
      <h2>{title}</h2>
      {plans.map((plan) => (
        <Plan
          key={plan.visits.map(({ place }) => place.id).join()}
          plan={plan}
          names={names}
          currency={currency}
        />
      ))}
    </section>
  );
}

function Plan({
  plan: { visits, priceMinor, travel, reasons, missing },
  names,
  currency,
}: {
  plan: PrescriptionPlan;
  names: readonly string[];
  currency: string;
}) {
  const { t } = useLingui();
  const formats = useFormats();
  const way = travel && formats.minutes(travel.seconds);
  const facts = [way && t`about ${way} on the way`, ...reasons.map(({ words }) => words)];
  const without = missing.map((line) => names[line] ?? "").join(", ");
  return (
    <article className="card prescription-plan">
      <p className="prescription-sum">
        {priceMinor === null ? (
          <Trans>Price not known</Trans>
        ) : (
          formats.money({ minor: priceMinor, currency })
        )}
      </p>
      <p className="row-reason">{facts.filter(Boolean).join(" · ")}</p>
      {without !== "" && (
        <p>
          <Trans>Not there: {without}</Trans>
        </p>
      )}
      {visits.map(({ place, offers }) => (
        <div key={place.id}>
          <StockRow place={place} terms={new URLSearchParams()} />
          <ul className="beds">
            {offers.map(({ line, medicine, isEquivalent, stock }) => {
              const wanted = names[line] ?? "";
              return (
                <li key={line} className="bed">
                  <span>
                    {medicine.name}
                    {isEquivalent && (
                      <span className="quiet caption">
                        {" "}
                        <Trans>instead of {wanted}: ask the pharmacist</Trans>
                      </span>
                    )}
                  </span>
                  <StockOfPlace stock={stock} currency={currency} />
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </article>
  );
}
