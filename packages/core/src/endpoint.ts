import { z } from "zod";

/** Who may call: anybody, or somebody signed in (a person or a key). What they may do there is the use case's to decide. */
export type Access = "public" | "signed-in";
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * One operation as data: the server mounts it, browsers call it, the OpenAPI document is written
 * from it. `path` is below `/api/v1`, with `:name` for each key of `params`.
 */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> {
  readonly method: Method;
  readonly path: string;
  readonly access: Access;
  readonly noun: string;
  readonly summary: string;
  readonly params: Params;
  /** Strict: a parameter that is not named here is refused. */
  readonly query: Query;
  readonly body: Body;
  readonly reply: Reply;
  /** Status of success; 200 unless said. */
  readonly status: 200 | 201 | 202 | 204;
  /** Largest body read, in bytes; the server's own limit when absent. */
  readonly bodyMaxBytes?: number;
  /** The body is read as it comes, in one of these media types; what each is. `body` is nothing then. */
  readonly streams?: Readonly<Record<string, z.ZodType>>;
}

const nothing = z.undefined();
const noParameters = z.strictObject({});

type Given<P, Q, B, R> = {
  method: Method;
  path: string;
  access: Access;
  /** The noun of the domain that it belongs to: the tag in the API reference. */
  noun: string;
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  reply?: R;
  status?: 200 | 201 | 202 | 204;
  bodyMaxBytes?: number;
  streams?: Readonly<Record<string, z.ZodType>>;
};

/** Describe an operation. What is left out is empty: no parameters, no body, no reply (204). */
export function endpoint<
  P extends z.ZodType = typeof noParameters,
  Q extends z.ZodType = typeof noParameters,
  B extends z.ZodType = typeof nothing,
  R extends z.ZodType = typeof nothing,
>(given: Given<P, Q, B, R>): Endpoint<P, Q, B, R> {
  return {
    ...given,
    // Each default is exactly the type that the parameter takes when it is left out.
    params: (given.params ?? noParameters) as P,
    query: (given.query ?? noParameters) as Q,
    body: (given.body ?? nothing) as B,
    reply: (given.reply ?? nothing) as R,
    status: given.status ?? (given.reply ? 200 : 204),
  };
}

/** What a caller gives to an endpoint, before defaults are filled in. */
export type Call<E extends Endpoint> = {
  params: z.input<E["params"]>;
  query: z.input<E["query"]>;
  body: z.input<E["body"]>;
};
/** What an endpoint's handler is given, parsed. */
export type Request<E extends Endpoint> = {
  params: z.output<E["params"]>;
  query: z.output<E["query"]>;
  body: z.output<E["body"]>;
};
export type Reply<E extends Endpoint> = z.output<E["reply"]>;

/** Most items that one page of a list holds. */
export const PAGE_MAX_ITEMS = 100;

/** `limit` and `cursor`, as every list takes them. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(PAGE_MAX_ITEMS).default(20).describe("Most items in the answer"),
  cursor: z.string().max(400).optional().describe("Opaque: the `nextCursor` of the page before"),
};

/** A page of a list. `nextCursor` is null on the last page. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** A parameter that may be given several times; one alone is a list of one. */
export function repeatable<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (given) => (given === undefined || Array.isArray(given) ? given : [given]),
    z.array(item).max(50).optional(),
  );
}

/** The URL of a call: path with its parameters filled in, and the query. */
export function urlOf<E extends Endpoint>(
  of: E,
  call: { params?: unknown; query?: unknown },
  base = "/api/v1",
): string {
  const params = new Map(Object.entries(call.params ?? {}));
  const path = of.path.replace(/:([A-Za-z]+)/g, (_, name: string) =>
    encodeURIComponent(String(params.get(name))),
  );
  const pairs = Object.entries(call.query ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((one) => one !== undefined)
      .map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(String(one))}`),
  );
  return base + path + (pairs.length > 0 ? `?${pairs.join("&")}` : "");
}
