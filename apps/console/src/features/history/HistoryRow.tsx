import { Button } from "@mantine/core";
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { HistoryEntry } from "@ihims/core/history/endpoints.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { kindOf } from "@ihims/core/observations/schema.ts";
import { mayReport } from "@ihims/core/people/rules.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { SOURCE_WORDS } from "@ihims/ui/words/observations.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { subjectText, valueText } from "../observations/observations.ts";
import { actorOf, useSession } from "../people/people.ts";
import { useRevert } from "./queries.ts";

const OUTCOME_WORDS: Record<HistoryEntry["outcome"], MessageDescriptor> = {
  changed: msg`Changed`,
  confirmed: msg`Confirmed`,
  superseded: msg`Not shown: newer or more trusted news stood already`,
};

interface Props {
  facility: FacilityId;
  entry: HistoryEntry;
  /** Only this figure is shown: the way to it is not offered again. */
  isOne: boolean;
}

/** One report: what it said, what stood before, who said it, when and how. */
export function HistoryRow({ facility, entry, isOne }: Props) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const { subject, value, before, observedAt, receivedAt, outcome, retraction } = entry;
  const text = (one: unknown) => valueText(i18n, formats, subject, one, now);
  const seen = formats.moment(observedAt, now);
  const heard = formats.moment(receivedAt, now);
  const was = before === null ? null : text(before);
  return (
    <li className="history-row" data-retracted={retraction !== null}>
      <p className="history-figure">
        {isOne ? (
          subjectText(i18n, subject)
        ) : (
          <Link from="/facilities/$facility/history" to="/facilities/$facility/history" search={{ subject }}>
            {subjectText(i18n, subject)}
          </Link>
        )}
      </p>
      <p className="history-value">
        <strong>{text(value)}</strong>
        {outcome === "changed" && was !== null && was !== text(value) && (
          <span className="history-before">
            <Trans>before: {was}</Trans>
          </span>
        )}
        <span className="history-outcome">{i18n._(OUTCOME_WORDS[outcome])}</span>
      </p>
      <p className="history-who">
        {entry.who.name ?? <Trans>An account that is no more</Trans>}
        {", "}
        {i18n._(SOURCE_WORDS[entry.source])}
        <br />
        {seen === heard ? (
          <Trans>Seen {seen}</Trans>
        ) : (
          <Trans>
            Seen {seen}, heard {heard}
          </Trans>
        )}
        {retraction && <Retracted retraction={retraction} />}
      </p>
      <Revert facility={facility} entry={entry} />
    </li>
  );
}

function Retracted({ retraction }: { retraction: NonNullable<HistoryEntry["retraction"]> }) {
  const formats = useFormats();
  const now = useNow();
  const at = formats.moment(retraction.at, now);
  const by = retraction.by ?? "–";
  return (
    <span className="history-retracted">
      <Trans>
        Taken back {at}, {by}
      </Trans>
    </span>
  );
}

/** Say the same again, as a new report of mine; asked once more before. */
function Revert({ facility, entry }: { facility: FacilityId; entry: HistoryEntry }) {
  const session = useSession();
  const [isAsking, setIsAsking] = useState(false);
  const reverting = useRevert(facility);
  if (!session || !mayReport(actorOf(session), facility, kindOf(entry.subject))) return <span />;
  if (reverting.isSuccess)
    return (
      <p className="history-said" role="status">
        <Trans>Reported anew</Trans>
      </p>
    );
  return (
    <div className="history-revert">
      {isAsking ? (
        <>
          <Button size="sm" loading={reverting.isPending} onClick={() => reverting.mutate(entry.observation)}>
            <Trans>Report this as of now</Trans>
          </Button>
          <Button size="sm" variant="default" onClick={() => setIsAsking(false)}>
            <Trans>Leave it</Trans>
          </Button>
        </>
      ) : (
        <Button size="sm" variant="default" onClick={() => setIsAsking(true)}>
          <Trans>Go back to this</Trans>
        </Button>
      )}
      {reverting.isError && (
        <p role="alert" className="today-failed">
          <Trans>Not reported: {reverting.error.message}</Trans>
        </p>
      )}
    </div>
  );
}
