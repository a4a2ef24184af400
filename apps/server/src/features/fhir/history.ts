import type { Bundle, BundleEntry, Resource } from "@medplum/fhirtypes";
import { Instant, type Instant as Moment } from "@ihims/core/time.ts";
import { z } from "zod";
import type { Db } from "../../platform/database.ts";
import type { Directory } from "./directory.ts";
import { FhirRefusal, notFound } from "./outcome.ts";
import { refuseOthers } from "./requests.ts";
import type { Pairs } from "./searches.ts";
import { findPageVersions, type PageKind, type PageVersion, type VersionPlace } from "./store.ts";

/** Of which pages each kind of resource is made. What is not here has no history: it is made of many pages. */
const KINDS: Record<string, readonly PageKind[]> = {
  Organization: ["facility", "ground"],
  Location: ["facility", "ground"],
  HealthcareService: ["facility"],
  OrganizationAffiliation: ["facility"],
  Practitioner: ["doctor"],
  PractitionerRole: ["doctor"],
  Endpoint: ["ground"],
};

export const TYPES_WITH_HISTORY: readonly string[] = Object.keys(KINDS);

/** Pages of the history hold as many versions of pages as this; each may be several resources. */
const VERSIONS_DEFAULT = 50;
const VERSIONS_MAX = 500;

/** What the history is read with. */
export interface Historian {
  db: Db;
  directory: Directory;
  /** Address of the facade as it was called. */
  base: string;
  now: Moment;
}

/**
 * The versions of one kind of resource, newest first (ITI-91): created as POST, changed as PUT, gone
 * as DELETE. A version of a facility's page is one of each resource that is made of it.
 *
 * @param id only of one resource
 */
export async function historyOf(
  historian: Historian,
  type: string,
  id: string | undefined,
  pairs: Pairs,
): Promise<Bundle> {
  const { since, count, after } = readHistoryQuery(pairs);
  const versions = await findPageVersions(historian.db, {
    kinds: KINDS[type] ?? [],
    id: id === undefined ? undefined : pageIdOf(id),
    since,
    after,
    limit: count + 1,
  });
  const page = versions.slice(0, count);
  const entries = page.flatMap((version) => entriesOf(historian, type, version, id));
  if (id !== undefined && entries.length === 0 && after === undefined && since === undefined)
    throw notFound(`${type} ${id}`);
  const path = `${historian.base}/${type}${id === undefined ? "" : `/${id}`}/_history`;
  const address = (more: Pairs) => {
    const text = new URLSearchParams(
      [...pairs.filter(([key]) => key !== "_page"), ...more].map(([k, v]) => [k, v]),
    );
    return `${path}${text.size > 0 ? `?${text}` : ""}`;
  };
  const last = page.at(-1);
  const place = pairs.find(([key]) => key === "_page");
  return {
    resourceType: "Bundle",
    type: "history",
    link: [
      { relation: "self", url: address(place ? [place] : []) },
      ...(versions.length > count && last
        ? [
            {
              relation: "next",
              url: address([["_page", writePlace([last.at, last.kind, last.id, last.version])]]),
            },
          ]
        : []),
    ],
    ...(entries.length > 0 ? { entry: entries } : {}),
  };
}

/** One version of a resource. @throws FhirRefusal 404; 410 when that version is its end */
export async function versionOf(
  historian: Historian,
  type: string,
  id: string,
  version: string,
): Promise<Resource> {
  const number = /^\d{1,9}$/.test(version) ? Number(version) : undefined;
  const [found] =
    number === undefined
      ? []
      : await findPageVersions(historian.db, {
          kinds: KINDS[type] ?? [],
          id: pageIdOf(id),
          version: number,
          limit: 1,
        });
  const [entry] = found ? entriesOf(historian, type, found, id) : [];
  if (!entry) throw notFound(`version ${version} of ${type} ${id}`);
  if (!entry.resource)
    throw new FhirRefusal(410, [{ code: "deleted", details: `${type} ${id} ended with version ${version}` }]);
  return entry.resource;
}

/** The page that a resource is made of: ids of parts begin with that of the whole. */
function pageIdOf(id: string): string {
  const [whole = ""] = id.split(".");
  return whole === "ward" || whole.startsWith("fhir-") ? "city" : whole;
}

function entriesOf(
  { directory, base, now }: Historian,
  type: string,
  version: PageVersion,
  id: string | undefined,
): BundleEntry[] {
  const isWanted = ({ resourceType, id: own }: Resource) =>
    resourceType === type && (id === undefined || own === id);
  const madeOf = (page: object | null) =>
    page === null ? [] : directory.made({ ...version, page }, now, base).filter(isWanted);
  const before = new Set(madeOf(version.before).map((one) => one.id));
  const current = madeOf(version.page);
  const gone = [...before].filter((one) => current.every((other) => other.id !== one));
  const response = (status: string) => ({ status, etag: `W/"${version.version}"`, lastModified: version.at });
  return [
    ...current.map((resource): BundleEntry => {
      const isNew = !before.has(resource.id);
      return {
        fullUrl: `${base}/${type}/${resource.id}`,
        resource,
        request: isNew ? { method: "POST", url: type } : { method: "PUT", url: `${type}/${resource.id}` },
        response: response(isNew ? "201" : "200"),
      };
    }),
    ...gone.map((one): BundleEntry => ({
      fullUrl: `${base}/${type}/${one}`,
      request: { method: "DELETE", url: `${type}/${one}` },
      response: response("204"),
    })),
  ];
}

function readHistoryQuery(pairs: Pairs): {
  since: Moment | undefined;
  count: number;
  after: VersionPlace | undefined;
} {
  refuseOthers(pairs, ["_since", "_count", "_page"]);
  const given = new Map(pairs);
  const since = Instant.optional().safeParse(given.get("_since"));
  if (!since.success) throw badValue("_since", "is not a moment with a time zone, as 2026-03-01T12:00:00Z");
  const count = given.get("_count") ?? String(VERSIONS_DEFAULT);
  if (!/^[1-9]\d{0,5}$/.test(count)) throw badValue("_count", "is not a number of at least 1");
  const page = given.get("_page");
  return {
    since: since.data,
    count: Math.min(Number(count), VERSIONS_MAX),
    after: page === undefined ? undefined : readPlace(page),
  };
}

const Place = z.tuple([z.iso.datetime(), z.string(), z.string(), z.int()]);

function writePlace(place: VersionPlace): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

function readPlace(page: string): VersionPlace {
  try {
    return Place.parse(JSON.parse(Buffer.from(page, "base64url").toString()));
  } catch {
    throw badValue("_page", "is not a page that this history gave; follow its next link");
  }
}

function badValue(expression: string, words: string): FhirRefusal {
  return new FhirRefusal(400, [{ code: "value", details: `${expression}: ${words}`, expression }]);
}
