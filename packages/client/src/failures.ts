import { PROBLEMS, type ProblemDetails, type ProblemKind } from "@ihims/core/problem.ts";

/** The server answered, and said no. `kind` is undefined for a status that is none of ours (a proxy's 502). */
export class Refused extends Error {
  readonly status: number;
  readonly kind: ProblemKind | undefined;
  /** With a pointer or parameter for each thing that is wrong; undefined when a proxy answered. */
  readonly details: ProblemDetails | undefined;
  /** Seconds after which asking again may be answered; undefined when the server does not say. */
  readonly retryAfterS: number | undefined;

  constructor(status: number, details: ProblemDetails | undefined, retryAfter: string | null = null) {
    super(details?.detail ?? details?.title ?? `HTTP ${status}`);
    this.name = "Refused";
    this.status = status;
    this.details = details;
    this.retryAfterS = retryAfter !== null && /^\d{1,6}$/u.test(retryAfter) ? Number(retryAfter) : undefined;
    // The keys of PROBLEMS are ProblemKind by its own type; Object.keys forgets it.
    this.kind = (Object.keys(PROBLEMS) as ProblemKind[]).find((kind) => PROBLEMS[kind].status === status);
  }

  /** Whether the same request may be answered another time. */
  get isPassing(): boolean {
    return this.status === 429 || this.status >= 500;
  }
}

/** No answer: no network, no server, or none in time. What was asked may have happened or not. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super("The server could not be reached", { cause });
    this.name = "Unreachable";
  }
}
