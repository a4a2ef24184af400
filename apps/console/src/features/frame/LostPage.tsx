import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Empty } from "@ihims/ui/States.tsx";

/** There is no such page. */
export function LostPage() {
  return (
    <main className="lone">
      <Empty
        isPage
        title={<Trans>There is no such page</Trans>}
        actions={
          <Link to="/">
            <Trans>Go to the start</Trans>
          </Link>
        }
      />
    </main>
  );
}
