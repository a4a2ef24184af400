import { Button } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { useLingui } from "@lingui/react";
import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { FacilityId } from "@ihims/core/ids.ts";
import { Empty, Failure, Loading, Skeleton } from "@ihims/ui/States.tsx";
import { Refused } from "../../platform/api.ts";
import { BedBoard } from "./BedBoard.tsx";
import { useBoard } from "./use-board.ts";
import "./beds.css";

/** The beds of the institution that the address names. */
export function BedsPage() {
  const { facility } = useParams({ from: "/frame/facilities/$facility/beds" });
  const id = FacilityId.safeParse(facility);
  if (!id.success) return <NoSuchInstitution />;
  return <Beds key={id.data} facility={id.data} />;
}

function Beds({ facility }: { facility: FacilityId }) {
  const { record, ...rest } = useBoard(facility);
  if (record.data) return <BedBoard {...rest} record={record.data} />;
  if (record.status === "pending") return <Waiting />;
  if (record.error instanceof Refused && record.error.kind === "not-found") return <NoSuchInstitution />;
  return (
    <Lone>
      <Failure
        title={<Trans>The beds could not be read</Trans>}
        actions={
          <Button onClick={() => void record.refetch()} loading={record.isFetching}>
            <Trans>Try again</Trans>
          </Button>
        }
      >
        <Trans>We could not reach the server. Nothing is lost; try again in a moment.</Trans>
      </Failure>
    </Lone>
  );
}

function Lone({ children }: { children: ReactNode }) {
  const { i18n } = useLingui();
  return (
    <div className="lone" lang={i18n.locale}>
      <h1 className="ui-visually-hidden">
        <Trans>Beds</Trans>
      </h1>
      {children}
    </div>
  );
}

function NoSuchInstitution() {
  return (
    <Lone>
      <Empty isPage title={<Trans>There is no such institution</Trans>}>
        <Trans>It may have been merged with another. Choose yours at the side.</Trans>
      </Empty>
    </Lone>
  );
}

/** The shape of the board before its figures are there. */
function Waiting() {
  return (
    <div className="board">
      <Loading>
        <div className="board-head">
          <Skeleton width="min(18rem, 60vw)" height="2.1rem" />
          <Skeleton width="10rem" height="1.4rem" />
        </div>
        <div className="board-waiting">
          {[0, 1, 2, 3, 4].map((row) => (
            <Skeleton key={row} width="100%" height="4.25rem" />
          ))}
        </div>
      </Loading>
    </div>
  );
}
