import { z } from "zod";

/**
 * What can go wrong in a way that the caller has to act on. Each is one HTTP status and one `type`
 * of RFC 9457; the words are for the person who reads the log of the calling program.
 */
export const PROBLEMS = {
  "bad-input": { status: 400, title: "The request cannot be read" },
  "not-signed-in": { status: 401, title: "Sign in first, or send an API key" },
  "not-allowed": { status: 403, title: "This account may not do that" },
  "not-found": { status: 404, title: "There is no such thing" },
  conflict: { status: 409, title: "The request does not fit what is already known" },
  "too-large": { status: 413, title: "The request is too large" },
  "not-this-media-type": { status: 415, title: "This media type is not read here" },
  "changed-meanwhile": { status: 412, title: "It has been changed since it was read" },
  "key-used-before": { status: 422, title: "The idempotency key was used with another request" },
  "too-many-requests": { status: 429, title: "Too many requests" },
  "not-ready": { status: 503, title: "Not ready to serve" },
} as const satisfies Record<string, { status: number; title: string }>;
export type ProblemKind = keyof typeof PROBLEMS;

/** One thing that is wrong with the input, and where: an RFC 6901 pointer into the body, or a parameter's name. */
export const InputError = z.object({
  pointer: z.string().optional().describe("JSON pointer into the body, as /observations/3/value"),
  parameter: z.string().optional().describe("Name of the query, path or header parameter"),
  detail: z.string(),
});
export type InputError = z.infer<typeof InputError>;

/** RFC 9457 problem details, the only shape of an error that leaves the server. */
export const ProblemDetails = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  reason: z.string().optional().describe("A code for machines where there are several reasons"),
  errors: z.array(InputError).optional(),
});
export type ProblemDetails = z.infer<typeof ProblemDetails>;

/**
 * Thrown by a use case when the caller must act; turned into problem details in one place.
 * `message` is read by the caller: no SQL, no file path, nothing of another account.
 */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly errors: readonly InputError[];
  /** Seconds after which the same request may be tried again; absent when trying again is no use. */
  readonly retryAfterS: number | undefined;
  /** A code for machines where there are several reasons. */
  readonly reason: string | undefined;

  constructor(
    kind: ProblemKind,
    detail: string,
    more: { errors?: InputError[]; retryAfterS?: number; reason?: string; cause?: unknown } = {},
  ) {
    super(detail, { cause: more.cause });
    this.name = "Problem";
    this.kind = kind;
    this.errors = more.errors ?? [];
    this.retryAfterS = more.retryAfterS;
    this.reason = more.reason;
  }
}
