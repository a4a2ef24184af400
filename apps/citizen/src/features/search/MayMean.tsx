import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "wouter";
import type { Interpretation, Meaning } from "@ihims/core/search/endpoints.ts";
import { useHref } from "../../platform/address.ts";
import { keyOfMeaning, MEANING_WORDS, pathOfMeaning } from "./meaning.ts";

/** Other meanings beside those that were taken. */
const OTHERS_MAX = 6;

/** Who and what else the words may mean: doctors and places by name, and other readings of the words. */
export function MayMean({
  items,
  interpretation,
}: {
  items: readonly Meaning[];
  interpretation: Interpretation;
}) {
  const { i18n } = useLingui();
  const href = useHref();
  const taken = new Set(interpretation.entities.filter(({ kind }) => kind !== "doctor").map(keyOfMeaning));
  const others = items.filter((meaning) => !taken.has(keyOfMeaning(meaning))).slice(0, OTHERS_MAX);
  if (others.length === 0) return null;
  return (
    <section aria-labelledby="may-mean">
      <h2 id="may-mean">
        {interpretation.intent === "doctor" ? (
          <Trans>Doctors of this name</Trans>
        ) : (
          <Trans>You may mean</Trans>
        )}
      </h2>
      <ul className="meanings">
        {others.map((meaning) => {
          const { path, search } = pathOfMeaning(meaning);
          return (
            <li key={keyOfMeaning(meaning)}>
              <Link className="meaning" href={href(path, search)}>
                <span>{meaning.name}</span>
                <span className="quiet caption">
                  {[i18n._(MEANING_WORDS[meaning.kind]), meaning.detail].filter(Boolean).join(" · ")}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
