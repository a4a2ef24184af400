import { Button, NativeSelect } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useLingui as useCatalogue } from "@lingui/react";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { FacilityId } from "@ihims/core/ids.ts";
import type { Invitation, Member } from "@ihims/core/members/endpoints.ts";
import { FacilityRole } from "@ihims/core/people/schema.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { Empty, Failure, Loading, Skeleton } from "@ihims/ui/States.tsx";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { Refused } from "../../platform/api.ts";
import { usePageTitle } from "../../platform/page-title.ts";
import { FACILITY_ROLE_WORDS, useSession } from "./people.ts";
import { InviteForm } from "./InviteForm.tsx";
import { useChange, useMembers } from "./queries.ts";
import "./members.css";

/** Who works at the institution that the address names, and the links that are open. */
export function MembersPage() {
  const { t } = useLingui();
  const { facility } = useParams({ from: "/frame/facilities/$facility/people" });
  usePageTitle(t`People`);
  const id = FacilityId.safeParse(facility);
  if (!id.success) return <Empty isPage title={<Trans>There is no such institution</Trans>} />;
  return (
    <div className="members">
      <h1>
        <Trans>People</Trans>
      </h1>
      <Members key={id.data} facility={id.data} />
    </div>
  );
}

function Members({ facility }: { facility: FacilityId }) {
  const members = useMembers(facility);
  if (members.isPending)
    return (
      <Loading>
        <Skeleton width="100%" height="14rem" />
      </Loading>
    );
  if (!members.data) {
    if (members.error instanceof Refused && members.error.kind === "not-allowed")
      return (
        <Empty title={<Trans>You do not decide who works here</Trans>}>
          <Trans>Its administrators do.</Trans>
        </Empty>
      );
    return (
      <Failure
        title={<Trans>Who works here could not be read</Trans>}
        actions={
          <Button onClick={() => void members.refetch()} loading={members.isFetching}>
            <Trans>Try again</Trans>
          </Button>
        }
      >
        <Trans>We could not reach the server. Nothing is lost; try again in a moment.</Trans>
      </Failure>
    );
  }
  const { items, invitations } = members.data;
  return (
    <>
      {items.length === 0 ? (
        <Empty title={<Trans>Nobody has an account here yet</Trans>}>
          <Trans>Make a link and send it to the first of them.</Trans>
        </Empty>
      ) : (
        <ul className="members-rows">
          {items.map((member) => (
            <MemberRow key={member.person.id} facility={facility} member={member} />
          ))}
        </ul>
      )}
      <InviteForm facility={facility} />
      {invitations.length > 0 && (
        <section className="members-open" aria-labelledby="open-invitations">
          <h2 id="open-invitations">
            <Trans>Open links</Trans>
          </h2>
          <ul className="members-rows">
            {invitations.map((invitation) => (
              <OpenLink key={invitation.id} facility={facility} invitation={invitation} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function MemberRow({ facility, member }: { facility: FacilityId; member: Member }) {
  const { t } = useLingui();
  const { i18n } = useCatalogue();
  const formats = useFormats();
  const session = useSession();
  const change = useChange(facility);
  const [isAsking, setIsAsking] = useState(false);
  const { person, role, lastSeenAt, hasSecondStep } = member;
  const { name } = person;
  const seen = lastSeenAt && formats.date(lastSeenAt);
  return (
    <li className="member-row">
      <p className="member-name">
        <strong>{name}</strong>
        {person.id === session?.person.id && (
          <span className="member-fact">
            <Trans>(you)</Trans>
          </span>
        )}
        <span className="member-fact">{person.email}</span>
        <span className="member-fact">
          {seen ? <Trans>Last here {seen}</Trans> : <Trans>Not signed in now</Trans>}
          {hasSecondStep && (
            <>
              {" · "}
              <Trans>signs in with a code</Trans>
            </>
          )}
        </span>
      </p>
      <NativeSelect
        aria-label={t`Role of ${name}`}
        value={role}
        disabled={change.isPending}
        data={FacilityRole.options.map((one) => ({ value: one, label: i18n._(FACILITY_ROLE_WORDS[one]) }))}
        onChange={(event) => {
          const chosen = FacilityRole.parse(event.currentTarget.value);
          change.mutate({ kind: "role", person: person.id, role: chosen });
        }}
      />
      <div className="member-acts">
        {isAsking ? (
          <>
            <Button
              size="sm"
              loading={change.isPending}
              onClick={() => change.mutate({ kind: "remove", person: person.id })}
            >
              <Trans>Yes, let go</Trans>
            </Button>
            <Button size="sm" variant="default" onClick={() => setIsAsking(false)}>
              <Trans>Leave it</Trans>
            </Button>
          </>
        ) : (
          <Button
            size="sm"
            variant="default"
            aria-label={t`Let ${name} go`}
            onClick={() => setIsAsking(true)}
          >
            <Trans>Let go</Trans>
          </Button>
        )}
      </div>
      {change.isError && (
        <p className="member-failed" role="alert">
          <Failed error={change.error} />
        </p>
      )}
    </li>
  );
}

function Failed({ error }: { error: Error }) {
  if (error instanceof Refused && error.kind === "conflict")
    return <Trans>Somebody has to administer it: make another member administrator first.</Trans>;
  return <Trans>Not changed: we could not reach the server. Try again.</Trans>;
}

function OpenLink({ facility, invitation }: { facility: FacilityId; invitation: Invitation }) {
  const { i18n } = useCatalogue();
  const formats = useFormats();
  const now = useNow();
  const change = useChange(facility);
  const until = formats.moment(invitation.expiresAt, now);
  return (
    <li className="member-row">
      <p className="member-name">
        <strong>{invitation.note ?? i18n._(FACILITY_ROLE_WORDS[invitation.role])}</strong>
        <span className="member-fact">
          {i18n._(FACILITY_ROLE_WORDS[invitation.role])} · <Trans>good until {until}</Trans>
        </span>
        {invitation.facilities.length > 1 && (
          <span className="member-fact">{invitation.facilities.map(({ name }) => name).join(", ")}</span>
        )}
      </p>
      <span />
      <div className="member-acts">
        <Button
          size="sm"
          variant="default"
          loading={change.isPending}
          onClick={() => change.mutate({ kind: "revoke", invitation: invitation.id })}
        >
          <Trans>Take the link back</Trans>
        </Button>
      </div>
    </li>
  );
}
