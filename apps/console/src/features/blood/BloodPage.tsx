import { Button } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { BloodComponent, BloodGroup } from "@ihims/core/blood/schema.ts";
import type { FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import { kindOf } from "@ihims/core/observations/schema.ts";
import { Empty, Failure, Loading, Skeleton } from "@ihims/ui/States.tsx";
import { DonorCalls } from "../donors/donors.ts";
import { BankForm } from "./BankForm.tsx";
import { BloodGrid } from "./BloodGrid.tsx";
import { useBank, useConfirm, useUnits } from "./queries.ts";
import { ScanBox } from "./ScanBox.tsx";
import { UnitList } from "./UnitList.tsx";
import "./blood.css";

/** The blood of the bank that the address names: what there is, bag by bag, and what it asks for. */
export function BloodPage() {
  const { facility } = useParams({ from: "/frame/facilities/$facility/blood" });
  const id = FacilityId.safeParse(facility);
  return (
    <div className="blood">
      {id.success ? (
        <Bank key={id.data} facility={id.data} />
      ) : (
        <Empty isPage title={<Trans>There is no such institution</Trans>} />
      )}
    </div>
  );
}

function Bank({ facility }: { facility: FacilityId }) {
  const bank = useBank(facility);
  if (bank.data) return <Shelf record={bank.data} />;
  return (
    <>
      <h1>
        <Trans>Blood</Trans>
      </h1>
      {bank.isPending ? (
        <Loading>
          {[0, 1, 2, 3, 4, 5].map((row) => (
            <Skeleton key={row} width="100%" height="3rem" />
          ))}
        </Loading>
      ) : (
        <Failure
          title={<Trans>The blood could not be read</Trans>}
          actions={
            <Button onClick={() => void bank.refetch()} loading={bank.isFetching}>
              <Trans>Try again</Trans>
            </Button>
          }
        >
          <Trans>We could not reach the server. Nothing is lost; try again in a moment.</Trans>
        </Failure>
      )}
    </>
  );
}

/** A cell of the grid. */
export interface Cell {
  group: BloodGroup;
  component: BloodComponent;
}

function Shelf({ record }: { record: FacilityRecord }) {
  const units = useUnits(record.id);
  const [open, setOpen] = useState<Cell>();
  return (
    <>
      <Head record={record} />
      <ScanBox facility={record.id} units={units.data ?? []} />
      <BloodGrid record={record} units={units.data ?? []} open={open} onOpen={setOpen} />
      <UnitList facility={record.id} units={units} cell={open} onAll={() => setOpen(undefined)} />
      <DonorCalls facility={record.id} group={open?.group} component={open?.component} />
      <BankForm key={record.version} record={record} />
    </>
  );
}

/** The page's name, and the one tap that says that nothing has changed. */
function Head({ record }: { record: FacilityRecord }) {
  const confirm = useConfirm(record.id);
  const subjects = record.figures.map(({ subject }) => subject).filter((one) => kindOf(one) === "blood");
  return (
    <header className="blood-head">
      <h1>
        <Trans>Blood</Trans>
      </h1>
      {subjects.length > 0 && (
        <Button variant="default" loading={confirm.isPending} onClick={() => confirm.mutate(subjects)}>
          <Trans>Nothing has changed</Trans>
        </Button>
      )}
      <p role="status" className="blood-quiet">
        {confirm.isSuccess && <Trans>Confirmed as of now</Trans>}
      </p>
      <p role="alert" className="blood-wrong">
        {confirm.isError && <Trans>It was not sent. Try again.</Trans>}
      </p>
    </header>
  );
}
