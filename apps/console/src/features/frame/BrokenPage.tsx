import { Button } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { Failure } from "@ihims/ui/States.tsx";
import { Unreachable } from "../../platform/api.ts";

/** A screen could not be shown: what happened, and the way on. */
export function BrokenPage({ error }: { error: unknown }) {
  const again = (
    <Button onClick={() => location.reload()}>
      <Trans>Try again</Trans>
    </Button>
  );
  return (
    <main className="lone">
      {error instanceof Unreachable ? (
        <Failure isPage title={<Trans>We could not reach the server</Trans>} actions={again}>
          <Trans>Check the network, then try again.</Trans>
        </Failure>
      ) : (
        <Failure isPage title={<Trans>This page could not be shown</Trans>} actions={again}>
          <Trans>Something went wrong on our side. Nothing that was saved is lost.</Trans>
        </Failure>
      )}
    </main>
  );
}
