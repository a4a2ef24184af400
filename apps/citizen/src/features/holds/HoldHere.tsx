import { Trans, useLingui } from "@lingui/react/macro";
import { IconX } from "@tabler/icons-react";
import { useId, useRef, useState } from "react";
import type { BedType } from "@ihims/core/beds/schema.ts";
import type { FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import { holdMinutesOf, isHoldable } from "@ihims/core/holds/rules.ts";
import { isOpenState } from "@ihims/core/holds/schema.ts";
import { bedSubject } from "@ihims/core/observations/schema.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { freshnessNow } from "@ihims/ui/freshness.ts";
import { BED_WORDS } from "@ihims/ui/words/beds.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { Refused } from "../../platform/api.ts";
import { SignInByPhone, useSession } from "../people/people.ts";
import { HoldCard } from "./HoldCard.tsx";
import { useMyHolds, useRequestHold } from "./queries.ts";

/** Have a bed of this place kept while I am on the way: offered where one is free and was confirmed lately. */
export function HoldHere({ facility }: { facility: FacilityRecord }) {
  const session = useSession();
  const isSignedIn = Boolean(session.data);
  const holds = useMyHolds(isSignedIn);
  const here = holds.data?.find((hold) => hold.facility === facility.id && isOpenState(hold.state));
  const offered = useOffered(facility);
  if (!here && offered.length === 0) return null;
  return (
    <section className="card" aria-labelledby="hold-here">
      <h2 id="hold-here">
        {here ? <Trans>Kept for you here</Trans> : <Trans>Have a bed kept for you</Trans>}
      </h2>
      {here ? (
        <HoldCard hold={here} isHere />
      ) : (
        <Offer facility={facility} offered={offered} isCallable={Boolean(session.data?.person.phone)} />
      )}
    </section>
  );
}

interface Offered {
  type: BedType;
  minutes: number;
}

function useOffered(facility: FacilityRecord): Offered[] {
  const now = useNow();
  return facility.beds.flatMap((figure) => {
    const subject = bedSubject(figure.type);
    const minutes = holdMinutesOf(facility.holds, subject);
    const isFree = (figure.value?.free ?? 0) > 0 && isHoldable(freshnessNow(subject, figure, now));
    return minutes !== null && isFree ? [{ type: figure.type, minutes }] : [];
  });
}

interface OfferProps {
  facility: FacilityRecord;
  offered: readonly Offered[];
  /** Signed in with a telephone. */
  isCallable: boolean;
}

function Offer({ facility, offered, isCallable }: OfferProps) {
  const { i18n, t } = useLingui();
  const formats = useFormats();
  const dialog = useRef<HTMLDialogElement>(null);
  const [wanted, setWanted] = useState<BedType>();
  const request = useRequestHold(facility.id);
  const chosen =
    offered.find(({ type }) => type === wanted) ?? offered.find(({ type }) => type === "icu") ?? offered[0];
  if (!chosen) return null;
  const bed = i18n._(BED_WORDS[chosen.type]);
  const minutes = formats.duration(chosen.minutes * 60);
  const ask = () => request.mutate(bedSubject(chosen.type));
  return (
    <>
      {offered.length > 1 && (
        <select
          className="filter"
          aria-label={t`Kind of bed`}
          value={chosen.type}
          onChange={(event) =>
            setWanted(offered.find(({ type }) => type === event.currentTarget.value)?.type)
          }
        >
          {offered.map(({ type }) => (
            <option key={type} value={type}>
              {i18n._(BED_WORDS[type])}
            </option>
          ))}
        </select>
      )}
      <button
        type="button"
        className="button"
        disabled={request.isPending}
        onClick={() => (isCallable ? ask() : dialog.current?.showModal())}
      >
        <Trans>
          Hold a bed: {bed}, {minutes}
        </Trans>
      </button>
      <p className="quiet caption">
        <Trans>Only when you are on your way. In an emergency do not wait for it: call, or go at once.</Trans>
      </p>
      <p className="sign-in-wrong" role="alert">
        {request.error && <RefusalWords error={request.error} />}
      </p>
      <SignInSheet
        dialog={dialog}
        onSignedIn={() => {
          dialog.current?.close();
          ask();
        }}
      />
    </>
  );
}

function SignInSheet({
  dialog,
  onSignedIn,
}: {
  dialog: React.RefObject<HTMLDialogElement | null>;
  onSignedIn: () => void;
}) {
  const { t } = useLingui();
  const title = useId();
  const close = () => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby={title}
      // A tap on the shade is outside of everything in the sheet.
      onClick={(event) => event.target === dialog.current && close()}
    >
      <div className="sheet-body">
        <div className="sheet-head">
          <h2 id={title}>
            <Trans>Sign in with your telephone</Trans>
          </h2>
          <button type="button" className="icon-button" onClick={close} aria-label={t`Close`}>
            <IconX stroke={1.75} aria-hidden="true" />
          </button>
        </div>
        <p className="quiet">
          <Trans>The hospital has to be able to call you while a bed is kept.</Trans>
        </p>
        <SignInByPhone onSignedIn={onSignedIn} />
      </div>
    </dialog>
  );
}

function RefusalWords({ error }: { error: Error }) {
  switch (error instanceof Refused ? error.reason : undefined) {
    case "none-free":
      return <Trans>The last one was just taken. Call, or look for another place.</Trans>;
    case "not-confirmed":
      return <Trans>The number is too old to promise anything. Call the place.</Trans>;
    case "not-offered":
      return <Trans>This place does not keep such beds. Call it.</Trans>;
    case "one-of-a-kind":
      return <Trans>A bed is kept for you elsewhere. Give that one back first, under Mine.</Trans>;
    case "too-many-today":
      return <Trans>You have asked too often today. Call the place.</Trans>;
    default:
      return <Trans>We could not reach the server. Try again.</Trans>;
  }
}
