import type { Language } from "@ihims/core/languages.ts";
import {
  activate,
  keepLanguage,
  languageAtStart,
  keptLanguage,
  type LoadWords,
} from "@ihims/ui/words/activate.ts";

const CONSOLE_WORDS: LoadWords = {
  en: () => import("../words/catalogues/en.po"),
  hi: () => import("../words/catalogues/hi.po"),
  mr: () => import("../words/catalogues/mr.po"),
};

/** Speak the language that the reader is known by, before the first screen. */
export async function startLanguage(): Promise<void> {
  await activate(languageAtStart(location.search, keptLanguage(), navigator.languages), CONSOLE_WORDS);
}

/** Speak another language from now on, and on the next visit. */
export async function changeLanguage(language: Language): Promise<void> {
  await activate(language, CONSOLE_WORDS);
  keepLanguage(language);
}
