import { Button } from "@mantine/core";
import { Plural, Trans } from "@lingui/react/macro";
import { IconArrowBackUp, IconChecks } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { ObservationId } from "@ihims/core/ids.ts";
import type { TodayOfFacility } from "@ihims/core/today/endpoints.ts";
import { confirmable, type DayRow } from "./day.ts";
import { useTakeBack, type useConfirm } from "./queries.ts";

/** For how long a confirmation can be taken back here; the history can still revert it after that. */
const UNDO_MS = 10_000;

interface Props {
  days: readonly { facility: TodayOfFacility; rows: readonly DayRow[] }[];
  confirming: ReturnType<typeof useConfirm>;
}

/** How much is due, the one tap that says that nothing has changed, and ten seconds to take it back. */
export function ConfirmBar({ days, confirming }: Props) {
  const rows = days.flatMap((one) => one.rows);
  const due = rows.filter((row) => row.due === "due").length;
  const red = rows.filter((row) => row.due === "red").length;
  const unchanged = confirmable(rows);
  return (
    <div className="today-bar">
      <p className="today-due" role="status">
        {due === 0 && red === 0 ? (
          <Trans>All up to date</Trans>
        ) : (
          <>
            {due > 0 && (
              <span className="due-mark" data-due="due">
                <Plural value={due} one="# due" other="# due" />
              </span>
            )}
            {red > 0 && (
              <span className="due-mark" data-due="overdue">
                <Plural value={red} one="# overdue or nearly" other="# overdue or nearly" />
              </span>
            )}
          </>
        )}
      </p>
      {unchanged.size > 0 && (
        <Button
          size="md"
          className="today-all"
          leftSection={<IconChecks size={20} stroke={1.75} aria-hidden="true" />}
          loading={confirming.isPending}
          onClick={() => confirming.mutate(unchanged)}
        >
          <Trans>Nothing has changed</Trans>
        </Button>
      )}
      {(confirming.isError || confirming.data?.isWhole === false) && (
        <p className="today-failed" role="alert">
          <Trans>Not all was confirmed: we could not reach the server. Try again.</Trans>
        </p>
      )}
      {confirming.data && confirming.data.observations.length > 0 && (
        <TakeBack key={confirming.submittedAt} observations={confirming.data.observations} />
      )}
    </div>
  );
}

function TakeBack({ observations }: { observations: readonly ObservationId[] }) {
  const takingBack = useTakeBack();
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsOver(true), UNDO_MS);
    return () => clearTimeout(timer);
  }, []);
  if (takingBack.isSuccess)
    return (
      <p className="today-said" role="status">
        <Trans>Taken back: each figure is as old as it was.</Trans>
      </p>
    );
  return (
    <div className="today-said">
      <span role="status">
        <Plural value={observations.length} one="# figure confirmed" other="# figures confirmed" />
      </span>
      {!isOver && (
        <Button
          size="sm"
          variant="default"
          loading={takingBack.isPending}
          leftSection={<IconArrowBackUp size={18} stroke={1.75} aria-hidden="true" />}
          onClick={() => takingBack.mutate(observations)}
        >
          <Trans>Undo</Trans>
        </Button>
      )}
      {takingBack.isError && (
        <span role="alert">
          <Trans>Not undone: we could not reach the server. Try again.</Trans>
        </span>
      )}
    </div>
  );
}
