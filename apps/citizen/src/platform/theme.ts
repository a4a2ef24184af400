import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark";

const THEME_KEY = "theme";
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

/** Take up the theme that the reader chose on an earlier visit; without a choice the system's stands. */
export function startTheme(): void {
  try {
    const kept = localStorage.getItem(THEME_KEY);
    if (kept === "light" || kept === "dark") document.documentElement.dataset["theme"] = kept;
  } catch {
    // A browser may forbid storage; the system's theme stands.
  }
}

export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
  try {
    localStorage.setItem(THEME_KEY, theme);
  } catch {
    // The choice holds until the page is closed.
  }
  for (const listen of listeners) listen();
}

function theme(): Theme {
  const chosen = document.documentElement.dataset["theme"];
  if (chosen === "light" || chosen === "dark") return chosen;
  return systemIsDark.matches ? "dark" : "light";
}

/** The theme that is seen: the reader's choice, otherwise the system's. */
export function useTheme(): Theme {
  return useSyncExternalStore((listen) => {
    listeners.add(listen);
    systemIsDark.addEventListener("change", listen);
    return () => {
      listeners.delete(listen);
      systemIsDark.removeEventListener("change", listen);
    };
  }, theme);
}
