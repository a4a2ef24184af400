import { Trans } from "@lingui/react/macro";
import { useLingui } from "@lingui/react";
import type { TodayOfFacility } from "@ihims/core/today/endpoints.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { FreshnessChip } from "@ihims/ui/FreshnessChip.tsx";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { subjectText, valueText } from "../observations/observations.ts";
import type { DayRow } from "./day.ts";

interface Props {
  row: DayRow;
  doctors: TodayOfFacility["doctors"];
  /** Where rows of several facilities stand together. */
  facilityName?: string | undefined;
}

/** One figure of mine: what it says, how old that is, and when readers lose it. */
export function DayRowView({ row, doctors, facilityName }: Props) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const { subject, value, freshness, observedAt } = row;
  const doctor = doctors.find(({ id }) => subject === `duty:${id}`);
  const lang = formats.language;
  const until = row.withdrawnAt && formats.moment(row.withdrawnAt, now);
  return (
    <li className="day-row" data-due={row.due}>
      <span className="day-name">
        {subjectText(i18n, subject, doctor && (doctor.names[lang] ?? doctor.name))}
        {facilityName && <span className="day-place">{facilityName}</span>}
      </span>
      <span className="day-value">{valueText(i18n, formats, subject, value, now)}</span>
      <span className="day-age">
        <FreshnessChip freshness={freshness} observedAt={observedAt} />
        {freshness === "expired" ? (
          <span className="day-until">
            <Trans>Readers no longer see it</Trans>
          </span>
        ) : (
          row.due === "red" &&
          until && (
            <span className="day-until">
              <Trans>Shown until {until}</Trans>
            </span>
          )
        )}
      </span>
    </li>
  );
}
