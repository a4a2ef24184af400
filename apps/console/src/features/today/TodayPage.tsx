import { Button } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import type { Reply } from "@ihims/core/endpoint.ts";
import type { getToday } from "@ihims/core/today/endpoints.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { Empty, Failure, Loading, Skeleton } from "@ihims/ui/States.tsx";
import { usePageTitle } from "../../platform/page-title.ts";
import { ConfirmBar } from "./ConfirmBar.tsx";
import { rowsOf, type DayRow } from "./day.ts";
import { FacilityDay } from "./FacilityDay.tsx";
import { useConfirm, useToday } from "./queries.ts";
import { RedList } from "./RedList.tsx";
import "./today.css";

/** The first page: every live figure of my facilities with its age, what is due, and what waits. */
export function TodayPage() {
  const { t } = useLingui();
  usePageTitle(t`Today`);
  const today = useToday();
  return (
    <div className="today">
      <h1>
        <Trans>Today</Trans>
      </h1>
      {today.data ? (
        <Day day={today.data} isOld={today.isError} />
      ) : today.isPending ? (
        <Loading>
          <Skeleton width="100%" height="4rem" />
          <Skeleton width="100%" height="16rem" />
        </Loading>
      ) : (
        <Failure
          title={<Trans>Your figures could not be read</Trans>}
          actions={
            <Button onClick={() => void today.refetch()} loading={today.isFetching}>
              <Trans>Try again</Trans>
            </Button>
          }
        >
          <Trans>We could not reach the server. Nothing is lost; try again in a moment.</Trans>
        </Failure>
      )}
    </div>
  );
}

function Day({ day, isOld }: { day: Reply<typeof getToday>; isOld: boolean }) {
  const now = useNow();
  const confirming = useConfirm();
  const days = day.facilities.map((facility) => ({ facility, rows: rowsOf(facility, now) }));
  const all: DayRow[] = days.flatMap(({ rows }) => rows);
  if (days.length === 0)
    return (
      <Empty title={<Trans>You belong to no institution yet</Trans>}>
        <Trans>Its administrator sends you a link.</Trans>
      </Empty>
    );
  return (
    <>
      {isOld && (
        <p className="today-old" role="status">
          <Trans>We could not reach the server: this is what it said last.</Trans>
        </p>
      )}
      <ConfirmBar days={days} confirming={confirming} />
      <RedList rows={all} facilities={day.facilities} confirming={confirming} />
      {days.map(({ facility, rows }) => (
        <FacilityDay
          key={facility.id}
          facility={facility}
          rows={rows}
          confirming={confirming}
          isNamed={days.length > 1}
        />
      ))}
    </>
  );
}
