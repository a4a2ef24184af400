import { Button, createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

/** The civic teal from its ground to ink: 9 is `--primary` in light, 3 in dark. */
const civic: MantineColorsTuple = [
  "#E3F0F2",
  "#C3DFE3",
  "#9AD0D8",
  "#6FC7D1",
  "#48A7B3",
  "#2D8B98",
  "#1B7683",
  "#136A77",
  "#0E6471",
  "#0B5E6B",
];

const filled = {
  "--button-bg": "var(--primary)",
  "--button-color": "var(--on-primary)",
  "--button-hover": "color-mix(in srgb, var(--primary) 88%, var(--ink))",
};

/**
 * Mantine in the colours, type and space of `@ihims/ui/tokens.css`. Its own palette fails WCAG AA
 * in places, so every colour that carries text is one of ours (decision 008).
 */
export const theme = createTheme({
  colors: { civic },
  primaryColor: "civic",
  primaryShade: { light: 9, dark: 3 },
  autoContrast: true,
  luminanceThreshold: 0.18,
  black: "#10243A",
  white: "#FFFFFF",
  fontFamily: "var(--font)",
  fontSizes: {
    xs: "var(--text-13)",
    sm: "var(--text-15)",
    md: "var(--text-15)",
    lg: "var(--text-17)",
    xl: "var(--text-20)",
  },
  lineHeights: { xs: "1.5", sm: "1.5", md: "1.5", lg: "1.5", xl: "1.5" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "32px" },
  radius: { xs: "4px", sm: "8px", md: "8px", lg: "10px", xl: "10px" },
  defaultRadius: "md",
  headings: { fontFamily: "var(--font)", fontWeight: "600" },
  shadows: { md: "var(--float-shadow)", lg: "var(--float-shadow)", xl: "var(--float-shadow)" },
  respectReducedMotion: true,
  cursorType: "pointer",
  focusRing: "auto",
  components: {
    Button: Button.extend({
      defaultProps: { size: "md" },
      // Mantine takes the text's colour from the light shade also in the dark.
      vars: (_theme, { variant = "filled" }) => (variant === "filled" ? { root: filled } : { root: {} }),
    }),
    TextInput: { defaultProps: { size: "md" } },
    PasswordInput: { defaultProps: { size: "md" } },
    NativeSelect: { defaultProps: { size: "md" } },
    NumberInput: { defaultProps: { size: "md" } },
    FileInput: { defaultProps: { size: "md" } },
    Textarea: { defaultProps: { size: "md" } },
    Menu: { defaultProps: { shadow: "md" } },
    Popover: { defaultProps: { shadow: "md" } },
    Modal: { defaultProps: { shadow: "md", transitionProps: { duration: 160 } } },
  },
});

/** What Mantine paints with, taken from the tokens, the same names in light and dark. */
const painted = {
  "--mantine-color-body": "var(--canvas)",
  "--mantine-color-text": "var(--ink)",
  "--mantine-color-dimmed": "var(--muted)",
  "--mantine-color-placeholder": "var(--muted)",
  "--mantine-color-anchor": "var(--primary)",
  // Red belongs to emergencies alone: what is wrong in a form is said in words, in amber.
  "--mantine-color-error": "var(--stale)",
  "--mantine-color-default": "var(--surface)",
  "--mantine-color-default-hover": "var(--primary-ground)",
  "--mantine-color-default-color": "var(--ink)",
  "--mantine-color-default-border": "var(--control-border)",
  "--mantine-color-disabled": "var(--expired-ground)",
  "--mantine-color-disabled-color": "var(--expired)",
  "--mantine-color-disabled-border": "var(--line)",
  "--mantine-primary-color-filled": "var(--primary)",
  "--mantine-primary-color-contrast": "var(--on-primary)",
  "--mantine-color-civic-filled": "var(--primary)",
  "--mantine-color-civic-text": "var(--primary)",
  "--mantine-color-civic-light": "var(--primary-ground)",
  "--mantine-color-civic-light-color": "var(--primary)",
  "--mantine-color-civic-light-hover": "var(--primary-ground)",
  "--mantine-color-civic-outline": "var(--primary)",
  "--mantine-color-civic-outline-hover": "var(--primary-ground)",
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: painted,
  dark: painted,
});
