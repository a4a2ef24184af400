import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Trans } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { FacilityId } from "@ihims/core/ids.ts";
import { bedTypeOf } from "@ihims/core/observations/schema.ts";
import { answerQuestion } from "@ihims/core/questions/endpoints.ts";
import type { Question } from "@ihims/core/questions/schema.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { BED_WORDS } from "@ihims/ui/words/beds.ts";
import { SOURCE_WORDS } from "@ihims/ui/words/observations.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { call } from "../../platform/api.ts";
import { questionsQuery } from "./queries.ts";
import { QUESTION_WORDS } from "./words.ts";

/** Figures that were taken and are hard to believe; the institution says whether they are right. */
export function Questions({ facility }: { facility: FacilityId }) {
  const questions = useQuery(questionsQuery(facility));
  if (!questions.data || questions.data.length === 0) return null;
  return (
    <section aria-labelledby="questions-title" className="feeds-card">
      <h2 id="questions-title">
        <Trans>Is this right?</Trans>
      </h2>
      <ul className="feeds-list">
        {questions.data.map((question) => (
          <QuestionRow key={question.id} question={question} />
        ))}
      </ul>
    </section>
  );
}

function QuestionRow({ question }: { question: Question }) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const client = useQueryClient();
  const { facility, subject, source, doubt, seenAt } = question;
  const answer = useMutation({
    mutationFn: (said: "right" | "wrong") =>
      call(answerQuestion, { params: { id: facility, question: question.id }, body: { answer: said } }),
    onSettled: () => client.invalidateQueries({ queryKey: ["questions", facility] }),
  });
  const type = bedTypeOf(subject);
  const said = formats.number(doubt.said);
  const against = formats.number(doubt.against);
  return (
    <li className="feeds-row">
      <p>
        <strong>{type ? i18n._(BED_WORDS[type]) : subject}</strong>
        {": "}
        {i18n._(QUESTION_WORDS[doubt.code])}
        {" · "}
        <Trans>
          {said} against {against}
        </Trans>
      </p>
      <p className="feeds-quiet">
        {i18n._(SOURCE_WORDS[source])}
        {" · "}
        {formats.moment(seenAt, now)}
      </p>
      <div className="feeds-actions">
        <Button variant="default" loading={answer.isPending} onClick={() => answer.mutate("right")}>
          <Trans>It is right</Trans>
        </Button>
        <Button variant="default" loading={answer.isPending} onClick={() => answer.mutate("wrong")}>
          <Trans>It is wrong</Trans>
        </Button>
      </div>
      {answer.isError && (
        <p role="alert" className="feeds-failed">
          <Trans>It could not be saved. Try again.</Trans>
        </p>
      )}
    </li>
  );
}
