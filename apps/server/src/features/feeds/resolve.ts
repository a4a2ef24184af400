import type { FacilityReference } from "@ihims/connectors/mapping/line.ts";
import type { Facility } from "@ihims/core/facilities/schema.ts";
import { distanceM } from "@ihims/core/geo.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { canonical } from "@ihims/core/observations/rules.ts";
import { createHash } from "node:crypto";
import type { Context } from "../../platform/context.ts";
import { listAllFacilities } from "../facilities/facilities.ts";
import { findAllIdentities } from "../imports/imports.ts";
import {
  foldName,
  nameFormOf,
  SIMILARITY_DOUBTFUL,
  SIMILARITY_SURE,
  similarityOf,
  type NameForm,
} from "../matching/matching.ts";
import { findKnownMatches, type KnownMatch, type NamedReference, type NewMatch } from "./match-store.ts";

/** Facilities that a person is offered for a doubtful name. */
const CANDIDATES_MAX = 5;
/** A name with its place is sure when no further away than this. */
const PLACE_SURE_M = 500;
const PLACE_DOUBTFUL_M = 3000;
/** A name alone is sure only when nothing else in the city is nearly called so. */
const SECOND_BEST_MAX = 0.8;

export type Resolution =
  | { kind: "facility"; facility: FacilityId }
  | { kind: "undecided"; key: string }
  | { kind: "ignored" }
  | { kind: "none"; reason: string };

/** The words by which a name that a source gives is known again. */
export function keyOfReference(reference: NamedReference): string {
  return createHash("sha256").update(canonical(reference)).digest("base64url").slice(0, 32);
}

/** Finds out, for one feed, which of our facilities its lines are about. */
export class Resolver {
  readonly #ctx: Context;
  readonly #own: FacilityId | null;
  readonly #known: Map<string, KnownMatch>;
  readonly #found = new Map<string, NewMatch>();
  #all: Promise<Known> | undefined;

  private constructor(ctx: Context, own: FacilityId | null, known: Map<string, KnownMatch>) {
    this.#ctx = ctx;
    this.#own = own;
    this.#known = known;
  }

  static async of(
    ctx: Context,
    feed: { id: Parameters<typeof findKnownMatches>[1] | null; facility: FacilityId | null },
  ): Promise<Resolver> {
    const known = feed.id === null ? new Map<string, KnownMatch>() : await findKnownMatches(ctx.db, feed.id);
    return new Resolver(ctx, feed.facility, known);
  }

  /** Names that were not known before, with what was found. */
  get fresh(): NewMatch[] {
    return [...this.#found.values()];
  }

  async resolve(reference: FacilityReference): Promise<Resolution> {
    if (reference.kind === "own")
      return this.#own === null
        ? { kind: "none", reason: "the feed is of no facility, and the mapping does not say which is meant" }
        : { kind: "facility", facility: this.#own };
    const found =
      reference.kind === "fixed"
        ? ({ kind: "facility", facility: reference.id } as const)
        : await this.#resolveNamed(reference);
    if (found.kind === "facility" && this.#own !== null && found.facility !== this.#own)
      return { kind: "none", reason: "is another facility than the feed's own" };
    return found;
  }

  async #resolveNamed(reference: NamedReference): Promise<Resolution> {
    const key = keyOfReference(reference);
    const known = this.#known.get(key);
    if (known?.state === "ignored") return { kind: "ignored" };
    if (known?.facility) return { kind: "facility", facility: known.facility };
    let match = this.#found.get(key);
    if (!match && !known) {
      this.#all ??= this.#load();
      match = { key, reference, ...findCandidates(reference, await this.#all) };
      this.#found.set(key, match);
    }
    return match?.facility ? { kind: "facility", facility: match.facility } : { kind: "undecided", key };
  }

  async #load(): Promise<Known> {
    const facilities = await listAllFacilities(this.#ctx);
    const byId = new Map<string, FacilityId>();
    for (const { id, externalIds } of facilities)
      for (const one of externalIds) byId.set(idKey(one.system, one.value), id);
    for (const { id, facility } of await findAllIdentities(this.#ctx.db))
      byId.set(idKey(id.system, id.value), facility);
    const forms = facilities.map((facility) => ({
      facility,
      names: [...new Set([facility.name, ...Object.values(facility.names)])].map(nameFormOf),
    }));
    return { byId, facilities: new Map(forms.map((one) => [one.facility.id, one])) };
  }
}

interface Known {
  byId: ReadonlyMap<string, FacilityId>;
  facilities: ReadonlyMap<FacilityId, { facility: Facility; names: readonly NameForm[] }>;
}

function idKey(system: string, value: string): string {
  return `${system.toLowerCase()} ${value.trim().toLowerCase()}`;
}

/**
 * Which facility a name means: by an id that is known, or a name that only one facility has, near
 * where the source says it is. What is less than sure is for a person to decide.
 */
export function findCandidates(
  reference: NamedReference,
  { byId, facilities }: Known,
): Pick<NewMatch, "facility" | "candidates"> {
  for (const { system, value } of reference.ids) {
    const facility = byId.get(idKey(system, value));
    if (facility !== undefined && facilities.has(facility)) return { facility, candidates: [] };
  }
  if (reference.name === null) return { facility: null, candidates: [] };
  const { name, position } = reference;
  const form = nameFormOf(name);
  const found = [...facilities.values()]
    .flatMap(({ facility, names }) => {
      const similarity = Math.max(...names.map((one) => similarityOf(form, one)));
      const distance = position ? Math.round(distanceM(position, facility.position)) : null;
      if (similarity < SIMILARITY_DOUBTFUL || (distance ?? 0) > PLACE_DOUBTFUL_M) return [];
      return [
        { facility: facility.id, similarity, distanceM: distance, isHere: isLocality(reference, facility) },
      ];
    })
    .sort(
      (a, b) =>
        b.similarity - a.similarity ||
        Number(b.isHere) - Number(a.isHere) ||
        (a.distanceM ?? 0) - (b.distanceM ?? 0) ||
        (a.facility < b.facility ? -1 : 1),
    );
  const [best, second] = found;
  const candidates = found.slice(0, CANDIDATES_MAX).map((one) => ({
    facility: one.facility,
    similarity: Math.round(one.similarity * 1000) / 1000,
    distanceM: one.distanceM,
  }));
  const isSure =
    best !== undefined &&
    (best.distanceM === null
      ? best.similarity === 1 &&
        (!second || second.similarity < SECOND_BEST_MAX || (best.isHere && !second.isHere))
      : best.similarity >= SIMILARITY_SURE &&
        best.distanceM <= PLACE_SURE_M &&
        (!second || second.similarity < best.similarity || (second.distanceM ?? 0) > PLACE_SURE_M));
  return { facility: isSure ? best.facility : null, candidates };
}

function isLocality({ locality, address }: NamedReference, facility: Facility): boolean {
  const here = foldName(facility.locality ?? "");
  return here !== "" && [locality, address].some((one) => one !== null && foldName(one).includes(here));
}
