import { Trans } from "@lingui/react/macro";
import { Empty } from "@ihims/ui/States.tsx";

/** Somebody whose account belongs to no institution. */
export function NoInstitution() {
  return (
    <div className="lone">
      <h1 className="ui-visually-hidden">
        <Trans>Console</Trans>
      </h1>
      <Empty isPage title={<Trans>Your account belongs to no institution yet</Trans>}>
        <Trans>An administrator of your hospital can add you; then its beds appear here.</Trans>
      </Empty>
    </div>
  );
}
