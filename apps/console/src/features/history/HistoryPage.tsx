import { Button, NativeSelect } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useLingui as useCatalogue } from "@lingui/react";
import { IconDownload } from "@tabler/icons-react";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { FacilityId } from "@ihims/core/ids.ts";
import { SubjectKind } from "@ihims/core/observations/schema.ts";
import { Empty, Failure, Loading, Skeleton } from "@ihims/ui/States.tsx";
import { Refused } from "../../platform/api.ts";
import { usePageTitle } from "../../platform/page-title.ts";
import { KIND_WORDS, subjectText } from "../observations/observations.ts";
import { HistoryRow } from "./HistoryRow.tsx";
import { exportUrl, useHistory, type Wanted } from "./queries.ts";
import "./history.css";

const ROUTE = "/frame/facilities/$facility/history";
/** Shelves have a ledger of their own. */
const Kinds = SubjectKind.exclude(["medicine"]);

/** Every report of the institution's figures, newest first. */
export function HistoryPage() {
  const { t } = useLingui();
  const { facility } = useParams({ from: ROUTE });
  const wanted = useSearch({ from: ROUTE });
  usePageTitle(t`History`);
  const id = FacilityId.safeParse(facility);
  if (!id.success) return <Empty isPage title={<Trans>There is no such institution</Trans>} />;
  return (
    <div className="history">
      <h1>
        <Trans>History</Trans>
      </h1>
      <p className="history-what">
        <Trans>
          Every report of your figures: who said it and through which door. Nothing here can be changed; what
          was wrong is corrected by a new report.
        </Trans>
      </p>
      <Filters facility={id.data} wanted={wanted} />
      <Entries key={JSON.stringify(wanted)} facility={id.data} wanted={wanted} />
    </div>
  );
}

function Filters({ facility, wanted }: { facility: FacilityId; wanted: Wanted }) {
  const { t } = useLingui();
  const { i18n } = useCatalogue();
  const navigate = useNavigate({ from: "/facilities/$facility/history" });
  const show = (search: Wanted) => void navigate({ search, replace: true });
  return (
    <div className="history-filters">
      {wanted.subject ? (
        <p className="history-one">
          <strong>{subjectText(i18n, wanted.subject)}</strong>
          <Link
            from="/facilities/$facility/history"
            to="/facilities/$facility/history"
            search={{ all: wanted.all }}
          >
            <Trans>Show all figures</Trans>
          </Link>
        </p>
      ) : (
        <NativeSelect
          label={t`Figures`}
          value={wanted.kind ?? ""}
          data={[
            { value: "", label: t`All` },
            ...Kinds.options.map((kind) => ({ value: kind, label: i18n._(KIND_WORDS[kind]) })),
          ]}
          onChange={(event) => show({ ...wanted, kind: Kinds.safeParse(event.currentTarget.value).data })}
        />
      )}
      <NativeSelect
        label={t`Reports`}
        value={wanted.all ? "all" : "changes"}
        data={[
          { value: "changes", label: t`What changed` },
          { value: "all", label: t`Confirmations as well` },
        ]}
        onChange={(event) => show({ ...wanted, all: event.currentTarget.value === "all" ? true : undefined })}
      />
      <a className="history-export" href={exportUrl(facility, wanted)} download>
        <IconDownload size={18} stroke={1.75} aria-hidden="true" />
        <Trans>Download as CSV</Trans>
      </a>
    </div>
  );
}

function Entries({ facility, wanted }: { facility: FacilityId; wanted: Wanted }) {
  const history = useHistory(facility, wanted);
  if (history.isPending)
    return (
      <Loading>
        <Skeleton width="100%" height="20rem" />
      </Loading>
    );
  if (!history.data) {
    if (history.error instanceof Refused && history.error.kind === "not-allowed")
      return (
        <Empty title={<Trans>You may not see who reported what here</Trans>}>
          <Trans>Those who work there and the city's officers do.</Trans>
        </Empty>
      );
    return (
      <Failure
        title={<Trans>The history could not be read</Trans>}
        actions={
          <Button onClick={() => void history.refetch()} loading={history.isFetching}>
            <Trans>Try again</Trans>
          </Button>
        }
      >
        <Trans>We could not reach the server. Nothing is lost; try again in a moment.</Trans>
      </Failure>
    );
  }
  const items = history.data.pages.flatMap((page) => page.items);
  if (items.length === 0)
    return (
      <Empty title={<Trans>Nothing was reported yet</Trans>}>
        <Trans>The first report appears here.</Trans>
      </Empty>
    );
  return (
    <>
      <ol className="history-rows">
        {items.map((entry) => (
          <HistoryRow
            key={entry.observation}
            facility={facility}
            entry={entry}
            isOne={wanted.subject !== undefined}
          />
        ))}
      </ol>
      {history.hasNextPage && (
        <Button
          variant="default"
          className="history-more"
          loading={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          <Trans>Show more</Trans>
        </Button>
      )}
    </>
  );
}
