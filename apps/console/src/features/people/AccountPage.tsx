import { Button } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { endSession, listSessions, type OpenSession } from "@ihims/core/people/account.ts";
import { Failure, Loading, Skeleton } from "@ihims/ui/States.tsx";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { call } from "../../platform/api.ts";
import { usePageTitle } from "../../platform/page-title.ts";
import { useSession } from "./people.ts";
import { SecondStep } from "./SecondStep.tsx";
import "./members.css";

const SESSIONS_KEY = ["sessions"];

/** Where I am signed in, and how. */
export function AccountPage() {
  const { t } = useLingui();
  const session = useSession();
  usePageTitle(t`My account`);
  return (
    <div className="account">
      <h1>
        <Trans>My account</Trans>
      </h1>
      <p>
        {session?.person.name} {session?.person.email && `· ${session.person.email}`}
      </p>
      <SecondStep />
      <Sessions />
    </div>
  );
}

function Sessions() {
  const sessions = useQuery({
    queryKey: SESSIONS_KEY,
    queryFn: ({ signal }) => call(listSessions, {}, { signal }),
  });
  return (
    <section className="account-part" aria-labelledby="sessions">
      <h2 id="sessions">
        <Trans>Where you are signed in</Trans>
      </h2>
      {sessions.data ? (
        <ul className="members-rows">
          {sessions.data.items.map((one) => (
            <SessionRow key={one.id} session={one} />
          ))}
        </ul>
      ) : sessions.isError ? (
        <Failure
          title={<Trans>Your sessions could not be read</Trans>}
          actions={
            <Button onClick={() => void sessions.refetch()}>
              <Trans>Try again</Trans>
            </Button>
          }
        />
      ) : (
        <Loading>
          <Skeleton width="100%" height="6rem" />
        </Loading>
      )}
    </section>
  );
}

function SessionRow({ session }: { session: OpenSession }) {
  const { t } = useLingui();
  const formats = useFormats();
  const queries = useQueryClient();
  const ending = useMutation({
    mutationFn: () => call(endSession, { params: { id: session.id } }),
    onSettled: () => queries.invalidateQueries({ queryKey: SESSIONS_KEY }),
  });
  const since = formats.date(session.startedAt);
  const used = formats.date(session.usedAt);
  const device = deviceOf(session.device);
  return (
    <li className="member-row">
      <p className="member-name">
        <strong>{device ?? <Trans>A device that does not say</Trans>}</strong>
        <span className="member-fact">
          <Trans>
            Since {since}, last used {used}
          </Trans>
        </span>
      </p>
      <span>{session.isThis && <Trans>This one</Trans>}</span>
      {!session.isThis && (
        <Button
          size="sm"
          variant="default"
          loading={ending.isPending}
          aria-label={device ? t`Sign out on ${device}` : undefined}
          onClick={() => ending.mutate()}
        >
          <Trans>Sign out there</Trans>
        </Button>
      )}
    </li>
  );
}

/** The browser and the system, out of how browsers name themselves. */
function deviceOf(agent: string | null): string | null {
  if (!agent) return null;
  const browser = /Edg\//.test(agent)
    ? "Edge"
    : /Firefox\//.test(agent)
      ? "Firefox"
      : /Chrome\//.test(agent)
        ? "Chrome"
        : /Safari\//.test(agent)
          ? "Safari"
          : null;
  const system = /(Android|iPhone|iPad|Windows|Mac OS X|Linux)/.exec(agent)?.[1] ?? null;
  const parts = [browser, system].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(", ") : agent.slice(0, 60);
}
