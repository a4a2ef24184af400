import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Trans } from "@lingui/react/macro";
import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { Feed } from "@ihims/core/feeds/schema.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { Empty, Failure, Loading, Skeleton } from "@ihims/ui/States.tsx";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { Refused } from "../../platform/api.ts";
import { Hl7Card } from "./Hl7Card.tsx";
import { KeysCard } from "./KeysCard.tsx";
import { Notices } from "./Notices.tsx";
import { Questions } from "./Questions.tsx";
import { feedsQuery } from "./queries.ts";
import { OUTCOME_WORDS, SOURCE_KIND_WORDS } from "./words.ts";
import "./feeds.css";

/** Everything that another system tells an institution's figures by. */
export function ConnectionsPage() {
  const { facility } = useParams({ from: "/frame/facilities/$facility/connections" });
  const id = FacilityId.parse(facility);
  return (
    <div className="connections" key={id}>
      <div className="connections-head">
        <h1>
          <Trans>Connections</Trans>
        </h1>
        <Link to="/facilities/$facility/connections/new" params={{ facility: id }} className="feeds-button">
          <Trans>Add a feed</Trans>
        </Link>
      </div>
      <Notices facility={id} />
      <Feeds facility={id} />
      <Questions facility={id} />
      <Hl7Card facility={id} />
      <KeysCard facility={id} />
    </div>
  );
}

function Feeds({ facility }: { facility: FacilityId }) {
  const feeds = useQuery(feedsQuery(facility));
  if (feeds.data?.length === 0)
    return (
      <Empty title={<Trans>No feeds yet</Trans>}>
        <Trans>
          Let your own system tell your figures: add a feed, look at what it becomes, switch it on.
        </Trans>
      </Empty>
    );
  if (feeds.data)
    return (
      <section aria-labelledby="feeds-title" className="feeds-card">
        <h2 id="feeds-title">
          <Trans>Feeds</Trans>
        </h2>
        <ul className="feeds-list">
          {feeds.data.map((feed) => (
            <FeedRow key={feed.id} feed={feed} facility={facility} />
          ))}
        </ul>
      </section>
    );
  if (feeds.status === "pending")
    return (
      <Loading>
        {[0, 1, 2].map((row) => (
          <Skeleton key={row} width="100%" height="5rem" />
        ))}
      </Loading>
    );
  if (feeds.error instanceof Refused && feeds.error.kind === "not-allowed")
    return (
      <Empty title={<Trans>Only an administrator sees connections</Trans>}>
        <Trans>Ask an administrator of your institution.</Trans>
      </Empty>
    );
  return (
    <Failure
      title={<Trans>The feeds could not be read</Trans>}
      actions={
        <Button onClick={() => void feeds.refetch()} loading={feeds.isFetching}>
          <Trans>Try again</Trans>
        </Button>
      }
    >
      <Trans>We could not reach the server. Nothing is lost; try again in a moment.</Trans>
    </Failure>
  );
}

function FeedRow({ feed, facility }: { feed: Feed; facility: FacilityId }) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const { lastRun, errorRate } = feed;
  return (
    <li className="feeds-row">
      <div className="feeds-row-head">
        <Link
          to="/facilities/$facility/connections/$feed"
          params={{ facility, feed: feed.id }}
          className="feeds-row-name"
        >
          {feed.name}
        </Link>
        <FeedState feed={feed} />
      </div>
      <p className="feeds-quiet">
        {i18n._(SOURCE_KIND_WORDS[feed.source.kind])}
        {" · "}
        {feed.lastSuccessAt === null ? (
          <Trans>never heard of</Trans>
        ) : (
          <Trans>last heard of {formats.ago(feed.lastSuccessAt, now)}</Trans>
        )}
        {lastRun && (
          <>
            {" · "}
            {i18n._(OUTCOME_WORDS[lastRun.outcome])}
          </>
        )}
        {errorRate !== null && errorRate > 0 && (
          <>
            {" · "}
            <Trans>{formats.number(Math.round(errorRate * 100))} % of runs fail</Trans>
          </>
        )}
      </p>
      {lastRun && <RunCounts run={lastRun} />}
    </li>
  );
}

/** Whether a feed is on, silent or stopped: in words. */
export function FeedState({ feed }: { feed: Feed }) {
  if (feed.state === "stopped")
    return (
      <span className="feeds-chip feeds-chip-stopped">
        <Trans>Stopped</Trans>
      </span>
    );
  if (feed.isSilent)
    return (
      <span className="feeds-chip feeds-chip-silent">
        <Trans>Silent</Trans>
      </span>
    );
  return (
    <span className="feeds-chip feeds-chip-on">
      <Trans>On</Trans>
    </span>
  );
}

/** How many lines came to what. */
export function RunCounts({ run }: { run: Pick<NonNullable<Feed["lastRun"]>, "counts" | "lagS"> }) {
  const formats = useFormats();
  const { read, applied, unchanged, refused, undecided } = run.counts;
  return (
    <dl className="feeds-counts">
      <Count words={<Trans>Read</Trans>} value={formats.number(read)} />
      <Count words={<Trans>Changed</Trans>} value={formats.number(applied)} />
      <Count words={<Trans>Unchanged</Trans>} value={formats.number(unchanged)} />
      <Count words={<Trans>Refused</Trans>} value={formats.number(refused)} />
      {undecided > 0 && <Count words={<Trans>Undecided</Trans>} value={formats.number(undecided)} />}
      {run.lagS !== null && <Count words={<Trans>Behind</Trans>} value={formats.duration(run.lagS)} />}
    </dl>
  );
}

function Count({ words, value }: { words: ReactNode; value: string }) {
  return (
    <div>
      <dt>{words}</dt>
      <dd>{value}</dd>
    </div>
  );
}
