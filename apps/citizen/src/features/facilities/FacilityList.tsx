import { Trans, useLingui } from "@lingui/react/macro";
import { Empty, Failure, Loading, Skeleton } from "@ihims/ui/States.tsx";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { EmergencyDepartments } from "./EmergencyDepartments.tsx";
import { FacilityRow } from "./FacilityRow.tsx";
import { NO_FILTERS, type Filters } from "./filters.ts";
import type { FacilityPage, useFacilities } from "./queries.ts";

interface Props {
  list: ReturnType<typeof useFacilities>;
  filters: Filters;
  onChange: (filters: Filters) => void;
  selected: string | undefined;
}

/** The places that were found: rows of their final shape while they load, and never nothing at all. */
export function FacilityList({ list, filters, onChange, selected }: Props) {
  const { t } = useLingui();
  if (list.isPending) return <SkeletonRows />;
  if (list.isError && !list.data) return <CouldNotRead onRetry={() => void list.refetch()} />;
  const facilities = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const departments = list.data?.pages[0]?.emergencyDepartments ?? [];
  if (facilities.length === 0)
    return (
      <>
        <NothingFound filters={filters} onChange={onChange} />
        <EmergencyDepartments departments={departments} />
      </>
    );
  return (
    <>
      <Reporting page={list.data?.pages[0]} />
      <ul
        className="rows"
        aria-label={facilities[0]?.care ? t`Places, soonest care first` : t`Places, nearest first`}
        aria-busy={list.isPlaceholderData}
      >
        {facilities.map((facility) => (
          <li key={facility.id}>
            <FacilityRow
              facility={facility}
              bed={filters.bed}
              as="h2"
              isSelected={facility.id === selected}
            />
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
          {list.isFetchingNextPage ? <Trans>Loading more</Trans> : <Trans>Show more places</Trans>}
        </button>
      )}
      <EmergencyDepartments departments={departments} />
    </>
  );
}

/** How many of how many say so: a short list is not the same as a full city. */
function Reporting({ page }: { page: FacilityPage | undefined }) {
  const formats = useFormats();
  if (!page?.reporting) return null;
  const reporting = formats.number(page.reporting.reporting);
  const of = formats.number(page.reporting.of);
  return (
    <p className="quiet caption">
      <Trans>
        {reporting} of {of} report this kind of bed
      </Trans>
    </p>
  );
}

/** As many rows as fit a screen, in the shape that they will have. */
export function SkeletonRows({ count = 5 }: { count?: number }) {
  return (
    <Loading>
      <ul className="rows" aria-hidden="true">
        {Array.from({ length: count }, (_, place) => (
          <li key={place}>
            <div className="row">
              <div className="row-name">
                <Skeleton width="85%" height="1.5rem" />
                <Skeleton width="95%" height="1.2rem" />
              </div>
              <div className="row-end">
                <Skeleton width="7rem" height="3.2rem" />
                <div className="place-actions">
                  <Skeleton width="48px" height="48px" />
                  <Skeleton width="48px" height="48px" />
                </div>
              </div>
            </div>
          </li>
        ))}
      </ul>
    </Loading>
  );
}

/** The list could not be read, and what to do about it. */
export function CouldNotRead({ onRetry }: { onRetry: () => void }) {
  return (
    <Failure
      title={<Trans>We could not reach the server</Trans>}
      actions={
        <button type="button" className="button" onClick={onRetry}>
          <Trans>Try again</Trans>
        </button>
      }
    >
      <Trans>Check your connection. In an emergency call 112 or 108, that works without the internet.</Trans>
    </Failure>
  );
}

function NothingFound({ filters, onChange }: { filters: Filters; onChange: (filters: Filters) => void }) {
  const narrower = filters.radius !== null || filters.isOpenNow || filters.scheme !== null;
  return (
    <Empty
      title={<Trans>Nothing fits what you look for</Trans>}
      actions={
        <>
          {narrower && (
            <button
              type="button"
              className="button"
              onClick={() => onChange({ ...filters, radius: null, isOpenNow: false, scheme: null })}
            >
              <Trans>Look everywhere</Trans>
            </button>
          )}
          <button
            type="button"
            className="button-quiet"
            onClick={() => onChange({ ...NO_FILTERS, kind: "hospital" })}
          >
            <Trans>Show all hospitals</Trans>
          </button>
        </>
      }
    >
      <Trans>Look farther away or for less. In an emergency call 112 or 108.</Trans>
    </Empty>
  );
}
