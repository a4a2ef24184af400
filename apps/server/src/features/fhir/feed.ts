import type { Bundle, BundleEntry, ResourceType } from "@medplum/fhirtypes";
import { Problem } from "@ihims/core/problem.ts";
import { fhirId } from "@ihims/connectors/fhir/elements.ts";
import { z } from "zod";
import type { Context } from "../../platform/context.ts";
import type { Board } from "../board/board.ts";
import { Draft } from "./draft.ts";
import { FhirRefusal } from "./outcome.ts";
import { resourceIn } from "./requests.ts";
import type { Shelf } from "./searches.ts";
import type { Write, Written } from "./writes.ts";

/** Most entries of one transaction. */
const ENTRIES_MAX = 500;

/** The kinds of resource that a sender may create or change by itself. Doctors come with a role, in a transaction. */
export const WRITABLE: readonly ResourceType[] = [
  "Organization",
  "Location",
  "HealthcareService",
  "OrganizationAffiliation",
  "PractitionerRole",
];

/** What a feed needs: what stands, to be changed. */
export interface Feed {
  board: Board;
  shelf: Shelf;
}

/**
 * Take in writes, all of them or none (ITI-130). Each goes through the use case that a person's change
 * of the same thing goes through.
 *
 * @throws FhirRefusal and Problem that name the entry that is at fault
 */
export async function takeWrites(
  ctx: Context,
  { board, shelf }: Feed,
  writes: readonly Write[],
): Promise<Written[]> {
  return ctx.transaction(async (tx) => {
    const draft = new Draft(tx, board);
    const isBundle = writes.length > 1;
    // What others name comes first; each is answered in its own place.
    const order = [...writes.entries()].sort(([, a], [, b]) => rankOf(a) - rankOf(b));
    const written = new Map<number, () => Written>();
    for (const [at, write] of order)
      await named(isBundle ? `Bundle.entry[${at}]` : undefined, async () => {
        checkVersion(shelf, write);
        written.set(at, await draft.take(write));
      });
    await draft.save();
    return writes.map((_write, at) => {
      const answer = written.get(at);
      if (!answer) throw new Error("a write that was taken has no answer");
      return answer();
    });
  });
}

const ORDER: readonly string[] = ["Organization", "Location", "Practitioner"];

function rankOf({ type }: Write): number {
  const rank = ORDER.indexOf(type);
  return rank < 0 ? ORDER.length : rank;
}

/** What is wrong in there is wrong at a place. */
async function named(place: string | undefined, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (place === undefined) throw error;
    if (error instanceof FhirRefusal) {
      const issues = error.issues.map((issue) => ({
        ...issue,
        details: `${place}: ${issue.details}`,
        expression: issue.expression ? `${place}.${issue.expression}` : place,
      }));
      throw new FhirRefusal(error.status, issues);
    }
    if (error instanceof Problem)
      throw new Problem(error.kind, `${place}: ${error.message}`, {
        errors: error.errors.map((one) => ({ ...one, detail: `${place}: ${one.detail}` })),
        cause: error,
      });
    throw error;
  }
}

function checkVersion(shelf: Shelf, { type, id, ifMatch, method }: Write): void {
  if (method === "POST" || id === undefined) return;
  const row = shelf.find(type, id);
  if (!row)
    throw new FhirRefusal(404, [
      { code: "not-found", details: `There is no ${type} ${id}; POST creates one` },
    ]);
  const version = row.resource.meta?.versionId;
  const wanted = ifMatch?.replace(/^W\//, "").replaceAll('"', "").split(".")[0];
  if (wanted !== undefined && wanted !== "*" && wanted !== version)
    throw new FhirRefusal(412, [{ code: "conflict", details: `${type} ${id} is at version ${version} now` }]);
}

const Entry = z.looseObject({
  fullUrl: z.string().optional(),
  request: z.looseObject({ method: z.string(), url: z.string(), ifMatch: z.string().optional() }),
  resource: z.looseObject({ resourceType: z.string(), id: z.string().optional() }).optional(),
});

/** The writes of a transaction. @throws FhirRefusal that names what cannot be read */
export function writesIn(body: unknown): Write[] {
  const bundle = z
    .looseObject({
      resourceType: z.literal("Bundle"),
      type: z.literal("transaction"),
      entry: z.array(z.unknown()),
    })
    .safeParse(body);
  if (!bundle.success)
    throw new FhirRefusal(400, [
      { code: "invalid", details: "Bundle: is no Bundle of type transaction with entries" },
    ]);
  if (bundle.data.entry.length > ENTRIES_MAX)
    throw new FhirRefusal(413, [
      { code: "too-long", details: `Bundle.entry: has more than ${ENTRIES_MAX} entries` },
    ]);
  return bundle.data.entry.map((given, at) => writeIn(given, `Bundle.entry[${at}]`));
}

function writeIn(given: unknown, place: string): Write {
  const entry = Entry.safeParse(given);
  const refuse = (details: string, status = 400): never => {
    throw new FhirRefusal(status, [{ code: "invalid", details: `${place}: ${details}`, expression: place }]);
  };
  if (!entry.success) return refuse("has no request with a method and an address");
  const { fullUrl, request, resource } = entry.data;
  const [type = "", id, ...more] = request.url.replace(/^\//, "").split("/");
  const writable = [...WRITABLE, "Practitioner"].find((one): one is ResourceType => one === type);
  if (!writable || more.length > 0) return refuse(`${request.url} is not written here`);
  if (request.method === "DELETE")
    return refuse("nothing is deleted here: send it with active false, or status inactive", 422);
  if (request.method !== "POST" && request.method !== "PUT")
    return refuse(`${request.method} is not done in a transaction here`);
  if ((request.method === "PUT") !== (id !== undefined))
    return refuse(`${request.method} ${request.url} is no address for it`);
  return {
    method: request.method,
    type: writable,
    id,
    resource: resourceIn(resource, writable, id),
    fullUrl,
    ifMatch: request.ifMatch,
  };
}

/** What came of a transaction, entry by entry. */
export function responseOf(written: readonly Written[], shelf: Shelf): Bundle {
  return {
    resourceType: "Bundle",
    type: "transaction-response",
    entry: written.map(({ status, type, id }): BundleEntry => {
      const { versionId, lastUpdated } = shelf.find(type, fhirId(id))?.resource.meta ?? {};
      return {
        response: {
          status: String(status),
          location: `${type}/${id}${versionId ? `/_history/${versionId}` : ""}`,
          ...(versionId ? { etag: `W/"${versionId}"` } : {}),
          ...(lastUpdated ? { lastModified: lastUpdated } : {}),
        },
      };
    }),
  };
}
