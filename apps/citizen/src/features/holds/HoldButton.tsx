import { Trans, useLingui } from "@lingui/react/macro";
import { IconX } from "@tabler/icons-react";
import { useId, useRef, type ReactNode, type RefObject } from "react";
import type { FacilityId } from "@ihims/core/ids.ts";
import type { Subject } from "@ihims/core/observations/schema.ts";
import { Refused } from "../../platform/api.ts";
import { SignInByPhone, useSession } from "../people/people.ts";
import { useRequestHold } from "./queries.ts";

interface Props {
  facility: FacilityId;
  subject: Subject;
  units?: number;
  /** One of several on a page: not the page's main action. */
  isQuiet?: boolean;
  /** What the button says. */
  children: ReactNode;
}

/** Have something kept while I am on the way. Who is not signed in does so by telephone first. */
export function HoldButton({ facility, subject, units = 1, isQuiet = false, children }: Props) {
  const session = useSession();
  const isCallable = Boolean(session.data?.person.phone);
  const dialog = useRef<HTMLDialogElement>(null);
  const request = useRequestHold(facility);
  const ask = () => request.mutate({ subject, units });
  return (
    <>
      <button
        type="button"
        className={isQuiet ? "button-quiet" : "button"}
        disabled={request.isPending}
        onClick={() => (isCallable ? ask() : dialog.current?.showModal())}
      >
        {children}
      </button>
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
  dialog: RefObject<HTMLDialogElement | null>;
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
          <Trans>The place has to be able to call you while something is kept for you.</Trans>
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
      return <Trans>This place does not keep this for people on the way. Call it.</Trans>;
    case "one-of-a-kind":
      return <Trans>One is kept for you elsewhere. Give that one back first, under Mine.</Trans>;
    case "too-many-units":
      return <Trans>So many are not kept at once. Ask for fewer, or call the place.</Trans>;
    case "too-many-today":
      return <Trans>You have asked too often today. Call the place.</Trans>;
    default:
      return <Trans>We could not reach the server. Try again.</Trans>;
  }
}
