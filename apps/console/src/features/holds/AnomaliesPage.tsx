import { Button, NativeSelect } from "@mantine/core";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Anomaly } from "@ihims/core/audit/anomalies.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { Empty, Failure, Loading, Skeleton } from "@ihims/ui/States.tsx";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { usePageTitle } from "../../platform/page-title.ts";
import { useAnomalies } from "./queries.ts";
import { ANOMALY_WORDS } from "./words.ts";
import "./holds.css";

const DAYS = [7, 30, 90] as const;

/** For the city: holds that look as if beds are kept for those who are not on the way. */
export function AnomaliesPage() {
  const { t } = useLingui();
  const [days, setDays] = useState<number>(DAYS[0]);
  const anomalies = useAnomalies(days);
  usePageTitle(t`Holds that stand out`);
  return (
    <div className="incoming">
      <h1>
        <Trans>Holds that stand out</Trans>
      </h1>
      <p className="incoming-what">
        <Trans>
          A question to ask the institution, not a finding. Each step of every hold is in the public log.
        </Trans>
      </p>
      <NativeSelect
        className="anomaly-days"
        label={t`Looked at`}
        value={String(days)}
        onChange={(event) => setDays(Number(event.currentTarget.value))}
        data={[
          { value: "7", label: t`Last 7 days` },
          { value: "30", label: t`Last 30 days` },
          { value: "90", label: t`Last 90 days` },
        ]}
      />
      {anomalies.data ? (
        anomalies.data.items.length === 0 ? (
          <Empty title={<Trans>Nothing stands out</Trans>} />
        ) : (
          <ul className="incoming-list">
            {anomalies.data.items.map((anomaly) => (
              <li key={`${anomaly.kind} ${anomaly.facility} ${anomaly.officer} ${anomaly.from}`}>
                <AnomalyCard anomaly={anomaly} />
              </li>
            ))}
          </ul>
        )
      ) : anomalies.isPending ? (
        <Loading>
          <Skeleton width="100%" height="8rem" />
        </Loading>
      ) : (
        <Failure
          title={<Trans>What stands out could not be read</Trans>}
          actions={
            <Button onClick={() => void anomalies.refetch()}>
              <Trans>Try again</Trans>
            </Button>
          }
        />
      )}
    </div>
  );
}

function AnomalyCard({ anomaly }: { anomaly: Anomaly }) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const from = formats.moment(anomaly.from, now);
  const to = formats.moment(anomaly.to, now);
  return (
    <article className="incoming-card">
      <h2>{i18n._(ANOMALY_WORDS[anomaly.kind])}</h2>
      <p className="incoming-facts">
        {anomaly.facilityName}
        {anomaly.officer && <span> · {anomaly.officer}</span>}
      </p>
      <p className="incoming-facts">
        <Plural value={anomaly.holds} one="# hold" other="# holds" /> ·{" "}
        <Plural value={anomaly.holders} one="# person" other="# people" /> · {from} – {to}
      </p>
    </article>
  );
}
