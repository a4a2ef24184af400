import type { OperationOutcome, OperationOutcomeIssue } from "@medplum/fhirtypes";
import { Problem, PROBLEMS, type ProblemKind } from "@ihims/core/problem.ts";

type IssueCode = NonNullable<OperationOutcomeIssue["code"]>;

/** What went wrong, as a FHIR issue; `expression` is the parameter or the place in the resource. */
export interface Issue {
  code: IssueCode;
  details: string;
  expression?: string | undefined;
}

/** A refusal that only FHIR knows: thrown anywhere under /fhir, answered as an OperationOutcome. */
export class FhirRefusal extends Error {
  readonly status: number;
  readonly issues: readonly Issue[];

  constructor(status: number, issues: readonly Issue[]) {
    super(issues.map(({ details }) => details).join("; "));
    this.name = "FhirRefusal";
    this.status = status;
    this.issues = issues;
  }
}

/** The issue type of each problem (http://hl7.org/fhir/issue-type, R4). */
const CODE_BY_PROBLEM: Partial<Record<ProblemKind, IssueCode>> = {
  "bad-input": "invalid",
  "not-signed-in": "login",
  "not-allowed": "forbidden",
  "not-found": "not-found",
  conflict: "conflict",
  "too-large": "too-long",
  "not-this-media-type": "not-supported",
  "changed-meanwhile": "conflict",
  "too-many-requests": "throttled",
  "not-ready": "transient",
};

/** An error as status and outcome; undefined when it is a fault of ours. */
export function outcomeOfError(error: unknown): { status: number; outcome: OperationOutcome } | undefined {
  if (error instanceof FhirRefusal) return { status: error.status, outcome: outcomeOf(error.issues) };
  if (error instanceof Problem)
    return { status: PROBLEMS[error.kind].status, outcome: outcomeOf(issuesOf(error)) };
  const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 500;
  if (status < 400 || status >= 500) return undefined;
  const code = status === 413 ? "too-long" : status === 415 ? "not-supported" : "invalid";
  return {
    status,
    outcome: outcomeOf([{ code, details: error instanceof Error ? error.message : "cannot be read" }]),
  };
}

function issuesOf({ kind, message, errors }: Problem): Issue[] {
  const code = CODE_BY_PROBLEM[kind] ?? "processing";
  if (errors.length === 0) return [{ code, details: message }];
  return errors.map(({ parameter, pointer, detail }) => {
    const expression = parameter ?? pointer;
    return { code, details: expression ? `${expression}: ${detail}` : detail, expression };
  });
}

export function outcomeOf(
  issues: readonly Issue[],
  severity: "error" | "information" = "error",
): OperationOutcome {
  return {
    resourceType: "OperationOutcome",
    issue: issues.map(({ code, details, expression }) => ({
      severity,
      code,
      details: { text: details },
      diagnostics: details,
      ...(expression ? { expression: [expression] } : {}),
    })),
  };
}

/** The refusal of a resource that is not there. */
export function notFound(what: string): FhirRefusal {
  return new FhirRefusal(404, [{ code: "not-found", details: `There is no ${what}` }]);
}
