import { Button } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { currencyOf } from "@ihims/core/city/currency.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import { getShelf } from "@ihims/core/stock/endpoints.ts";
import { Empty, Failure, Loading, Skeleton } from "@ihims/ui/States.tsx";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { call } from "../../platform/api.ts";
import { usePageTitle } from "../../platform/page-title.ts";
import { cityQuery } from "../city/city.ts";
import { ListUpload } from "./ListUpload.tsx";
import type { Typed } from "./QuantityCell.tsx";
import { ShelfTable } from "./ShelfTable.tsx";
import { UndoTyped } from "./UndoTyped.tsx";
import "./stock.css";

/** The shelf of the pharmacy or dispensary that the address names. */
export function ShelfPage() {
  const { facility } = useParams({ from: "/frame/facilities/$facility/stock" });
  const { t } = useLingui();
  const id = FacilityId.safeParse(facility);
  usePageTitle(t`Stock`);
  return (
    <div className="shelf">
      <h1>
        <Trans>Stock</Trans>
      </h1>
      {id.success ? (
        <Shelf key={id.data} facility={id.data} />
      ) : (
        <Empty title={<Trans>There is no such institution</Trans>} />
      )}
    </div>
  );
}

function Shelf({ facility }: { facility: FacilityId }) {
  const { language } = useFormats();
  const client = useQueryClient();
  const key = ["shelf", facility, language];
  const shelf = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      call(getShelf, { params: { id: facility }, query: { lang: language } }, { signal }),
  });
  const city = useQuery(cityQuery);
  const [typed, setTyped] = useState<Typed>();
  const readAgain = () => void client.invalidateQueries({ queryKey: ["shelf", facility] });
  return (
    <>
      <ListUpload facility={facility} onDone={readAgain} />
      {shelf.data ? (
        <ShelfTable
          facility={facility}
          lines={shelf.data.lines}
          currency={currencyOf(city.data?.countryCode ?? "")}
          onChanged={(change) => {
            setTyped(change);
            readAgain();
          }}
        />
      ) : shelf.isPending ? (
        <Loading>
          {[0, 1, 2, 3, 4, 5].map((row) => (
            <Skeleton key={row} width="100%" height="2.5rem" />
          ))}
        </Loading>
      ) : (
        <Failure
          title={<Trans>The shelf could not be read</Trans>}
          actions={
            <Button onClick={() => void shelf.refetch()} loading={shelf.isFetching}>
              <Trans>Try again</Trans>
            </Button>
          }
        />
      )}
      {typed && (
        <UndoTyped
          key={typed.observation}
          typed={typed}
          onUndone={() => {
            setTyped(undefined);
            readAgain();
          }}
        />
      )}
    </>
  );
}
