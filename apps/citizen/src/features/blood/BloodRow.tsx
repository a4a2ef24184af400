import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { isHoldable } from "@ihims/core/holds/rules.ts";
import { bloodSubject } from "@ihims/core/observations/schema.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { FreshnessChip } from "@ihims/ui/FreshnessChip.tsx";
import { freshnessNow } from "@ihims/ui/freshness.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { useHref } from "../../platform/address.ts";
import { PlaceRow } from "../facilities/facilities.ts";
import { HoldButton } from "../holds/holds.ts";
import { BankPolicy } from "./BankPolicy.tsx";
import type { FoundBank, FoundPlace } from "./queries.ts";
import type { BloodTerms } from "./terms.ts";
import { CAUTION_WORDS, groupText } from "./words.ts";

interface Props {
  place: FoundPlace;
  terms: BloodTerms;
  currency: string;
  /** Something is kept for the reader already: one of a kind. */
  isHolding: boolean;
}

/** A bank with what it has of what is looked for, what it asks for, and the way to have it kept. */
export function BloodRow({ place, terms, currency, isHolding }: Props) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const { facility, group, component, units, figure, cautions, isSame } = place;
  const subject = bloodSubject(group, component);
  const freshness = freshnessNow(subject, figure, now);
  const isKept = facility.holdMinutes !== null && isHoldable(freshness) && !isHolding;
  const duration = formats.duration((facility.holdMinutes ?? 0) * 60);
  const soon = figure.value && "expiringSoon" in figure.value ? (figure.value.expiringSoon ?? 0) : 0;
  return (
    <BankFrame
      bank={facility}
      below={
        <>
          <BankPolicy policy={facility.bloodBank} component={component} currency={currency} />
          {soon > 0 && (
            <p className="row-reason">
              <Plural
                value={soon}
                one="# unit expires within three days"
                other="# units expire within three days"
              />
            </p>
          )}
          {cautions.map((caution) => (
            <p key={caution} className="blood-caution">
              {i18n._(CAUTION_WORDS[caution])}
            </p>
          ))}
          {isKept && (
            <div className="blood-hold">
              <HoldButton facility={facility.id} subject={subject} units={terms.units} isQuiet>
                <Plural
                  value={terms.units}
                  one={`Hold # unit for ${duration}`}
                  other={`Hold # units for ${duration}`}
                />
              </HoldButton>
            </div>
          )}
        </>
      }
    >
      <div className="ui-figure" data-align="end">
        <span className="ui-figure-number">
          <span className="blood-group" data-same={isSame}>
            {groupText(group)}
          </span>
          <span className="ui-figure-value stock-level">
            <Plural value={units} one="# unit" other="# units" />
          </span>
        </span>
        <FreshnessChip freshness={freshness} observedAt={figure.observedAt} />
      </div>
    </BankFrame>
  );
}

/** A bank that has not said lately what it has. */
export function BankToCall({ bank }: { bank: FoundBank }) {
  return (
    <BankFrame bank={bank}>
      <p className="ui-figure-withdrawn">
        <Trans>Not confirmed, call</Trans>
      </p>
    </BankFrame>
  );
}

function BankFrame({ bank, children, below }: { bank: FoundBank; children: ReactNode; below?: ReactNode }) {
  const href = useHref();
  return (
    <PlaceRow
      place={bank}
      href={href(`/facilities/${bank.id}`)}
      below={below && <div className="blood-below">{below}</div>}
    >
      {children}
    </PlaceRow>
  );
}
