import { Trans } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Session } from "@ihims/core/people/schema.ts";
import { Loading, Skeleton } from "@ihims/ui/States.tsx";
import { CouldNotRead } from "../facilities/facilities.ts";
import { MyHolds } from "../holds/holds.ts";
import { leave, useSession } from "./queries.ts";
import { SignInByPhone } from "./SignInByPhone.tsx";

/** What is mine: what is kept for me, and my account. */
export function MePage() {
  const session = useSession();
  return (
    <main id="main" className="page">
      <h1>
        <Trans>Mine</Trans>
      </h1>
      {session.isPending ? (
        <Loading>
          <Skeleton width="100%" height="9rem" />
        </Loading>
      ) : session.data ? (
        <>
          <MyHolds />
          <Account session={session.data} />
        </>
      ) : session.isError ? (
        <CouldNotRead onRetry={() => void session.refetch()} />
      ) : (
        <section className="card" aria-labelledby="sign-in">
          <h2 id="sign-in">
            <Trans>Sign in with your telephone</Trans>
          </h2>
          <p className="quiet">
            <Trans>
              Looking needs no account. To have a bed kept for you, the hospital has to be able to call you.
            </Trans>
          </p>
          <SignInByPhone />
        </section>
      )}
    </main>
  );
}

function Account({ session }: { session: Session }) {
  const queries = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const [isFailed, setIsFailed] = useState(false);
  const isCitizen = session.memberships.length === 0 && session.cityRoles.length === 0;
  const go = (isForGood: boolean) => {
    setIsFailed(false);
    leave(queries, isForGood).catch(() => setIsFailed(true));
  };
  const signedInAs = session.person.phone ?? session.person.email;
  return (
    <section className="card" aria-labelledby="account">
      <h2 id="account">
        <Trans>My account</Trans>
      </h2>
      <p className="quiet">
        <Trans>Signed in as {signedInAs}</Trans>
      </p>
      <button type="button" className="button-wide" onClick={() => go(false)}>
        <Trans>Sign out</Trans>
      </button>
      {isCitizen && !isAsking && (
        <button type="button" className="link-button" onClick={() => setIsAsking(true)}>
          <Trans>Delete my account</Trans>
        </button>
      )}
      {isAsking && (
        <div className="confirm" role="group" aria-labelledby="confirm-delete">
          <p id="confirm-delete">
            <Trans>What is kept for you is given back, and nothing leads back to you any more.</Trans>
          </p>
          <button type="button" className="button-wide" onClick={() => go(true)}>
            <Trans>Delete it for good</Trans>
          </button>
          <button type="button" className="button-wide" onClick={() => setIsAsking(false)}>
            <Trans>Keep it</Trans>
          </button>
        </div>
      )}
      <p className="sign-in-wrong" role="alert">
        {isFailed && <Trans>We could not reach the server. Try again.</Trans>}
      </p>
    </section>
  );
}
