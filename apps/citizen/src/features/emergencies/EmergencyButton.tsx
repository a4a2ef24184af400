import { useLingui } from "@lingui/react/macro";
import { Link, useLocation } from "wouter";
import { useHref } from "../../platform/address.ts";

/** One tap from everywhere to what helps in an emergency. */
export function EmergencyButton() {
  const { t } = useLingui();
  const href = useHref();
  const [path] = useLocation();
  return (
    <Link className="sos" href={href("/emergency")} aria-current={path === "/emergency" ? "page" : undefined}>
      {t`SOS`}
      <span className="ui-visually-hidden">{t`Emergency numbers`}</span>
    </Link>
  );
}
