import { FacilityKind, Ownership, type FacilityProfile } from "@ihims/core/facilities/schema.ts";
import { kindFromCategory } from "../facilities/kind-words.ts";
import { readOwnership } from "../facilities/ownership.ts";
import { readPhones } from "../facilities/phones.ts";
import { readText } from "./cells.ts";
import type { Scope } from "./fields.ts";
import type { FacilityLine, FacilityReference } from "./line.ts";
import type { PartContext } from "./readers.ts";
import type { ProfileSpec } from "./schema.ts";

type Named = Extract<FacilityReference, { kind: "named" }>;

/** One reference to a facility is the same as another when this is. */
export function facilityKey(facility: FacilityReference): string {
  switch (facility.kind) {
    case "own":
      return "own";
    case "fixed":
      return `fixed:${facility.id}`;
    case "named":
      return JSON.stringify([facility.ids, facility.name, facility.locality]);
  }
}

/**
 * What a record tells of a facility, for one that is not there yet. A field that cannot be read is
 * left out with a note: a profile is a proposal that a person looks at.
 *
 * @returns undefined when there is too little for a proposal: no name, or no kind
 */
export function readProfile(
  spec: ProfileSpec,
  facility: Named,
  scope: Scope,
  ctx: PartContext,
): Pick<FacilityLine, "profile" | "notes"> | undefined {
  const notes: string[] = [];
  const text = (cell: Parameters<typeof readText>[0] | undefined): string | undefined => {
    if (cell === undefined) return undefined;
    const read = readText(cell, scope, ctx);
    if (read.kind === "refused") notes.push(`${read.fault.field ?? "a field"} ${read.fault.reason}`);
    return read.kind === "value" ? read.value : undefined;
  };
  const kind = kindOf(spec, text, notes);
  if (facility.name === null || kind === undefined) return undefined;
  const profile: FacilityLine["profile"] = { name: facility.name, kind, externalIds: facility.ids };
  const optional: Partial<FacilityProfile> = {
    ...(facility.position && { position: facility.position }),
    ...(facility.address !== null && { address: facility.address }),
    ...(facility.locality !== null && { locality: facility.locality.slice(0, 120) }),
  };
  const phones = readPhones((spec.phones ?? []).map(text), ctx.options.countryCode);
  if (phones.length > 0) optional.phones = phones;
  const [emergency] = readPhones([text(spec.emergencyPhone)], ctx.options.countryCode);
  if (emergency) optional.emergencyPhone = emergency.number;
  const website = text(spec.website);
  if (website !== undefined && /^https?:\/\/\S{3,480}$/iu.test(website)) optional.website = website;
  const ownership = ownershipOf(spec, text, notes);
  if (ownership) optional.ownership = ownership;
  const names = Object.entries(spec.names ?? {}).flatMap(([language, cell]) => {
    const name = text(cell);
    return name === undefined ? [] : [[language, name.slice(0, 300)] as const];
  });
  if (names.length > 0) optional.names = Object.fromEntries(names);
  return { profile: { ...profile, ...optional }, notes };
}

type ReadField = (cell: Parameters<typeof readText>[0] | undefined) => string | undefined;

function kindOf({ kind }: ProfileSpec, text: ReadField, notes: string[]): FacilityKind | undefined {
  if (typeof kind === "string") return kind;
  const words = text(kind);
  if (words === undefined) return undefined;
  const code = FacilityKind.safeParse(words);
  const known = code.success ? code.data : kindFromCategory(words);
  if (known === undefined) notes.push(`"${words.slice(0, 60)}" names no kind of facility that is known`);
  return known;
}

function ownershipOf({ ownership }: ProfileSpec, text: ReadField, notes: string[]): Ownership | undefined {
  if (ownership === undefined || typeof ownership === "string") return ownership;
  const words = text(ownership);
  if (words === undefined) return undefined;
  const code = Ownership.safeParse(words);
  const known = code.success ? code.data : readOwnership(words);
  if (!known) notes.push(`"${words.slice(0, 60)}" names no ownership that is known`);
  return known ?? undefined;
}
