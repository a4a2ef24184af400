import { Trans } from "@lingui/react/macro";
import { Link } from "wouter";
import { Loading, Skeleton } from "@ihims/ui/States.tsx";
import { useHref } from "../../platform/address.ts";
import { CouldNotRead } from "../facilities/facilities.ts";
import { SignInByPhone, useSession } from "../people/people.ts";
import { DonorAskCard } from "./DonorAskCard.tsx";
import { DonorForm } from "./DonorForm.tsx";
import { LeaveDonors } from "./LeaveDonors.tsx";
import { useMyDonor } from "./queries.ts";
import "./donors.css";

/** Volunteer as a blood donor, answer who asks, and leave again. */
export function DonorsPage() {
  const href = useHref();
  const session = useSession();
  return (
    <main id="main" className="page">
      <h1>
        <Trans>Blood donors</Trans>
      </h1>
      <p>
        <Trans>
          Blood banks ask volunteers near them when a group runs short. You say when and how far; at most one
          message in a week reaches you.
        </Trans>
      </p>
      {session.isPending ? (
        <Waiting />
      ) : session.data?.person.phone ? (
        <Mine />
      ) : (
        <section className="card" aria-labelledby="donor-sign-in">
          <h2 id="donor-sign-in">
            <Trans>Sign in with your telephone</Trans>
          </h2>
          <p className="quiet">
            <Trans>A bank that needs you sends a message there. Nobody is shown your number.</Trans>
          </p>
          <SignInByPhone />
        </section>
      )}
      <p>
        <Link href={href("/blood")}>
          <Trans>I look for blood</Trans>
        </Link>
      </p>
    </main>
  );
}

function Mine() {
  const mine = useMyDonor();
  if (!mine.data) return mine.isError ? <CouldNotRead onRetry={() => void mine.refetch()} /> : <Waiting />;
  const { donor, eligibleFrom, asks } = mine.data;
  return (
    <>
      {asks.map((ask) => (
        <DonorAskCard key={ask.call} ask={ask} />
      ))}
      <DonorForm key={donor ? "mine" : "new"} donor={donor} eligibleFrom={eligibleFrom} />
      {donor && <LeaveDonors />}
    </>
  );
}

function Waiting() {
  return (
    <Loading>
      <Skeleton width="100%" height="14rem" />
    </Loading>
  );
}
