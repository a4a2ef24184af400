import type { MeasureReport, ResourceType } from "@medplum/fhirtypes";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { BED_MEASURE_ID } from "@ihims/connectors/fhir/measures.ts";
import { partId } from "@ihims/connectors/fhir/elements.ts";
import { MEASURE_REPORT_SEARCH, MEASURE_SEARCH } from "@ihims/connectors/fhir/search-measures.ts";
import { DIRECTORY_SEARCHES } from "@ihims/connectors/fhir/search-parameters.ts";
import { readFhirXml } from "@ihims/connectors/fhir/xml.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { Db } from "../../platform/database.ts";
import type { Server } from "../../platform/http.ts";
import { capabilityOf, type Door } from "./capability.ts";
import type { Board } from "../board/board.ts";
import type { Shelves } from "../stock/stock.ts";
import type { Directory, Row } from "./directory.ts";
import { JSON_TYPES, send, XML_TYPES } from "./formats.ts";
import { FhirRefusal, notFound, outcomeOf, outcomeOfError } from "./outcome.ts";
import { responseOf, takeWrites, WRITABLE, writesIn, type Feed } from "./feed.ts";
import { historyOf, TYPES_WITH_HISTORY, versionOf, type Historian } from "./history.ts";
import {
  actOnce,
  baseOf,
  formatIn,
  formatOfRefusal,
  bodyOf,
  isOfFormat,
  pairsOf,
  refuseOthers,
  sendResource,
  sendWritten,
} from "./requests.ts";
import { mountR5 } from "./routes-r5.ts";
import { csvOfReports, evaluateBeds, MEASURE_ROWS, reportRows, takeReport } from "./reports.ts";
import { Written, type Write } from "./writes.ts";
import { findAll, searchShelf, standing, type Shelf } from "./searches.ts";

/** Largest body that is read under /fhir. */
const BODY_MAX_BYTES = 4 * 1024 * 1024;

/** What the facade needs beside who asks. */
export interface FhirParts {
  directory: Directory;
  publicUrl: string | undefined;
  now(): Instant;
  db: Db;
  board: Board;
  /** What is on the city's shelves, when it has been read. */
  shelves(): Promise<Shelves>;
}

const READ = ["read", "search-type"] as const;
const DOORS: readonly Door[] = [
  ...DIRECTORY_SEARCHES.map((search) => ({
    search,
    interactions: [
      ...READ,
      ...(TYPES_WITH_HISTORY.includes(search.type)
        ? (["vread", "history-instance", "history-type"] as const)
        : []),
      ...(WRITABLE.includes(search.type) ? (["create", "update"] as const) : []),
    ],
  })),
  {
    search: MEASURE_SEARCH,
    interactions: READ,
    operations: [
      {
        name: "evaluate-measure",
        definition: "http://hl7.org/fhir/OperationDefinition/Measure-evaluate-measure",
        documentation:
          "GET Measure/beds/$evaluate-measure with periodStart, periodEnd and subject (a Location or Organization): what stands now, when it was counted within the period",
      },
      {
        name: "report-csv",
        definition: "http://hl7.org/fhir/uv/saner/OperationDefinition/Measure-report-csv",
        documentation:
          "GET Measure/beds/$report-csv with the parameters of MeasureReport: text/csv, one line for each facility and bed type",
      },
    ],
  },
  {
    search: MEASURE_REPORT_SEARCH,
    interactions: [...READ, "create", "update"],
    documentation:
      "Beds of a facility (SANER). Sent by a key that reports beds of it, each count becomes an observation with the source fhir; Prefer: handling=lenient leaves out what is not understood",
  },
];

/** The FHIR facade. Everything below /fhir answers in FHIR, its errors too. */
export async function mountFhir(server: Server, parts: FhirParts): Promise<void> {
  await server.fastify.register(
    async (scope) => {
      speakFhir(scope);
      mountR4(scope, parts);
      mountHistory(scope, parts);
      mountReports(scope, server, parts);
      mountFeed(scope, server, parts);
      mountR5(scope, server, parts);
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
    [...XML_TYPES],
    { parseAs: "string", bodyLimit: BODY_MAX_BYTES },
    (_request, body, done) => {
      const read = readFhirXml(body.toString());
      if (read.ok) done(null, read.resource);
      else done(new FhirRefusal(400, [{ code: "structure", details: read.problem }]));
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
  return send(reply, status, outcome, formatOfRefusal(request));
}

/** Everything that can be searched, at one moment. */
function shelfAt({ directory, board }: FhirParts, moment: Instant, base: string): Shelf {
  const rows = (type: string): readonly Row[] => {
    if (type === "Measure") return MEASURE_ROWS;
    return type === "MeasureReport" ? reportRows(board, moment) : directory.rows(type, moment, base);
  };
  return {
    search: (type) => DOORS.find(({ search }) => search.type === type)?.search,
    rows,
    find: (type, id) =>
      type.startsWith("Measure")
        ? rows(type).find(({ resource }) => resource.id === id)
        : directory.find(type, id, moment, base),
  };
}

function mountR4(scope: FastifyInstance, parts: FhirParts): void {
  const { publicUrl, now } = parts;
  const base = (request: FastifyRequest) => baseOf(request, publicUrl, "R4");

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
      const bundle = searchShelf(shelfAt(parts, moment, base(request)), search, pairs, base(request), moment);
      return send(reply.header("cache-control", "no-cache"), 200, bundle, format);
    };
    scope.get(`/R4/${type}`, answerSearch);
    scope.post(`/R4/${type}/_search`, answerSearch);
    scope.get<{ Params: { id: string } }>(`/R4/${type}/:id`, (request, reply) => {
      const pairs = pairsOf(request);
      refuseOthers(pairs, []);
      const format = formatIn(request, pairs);
      const moment = now();
      const row = shelfAt(parts, moment, base(request)).find(type, request.params.id);
      if (!row) throw notFound(`${type} ${request.params.id}`);
      return sendResource(request, reply, standing(row, moment), format, row.live !== undefined);
    });
  }
}

/** SANER: reports of beds as CSV, and in. */
function mountReports(scope: FastifyInstance, server: Server, parts: FhirParts): void {
  const { board, publicUrl, now } = parts;
  const csv = (request: FastifyRequest, reply: FastifyReply) => {
    const base = baseOf(request, publicUrl, "R4");
    const moment = now();
    const reports = findAll(shelfAt(parts, moment, base), MEASURE_REPORT_SEARCH, pairsOf(request), base);
    return reply
      .header("cache-control", "no-cache")
      .type("text/csv; charset=utf-8")
      .send(csvOfReports(board, reports, moment));
  };
  scope.get("/R4/Measure/$report-csv", csv);
  scope.get(`/R4/Measure/${BED_MEASURE_ID}/$report-csv`, csv);
  scope.get(`/R4/Measure/${BED_MEASURE_ID}/$evaluate-measure`, (request, reply) => {
    const pairs = pairsOf(request);
    refuseOthers(pairs, ["periodStart", "periodEnd", "subject"]);
    const base = baseOf(request, publicUrl, "R4");
    const shelf = shelfAt(parts, now(), base);
    const report = evaluateBeds((some) => findAll(shelf, MEASURE_REPORT_SEARCH, some, base), pairs);
    return send(reply.header("cache-control", "no-cache"), 200, report, formatIn(request, pairs));
  });

  const take = async (request: FastifyRequest, reply: FastifyReply, id?: string) => {
    const pairs = pairsOf(request);
    refuseOthers(pairs, []);
    const format = formatIn(request, pairs);
    const base = baseOf(request, publicUrl, "R4");
    const report = bodyOf<MeasureReport>(request, "MeasureReport", id);
    const before = id === undefined ? undefined : shelfAt(parts, now(), base).find("MeasureReport", id);
    const isLenient = /\bhandling=lenient\b/.test(String(request.headers["prefer"] ?? ""));
    const facility = await actOnce(server, request, reply, FacilityId, (ctx) =>
      takeReport(ctx, board, report, isLenient),
    );
    const row = shelfAt(parts, now(), base).find("MeasureReport", partId(facility));
    if (!row) throw new Error("a report that was just taken is not there");
    return sendWritten(reply, id !== undefined && before ? 200 : 201, row.resource, base, format);
  };
  scope.post("/R4/MeasureReport", (request, reply) => take(request, reply));
  scope.put<{ Params: { id: string } }>("/R4/MeasureReport/:id", (request, reply) =>
    take(request, reply, request.params.id),
  );
}

/** ITI-130: changes from those who may make them. */
function mountFeed(scope: FastifyInstance, server: Server, parts: FhirParts): void {
  const { board, publicUrl, now } = parts;
  const feedOf = (base: string): Feed => ({ board, shelf: shelfAt(parts, now(), base) });
  const take = async (request: FastifyRequest, reply: FastifyReply, type: ResourceType, id?: string) => {
    const pairs = pairsOf(request);
    refuseOthers(pairs, []);
    const format = formatIn(request, pairs);
    const base = baseOf(request, publicUrl, "R4");
    const write: Write = {
      method: id === undefined ? "POST" : "PUT",
      type,
      id,
      resource: bodyOf(request, type, id),
      fullUrl: undefined,
      ifMatch: request.headers["if-match"],
    };
    const [written] = await actOnce(server, request, reply, Written.array(), (ctx) =>
      takeWrites(ctx, feedOf(base), [write]),
    );
    if (!written) throw new Error("a write has no answer");
    const moment = now();
    const row = shelfAt(parts, moment, base).find(type, written.id);
    // What was made inactive may be gone from what is listed: what was sent is then what stands.
    const resource = row ? standing(row, moment) : bodyOf(request, type, id);
    return sendWritten(reply, written.status, resource, base, format);
  };
  for (const type of WRITABLE) {
    scope.post(`/R4/${type}`, (request, reply) => take(request, reply, type));
    scope.put<{ Params: { id: string } }>(`/R4/${type}/:id`, (request, reply) =>
      take(request, reply, type, request.params.id),
    );
  }
  scope.post("/R4", async (request, reply) => {
    const pairs = pairsOf(request);
    refuseOthers(pairs, []);
    const format = formatIn(request, pairs);
    const base = baseOf(request, publicUrl, "R4");
    const written = await actOnce(server, request, reply, Written.array(), (ctx) =>
      takeWrites(ctx, feedOf(base), writesIn(request.body)),
    );
    const bundle = responseOf(written, shelfAt(parts, now(), base));
    return send(reply.header("cache-control", "no-store"), 200, bundle, format);
  });
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
  instantiates: [
    "IHE.mCSD.Directory",
    "IHE.mCSD.Directory.LocationDistance",
    "IHE.mCSD.Directory.Update",
    "IHE.mCSD.Directory.Feed",
  ],
  formats: ["application/fhir+json", "json", "application/fhir+xml", "xml"],
  takesTransactions: true,
  security:
    "Reading is public. A change needs Authorization: Bearer with a key of the facility (for pages one that was issued to change them), or a session.",
} as const;
