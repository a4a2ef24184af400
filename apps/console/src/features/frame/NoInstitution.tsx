import { Trans } from "@lingui/react/macro";
import { Empty } from "@ihims/ui/States.tsx";
import { useSession } from "../people/people.ts";
import { FindInstitution } from "./FindInstitution.tsx";

/** Somebody whose account belongs to no institution: who looks after all of them finds one here. */
export function NoInstitution() {
  const session = useSession();
  if (session?.cityRoles.includes("platform-administrator")) return <FindInstitution />;
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
