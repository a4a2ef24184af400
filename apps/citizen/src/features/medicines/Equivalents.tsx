import { Trans, useLingui } from "@lingui/react/macro";
import type { MedicineRecord, MedicineWarning } from "@ihims/core/medicines/endpoints.ts";
import { CouldNotRead, SkeletonRows } from "../facilities/facilities.ts";
import { MedicineRow } from "./MedicineRow.tsx";
import { UnitPrice } from "./Price.tsx";
import { useEquivalents } from "./queries.ts";

/** What may stand in for a medicine, the cheapest first, with the advice to ask. */
export function Equivalents({ medicine }: { medicine: MedicineRecord }) {
  const list = useEquivalents(medicine.id);
  const [first] = list.data?.pages ?? [];
  const advice = medicine.warnings.filter(({ kind }) => kind === "ask-your-pharmacist");
  return (
    <section aria-labelledby="equivalents">
      <h2 id="equivalents">
        <Trans>Same medicine, other makers</Trans>
      </h2>
      <Advice warnings={advice} />
      {first?.publicPharmacyPrice && (
        <p>
          <Trans>In a public pharmacy:</Trans> <UnitPrice price={first.publicPharmacyPrice} />
        </p>
      )}
      {list.isPending ? (
        <SkeletonRows count={2} />
      ) : list.isError && !list.data ? (
        <CouldNotRead onRetry={() => void list.refetch()} />
      ) : (
        <EquivalentList list={list} />
      )}
    </section>
  );
}

function Advice({ warnings }: { warnings: readonly MedicineWarning[] }) {
  return warnings.map(({ kind, words }) => (
    <p key={kind} className="quiet">
      {words}
    </p>
  ));
}

function EquivalentList({ list }: { list: ReturnType<typeof useEquivalents> }) {
  const { t } = useLingui();
  const [first] = list.data?.pages ?? [];
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0)
    return (
      <p>
        {first?.reason ? (
          <Trans>
            The list does not say exactly enough what is in it, so nothing can be named in its place.
          </Trans>
        ) : (
          <Trans>No other product with the same ingredients, strength and form is listed.</Trans>
        )}
      </p>
    );
  return (
    <>
      <ul className="rows" aria-label={t`Same medicine, cheapest first`}>
        {items.map((one) => (
          <li key={one.id}>
            <MedicineRow medicine={one} as="h3" />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <button
          type="button"
          className="button-wide"
          onClick={() => void list.fetchNextPage()}
          disabled={list.isFetchingNextPage}
        >
          {list.isFetchingNextPage ? <Trans>Loading more</Trans> : <Trans>Show more medicines</Trans>}
        </button>
      )}
    </>
  );
}
