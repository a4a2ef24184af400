import { useLingui } from "@lingui/react/macro";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { QUERY_MAX_CHARS } from "./filters.ts";

/** One box to find a place by its name, in any of its languages. */
export function SearchBox({ q, onSearch }: { q: string | null; onSearch: (q: string | null) => void }) {
  const { t } = useLingui();
  const [given, setGiven] = useState({ q, text: q ?? "" });
  // Another address, as after going back, brings its own words.
  if (given.q !== q) setGiven({ q, text: q ?? "" });
  return (
    <form
      role="search"
      className="search"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(given.text.trim() || null);
      }}
    >
      <input
        type="search"
        aria-label={t`Name of a hospital, clinic or pharmacy`}
        placeholder={t`Name of a place`}
        enterKeyHint="search"
        autoComplete="off"
        maxLength={QUERY_MAX_CHARS}
        value={given.text}
        onChange={(event) => setGiven({ q, text: event.target.value })}
      />
      <button type="submit" aria-label={t`Search`}>
        <IconSearch stroke={1.75} aria-hidden="true" />
      </button>
    </form>
  );
}
