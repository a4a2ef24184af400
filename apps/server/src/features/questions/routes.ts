import { answerQuestion, getPlausibility, listQuestions } from "@ihims/core/questions/endpoints.ts";
import type { Server } from "../../platform/http.ts";
import { answer, listQuestionsOf, plausibilityOf } from "./questions.ts";

export function mountQuestions(server: Server): void {
  server.on(listQuestions, (ctx, { params, query }) => listQuestionsOf(ctx, params.id, query));
  server.on(answerQuestion, (ctx, { params, body }) =>
    answer(ctx, { facility: params.id, question: params.question, answer: body.answer }),
  );
  server.on(getPlausibility, (ctx, { params }) => plausibilityOf(ctx, params.id));
}
