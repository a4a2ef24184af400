import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync(new URL("tokens.css", import.meta.url), "utf8");

/** The colours that a block of the style sheet sets, by name. */
function tokensOf(selector: string): Map<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`));
  return new Map(
    [...block.slice(0, block.indexOf("}")).matchAll(/--([a-z-]+): (#[0-9a-f]{6}|[^;]+);/g)].map(
      ([, name = "", value = ""]) => [name, value],
    ),
  );
}

const THEMES = { light: tokensOf(":root"), dark: tokensOf(':root[data-theme="dark"]') };

/** Contrast of two colours, 1 to 21 (WCAG 2.2, 1.4.3). */
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Each text on each ground that it stands on. */
const TEXTS = [
  ...["ink", "muted", "primary", "live", "recent", "stale", "expired"].flatMap((text) => [
    [text, "surface"],
    [text, "canvas"],
  ]),
  ...["live", "recent", "stale", "expired"].map((text) => [text, `${text}-ground`]),
  ["on-primary", "primary"],
  ["on-emergency", "emergency"],
  ["ink", "primary-ground"],
  ["primary", "primary-ground"],
  ["muted", "map-ground"],
] as [string, string][];

for (const [theme, tokens] of Object.entries(THEMES)) {
  test(`every text of the ${theme} theme can be read on its ground`, () => {
    const tooFaint = TEXTS.filter(
      ([text, ground]) => contrast(tokens.get(text) ?? "", tokens.get(ground) ?? "") < 4.5,
    );
    expect(tooFaint).toEqual([]);
  });

  test(`a control of the ${theme} theme can be told from its ground`, () => {
    for (const ground of ["surface", "canvas"]) {
      expect(contrast(tokens.get("control-border") ?? "", tokens.get(ground) ?? "")).toBeGreaterThanOrEqual(
        3,
      );
    }
  });
}

test("the dark theme is the same whether the reader or the system chose it", () => {
  expect(tokensOf(':root:not([data-theme="light"])')).toEqual(THEMES.dark);
});
