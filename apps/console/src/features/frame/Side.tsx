import { Button, NativeSelect } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import {
  IconBed,
  IconDroplet,
  IconEye,
  IconIdBadge2,
  IconHistory,
  IconInbox,
  IconLogout,
  IconPill,
  IconPillOff,
  IconPlugConnected,
  IconSunHigh,
  IconUsers,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { FacilityId } from "@ihims/core/ids.ts";
import { mayAdminister, mayAudit, mayReport } from "@ihims/core/people/rules.ts";
import type { Session } from "@ihims/core/people/schema.ts";
import { useLingui as useCatalogue } from "@lingui/react";
import { actorOf, roleWordsOf, signOutHere } from "../people/people.ts";
import { LanguageChoice } from "../../platform/LanguageChoice.tsx";
import { Mark } from "../../platform/Mark.tsx";
import { ThemeChoice } from "../../platform/ThemeChoice.tsx";

/** The side of the frame: which institution, what there is to do, and who I am. */
export function Side({ session }: { session: Session }) {
  const params = useParams({ strict: false });
  // Pages of all my institutions name none: their links lead to the first.
  const facility = params.facility ?? session.memberships[0]?.facility;
  const may = facility === undefined ? undefined : rightsOf(session, FacilityId.parse(facility));
  return (
    <>
      <div className="side-mark">
        <Mark />
      </div>
      <FacilityChoice session={session} facility={facility} />
      <nav className="side-links">
        {session.memberships.length > 0 && (
          <Link to="/today" className="side-link">
            <IconSunHigh size={20} stroke={1.75} aria-hidden="true" />
            <Trans>Today</Trans>
          </Link>
        )}
        {facility && (
          <Link to="/facilities/$facility/beds" params={{ facility }} className="side-link">
            <IconBed size={20} stroke={1.75} aria-hidden="true" />
            <Trans>Beds</Trans>
          </Link>
        )}
        {facility && may?.reportBlood && (
          <Link to="/facilities/$facility/blood" params={{ facility }} className="side-link">
            <IconDroplet size={20} stroke={1.75} aria-hidden="true" />
            <Trans>Blood</Trans>
          </Link>
        )}
        {facility && may?.reportMedicine && (
          <Link to="/facilities/$facility/stock" params={{ facility }} className="side-link">
            <IconPill size={20} stroke={1.75} aria-hidden="true" />
            <Trans>Stock</Trans>
          </Link>
        )}
        {facility && may?.audit && (
          <Link to="/facilities/$facility/incoming" params={{ facility }} className="side-link">
            <IconInbox size={20} stroke={1.75} aria-hidden="true" />
            <Trans>Incoming</Trans>
          </Link>
        )}
        {facility && may?.audit && (
          <Link to="/facilities/$facility/history" params={{ facility }} className="side-link">
            <IconHistory size={20} stroke={1.75} aria-hidden="true" />
            <Trans>History</Trans>
          </Link>
        )}
        {facility && may?.administer && (
          <Link to="/facilities/$facility/people" params={{ facility }} className="side-link">
            <IconUsers size={20} stroke={1.75} aria-hidden="true" />
            <Trans>People</Trans>
          </Link>
        )}
        {facility && may?.administer && (
          <Link to="/facilities/$facility/schemes" params={{ facility }} className="side-link">
            <IconIdBadge2 size={20} stroke={1.75} aria-hidden="true" />
            <Trans>Schemes</Trans>
          </Link>
        )}
        {facility && may?.administer && (
          <Link to="/facilities/$facility/connections" params={{ facility }} className="side-link">
            <IconPlugConnected size={20} stroke={1.75} aria-hidden="true" />
            <Trans>Connections</Trans>
          </Link>
        )}
        {session.cityRoles.some((role) => role === "health-officer" || role === "platform-administrator") && (
          <>
            <Link to="/city/holds" className="side-link">
              <IconEye size={20} stroke={1.75} aria-hidden="true" />
              <Trans>Holds that stand out</Trans>
            </Link>
            <Link to="/city/stock" className="side-link">
              <IconPillOff size={20} stroke={1.75} aria-hidden="true" />
              <Trans>Medicines that are missing</Trans>
            </Link>
          </>
        )}
      </nav>
      <Me session={session} facility={facility} />
    </>
  );
}

/** What somebody may do for a facility, as far as there are pages for it. */
function rightsOf(session: Session, facility: FacilityId) {
  const actor = actorOf(session);
  return {
    reportBlood: mayReport(actor, facility, "blood"),
    reportMedicine: mayReport(actor, facility, "medicine"),
    audit: mayAudit(actor, facility),
    administer: mayAdminister(actor, facility),
  };
}

function FacilityChoice({ session, facility }: { session: Session; facility: string | undefined }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { memberships } = session;
  if (memberships.length === 0) return null;
  if (memberships.length === 1) return <p className="side-facility">{memberships[0]?.facilityName}</p>;
  return (
    <NativeSelect
      className="side-facility"
      label={t`Institution`}
      value={facility ?? ""}
      data={memberships.map((one) => ({ value: one.facility, label: one.facilityName }))}
      onChange={(event) =>
        void navigate({ to: "/facilities/$facility/beds", params: { facility: event.currentTarget.value } })
      }
    />
  );
}

function Me({ session, facility }: { session: Session; facility: string | undefined }) {
  const client = useQueryClient();
  const { i18n } = useCatalogue();
  const [isFailed, setIsFailed] = useState(false);
  const words = roleWordsOf(session, facility);
  return (
    <div className="side-me">
      <div className="side-choices">
        <LanguageChoice />
        <ThemeChoice />
      </div>
      <p className="side-name">
        <Link to="/account">{session.person.name}</Link>
        {words && <span className="side-role">{i18n._(words)}</span>}
      </p>
      <Button
        variant="default"
        size="sm"
        fullWidth
        leftSection={<IconLogout size={18} stroke={1.75} aria-hidden="true" />}
        onClick={() => void signOutHere(client).catch(() => setIsFailed(true))}
      >
        <Trans>Sign out</Trans>
      </Button>
      <p className="side-failed" role="alert">
        {isFailed && <Trans>You are still signed in: we could not reach the server.</Trans>}
      </p>
    </div>
  );
}
