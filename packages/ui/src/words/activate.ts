import { i18n, type Messages } from "@lingui/core";
import { Language, languageOf } from "@ihims/core/languages.ts";
import { LOCALES } from "../formats.ts";

/** A compiled catalogue as a module, loaded when its language is wanted. */
export type LoadWords = Record<Language, () => Promise<{ messages: Messages }>>;

const UI_WORDS: LoadWords = {
  en: () => import("./catalogues/en.po"),
  hi: () => import("./catalogues/hi.po"),
  mr: () => import("./catalogues/mr.po"),
};

/** The parameter of the URL, and the key of the browser's storage, that keep the reader's language. */
export const LANGUAGE_KEY = "lang";

let wanted: Language | undefined;

/**
 * Make a language the one that is spoken: loads its words, those of the pieces and those of the
 * app, and sets `lang` on the page. Of two that are asked for one after the other the last stays.
 *
 * @param appWords the app's own catalogues
 * @throws when the words cannot be loaded; the language spoken before stays
 */
export async function activate(language: Language, appWords: LoadWords): Promise<void> {
  wanted = language;
  const [ui, app] = await Promise.all([UI_WORDS[language](), appWords[language]()]);
  if (wanted !== language) return;
  i18n.load(language, { ...ui.messages, ...app.messages });
  i18n.activate(language, LOCALES[language]);
  document.documentElement.lang = language;
}

/** The language to begin with: the URL's, then the one that was kept, then the first of the reader's own. */
export function languageAtStart(search: string, kept: string | null, preferred: readonly string[]): Language {
  for (const one of [new URLSearchParams(search).get(LANGUAGE_KEY), kept]) {
    const known = Language.safeParse(one);
    if (known.success) return known.data;
  }
  return languageOf(preferred.join(","));
}

/** Keep the reader's language: in the address, so that a link says it too, and for the next visit. */
export function keepLanguage(language: Language): void {
  const url = new URL(location.href);
  url.searchParams.set(LANGUAGE_KEY, language);
  history.replaceState(history.state, "", url);
  try {
    localStorage.setItem(LANGUAGE_KEY, language);
  } catch {
    // A browser may forbid storage; the address still says it.
  }
}

/** The language that was kept on an earlier visit; null when none was, or storage is forbidden. */
export function keptLanguage(): string | null {
  try {
    return localStorage.getItem(LANGUAGE_KEY);
  } catch {
    return null;
  }
}
