import type { Language } from "@ihims/core/languages.ts";

/** What a language is called in the reader's; its code where that is not known. */
export function languageName(code: string, reader: Language): string {
  return new Intl.DisplayNames(reader, { type: "language" }).of(code) ?? code;
}
