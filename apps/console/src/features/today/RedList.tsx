import { Button } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import type { TodayOfFacility } from "@ihims/core/today/endpoints.ts";
import { confirmable, type DayRow } from "./day.ts";
import { DayRowView } from "./DayRowView.tsx";
import type { useConfirm } from "./queries.ts";

interface Props {
  rows: readonly DayRow[];
  facilities: readonly TodayOfFacility[];
  confirming: ReturnType<typeof useConfirm>;
}

/** Most rows that the list shows; the groups below have them all. */
const RED_MAX = 12;

/** What readers see as stale or no longer at all, or will within the hour. */
export function RedList({ rows, facilities, confirming }: Props) {
  const red = rows.filter(({ due }) => due === "red");
  if (red.length === 0) return null;
  const mine = confirmable(red);
  return (
    <section className="red-list" aria-labelledby="red-list">
      <div className="group-head">
        <h2 id="red-list">
          <Trans>Confirm these first</Trans>
        </h2>
        {mine.size > 0 && (
          <Button
            size="sm"
            variant="default"
            disabled={confirming.isPending}
            onClick={() => confirming.mutate(mine)}
          >
            <Trans>These are as they were</Trans>
          </Button>
        )}
      </div>
      <ul className="day-rows">
        {red.slice(0, RED_MAX).map((row) => {
          const facility = facilities.find(({ id }) => id === row.facility);
          return (
            <DayRowView
              key={`${row.facility} ${row.subject}`}
              row={row}
              doctors={facility?.doctors ?? []}
              facilityName={facilities.length > 1 ? facility?.name : undefined}
            />
          );
        })}
      </ul>
    </section>
  );
}
