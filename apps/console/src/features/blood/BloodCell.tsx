import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { lowBelowOf } from "@ihims/core/blood/rules.ts";
import type { BloodBank } from "@ihims/core/blood/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { bloodSubject, VALUE_BY_KIND, type Figure } from "@ihims/core/observations/schema.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { freshnessNow } from "@ihims/ui/freshness.ts";
import { BLOOD_COMPONENT_WORDS } from "@ihims/ui/words/blood.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import type { Reported } from "./BloodGrid.tsx";
import type { Cell } from "./BloodPage.tsx";
import { useReport } from "./queries.ts";
import { groupText } from "./words.ts";

const UNITS_MAX = 100_000;

interface Props {
  facility: FacilityId;
  bank: BloodBank | null;
  figure: Figure | undefined;
  /** On the shelf, expired ones included: above 0 the count is theirs and is not typed. */
  bags: number;
  cell: Cell;
  place: string;
  isOpen: boolean;
  onOpen: (cell: Cell) => void;
  onReported: (reported: Reported) => void;
}

/** One count: typed over and sent with Enter, or made of bags and opened; its age and whether it is low. */
export function BloodCell(props: Props) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const { figure, bank, bags, cell, isOpen } = props;
  const subject = bloodSubject(cell.group, cell.component);
  const units = VALUE_BY_KIND.blood.safeParse(figure?.value).data?.units;
  const low = lowBelowOf(bank, cell.group, cell.component);
  const isLow = units !== undefined && low !== undefined && units < low;
  const freshness = figure ? freshnessNow(subject, figure, now) : "unknown";
  const name = `${groupText(cell.group)} ${i18n._(BLOOD_COMPONENT_WORDS[cell.component])}`;
  const held = figure?.held ?? 0;
  return (
    <div className="blood-cell" data-low={isLow} data-freshness={freshness}>
      {bags > 0 ? (
        <button
          type="button"
          className="blood-bags"
          data-cell={props.place}
          aria-pressed={isOpen}
          aria-label={t`${name}: ${units ?? 0} units, show the bags`}
          onClick={() => props.onOpen(cell)}
        >
          {formats.number(units ?? 0)}
        </button>
      ) : (
        <TypedCount {...props} units={units} name={name} />
      )}
      <span className="blood-age">
        {figure?.observedAt ? formats.age(figure.observedAt, now) : "–"}
        {held > 0 && (
          <>
            {" · "}
            <Trans>{held} held</Trans>
          </>
        )}
      </span>
      {isLow && (
        <span className="blood-low">
          <Trans>Low</Trans>
        </span>
      )}
    </div>
  );
}

function TypedCount({
  facility,
  cell,
  place,
  units,
  name,
  onReported,
}: Props & { units: number | undefined; name: string }) {
  const { t } = useLingui();
  const report = useReport(facility, cell.group, cell.component);
  const [typed, setTyped] = useState<string>();
  const isWrong = typed !== undefined && typed.trim() !== "" && !isCount(typed);
  function send() {
    if (typed === undefined || isWrong) return;
    const count = Number(typed);
    if (typed.trim() === "" || count === units) return setTyped(undefined);
    report.mutate(count, {
      onSuccess({ observation }) {
        setTyped(undefined);
        onReported({ ...cell, observation, units: count });
      },
    });
  }
  return (
    <>
      <input
        className="blood-count"
        data-cell={place}
        inputMode="numeric"
        aria-label={t`Units of ${name}`}
        aria-invalid={isWrong || report.isError}
        value={typed ?? (units === undefined ? "" : String(units))}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={send}
        onKeyDown={(event) => {
          if (event.key === "Enter") send();
          if (event.key === "Escape") setTyped(undefined);
        }}
      />
      {report.isError && (
        <span role="alert" className="blood-wrong">
          <Trans>not sent</Trans>
        </span>
      )}
    </>
  );
}

function isCount(text: string): boolean {
  return /^\s*\d{1,6}\s*$/.test(text) && Number(text) <= UNITS_MAX;
}
