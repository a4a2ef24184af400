import { z } from "zod";
import { serviceIdOf } from "@ihims/connectors/hsds/write.ts";
import { Problem } from "@ihims/core/problem.ts";
import { millisOf, MINUTE_MS } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { API_BASE, type Server, type TextRequest } from "../../platform/http.ts";
import { parseQuery } from "../../platform/input.ts";
import { schemaOf } from "../../platform/openapi.ts";
import type { Board } from "../board/board.ts";
import { HsdsDirectory, pageOf, TAXONOMIES, TERMS, uuidOf } from "./hsds.ts";
import { OneQuery, OrganizationsQuery, ServicesQuery, TaxonomiesQuery, TermsQuery } from "./queries.ts";

const BASE = "/hsds";
const PROFILE = "https://docs.openreferral.org/en/3.0/hsds/overview.html";

/** Open Referral HSDS 3.0, as its own API specification has it, read only. */
export function mountHsds(server: Server, board: Board, publicUrl: string | undefined): void {
  const directory = new HsdsDirectory(board);
  const on = <Q extends z.ZodType>(
    path: string,
    summary: string,
    schema: Q,
    answer: (ctx: Context, query: z.output<Q>, id: string, request: TextRequest) => unknown,
  ) => mount(server, board, { path, summary, schema, answer });

  on("/", "Version, profile and where the API is described", OneQuery, (_ctx, _query, _id, { headers }) => ({
    version: "3.0",
    profile: PROFILE,
    openapi_url: `${publicUrl ?? `http://${headers.get("host") ?? "localhost"}`}${API_BASE}/openapi.json`,
  }));
  mountServices(on, directory);
  mountOrganizations(on, directory);
  on("/taxonomies", "The taxonomies that terms belong to", TaxonomiesQuery, (_ctx, query) =>
    pageOf(searched(TAXONOMIES, query.search), query, (one) => one),
  );
  on("/taxonomies/:id", "One taxonomy", OneQuery, (_ctx, _query, id) => oneOf(TAXONOMIES, id));
  on("/taxonomy_terms", "The terms of our taxonomies", TermsQuery, (_ctx, query) =>
    pageOf(
      searched(TERMS, query.search).filter(
        ({ taxonomy_id: of }) => query.taxonomy_id === undefined || of === query.taxonomy_id,
      ),
      query,
      (one) => one,
    ),
  );
  on("/taxonomy_terms/:id", "One term, with its taxonomy", OneQuery, (_ctx, _query, id) => {
    const term = oneOf(TERMS, id);
    return { ...term, taxonomy_detail: oneOf(TAXONOMIES, term.taxonomy_id) };
  });
}

type On = <Q extends z.ZodType>(
  path: string,
  summary: string,
  schema: Q,
  answer: (ctx: Context, query: z.output<Q>, id: string, request: TextRequest) => unknown,
) => void;

type Offer = ReturnType<HsdsDirectory["offers"]>[number];

function mountServices(on: On, directory: HsdsDirectory): void {
  const write = (ctx: Context, offer: Offer) => {
    const place = directory.place(offer.entry, ctx.city, ctx.now());
    const id = serviceIdOf(offer.entry.facility.id, offer.taxonomy, offer.code, uuidOf);
    const found = place.services.find(({ service }) => service.id === id);
    if (!found) throw new Error(`${id} is offered and not written`);
    return { place, ...found };
  };
  const whole = ({ place, service, at }: ReturnType<typeof write>) => ({
    ...service,
    organization: place.organization,
    service_at_locations: [{ ...at, location: place.location }],
  });

  on(
    "/services",
    "Services of the city's places, with live capacity at their locations",
    ServicesQuery,
    (ctx, query) => {
      refuseBoth(query);
      return pageOf(directory.offers(query, ctx.now()), query, (offer) => {
        const written = write(ctx, offer);
        const { id, organization_id, name, status, last_modified } = written.service;
        if (query.minimal) return { id, organization_id, name, status, last_modified };
        return query.full ? whole(written) : { ...written.service, service_at_locations: [written.at] };
      });
    },
  );
  on("/services/:id", "One service, with its organization and location", OneQuery, (ctx, _query, id) => {
    const place = directory.place(directory.find(id, ctx.now()), ctx.city, ctx.now());
    const found = place.services.find(({ service }) => service.id === id);
    if (!found) throw new Problem("not-found", "There is no such service");
    return whole({ place, ...found });
  });
  on("/service_at_locations", "Services at their locations, near a postcode", ServicesQuery, (ctx, query) => {
    refuseBoth(query);
    return pageOf(directory.offers(query, ctx.now()), query, (offer) => {
      const { place, service, at } = write(ctx, offer);
      if (query.minimal) return { id: at.id, service_id: at.service_id, location_id: at.location_id };
      return { ...at, location: place.location, service };
    });
  });
  on("/service_at_locations/:id", "One service at its location", OneQuery, (ctx, _query, id) => {
    const place = directory.place(directory.find(id, ctx.now()), ctx.city, ctx.now());
    const found = place.services.find(({ at }) => at.id === id);
    if (!found) throw new Problem("not-found", "There is no such service at a location");
    return { ...found.at, location: place.location, service: found.service };
  });
}

function refuseBoth({ minimal, full }: ServicesQuery): void {
  if (!minimal || !full) return;
  throw new Problem("bad-input", "minimal and full are opposites: give one", {
    errors: [{ parameter: "full", detail: "not together with minimal" }],
  });
}

function mountOrganizations(on: On, directory: HsdsDirectory): void {
  on("/organizations", "The city's places as organizations", OrganizationsQuery, (ctx, query) =>
    pageOf(directory.entries(query), query, (entry) => {
      const { organization, location, services } = directory.place(entry, ctx.city, ctx.now());
      const more = query.full_service ? { services: services.map(({ service }) => service) } : {};
      return { ...organization, locations: [location], ...more };
    }),
  );
  on(
    "/organizations/:id",
    "One organization, with its location and its services",
    OneQuery,
    (ctx, _query, id) => {
      const { organization, location, services } = directory.place(
        directory.find(id, ctx.now()),
        ctx.city,
        ctx.now(),
      );
      if (organization.id !== id) throw new Problem("not-found", "There is no such organization");
      return {
        ...organization,
        locations: [location],
        services: services.map(({ service, at }) => ({ ...service, service_at_locations: [at] })),
      };
    },
  );
}

const Params = z.object({ id: z.uuid().optional() });

interface HsdsRoute<Q extends z.ZodType> {
  path: string;
  summary: string;
  schema: Q;
  answer: (ctx: Context, query: z.output<Q>, id: string, request: TextRequest) => unknown;
}

function mount<Q extends z.ZodType>(
  server: Server,
  board: Board,
  { path, summary, schema, answer }: HsdsRoute<Q>,
): void {
  const { properties = {} } = schemaOf(schema, "input") as { properties?: Record<string, object> }; // It is an object.
  server.text({
    method: "GET",
    url: BASE + path,
    access: "public",
    described: {
      path: BASE + path.replace(":id", "{id}"),
      noun: "hsds",
      operation: {
        summary: `HSDS: ${summary}`,
        parameters: [
          ...(path.includes(":id")
            ? [{ name: "id", in: "path", required: true, schema: { type: "string" } }]
            : []),
          ...Object.entries(properties).map(([name, of]) => ({
            name,
            in: "query",
            required: false,
            schema: of,
          })),
        ],
        responses: {
          200: {
            description: "By Open Referral HSDS 3.0",
            content: { "application/json": { schema: { type: "object" } } },
          },
          default: { $ref: "#/components/responses/Problem" },
        },
      },
    },
    handle(ctx, request) {
      const params = Params.safeParse(request.params);
      if (!params.success) throw new Problem("not-found", "There is no such thing");
      const body = JSON.stringify(
        answer(ctx, parseQuery(schema, request.query), params.data.id ?? "", request),
      );
      const etag = `${board.id}-${board.version}-${Math.floor(millisOf(ctx.now()) / MINUTE_MS)}`;
      return { type: "application/json; charset=utf-8", body, etag };
    },
  });
}

function searched<T extends { name: string; description: string }>(all: readonly T[], search = ""): T[] {
  const wanted = search.toLowerCase();
  return all.filter(({ name, description }) => `${name} ${description}`.toLowerCase().includes(wanted));
}

function oneOf<T extends { id: string }>(all: readonly T[], id: string): T {
  const found = all.find((one) => one.id === id);
  if (!found) throw new Problem("not-found", "There is no such thing");
  return found;
}
