import { Button } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { FacilityId } from "@ihims/core/ids.ts";
import { mayAdminister } from "@ihims/core/people/rules.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { Empty, Failure, Loading, Skeleton } from "@ihims/ui/States.tsx";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { Refused } from "../../platform/api.ts";
import { usePageTitle } from "../../platform/page-title.ts";
import { actorOf, useSession } from "../people/people.ts";
import { IncomingCard } from "./IncomingCard.tsx";
import { useEnded, useIncoming } from "./queries.ts";
import { RuleForm } from "./RuleForm.tsx";
import { askedThing, HOLD_STATE_WORDS } from "./words.ts";
import "./holds.css";

/** What the institution that the address names is asked to keep for people on the way. */
export function IncomingPage() {
  const { facility } = useParams({ from: "/frame/facilities/$facility/incoming" });
  const id = FacilityId.safeParse(facility);
  if (!id.success) return <Empty isPage title={<Trans>There is no such institution</Trans>} />;
  return <Incoming key={id.data} facility={id.data} />;
}

function Incoming({ facility }: { facility: FacilityId }) {
  const { t } = useLingui();
  const session = useSession();
  usePageTitle(t`Incoming`);
  return (
    <div className="incoming">
      <h1>
        <Trans>Incoming</Trans>
      </h1>
      <p className="incoming-what">
        <Trans>
          People on the way who ask you to keep something. Who answers does so by name; every answer is in the
          public log, without the names of those who ask.
        </Trans>
      </p>
      <Open facility={facility} />
      <Ended facility={facility} />
      {session && mayAdminister(actorOf(session), facility) && <RuleForm facility={facility} />}
    </div>
  );
}

function Open({ facility }: { facility: FacilityId }) {
  const incoming = useIncoming(facility);
  if (incoming.data) {
    const { items } = incoming.data;
    if (items.length === 0)
      return (
        <Empty title={<Trans>Nobody is on the way</Trans>}>
          <Trans>When somebody asks, it appears here by itself.</Trans>
        </Empty>
      );
    return (
      <ul className="incoming-list">
        {items.map((hold) => (
          <li key={hold.id}>
            <IncomingCard hold={hold} />
          </li>
        ))}
      </ul>
    );
  }
  if (incoming.isPending)
    return (
      <Loading>
        <Skeleton width="100%" height="8rem" />
      </Loading>
    );
  if (incoming.error instanceof Refused && incoming.error.kind === "not-allowed")
    return (
      <Empty title={<Trans>You do not answer for this institution</Trans>}>
        <Trans>Those who report its beds, blood or medicines do.</Trans>
      </Empty>
    );
  return (
    <Failure
      title={<Trans>What is asked could not be read</Trans>}
      actions={
        <Button onClick={() => void incoming.refetch()}>
          <Trans>Try again</Trans>
        </Button>
      }
    >
      <Trans>We could not reach the server. Nothing is lost; try again in a moment.</Trans>
    </Failure>
  );
}

/** What became of those before; read when somebody opens it. */
function Ended({ facility }: { facility: FacilityId }) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const [isOpen, setIsOpen] = useState(false);
  const ended = useEnded(facility, isOpen);
  const items = ended.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <details className="incoming-ended" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        <Trans>Earlier</Trans>
      </summary>
      {isOpen && ended.isPending && <Skeleton width="100%" height="4rem" />}
      {ended.isError && (
        <p role="alert">
          <Trans>We could not reach the server. Nothing is lost; try again in a moment.</Trans>
        </p>
      )}
      {ended.isSuccess && items.length === 0 && (
        <p className="incoming-what">
          <Trans>Nothing yet.</Trans>
        </p>
      )}
      <ul className="incoming-list">
        {items.map((hold) => (
          <li key={hold.id} className="ended-row">
            <span>{askedThing({ i18n, language: formats.language }, hold)}</span>
            <span>{i18n._(HOLD_STATE_WORDS[hold.state])}</span>
            <span>{hold.officer?.name}</span>
            <span className="ended-when">{formats.moment(hold.endedAt ?? hold.requestedAt, now)}</span>
          </li>
        ))}
      </ul>
      {ended.hasNextPage && (
        <Button
          variant="default"
          onClick={() => void ended.fetchNextPage()}
          loading={ended.isFetchingNextPage}
        >
          <Trans>Show more</Trans>
        </Button>
      )}
    </details>
  );
}
