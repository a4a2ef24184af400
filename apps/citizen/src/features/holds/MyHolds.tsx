import { Trans } from "@lingui/react/macro";
import { isOpenState } from "@ihims/core/holds/schema.ts";
import { Empty, Loading, Skeleton } from "@ihims/ui/States.tsx";
import { CouldNotRead } from "../facilities/facilities.ts";
import { HoldCard } from "./HoldCard.tsx";
import { useMyHolds } from "./queries.ts";

/** What is kept for me now, and what was before. */
export function MyHolds() {
  const holds = useMyHolds(true);
  const open = holds.data?.filter(({ state }) => isOpenState(state)) ?? [];
  const ended = holds.data?.filter(({ state }) => !isOpenState(state)) ?? [];
  return (
    <section className="card" aria-labelledby="my-holds">
      <h2 id="my-holds">
        <Trans>Kept for me</Trans>
      </h2>
      {holds.isPending ? (
        <Loading>
          <Skeleton width="100%" height="8rem" />
        </Loading>
      ) : holds.data === undefined ? (
        <CouldNotRead onRetry={() => void holds.refetch()} />
      ) : open.length === 0 ? (
        <Empty title={<Trans>Nothing is kept for you now</Trans>}>
          <Trans>
            On the page of a place you can have a free bed, or a medicine that is in stock, kept while you are
            on the way.
          </Trans>
        </Empty>
      ) : (
        open.map((hold) => <HoldCard key={hold.id} hold={hold} />)
      )}
      {ended.length > 0 && (
        <details className="ended-holds">
          <summary>
            <Trans>Earlier</Trans>
          </summary>
          {ended.map((hold) => (
            <HoldCard key={hold.id} hold={hold} />
          ))}
        </details>
      )}
    </section>
  );
}
