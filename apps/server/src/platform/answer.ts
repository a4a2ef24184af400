/** An answer with more than a body. */
export class Answer<Body = unknown> {
  readonly body: Body | undefined;
  /** The body as JSON already (in UTF-8), when it was made from ready pieces. */
  readonly json: string | Buffer | undefined;
  /** The JSON is in memory that is given back once it was sent (`reused-bytes.ts`). */
  readonly isReused: boolean;
  readonly etag: string | undefined;
  readonly headers: Readonly<Record<string, string | string[]>>;

  constructor(given: {
    body?: Body;
    json?: string | Buffer;
    isReused?: boolean;
    etag?: string;
    headers?: Record<string, string | string[]>;
  }) {
    this.body = given.body;
    this.json = given.json;
    this.isReused = given.isReused ?? false;
    this.etag = given.etag;
    this.headers = given.headers ?? {};
  }

  /** A body that is JSON already. Tests check it against its endpoint like any other. */
  static json<Body>(json: string | Buffer): Answer<Body> {
    return new Answer<Body>({ json });
  }
}
