import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { usePageTitle } from "../../platform/page-title.ts";
import { cityQuery } from "../city/city.ts";
import { LanguageChoice } from "../../platform/LanguageChoice.tsx";
import { ThemeChoice } from "../../platform/ThemeChoice.tsx";
import { Mark } from "../../platform/Mark.tsx";
import { SignInForm } from "./SignInForm.tsx";

/** Where a person signs in, in their language from the first word. */
export function SignInPage() {
  const navigate = useNavigate();
  const { t } = useLingui();
  usePageTitle(t`Sign in`);
  const { to } = useSearch({ from: "/sign-in" });
  const city = useQuery(cityQuery);
  return (
    <div className="sign-in">
      <header className="sign-in-top">
        <Mark />
        <span className="sign-in-choices">
          <LanguageChoice />
          <ThemeChoice />
        </span>
      </header>
      <main className="sign-in-card">
        <h1>
          <Trans>Sign in</Trans>
        </h1>
        <p className="sign-in-for">
          <Trans>For hospitals and other institutions that report their beds.</Trans>
        </p>
        <SignInForm onSignedIn={() => void navigate({ to: to ?? "/", replace: true })} />
        {city.data?.isDemonstration && (
          <p className="sign-in-demonstration">
            <Trans>
              This is a demonstration city: nothing in it is real. Its accounts were printed in the window
              where the server was started.
            </Trans>
          </p>
        )}
      </main>
    </div>
  );
}
