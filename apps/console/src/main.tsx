import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { CityTime } from "@ihims/ui/words/use-formats.tsx";
import { Refused } from "./platform/api.ts";
import { startLanguage } from "./platform/language.ts";
import { Theme } from "./platform/Theme.tsx";
import { cityQuery } from "./features/city/city.ts";
import { createConsoleRouter } from "./router.tsx";
import "./main.css";

/** Reads are tried again this often when no answer came; a refusal is not asked twice. */
const READ_RETRIES_MAX = 2;

const client = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) =>
        failures < READ_RETRIES_MAX && !(error instanceof Refused && error.status < 500),
      // Offline a query would wait unseen; failing shows what is known and says so.
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});
const router = createConsoleRouter(client);

function CityClock({ children }: { children: ReactNode }) {
  const city = useQuery(cityQuery).data;
  return <CityTime timeZone={city?.timeZone ?? "Asia/Kolkata"}>{children}</CityTime>;
}

async function start(): Promise<void> {
  const root = document.getElementById("root");
  if (!root) throw new Error("index.html has no #root");
  await startLanguage();
  createRoot(root).render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <Theme>
          <QueryClientProvider client={client}>
            <CityClock>
              <RouterProvider router={router} />
            </CityClock>
          </QueryClientProvider>
        </Theme>
      </I18nProvider>
    </StrictMode>,
  );
}

void start();
