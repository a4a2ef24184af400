import { UnstyledButton, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useLingui } from "@lingui/react/macro";
import { IconMoon, IconSun } from "@tabler/icons-react";

/** Light or dark; what the machine prefers until somebody chooses. */
export function ThemeChoice() {
  const { t } = useLingui();
  const { setColorScheme } = useMantineColorScheme();
  const now = useComputedColorScheme("light");
  const Icon = now === "dark" ? IconSun : IconMoon;
  return (
    <UnstyledButton
      className="square-button"
      aria-label={now === "dark" ? t`Use light colours` : t`Use dark colours`}
      onClick={() => setColorScheme(now === "dark" ? "light" : "dark")}
    >
      <Icon size={20} stroke={1.75} aria-hidden="true" />
    </UnstyledButton>
  );
}
