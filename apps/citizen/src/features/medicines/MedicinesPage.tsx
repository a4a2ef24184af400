import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useSearch } from "wouter";
import { Empty } from "@ihims/ui/States.tsx";
import { useHref } from "../../platform/address.ts";
import { CouldNotRead, NO_FILTERS, SkeletonRows, writeFilters } from "../facilities/facilities.ts";
import { InDoubt, LookAlikes } from "./Confusions.tsx";
import { MedicineRow } from "./MedicineRow.tsx";
import { MedicineSearch } from "./MedicineSearch.tsx";
import { useMedicines } from "./queries.ts";

/** Search for a medicine by brand or by what is in it. */
export function MedicinesPage() {
  const q = new URLSearchParams(useSearch()).get("q")?.trim() ?? "";
  const href = useHref();
  const list = useMedicines(q);
  return (
    <main id="main" className="page">
      <h1>
        <Trans>Medicines</Trans>
      </h1>
      <MedicineSearch q={q} />
      <p>
        <Link href={href("/prescription")}>
          <Trans>My prescription: all medicines at once</Trans>
        </Link>
      </p>
      <p>
        <Link href={href("/facilities", writeFilters({ ...NO_FILTERS, kind: "pharmacy" }))}>
          <Trans>Pharmacies near you</Trans>
        </Link>
      </p>
      {list.isPending ? (
        <SkeletonRows />
      ) : list.isError && !list.data ? (
        <CouldNotRead onRetry={() => void list.refetch()} />
      ) : (
        <MedicineList q={q} list={list} />
      )}
    </main>
  );
}

function MedicineList({ q, list }: { q: string; list: ReturnType<typeof useMedicines> }) {
  const { t } = useLingui();
  const [first] = list.data?.pages ?? [];
  const medicines = list.data?.pages.flatMap(({ items }) => items) ?? [];
  if (!first || medicines.length === 0)
    return (
      <Empty title={<Trans>No medicine of this name is known here</Trans>}>
        <Trans>
          Try the name that is printed small on the pack, or only its first letters. A pharmacist can help.
        </Trans>
      </Empty>
    );
  return (
    <>
      {q !== "" && !first.certain && <InDoubt q={q} reading={first.reading} />}
      {q !== "" && <LookAlikes lookAlikes={first.lookAlikes} />}
      <ul
        className="rows"
        aria-label={q === "" ? t`Medicines by name` : t`Medicines found, best first`}
        aria-busy={list.isPlaceholderData}
      >
        {medicines.map((medicine) => (
          <li key={medicine.id}>
            <MedicineRow medicine={medicine} />
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
