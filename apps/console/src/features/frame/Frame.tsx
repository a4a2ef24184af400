import { AppShell, Burger } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Outlet, useRouterState } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { OfflineBar } from "@ihims/ui/OfflineBar.tsx";
import { useConnection } from "../../platform/connection.ts";
import { cityQuery } from "../city/city.ts";
import { useSession } from "../people/people.ts";
import { Mark } from "../../platform/Mark.tsx";
import { Side } from "./Side.tsx";
import "./frame.css";

/** What every screen hangs in: where I am, who I am, and how the page stands to the server. */
export function Frame() {
  const { t } = useLingui();
  const [isOpen, setIsOpen] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const city = useQuery(cityQuery).data;
  const session = useSession();
  const { live, lostAt } = useConnection();
  useEffect(() => setIsOpen(false), [path]);

  return (
    <AppShell
      className="frame"
      header={{ height: { base: 56, sm: 0 } }}
      navbar={{ width: 232, breakpoint: "sm", collapsed: { mobile: !isOpen } }}
      transitionDuration={160}
      withBorder
    >
      <a className="skip" href="#main">
        <Trans>Skip to the content</Trans>
      </a>
      <AppShell.Header hiddenFrom="sm" className="frame-top">
        <Mark />
        <Burger
          opened={isOpen}
          onClick={() => setIsOpen(!isOpen)}
          size="sm"
          className="square-button"
          aria-label={isOpen ? t`Close the menu` : t`Open the menu`}
          aria-expanded={isOpen}
        />
      </AppShell.Header>
      <AppShell.Navbar className="frame-side" aria-label={t`Menu`}>
        {session && <Side session={session} />}
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} className="frame-main">
        {city?.isDemonstration && (
          <p className="demonstration">
            <Trans>Demonstration: this city and its figures are not real.</Trans>
          </p>
        )}
        <OfflineBar isReconnecting={live === "lost"} asOf={lostAt} />
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}
