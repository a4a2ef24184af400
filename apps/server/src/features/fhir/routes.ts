import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { DIRECTORY_SEARCHES } from "@ihims/connectors/fhir/search-parameters.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { Db } from "../../platform/database.ts";
import type { Server } from "../../platform/http.ts";
import { capabilityOf, type Door } from "./capability.ts";
import type { Directory } from "./directory.ts";
import { JSON_TYPES, send } from "./formats.ts";
import { FhirRefusal, notFound, outcomeOf, outcomeOfError } from "./outcome.ts";
import { historyOf, TYPES_WITH_HISTORY, versionOf, type Historian } from "./history.ts";
import { baseOf, formatIn, isOfFormat, pairsOf, refuseOthers, sendResource } from "./requests.ts";
import { searchShelf, standing, type Shelf } from "./searches.ts";

/** Largest body that is read under /fhir. */
const BODY_MAX_BYTES = 4 * 1024 * 1024;

/** What the facade needs beside who asks. */
export interface FhirParts {
  directory: Directory;
  publicUrl: string | undefined;
  now(): Instant;
  db: Db;
}

const DOORS: readonly Door[] = DIRECTORY_SEARCHES.map((search) => ({
  search,
  interactions: TYPES_WITH_HISTORY.includes(search.type)
    ? ["read", "vread", "search-type", "history-instance", "history-type"]
    : ["read", "search-type"],
}));

/** The FHIR facade. Everything below /fhir answers in FHIR, its errors too. */
export async function mountFhir(server: Server, parts: FhirParts): Promise<void> {
  await server.fastify.register(
    async (scope) => {
      speakFhir(scope);
      mountR4(scope, parts);
      mountHistory(scope, parts);
      // A route, since what is not found would be looked for among the files of the web applications.
      scope.all("/*", (request) => {
        throw nothingAt(request);
      });
    },
    { prefix: "/fhir", bodyLimit: BODY_MAX_BYTES },
  );
}

function speakFhir(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    [...JSON_TYPES],
    { parseAs: "string", bodyLimit: BODY_MAX_BYTES },
    (_request, body, done) => {
      try {
        done(null, JSON.parse(body.toString()));
      } catch {
        done(new FhirRefusal(400, [{ code: "structure", details: "the body is not JSON" }]));
      }
    },
  );
  scope.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string" },
    (_request, body, done) => done(null, new URLSearchParams(body.toString())),
  );
  scope.setErrorHandler((error: FastifyError | Error, request, reply) => answerError(error, request, reply));
}

/** Nothing is done with a method that is not known for a place that is. */
function nothingAt({ method, url }: FastifyRequest): FhirRefusal {
  const path = url.split("?")[0] ?? "";
  const [, type] = /^\/fhir\/R[45]\/([A-Z][A-Za-z]+)(?:\/|$)/.exec(path) ?? [];
  if (!["GET", "HEAD"].includes(method) && type && DOORS.some(({ search }) => search.type === type))
    return new FhirRefusal(405, [
      { code: "not-supported", details: `${method} is not done with ${type} here` },
    ]);
  return notFound(`resource or operation at ${path}; GET /fhir/R4/metadata says what there is`);
}

function answerError(error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = outcomeOfError(error);
  if (!known) request.log.error({ err: error }, "a request failed");
  const { status, outcome } = known ?? {
    status: 500,
    outcome: outcomeOf([{ code: "exception", details: "Something went wrong on our side" }]),
  };
  if (status === 401) reply.header("www-authenticate", "Bearer");
  if ("retryAfterS" in error && error.retryAfterS !== undefined)
    reply.header("retry-after", String(error.retryAfterS));
  reply.header("cache-control", "no-store");
  return send(reply, status, outcome, { kind: "json", isPretty: false });
}

function mountR4(scope: FastifyInstance, parts: FhirParts): void {
  const { directory, publicUrl, now } = parts;
  const base = (request: FastifyRequest) => baseOf(request, publicUrl, "R4");
  const shelfAt = (moment: Instant, address: string): Shelf => ({
    search: (type) => DIRECTORY_SEARCHES.find((one) => one.type === type),
    rows: (type) => directory.rows(type, moment, address),
    find: (type, id) => directory.find(type, id, moment, address),
  });

  scope.get("/R4/metadata", (request, reply) => {
    const pairs = pairsOf(request);
    refuseOthers(pairs, ["mode"]);
    const statement = capabilityOf({ ...STATED, base: base(request) }, DOORS);
    return send(reply.header("cache-control", "no-cache"), 200, statement, formatIn(request, pairs));
  });
  for (const { search } of DOORS) {
    const { type } = search;
    const answerSearch = (request: FastifyRequest, reply: FastifyReply) => {
      const pairs = pairsOf(request);
      const format = formatIn(request, pairs);
      const moment = now();
      const bundle = searchShelf(shelfAt(moment, base(request)), search, pairs, base(request), moment);
      return send(reply.header("cache-control", "no-cache"), 200, bundle, format);
    };
    scope.get(`/R4/${type}`, answerSearch);
    scope.post(`/R4/${type}/_search`, answerSearch);
    scope.get<{ Params: { id: string } }>(`/R4/${type}/:id`, (request, reply) => {
      const pairs = pairsOf(request);
      refuseOthers(pairs, []);
      const format = formatIn(request, pairs);
      const moment = now();
      const row = directory.find(type, request.params.id, moment, base(request));
      if (!row) throw notFound(`${type} ${request.params.id}`);
      return sendResource(request, reply, standing(row, moment), format, row.live !== undefined);
    });
  }
}

/** ITI-91: what has changed since. */
function mountHistory(scope: FastifyInstance, { directory, publicUrl, now, db }: FhirParts): void {
  const historian = (request: FastifyRequest): Historian => ({
    db,
    directory,
    base: baseOf(request, publicUrl, "R4"),
    now: now(),
  });
  const answerHistory = async (request: FastifyRequest, reply: FastifyReply, type: string, id?: string) => {
    const pairs = pairsOf(request);
    const format = formatIn(request, pairs);
    const bundle = await historyOf(
      historian(request),
      type,
      id,
      pairs.filter(([key]) => !isOfFormat(key)),
    );
    return send(reply.header("cache-control", "no-cache"), 200, bundle, format);
  };
  for (const type of TYPES_WITH_HISTORY) {
    scope.get(`/R4/${type}/_history`, (request, reply) => answerHistory(request, reply, type));
    scope.get<{ Params: { id: string } }>(`/R4/${type}/:id/_history`, (request, reply) =>
      answerHistory(request, reply, type, request.params.id),
    );
    scope.get<{ Params: { id: string; version: string } }>(
      `/R4/${type}/:id/_history/:version`,
      async (request, reply) => {
        const pairs = pairsOf(request);
        refuseOthers(pairs, []);
        const { id, version } = request.params;
        const resource = await versionOf(historian(request), type, id, version);
        return sendResource(request, reply, resource, formatIn(request, pairs), false);
      },
    );
  }
}

const STATED = {
  fhirVersion: "4.0.1",
  title: "IHIMS: the city's care services",
  description:
    "An IHE mCSD Directory of the city's facilities, wards, doctors and services, with their live beds. There are no Schedules and Slots: nothing here is booked by FHIR. There are no patients.",
  instantiates: ["IHE.mCSD.Directory", "IHE.mCSD.Directory.LocationDistance", "IHE.mCSD.Directory.Update"],
  formats: ["application/fhir+json", "json"],
  takesTransactions: false,
  security: "Reading is public.",
} as const;
