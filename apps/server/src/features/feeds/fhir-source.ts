import type { MeasureReport as FhirMeasureReport } from "@medplum/fhirtypes";
import { readBedReport } from "@ihims/connectors/fhir/measure-readings.ts";
import type { FeedCredentials, FeedSource } from "@ihims/core/feeds/schema.ts";
import { z } from "zod";
import { FetchFailed, type Delivery } from "./delivery.ts";
import { ask, authorization, mustBeFine, type HttpAsking } from "./http-source.ts";

type FhirSource = Extract<FeedSource, { kind: "fhir" }>;

/** Pages of one search that are followed. */
const PAGES_MAX = 500;

const Reference = z.object({ reference: z.string().optional(), display: z.string().optional() });
const Coding = z.object({
  system: z.string().optional(),
  code: z.string().optional(),
  display: z.string().optional(),
});
const Concept = z.object({ coding: z.array(Coding).optional(), text: z.string().optional() });
const Meta = z.object({ lastUpdated: z.string().optional() });

const Bundle = z.object({
  resourceType: z.literal("Bundle"),
  meta: Meta.optional(),
  link: z.array(z.object({ relation: z.string(), url: z.string() })).optional(),
  entry: z.array(z.object({ resource: z.looseObject({ resourceType: z.string() }).optional() })).optional(),
});

const BedLocation = z.object({
  status: z.string().optional(),
  operationalStatus: Coding.optional(),
  type: z.array(Concept).optional(),
  physicalType: Concept.optional(),
  managingOrganization: Reference.optional(),
  partOf: Reference.optional(),
  meta: Meta.optional(),
});

const Encounter = z.object({
  status: z.string().optional(),
  serviceProvider: Reference.optional(),
  location: z.array(z.object({ location: Reference, status: z.string().optional() })).optional(),
});

const Population = z.object({ code: Concept.optional(), count: z.number().optional() });
const MeasureReport = z.object({
  status: z.string().optional(),
  measure: z.string().optional(),
  date: z.string().optional(),
  subject: Reference.optional(),
  reporter: Reference.optional(),
  period: z.object({ start: z.string().optional(), end: z.string().optional() }).optional(),
  group: z
    .array(
      z.object({
        code: Concept.optional(),
        population: z.array(Population).optional(),
        measureScore: z.object({ value: z.number().optional() }).optional(),
      }),
    )
    .optional(),
  meta: Meta.optional(),
});

/**
 * What a FHIR R4 server tells of beds, as one record on each line. Of encounters only how many there
 * are where is kept: nothing of a patient leaves this function.
 *
 * - `beds`: `organization`, `organizationName`, `ward`, `wardName`, `type`, `staffed`, `occupied`,
 *   `blocked`, `closed`, `at`, by ward, from Locations of physical type `bd` (HL7 table 0116 in
 *   operationalStatus: O occupied, U free, K H I not to be used now, C closed).
 * - `encounters`: `organization`, `location`, `locationName`, `occupied`.
 * - `measure-reports`: for each bed type that a report's codes name (ours, SANER's, LOINC's) `type` and its
 *   counts (`staffed`, `occupied`, ...), with `reporter`, `reporterName`, `measure`, `at`, and in `codes` each
 *   population's code with its count. A report of which no code is known is one record without a type.
 */
export async function fetchFhir(
  source: FhirSource,
  credentials: FeedCredentials,
  asking: HttpAsking,
): Promise<Delivery> {
  const { resources, newest } = await readAllPages(source, credentials, asking);
  const records =
    source.read === "beds"
      ? bedsByWard(resources)
      : source.read === "encounters"
        ? patientsByLocation(resources)
        : resources.flatMap(measured);
  const bytes = Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  return { name: null, bytes, charset: "utf-8", cursor: newest === undefined ? {} : { since: newest } };
}

const SEARCHES = {
  beds: "Location?physical-type=bd&status=active,suspended",
  encounters:
    "Encounter?status=in-progress&class=IMP,ACUTE,NONAC,EMER,OBSENC&_elements=status,location,serviceProvider",
  // Strict servers refuse what they do not know, so what is not complete is left out here.
  "measure-reports": "MeasureReport",
} as const;

function firstUrl(source: FhirSource, since: string | undefined): URL {
  const base = source.url.endsWith("/") ? source.url : `${source.url}/`;
  const isHistory = source.since && source.read === "measure-reports";
  const url = new URL(isHistory ? "MeasureReport/_history" : SEARCHES[source.read], base);
  if (isHistory && since !== undefined) url.searchParams.set("_since", since);
  for (const [name, value] of new URLSearchParams(source.search)) url.searchParams.append(name, value);
  return url;
}

async function readAllPages(
  source: FhirSource,
  credentials: FeedCredentials,
  asking: HttpAsking,
): Promise<{ resources: unknown[]; newest: string | undefined }> {
  const first = firstUrl(source, asking.cursor.since);
  const headers = { accept: "application/fhir+json", ...authorization(source.auth, credentials) };
  const resources: unknown[] = [];
  const seen = new Set<string>();
  let newest = source.since ? asking.cursor.since : undefined;
  let left = asking.limits.bytes;
  for (let url: URL | undefined = first; url !== undefined;) {
    if (seen.has(url.href) || seen.size >= PAGES_MAX)
      throw new FetchFailed(`the server's pages do not end: more than ${Math.min(seen.size, PAGES_MAX)}`);
    seen.add(url.href);
    const answer = await ask(url, { ...asking, headers, maxBytes: left });
    mustBeFine(answer);
    left -= answer.bytes.length;
    const bundle = readBundle(answer.bytes);
    for (const { resource } of bundle.entry ?? []) if (resource) resources.push(resource);
    if (resources.length > asking.limits.rows * 100)
      throw new FetchFailed(`the server has more than ${asking.limits.rows * 100} resources`);
    if (source.since) newest = newestOf([newest, bundle.meta?.lastUpdated, ...resources.map(updatedAt)]);
    const next: string | undefined = bundle.link?.find(({ relation }) => relation === "next")?.url;
    url = next === undefined ? undefined : nextUrl(next, first);
  }
  return { resources, newest };
}

/** Pages come from the server that was asked, wherever it says that they are. */
function nextUrl(next: string, first: URL): URL {
  if (!URL.canParse(next, first)) throw new FetchFailed("the server's next page has an address that is none");
  const url = new URL(next, first);
  if (url.origin !== first.origin)
    throw new FetchFailed(`the server's next page is on another server, ${url.host}`, { isFinal: true });
  return url;
}

function readBundle(bytes: Buffer): z.infer<typeof Bundle> {
  let read: unknown;
  try {
    read = JSON.parse(bytes.toString("utf8"));
  } catch (error) {
    throw new FetchFailed("the answer is no FHIR in JSON", { cause: error });
  }
  const bundle = Bundle.safeParse(read);
  if (!bundle.success) throw new FetchFailed("the answer is no FHIR Bundle", { cause: bundle.error });
  return bundle.data;
}

function updatedAt(resource: unknown): string | undefined {
  return z.object({ meta: Meta }).safeParse(resource).data?.meta.lastUpdated;
}

function newestOf(moments: readonly (string | undefined)[]): string | undefined {
  let best: string | undefined;
  for (const one of moments)
    if (one !== undefined && !Number.isNaN(Date.parse(one)))
      if (best === undefined || Date.parse(one) > Date.parse(best)) best = one;
  return best;
}

const BLOCKED = new Set(["H", "K", "I"]);

function bedsByWard(resources: readonly unknown[]): object[] {
  const wards = new Map<string, Record<string, string | number | null>>();
  for (const resource of resources) {
    const read = BedLocation.safeParse(resource);
    const isBed = read.data?.physicalType?.coding?.some(({ code }) => code === "bd");
    if (!read.success || !isBed || read.data.status === "inactive") continue;
    const { operationalStatus, managingOrganization, partOf, type, meta } = read.data;
    const kind = type?.[0]?.coding?.[0]?.code ?? type?.[0]?.text ?? null;
    const key = JSON.stringify([managingOrganization?.reference, partOf?.reference, kind]);
    const ward = wards.get(key) ?? {
      organization: managingOrganization?.reference ?? null,
      organizationName: managingOrganization?.display ?? null,
      ward: partOf?.reference ?? null,
      wardName: partOf?.display ?? null,
      type: kind,
      staffed: 0,
      occupied: 0,
      blocked: 0,
      closed: 0,
      at: null,
    };
    const status = operationalStatus?.code ?? "U";
    const add = (name: string) => void (ward[name] = Number(ward[name]) + 1);
    if (status === "C") add("closed");
    else add("staffed");
    if (status === "O") add("occupied");
    if (BLOCKED.has(status)) add("blocked");
    ward["at"] = newestOf([ward["at"]?.toString(), meta?.lastUpdated]) ?? null;
    wards.set(key, ward);
  }
  return [...wards.values()];
}

function patientsByLocation(resources: readonly unknown[]): object[] {
  const places = new Map<
    string,
    { organization: string | null; location: string; locationName: string | null; occupied: number }
  >();
  for (const resource of resources) {
    const read = Encounter.safeParse(resource);
    if (!read.success || read.data.status !== "in-progress") continue;
    const here = read.data.location
      ?.filter(({ status }) => status === undefined || status === "active")
      .at(-1);
    if (here?.location.reference === undefined) continue;
    const organization = read.data.serviceProvider?.reference ?? null;
    const key = JSON.stringify([organization, here.location.reference]);
    const place = places.get(key) ?? {
      organization,
      location: here.location.reference,
      locationName: here.location.display ?? null,
      occupied: 0,
    };
    place.occupied += 1;
    places.set(key, place);
  }
  return [...places.values()];
}

function measured(resource: unknown): object[] {
  if (!isReport(resource) || (resource.status ?? "complete") !== "complete") return [];
  const { reporter, subject, measure, date, period, group, meta } = resource;
  const who = reporter ?? subject;
  const codes: Record<string, number> = {};
  for (const { code, population, measureScore } of group ?? []) {
    const name = code?.coding?.[0]?.code;
    if (name !== undefined && measureScore?.value !== undefined) codes[name] = measureScore.value;
    for (const one of population ?? [])
      for (const { code: of } of one.code?.coding ?? [])
        if (of !== undefined && one.count !== undefined) codes[of] = one.count;
  }
  const record = {
    reporter: who?.reference ?? null,
    reporterName: who?.display ?? null,
    measure: measure ?? null,
    at: period?.end ?? date ?? meta?.lastUpdated ?? null,
    codes,
  };
  const { beds } = readBedReport(resource);
  if (beds.length === 0) return [record];
  return beds.map(({ type, counts, observedAt }) => ({
    ...record,
    at: observedAt ?? record.at,
    type,
    ...counts,
  }));
}

/** Whether it can be read as a report, in the elements that are read here. */
function isReport(resource: unknown): resource is FhirMeasureReport {
  return MeasureReport.safeParse(resource).success;
}
