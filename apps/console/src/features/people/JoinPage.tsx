import { Button, PasswordInput, TextInput } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useLingui as useCatalogue } from "@lingui/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import type { Reply } from "@ihims/core/endpoint.ts";
import { acceptInvitation, PASSWORD_MIN_CHARS, readInvitation } from "@ihims/core/members/endpoints.ts";
import { Empty, Failure, Loading, Skeleton } from "@ihims/ui/States.tsx";
import { call, Refused } from "../../platform/api.ts";
import { LanguageChoice } from "../../platform/LanguageChoice.tsx";
import { Mark } from "../../platform/Mark.tsx";
import { usePageTitle } from "../../platform/page-title.ts";
import { FACILITY_ROLE_WORDS, sessionQuery, signInAs } from "./people.ts";
import "./members.css";

/** What a link invites to, and the account to join with. */
export function JoinPage() {
  const { t } = useLingui();
  usePageTitle(t`Join`);
  const token = useRouterState({ select: (state) => state.location.hash });
  const invitation = useQuery({
    queryKey: ["invitation", token],
    queryFn: ({ signal }) => call(readInvitation, { body: { token } }, { signal }),
    enabled: token !== "",
    staleTime: Infinity,
  });
  const isWorthless = token === "" || (invitation.error instanceof Refused && invitation.error.status < 500);
  return (
    <main className="join" id="main">
      <div className="join-head">
        <Mark />
        <LanguageChoice />
      </div>
      {isWorthless ? (
        <Empty isPage title={<Trans>This link opens nothing any more</Trans>}>
          <Trans>It was used, taken back, or is older than a week. Ask for another one.</Trans>
        </Empty>
      ) : invitation.data ? (
        <Join token={token} invitation={invitation.data} />
      ) : invitation.isError ? (
        <Failure
          isPage
          title={<Trans>The invitation could not be read</Trans>}
          actions={
            <Button onClick={() => void invitation.refetch()}>
              <Trans>Try again</Trans>
            </Button>
          }
        />
      ) : (
        <Loading>
          <Skeleton width="100%" height="16rem" />
        </Loading>
      )}
    </main>
  );
}

interface Account {
  email: string;
  name: string;
  password: string;
}

function Join({ token, invitation }: { token: string; invitation: Reply<typeof readInvitation> }) {
  const { t } = useLingui();
  const { i18n } = useCatalogue();
  const client = useQueryClient();
  const navigate = useNavigate();
  const session = useQuery(sessionQuery).data;
  const [account, setAccount] = useState<Account>({ email: "", name: "", password: "" });
  const joining = useMutation({
    mutationFn: async (given: Account | undefined) => {
      await call(acceptInvitation, { body: { token, ...(given && { account: given }) } });
      if (given) await signInAs(client, given.email, given.password);
      else await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
    onSuccess: () => navigate({ to: "/today" }),
  });
  const role = i18n._(FACILITY_ROLE_WORDS[invitation.role]);
  const set = (part: Partial<Account>) => setAccount({ ...account, ...part });
  return (
    <>
      <h1>{invitation.facilities.map(({ name }) => name).join(", ")}</h1>
      <p>
        {invitation.invitedBy ? (
          <Trans>
            {invitation.invitedBy} invites you as: {role}
          </Trans>
        ) : (
          <Trans>You are invited as: {role}</Trans>
        )}
      </p>
      {session ? (
        <Button loading={joining.isPending} onClick={() => joining.mutate(undefined)}>
          <Trans>Join as {session.person.name}</Trans>
        </Button>
      ) : (
        <form
          className="join-form"
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            joining.mutate(account);
          }}
        >
          <TextInput
            label={t`Your name`}
            autoComplete="name"
            required
            maxLength={120}
            value={account.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            label={t`E-mail`}
            type="email"
            autoComplete="username"
            required
            maxLength={200}
            value={account.email}
            onChange={(event) => set({ email: event.currentTarget.value })}
          />
          <PasswordInput
            label={t`Password`}
            description={t`At least 8 characters`}
            autoComplete="new-password"
            required
            minLength={PASSWORD_MIN_CHARS}
            value={account.password}
            onChange={(event) => set({ password: event.currentTarget.value })}
            visibilityToggleButtonProps={{ "aria-label": t`Show the password`, tabIndex: 0 }}
          />
          <Button type="submit" loading={joining.isPending}>
            <Trans>Join</Trans>
          </Button>
        </form>
      )}
      {joining.isError && (
        <p className="member-failed" role="alert">
          {joining.error instanceof Refused && joining.error.kind === "conflict" ? (
            <Trans>There is an account with this address. Sign in, then open the link again.</Trans>
          ) : (
            <Trans>You have not joined: {joining.error.message}</Trans>
          )}
        </p>
      )}
    </>
  );
}
