import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { Link } from "wouter";
import type { MedicineId } from "@ihims/core/medicines/schema.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { useHref } from "../../platform/address.ts";
import { useLive } from "../../platform/live.ts";
import { usePageAge } from "../../platform/page-age.tsx";
import { CouldNotRead, NearMe, SkeletonRows, STOCK_KEY } from "../facilities/facilities.ts";
import { useAvailability, type Availability } from "./queries.ts";
import { StockOfPlace } from "./StockOfPlace.tsx";
import { StockRow } from "./StockRow.tsx";

/** Which shops near have a medicine, and what can stand in for it there. */
export function AvailabilityNear({ id }: { id: MedicineId }) {
  const [isOpenOnly, setOpenOnly] = useState(false);
  const list = useAvailability(id, isOpenOnly);
  useLiveStock(id, list.dataUpdatedAt);
  return (
    <section className="stock-near" aria-labelledby="availability">
      <h2 id="availability">
        <Trans>Where it is near you</Trans>
      </h2>
      <NearMe />
      <label className="check">
        <input
          type="checkbox"
          checked={isOpenOnly}
          onChange={(event) => setOpenOnly(event.currentTarget.checked)}
        />
        <Trans>Open now</Trans>
      </label>
      {list.isPending ? (
        <SkeletonRows count={3} />
      ) : list.isError && !list.data ? (
        <CouldNotRead onRetry={() => void list.refetch()} />
      ) : (
        <Places id={id} list={list} />
      )}
    </section>
  );
}

/** Read again when somebody tells of this medicine. */
function useLiveStock(id: MedicineId, readAt: number): void {
  const queries = useQueryClient();
  const readAgain = useCallback(() => void queries.invalidateQueries({ queryKey: [STOCK_KEY] }), [queries]);
  const live = useLive([`medicine:${id}`], readAgain, readAgain);
  usePageAge(live, readAt);
}

function Places({ id, list }: { id: MedicineId; list: ReturnType<typeof useAvailability> }) {
  const { t } = useLingui();
  const [first] = list.data?.pages ?? [];
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (!first) return null;
  const terms = new URLSearchParams({ medicine: id });
  return (
    <>
      {items.length === 0 ? (
        <p>
          <Trans>No shop within ten kilometres has told that it has this. Call one before you go.</Trans>
        </p>
      ) : (
        <ul className="rows" aria-label={t`Shops that have it, the surest and nearest first`}>
          {items.map(({ stock, ...place }) => (
            <li key={place.id}>
              <StockRow place={place} terms={terms}>
                <StockOfPlace stock={stock} currency={first.currency} />
              </StockRow>
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <button
          type="button"
          className="button-wide"
          onClick={() => void list.fetchNextPage()}
          disabled={list.isFetchingNextPage}
        >
          {list.isFetchingNextPage ? <Trans>Loading more</Trans> : <Trans>Show more shops</Trans>}
        </button>
      )}
      <StandIns first={first} />
    </>
  );
}

/** The same medicine in another maker's box, where that is surely in stock. */
function StandIns({ first: { equivalents, currency } }: { first: Availability }) {
  const formats = useFormats();
  const href = useHref();
  if (equivalents.length === 0) return null;
  return (
    <section className="card" aria-labelledby="stand-ins">
      <h3 id="stand-ins">
        <Trans>In stock near you: the same medicine of other makers</Trans>
      </h3>
      <p className="quiet">
        <Trans>Ask your pharmacist before you take another one than is written.</Trans>
      </p>
      <ul className="beds">
        {equivalents.map(({ id, name, places, nearest }) => {
          const price = nearest.stock.value?.priceMinor;
          const shops = formats.number(places);
          return (
            <li key={id} className="bed">
              <span className="stand-in">
                <Link className="line" href={href(`/medicines/${id}`)}>
                  {name}
                </Link>
                <span className="quiet caption">
                  {nearest.distance !== null && `${formats.distance(nearest.distance)} · `}
                  <Trans>shops: {shops}</Trans>
                </span>
              </span>
              {price !== null && price !== undefined && (
                <span className="price">{formats.money({ minor: price, currency })}</span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
