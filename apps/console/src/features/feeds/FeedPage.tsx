import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Trans, useLingui as useWords } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { runFeedNow, startFeed, stopFeed } from "@ihims/core/feeds/endpoints.ts";
import type { Feed } from "@ihims/core/feeds/schema.ts";
import { FacilityId, FeedId } from "@ihims/core/ids.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { Empty, Failure, Loading, Skeleton } from "@ihims/ui/States.tsx";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { call, Refused } from "../../platform/api.ts";
import { FeedState, RunCounts } from "./ConnectionsPage.tsx";
import { FeedSettings } from "./FeedSettings.tsx";
import { Matches } from "./Matches.tsx";
import { MappingEditor } from "./MappingEditor.tsx";
import { Failed } from "./NewFeedPage.tsx";
import { feedQuery, runsQuery } from "./queries.ts";
import { OUTCOME_WORDS, SOURCE_KIND_WORDS } from "./words.ts";
import "./feeds.css";

/** One feed: how it does, what came of its runs, whom it means, and its mapping. */
export function FeedPage() {
  const { facility, feed: id } = useParams({ from: "/frame/facilities/$facility/connections/$feed" });
  const feed = useQuery(feedQuery(FeedId.parse(id)));
  if (feed.data)
    return (
      <div className="connections" key={id}>
        <Link to="/facilities/$facility/connections" params={{ facility: FacilityId.parse(facility) }}>
          <Trans>All connections</Trans>
        </Link>
        <div className="connections-head">
          <h1>{feed.data.name}</h1>
          <FeedState feed={feed.data} />
        </div>
        <Actions feed={feed.data} />
        {feed.data.openMatches > 0 && <Matches feed={feed.data} />}
        <Runs feed={feed.data} />
        <FeedSettings feed={feed.data} />
        <MappingEditor feed={feed.data} />
      </div>
    );
  if (feed.status === "pending")
    return (
      <div className="connections">
        <Loading>
          <Skeleton width="60%" height="2.1rem" />
          <Skeleton width="100%" height="8rem" />
        </Loading>
      </div>
    );
  if (feed.error instanceof Refused && feed.error.kind === "not-found")
    return (
      <Empty isPage title={<Trans>There is no such feed</Trans>}>
        <Trans>It may have been taken away.</Trans>
      </Empty>
    );
  return (
    <Failure
      isPage
      title={<Trans>The feed could not be read</Trans>}
      actions={
        <Button onClick={() => void feed.refetch()} loading={feed.isFetching}>
          <Trans>Try again</Trans>
        </Button>
      }
    >
      <Trans>We could not reach the server. Nothing is lost; try again in a moment.</Trans>
    </Failure>
  );
}

function Actions({ feed }: { feed: Feed }) {
  const { i18n } = useLingui();
  const { t } = useWords();
  const formats = useFormats();
  const now = useNow();
  const client = useQueryClient();
  const params = { id: feed.id };
  const again = { onSettled: () => client.invalidateQueries({ queryKey: ["feed", feed.id] }) };
  const run = useMutation({ mutationFn: () => call(runFeedNow, { params }), ...again });
  const stop = useMutation({
    mutationFn: () => call(stopFeed, { params, body: { reason: t`Stopped in the console` } }),
    ...again,
  });
  const start = useMutation({
    mutationFn: (acceptShape: boolean) => call(startFeed, { params, body: { acceptShape } }),
    ...again,
  });
  const failed = [run, stop, start].find(({ isError }) => isError)?.error;
  return (
    <section className="feeds-card" aria-label={t`How it does`}>
      <p>
        {i18n._(SOURCE_KIND_WORDS[feed.source.kind])}
        {" · "}
        {feed.lastSuccessAt === null ? (
          <Trans>never heard of</Trans>
        ) : (
          <Trans>last heard of {formats.ago(feed.lastSuccessAt, now)}</Trans>
        )}
        {feed.nextRunAt !== null && (
          <>
            {" · "}
            <Trans>next at {formats.moment(feed.nextRunAt, now)}</Trans>
          </>
        )}
      </p>
      {feed.source.kind === "push" && (
        <p>
          <Trans>Send the file, signed with an API key, to</Trans>{" "}
          <code>POST /api/v1/feeds/{feed.id}/data</code>
        </p>
      )}
      {feed.stop && (
        <p role="status" className="feeds-failed">
          <Trans>Stopped at {formats.moment(feed.stop.at, now)}:</Trans>{" "}
          <span lang="en">{feed.stop.detail}</span>
        </p>
      )}
      <div className="feeds-actions">
        {feed.state === "on" && feed.source.kind !== "push" && (
          <Button loading={run.isPending} onClick={() => run.mutate()}>
            <Trans>Fetch now</Trans>
          </Button>
        )}
        {feed.state === "on" ? (
          <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>
            <Trans>Stop</Trans>
          </Button>
        ) : (
          <Button loading={start.isPending} onClick={() => start.mutate(false)}>
            <Trans>Go on as before</Trans>
          </Button>
        )}
        {feed.stop?.kind === "poisoned" && (
          <Button variant="default" loading={start.isPending} onClick={() => start.mutate(true)}>
            <Trans>This is how it looks from now on</Trans>
          </Button>
        )}
      </div>
      {failed && <Failed error={failed} />}
    </section>
  );
}

function Runs({ feed }: { feed: Feed }) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const runs = useQuery(runsQuery(feed.id));
  return (
    <section aria-labelledby="runs-title" className="feeds-card">
      <h2 id="runs-title">
        <Trans>Runs</Trans>
      </h2>
      {runs.data?.length === 0 && (
        <p className="feeds-quiet">
          <Trans>It has not run yet.</Trans>
        </p>
      )}
      <ul className="feeds-list">
        {runs.data?.map((run) => (
          <li key={run.id} className="feeds-row">
            <p>
              <strong>{i18n._(OUTCOME_WORDS[run.outcome])}</strong>
              {" · "}
              {formats.moment(run.startedAt, now)}
            </p>
            {run.error !== null && (
              <p className="feeds-failed" lang="en">
                {run.error}
              </p>
            )}
            {run.findings.map(({ code, detail }) => (
              <p key={code} className="feeds-failed" lang="en">
                {detail}
              </p>
            ))}
            <RunCounts run={run} />
            {run.counts.refused > 0 && (
              <a href={`/api/v1/feeds/${feed.id}/runs/${run.id}/refused`} download>
                <Trans>Download refused lines</Trans>
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
