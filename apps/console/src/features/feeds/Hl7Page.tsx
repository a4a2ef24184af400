import { Button } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { resolveHl7Aside } from "@ihims/core/census/endpoints.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { Failure, Loading, Skeleton } from "@ihims/ui/States.tsx";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { call } from "../../platform/api.ts";
import { Hl7Setup } from "./Hl7Setup.tsx";
import { Failed } from "./NewFeedPage.tsx";
import { asideQuery, hl7Query } from "./queries.ts";
import "./feeds.css";

/** A hospital's own messages: who sends them, what its wards are, and what waits for somebody to look. */
export function Hl7Page() {
  const { facility } = useParams({ from: "/frame/facilities/$facility/connections/hl7" });
  const id = FacilityId.parse(facility);
  const hl7 = useQuery(hl7Query(id));
  return (
    <div className="connections" key={id}>
      <Link to="/facilities/$facility/connections" params={{ facility: id }}>
        <Trans>All connections</Trans>
      </Link>
      <h1>
        <Trans>HL7 messages</Trans>
      </h1>
      {hl7.data && <Hl7Setup facility={id} feed={hl7.data} />}
      {hl7.data && <Aside facility={id} />}
      {hl7.status === "pending" && (
        <Loading>
          <Skeleton width="100%" height="16rem" />
        </Loading>
      )}
      {hl7.isError && !hl7.data && (
        <Failure
          title={<Trans>The set-up could not be read</Trans>}
          actions={
            <Button onClick={() => void hl7.refetch()} loading={hl7.isFetching}>
              <Trans>Try again</Trans>
            </Button>
          }
        >
          <Trans>We could not reach the server. Nothing is lost; try again in a moment.</Trans>
        </Failure>
      )}
    </div>
  );
}

function Aside({ facility }: { facility: FacilityId }) {
  const formats = useFormats();
  const now = useNow();
  const client = useQueryClient();
  const aside = useQuery(asideQuery(facility));
  const resolve = useMutation({
    mutationFn: (asideId: string) => call(resolveHl7Aside, { params: { id: facility, asideId } }),
    onSettled: () => client.invalidateQueries({ queryKey: ["hl7", facility] }),
  });
  return (
    <section aria-labelledby="aside-title" className="feeds-card">
      <h2 id="aside-title">
        <Trans>To be looked at</Trans>
      </h2>
      <p className="feeds-quiet">
        <Trans>
          Messages that were not applied, and beds that two patients claim. Nothing that names a patient is
          kept.
        </Trans>
      </p>
      {aside.data?.length === 0 && (
        <p>
          <Trans>Nothing waits.</Trans>
        </p>
      )}
      <ul className="feeds-list">
        {aside.data?.map((one) => (
          <li key={one.id} className="feeds-row">
            <div className="feeds-row-head">
              <p>
                <strong>{one.event === "" ? <Trans>Unreadable</Trans> : one.event}</strong>
                {" · "}
                {formats.moment(one.receivedAt, now)}
              </p>
              <Button
                variant="default"
                loading={resolve.isPending && resolve.variables === one.id}
                onClick={() => resolve.mutate(one.id)}
              >
                <Trans>Dealt with</Trans>
              </Button>
            </div>
            <p lang="en">{one.reason}</p>
            {one.message !== null && (
              <details>
                <summary>
                  <Trans>The message</Trans>
                </summary>
                <pre className="feeds-head" lang="en">
                  {one.message.replaceAll("\r", "\n")}
                </pre>
              </details>
            )}
          </li>
        ))}
      </ul>
      {resolve.isError && <Failed error={resolve.error} />}
    </section>
  );
}
