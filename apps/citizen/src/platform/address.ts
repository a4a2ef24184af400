import { useSearch } from "wouter";
import { LANGUAGE_KEY } from "@ihims/ui/words/activate.ts";

/** An address inside the app that keeps the language which the present one names. */
export function hrefTo(path: string, search: URLSearchParams, present: string): string {
  const language = new URLSearchParams(present).get(LANGUAGE_KEY);
  const next = new URLSearchParams(search);
  if (language) next.set(LANGUAGE_KEY, language);
  return next.size > 0 ? `${path}?${next}` : path;
}

/** `hrefTo` from where the reader is. */
export function useHref(): (path: string, search?: URLSearchParams) => string {
  const present = useSearch();
  return (path, search = new URLSearchParams()) => hrefTo(path, search, present);
}
