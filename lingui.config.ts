import { defineConfig } from "@lingui/conf";
import { formatter } from "@lingui/format-po";

/**
 * The words of the product, in three catalogues: the pieces that both web apps share, and one for
 * each of them. `npx lingui extract` brings the .po files up to date with the sources.
 */
export default defineConfig({
  sourceLocale: "en",
  locales: ["en", "hi", "mr"],
  // A catalogue's diff shows words, not the lines that moved.
  format: formatter({ lineNumbers: false }),
  orderBy: "message",
  catalogs: ["packages/ui", "apps/citizen", "apps/console"].map((path) => ({
    path: `<rootDir>/${path}/src/words/catalogues/{locale}`,
    include: [`<rootDir>/${path}/src`],
    exclude: ["**/*.test.*"],
  })),
});
