import { Trans, useLingui } from "@lingui/react/macro";
import { IconX } from "@tabler/icons-react";
import type { Interpretation } from "@ihims/core/search/endpoints.ts";
import { keyOfMeaning } from "./meaning.ts";
import { NO_TERMS, type SearchTerms } from "./terms.ts";

interface Props {
  interpretation: Interpretation;
  terms: SearchTerms;
  onShow: (terms: SearchTerms) => void;
}

/** What the words were taken for; each of it can be taken back. */
export function Understood({ interpretation: { entities, corrected }, terms, onShow }: Props) {
  const { t } = useLingui();
  const leaveOut = (one: string) => onShow({ ...terms, without: [...terms.without, one] });
  if (entities.length === 0 && corrected.length === 0 && terms.without.length === 0) return null;
  return (
    <div className="understood" role="group" aria-label={t`Understood as`}>
      {corrected.map(({ typed, read }) => (
        <p key={typed} className="quiet">
          <Trans>
            Read “{typed}” as “{read}”.
          </Trans>{" "}
          <button type="button" className="link-button" onClick={() => leaveOut(`word:${typed}`)}>
            <Trans>No, as typed</Trans>
          </button>
        </p>
      ))}
      {entities.length > 0 && (
        <ul className="chips">
          {entities.map((meaning) => (
            <li key={keyOfMeaning(meaning)}>
              <button
                type="button"
                className="chip"
                aria-label={t`Not this: ${meaning.name}`}
                onClick={() => leaveOut(keyOfMeaning(meaning))}
              >
                {meaning.name}
                <IconX stroke={1.75} size={18} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {terms.without.length > 0 && (
        <button type="button" className="link-button" onClick={() => onShow({ ...NO_TERMS, q: terms.q })}>
          <Trans>Read all the words again</Trans>
        </button>
      )}
    </div>
  );
}
