import { useLingui } from "@lingui/react/macro";
import { IconSearch } from "@tabler/icons-react";
import { useDeferredValue, useId, useState, type KeyboardEvent } from "react";
import { useLocation, useSearch } from "wouter";
import { MEDICINE_QUERY_MAX_CHARS, type FoundMedicine } from "@ihims/core/medicines/endpoints.ts";
import { hrefTo } from "../../platform/address.ts";
import { useMedicineSuggestions } from "./queries.ts";

/** The box for a medicine's name. It offers products, each with what is in it (a combobox with a list). */
export function MedicineSearch({ q }: { q: string }) {
  const { t } = useLingui();
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
  const choose = (medicine: FoundMedicine) => go(`/medicines/${medicine.id}`, new URLSearchParams());
  const optionId = (place: number) => `${list}-${place}`;
  return (
    <form
      role="search"
      className="search"
      onSubmit={(event) => {
        event.preventDefault();
        if (active) choose(active);
        else go("/medicines", new URLSearchParams(text.trim() === "" ? [] : [["q", text.trim()]]));
      }}
    >
      <input
        type="search"
        role="combobox"
        aria-label={t`Name of a medicine, as on the strip or the prescription`}
        aria-expanded={suggestions.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={active ? optionId(at) : undefined}
        placeholder={t`Name on the strip or prescription`}
        enterKeyHint="search"
        autoComplete="off"
        maxLength={MEDICINE_QUERY_MAX_CHARS}
        value={text}
        onChange={(event) => box.type(event.currentTarget.value)}
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
        {suggestions.map((medicine, place) => (
          <li
            key={medicine.id}
            id={optionId(place)}
            role="option"
            aria-selected={place === at}
            // The box keeps the focus, so that its list is still there when the tap ends.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(medicine)}
          >
            <span>{medicine.displayName}</span>
            <span className="quiet caption">{medicine.generics}</span>
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
  const looked = useDeferredValue(isOpen ? given.text.trim() : "");
  const { data } = useMedicineSuggestions(looked);
  const suggestions = isOpen && given.text.trim().length > 1 ? (data ?? []) : [];
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
  const type = (text: string) => {
    setGiven({ q, text });
    setOpen(true);
    setAt(-1);
  };
  return { text: given.text, suggestions, at, close, onKeyDown, type };
}
