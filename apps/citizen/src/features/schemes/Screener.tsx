import { Trans, useLingui } from "@lingui/react/macro";
import { IconCheck, IconMinus, IconX, type Icon } from "@tabler/icons-react";
import { useId, useState } from "react";
import { Link } from "wouter";
import type { Reply } from "@ihims/core/endpoint.ts";
import type { QuestionAsked, screenSchemes } from "@ihims/core/schemes/endpoints.ts";
import type { Question, RationCard, ScreenerAnswers } from "@ihims/core/schemes/record.ts";
import type { Outcome } from "@ihims/core/schemes/rules.ts";
import { useHref } from "../../platform/address.ts";
import { useScreening } from "./queries.ts";
import { CARD_WORDS, OUTCOME_WORDS, QUESTION_WORDS, STANDING_WORDS } from "./words.ts";

/** Those that this page has words for. */
const QUESTIONS = Object.keys(QUESTION_WORDS) as Question[]; // the keys of a record of questions

type Screened = Reply<typeof screenSchemes>["items"][number];

/** Answers against rules, one by one. It never says that somebody is entitled: the scheme's desk does. */
export function Screener() {
  const [answers, setAnswers] = useState<ScreenerAnswers>({});
  const screening = useScreening(answers);
  const said = Object.values(answers).filter((one) => one !== undefined).length;
  const standings = ["nothing-against", "not-known", "something-against"] as const;
  const items = standings.flatMap((one) =>
    (screening.data?.items ?? []).filter(({ standing }) => standing === one),
  );
  return (
    <section className="card screener" aria-labelledby="screener">
      <h2 id="screener">
        <Trans>What may be for you</Trans>
      </h2>
      <p className="quiet">
        <Trans>
          Answer what you know and leave the rest. Your answers are not kept, and who you are is not asked.
        </Trans>
      </p>
      {(screening.data?.questions ?? []).map((asked) => (
        <QuestionField
          key={asked.question}
          asked={asked}
          answers={answers}
          onChange={(next) => setAnswers(next)}
        />
      ))}
      {screening.isError && !screening.data && (
        <p role="alert">
          <Trans>This needs the network. The rules of each scheme are on its page.</Trans>
        </p>
      )}
      {said > 0 && screening.data && (
        <div role="status" className="screened" aria-busy={screening.isPlaceholderData}>
          <p>
            <strong>{screening.data.decidedBy}</strong>
          </p>
          {items.map((one) => (
            <ScreenedScheme key={one.scheme} screened={one} />
          ))}
        </div>
      )}
    </section>
  );
}

interface FieldProps {
  asked: QuestionAsked;
  answers: ScreenerAnswers;
  onChange: (answers: ScreenerAnswers) => void;
}

/** A question as it is asked; an answer can always be taken back. */
function QuestionField({ asked, answers, onChange }: FieldProps) {
  const { t, i18n } = useLingui();
  const id = useId();
  const question = QUESTIONS.find((one) => one === asked.question);
  if (!question) return null;
  const give = (value: number | boolean | RationCard | undefined) => {
    const { [question]: _, ...others } = answers;
    onChange(value === undefined ? others : { ...others, [question]: value });
  };
  const words = i18n._(QUESTION_WORDS[question]);
  if (asked.kind === "age")
    return (
      <div className="question">
        <label htmlFor={id}>{words}</label>
        <input
          id={id}
          className="text-input question-age"
          inputMode="numeric"
          maxLength={3}
          value={answers.age === undefined ? "" : String(answers.age)}
          onChange={(event) => {
            const years = Number(event.currentTarget.value.trim() || Number.NaN);
            give(Number.isInteger(years) && years >= 0 && years <= 125 ? years : undefined);
          }}
        />
      </div>
    );
  const options =
    asked.kind === "choice"
      ? asked.options.map((one) => ({ value: one, words: i18n._(CARD_WORDS[one]) }))
      : [
          { value: true, words: t`Yes` },
          { value: false, words: t`No` },
        ];
  return (
    <fieldset className="question">
      <legend>{words}</legend>
      <div className="question-options">
        {options.map((one) => (
          <button
            key={String(one.value)}
            type="button"
            className="filter"
            aria-pressed={answers[question] === one.value}
            onClick={() => give(answers[question] === one.value ? undefined : one.value)}
          >
            {one.words}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

const OUTCOME_ICONS: Record<Outcome, Icon> = { pass: IconCheck, fail: IconX, unknown: IconMinus };

function ScreenedScheme({ screened: { scheme, name, standing, ways } }: { screened: Screened }) {
  const { i18n } = useLingui();
  const href = useHref();
  return (
    <details className="screened-scheme" data-standing={standing}>
      <summary>
        <span className="screened-name">{name}</span>
        <span className="screened-standing">{i18n._(STANDING_WORDS[standing])}</span>
      </summary>
      {ways.map((way) => (
        <div key={way.id}>
          {ways.length > 1 && <h3>{way.words}</h3>}
          <ul className="criteria">
            {way.criteria.map(({ id, words, outcome, source }) => {
              const OutcomeIcon = OUTCOME_ICONS[outcome];
              return (
                <li key={id} data-outcome={outcome}>
                  <OutcomeIcon stroke={2} size={20} aria-hidden="true" />
                  <span>
                    {words} · <strong>{i18n._(OUTCOME_WORDS[outcome])}</strong>
                    <span className="quiet caption line">
                      {source.publisher}, {source.date}
                    </span>
                  </span>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
      <Link className="button-quiet" href={href(`/schemes/${scheme}`)}>
        <Trans>What to bring, and where</Trans>
      </Link>
    </details>
  );
}
