import "@ihims/ui/fonts.css";
import "@ihims/ui/tokens.css";
import "@ihims/ui/base.css";
import "@ihims/ui/pieces.css";
import "./citizen.css";
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { activate, keepLanguage, keptLanguage, languageAtStart } from "@ihims/ui/words/activate.ts";
import { App } from "./App.tsx";
import { readCityAhead } from "./features/city/city.ts";
import { keepAnswers, readKeptAnswers } from "./platform/kept-answers.ts";
import { queries } from "./platform/queries.ts";
import { startTheme } from "./platform/theme.ts";
import { CITIZEN_WORDS } from "./words/words.ts";

/** The head of the page names the city: it is drawn a moment later rather than twice, but never kept waiting. */
const CITY_WAIT_MAX_MS = 400;

startTheme();
const kept = readKeptAnswers(queries);

const language = languageAtStart(location.search, keptLanguage(), navigator.languages);
const cityOrNot = Promise.race([
  readCityAhead(queries),
  new Promise((resolve) => setTimeout(resolve, CITY_WAIT_MAX_MS)),
]);
// Without words there is no page; a language that does not load must not leave it blank.
await activate(language, CITIZEN_WORDS).catch(() => activate("en", CITIZEN_WORDS));
keepLanguage(language);
await cityOrNot;
await kept;
keepAnswers(queries);
keepItself();

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element for the app");
createRoot(root).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </I18nProvider>
  </StrictMode>,
);

/** The browser keeps what the app is made of, so that it opens without a network from the second time on. */
function keepItself(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const register = () => void navigator.serviceWorker.register("/sw.js").catch(() => undefined);
  // Not before what is on the screen has come: it takes the same network.
  if (document.readyState === "complete") register();
  else addEventListener("load", register, { once: true });
}
