import type { LoadWords } from "@ihims/ui/words/activate.ts";

/** The app's own words; those of the shared pieces come with them. */
export const CITIZEN_WORDS: LoadWords = {
  en: () => import("./catalogues/en.po"),
  hi: () => import("./catalogues/hi.po"),
  mr: () => import("./catalogues/mr.po"),
};
