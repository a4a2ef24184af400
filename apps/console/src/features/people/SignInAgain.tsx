import { Button, Modal } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Session } from "@ihims/core/people/schema.ts";
import { onSignedOut } from "../../platform/api.ts";
import { SignInForm } from "./SignInForm.tsx";
import { announceReturn, sessionQuery, signOutHere, useSession } from "./people.ts";

/**
 * The session has ended while somebody works. They sign in again on top of the page, and nothing
 * of what they typed is lost. Somebody else begins on a fresh page: the figures typed are not theirs.
 */
export function SignInAgain() {
  const session = useSession();
  return session && <Again session={session} />;
}

function Again({ session }: { session: Session }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [isNeeded, setIsNeeded] = useState(false);
  useEffect(() => onSignedOut(() => setIsNeeded(true)), []);

  function signedIn(now: Session) {
    if (now.person.id !== session.person.id) return location.assign("/console/");
    setIsNeeded(false);
    void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== sessionQuery.queryKey[0] });
    announceReturn();
  }

  return (
    <Modal
      opened={isNeeded}
      onClose={() => setIsNeeded(false)}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={t`Please sign in again`}
      centered
    >
      <p className="sign-in-again">
        <Trans>Your session has ended. What you typed is kept and is sent after you have signed in.</Trans>
      </p>
      <SignInForm email={session.person.email ?? ""} onSignedIn={signedIn} />
      <Button
        variant="subtle"
        fullWidth
        mt="sm"
        onClick={() => void signOutHere(client).catch(() => location.assign("/console/sign-in"))}
      >
        <Trans>Leave without sending</Trans>
      </Button>
    </Modal>
  );
}
