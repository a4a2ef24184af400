import { localStorageColorSchemeManager, MantineProvider, useComputedColorScheme } from "@mantine/core";
import { useLayoutEffect, type ReactNode } from "react";
import { cssVariablesResolver, theme } from "./theme.ts";

const kept = localStorageColorSchemeManager({ key: "theme" });

/** Mantine in our colours, and the tokens in the same scheme as Mantine. */
export function Theme({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={kept}
      defaultColorScheme="auto"
      deduplicateCssVariables={false}
    >
      <TokensFollow />
      {children}
    </MantineProvider>
  );
}

function TokensFollow() {
  const scheme = useComputedColorScheme("light", { getInitialValueInEffect: false });
  useLayoutEffect(() => {
    document.documentElement.dataset["theme"] = scheme;
  }, [scheme]);
  return null;
}
