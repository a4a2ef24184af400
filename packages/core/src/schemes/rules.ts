import type { Criterion, Question, Rule, Scheme, ScreenerAnswers } from "./record.ts";

/** How an answer stands to a rule. `unknown` is an answer: nothing was said. */
export type Outcome = "pass" | "fail" | "unknown";

/**
 * How a scheme stands to somebody, as far as was said. It never says that somebody is entitled: the
 * scheme's desk decides that.
 */
export type Standing =
  /** Of one way everything that is asked here fits. */
  | "nothing-against"
  /** Something that decides was not said. */
  | "not-known"
  /** Of every way something does not fit. */
  | "something-against";

export function outcomeOf(rule: Rule, answers: ScreenerAnswers): Outcome {
  const fits = isMet(rule, answers);
  return fits === undefined ? "unknown" : fits ? "pass" : "fail";
}

function isMet(rule: Rule, answers: ScreenerAnswers): boolean | undefined {
  if ("atLeast" in rule) return answers.age === undefined ? undefined : answers.age >= rule.atLeast;
  if ("oneOf" in rule)
    return answers.rationCard === undefined ? undefined : rule.oneOf.includes(answers.rationCard);
  const said = answers[rule.question];
  return said === undefined ? undefined : said === rule.is;
}

export interface ScreenedWay {
  id: string;
  standing: Standing;
  criteria: { criterion: Criterion; outcome: Outcome }[];
}

/** Hold what somebody says against a scheme's rules, way by way. */
export function screen(
  { ways }: Pick<Scheme, "ways">,
  answers: ScreenerAnswers,
): { standing: Standing; ways: ScreenedWay[] } {
  const screened = ways.map((way): ScreenedWay => {
    const criteria = way.criteria.map((criterion) => ({
      criterion,
      outcome: outcomeOf(criterion.rule, answers),
    }));
    return { id: way.id, criteria, standing: standingOf(criteria.map(({ outcome }) => outcome)) };
  });
  const has = (standing: Standing) => screened.some((way) => way.standing === standing);
  return {
    standing: has("nothing-against")
      ? "nothing-against"
      : has("not-known")
        ? "not-known"
        : "something-against",
    ways: screened,
  };
}

function standingOf(outcomes: readonly Outcome[]): Standing {
  if (outcomes.includes("fail")) return "something-against";
  return outcomes.includes("unknown") ? "not-known" : "nothing-against";
}

/** What would have to be said to know more of some schemes, in their order, each once. */
export function questionsOf(schemes: readonly Pick<Scheme, "ways">[]): Question[] {
  const all = schemes.flatMap(({ ways }) => ways.flatMap(({ criteria }) => criteria));
  return [...new Set(all.map(({ rule }) => rule.question))];
}
