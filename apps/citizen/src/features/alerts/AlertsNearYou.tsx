import { Trans, useLingui } from "@lingui/react/macro";
import { IconAlertTriangle, IconChevronRight } from "@tabler/icons-react";
import { Link } from "wouter";
import type { AlertSummary } from "@ihims/core/alerts/endpoints.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { useHref } from "../../platform/address.ts";
import { useNear } from "../city/city.ts";
import "./alerts.css";
import { useAlerts, useAlertsLive } from "./queries.ts";

/** Warnings that hold where the reader is. None: nothing is drawn, and one that ends goes away by itself. */
export function AlertsNearYou() {
  const { t } = useLingui();
  const { near } = useNear();
  const now = useNow();
  const alerts = useAlerts(near).data?.items.filter(({ expires }) => expires > now) ?? [];
  useAlertsLive();
  if (alerts.length === 0) return null;
  return (
    <section aria-label={t`Warnings`}>
      <ul className="alerts">
        {alerts.map((alert) => (
          <li key={alert.id}>
            <AlertRow alert={alert} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function AlertRow({ alert }: { alert: AlertSummary }) {
  const href = useHref();
  const formats = useFormats();
  const now = useNow();
  const { id, headline, language, areaDesc, expires, isEmergency } = alert;
  return (
    <Link className="alert" data-emergency={isEmergency} href={href(`/alerts/${id}`)}>
      <IconAlertTriangle stroke={1.75} size={24} aria-hidden="true" />
      <span className="alert-words">
        <span className="alert-headline" lang={language}>
          {headline}
        </span>
        <span className="alert-where">
          {areaDesc && <span lang={language}>{areaDesc} · </span>}
          <Trans>until {formats.moment(expires, now)}</Trans>
        </span>
      </span>
      <IconChevronRight stroke={1.75} size={20} aria-hidden="true" />
    </Link>
  );
}
