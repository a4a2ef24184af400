import { useLingui } from "@lingui/react/macro";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useId, useState, type KeyboardEvent } from "react";
import { useLocation, useSearch } from "wouter";
import type { Meaning } from "@ihims/core/search/endpoints.ts";
import { hrefTo } from "../../platform/address.ts";
import { useNear } from "../city/city.ts";
import { keyOfMeaning, MEANING_WORDS, pathOfMeaning } from "./meaning.ts";
import { useSuggestions } from "./queries.ts";
import { NO_TERMS, SEARCH_MAX_CHARS, writeTerms } from "./terms.ts";

/** A pause in typing after which what is typed is looked up. */
const PAUSE_MS = 150;

/**
 * One box for everything: a place, a doctor, what hurts, a bed, a scheme, in any of the city's
 * languages. While somebody types it offers what the words may be the beginning of (the pattern
 * "combobox with a list" of the ARIA practices).
 */
export function SearchBox({ q }: { q: string }) {
  const { t, i18n } = useLingui();
  const list = useId();
  const search = useSearch();
  const [, navigate] = useLocation();
  const box = useBox(q);
  const { text, suggestions, at } = box;
  const active = suggestions[at];
  const go = (path: string, terms: URLSearchParams) => {
    box.close();
    navigate(hrefTo(path, terms, search));
  };
  const choose = (meaning: Meaning) => {
    const { path, search: terms } = pathOfMeaning(meaning);
    if (path === "/search") box.type(meaning.name, false);
    go(path, terms);
  };
  const optionId = (place: number) => `${list}-${place}`;
  return (
    <form
      role="search"
      className="search"
      onSubmit={(event) => {
        event.preventDefault();
        if (active) choose(active);
        else if (text.trim() !== "") go("/search", writeTerms({ ...NO_TERMS, q: text.trim() }));
      }}
    >
      <input
        type="search"
        role="combobox"
        aria-label={t`What do you need? An illness, a doctor, a place, a bed`}
        aria-expanded={suggestions.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={active ? optionId(at) : undefined}
        placeholder={t`Illness, doctor, place, bed`}
        enterKeyHint="search"
        autoComplete="off"
        maxLength={SEARCH_MAX_CHARS}
        value={text}
        onChange={(event) => box.type(event.currentTarget.value, true)}
        onKeyDown={box.onKeyDown}
        onBlur={box.close}
      />
      <button type="submit" aria-label={t`Search`}>
        <IconSearch stroke={1.75} aria-hidden="true" />
      </button>
      <ul
        role="listbox"
        id={list}
        className="suggestions"
        aria-label={t`Suggestions`}
        hidden={suggestions.length === 0}
      >
        {suggestions.map((meaning, place) => (
          <li
            key={keyOfMeaning(meaning)}
            id={optionId(place)}
            role="option"
            aria-selected={place === at}
            // The box keeps the focus, so that its list is still there when the tap ends.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(meaning)}
          >
            <span>{meaning.name}</span>
            <span className="quiet caption">{meaning.detail ?? i18n._(MEANING_WORDS[meaning.kind])}</span>
          </li>
        ))}
      </ul>
    </form>
  );
}

/** What is in the box, what is offered for it, and which of that is chosen by the keys. */
function useBox(q: string) {
  const [given, setGiven] = useState({ q, text: q });
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  // Another address, as after going back, brings its own words.
  if (given.q !== q) setGiven({ q, text: q });
  const { near } = useNear();
  const looked = usePaused(isOpen ? given.text.trim() : "");
  const { data } = useSuggestions(looked, near);
  const suggestions = isOpen && given.text.trim() !== "" ? (data ?? []) : [];
  const close = () => {
    setOpen(false);
    setAt(-1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && suggestions.length > 0) {
      event.preventDefault();
      // One more place than suggestions: the words as they are typed.
      const places = suggestions.length + 1;
      setAt(((at + 1 + step + places) % places) - 1);
    } else if (event.key === "Escape" && suggestions.length > 0) {
      event.preventDefault();
      close();
    }
  };
  return {
    text: given.text,
    suggestions,
    at,
    close,
    onKeyDown,
    type: (text: string, isOffering: boolean) => {
      setGiven({ q, text });
      setOpen(isOffering);
      setAt(-1);
    },
  };
}

/** A value once it has been the same for a moment. */
function usePaused(value: string): string {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return value === "" ? "" : paused;
}
