import type { FacilityRow } from "@ihims/connectors/facilities/row.ts";
import type { ExternalId, Facility } from "@ihims/core/facilities/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { compare, PlaceGrid, placeOf, type Likeness, type Place } from "../matching/matching.ts";
import type { Identity, Match } from "./store.ts";

/** Content is what a row without an id is known by. */
export const ROW_SYSTEM = "row";
/** Two descriptions that share an id of a third register, but lie further apart than this, are looked at by a person. */
const SHARED_ID_REACH_M = 1000;
/** Within one register that tells its places apart itself, only close neighbours are worth a question. */
const SAME_REGISTER_REACH_M = 150;

/** A row with the name that it is known by from one import to the next. */
export interface Incoming {
  row: FacilityRow;
  id: ExternalId;
}

export interface Target {
  /** Undefined: it is new to us. */
  facility: FacilityId | undefined;
  /** The name under which the same register had it before, when that is gone from the file. */
  formerId?: ExternalId;
  /** How alike they are, when it was found by that and not by an id. */
  likeness?: Likeness;
}

/** A facility that is known, or the one that a row will become. */
export type Side = FacilityId | Incoming;

export interface Doubt {
  one: Side;
  other: Side;
  likeness: Likeness;
}

export interface Plan {
  targets: Map<Incoming, Target>;
  doubts: Doubt[];
}

export function keyOf({ system, value }: ExternalId): string {
  return `${system} ${value}`;
}

interface KnownPlace extends Place {
  id: FacilityId;
}
interface IncomingPlace extends Place {
  incoming: Incoming;
}

/** What is known before an import. */
export interface Known {
  facilities: readonly Facility[];
  identities: readonly Identity[];
  matches: readonly Match[];
}

/**
 * Find out which facility each row of a file speaks of.
 *
 * First by the name that its register gave it; then by a shared id of another register, or by name
 * and distance. All pairs are looked at before any is taken, best first and each facility once, so
 * the order of the file does not decide. A pair that is not sure makes two facilities and a
 * question: two that should be one can be joined later, one that should be two cannot be parted.
 */
export function planImport(incoming: readonly Incoming[], known: Known): Plan {
  const board = new Board(incoming, known);
  const targets = new Map<Incoming, Target>();
  const taken = new Set<FacilityId>();
  for (const one of incoming) {
    const facility = board.byId.get(keyOf(one.id))?.facility;
    if (facility === undefined) continue;
    targets.set(one, { facility });
    taken.add(facility);
  }
  const pairs = incoming.filter((one) => !targets.has(one)).flatMap((one) => board.pairsOf(one));
  for (const { incoming: one, facility, likeness } of pairs.filter(({ isSure }) => isSure).sort(bestFirst)) {
    if (targets.has(one) || taken.has(facility) || !board.mayTakeOver(one, facility, likeness)) continue;
    const formerId = board.idsOf(facility).find(({ system }) => system === one.id.system);
    targets.set(one, { facility, likeness, ...(formerId && { formerId }) });
    taken.add(facility);
  }
  const asked = incoming.filter((one) => targets.get(one)?.likeness !== undefined || !targets.has(one));
  for (const one of incoming) if (!targets.has(one)) targets.set(one, { facility: undefined });
  return { targets, doubts: board.doubtsOf(asked, pairs, targets) };
}

interface Pair {
  incoming: Incoming;
  facility: FacilityId;
  likeness: Likeness;
  isSure: boolean;
}

function bestFirst(a: Pair, b: Pair): number {
  return (
    b.likeness.similarity - a.likeness.similarity ||
    a.likeness.distance - b.likeness.distance ||
    compareText(keyOf(a.incoming.id), keyOf(b.incoming.id)) ||
    compareText(a.facility, b.facility)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Everything that rows are compared with, laid out to be found quickly. */
class Board {
  readonly byId: Map<string, Identity>;
  readonly #ids: Map<FacilityId, ExternalId[]>;
  readonly #places = new Map<FacilityId, KnownPlace>();
  readonly #near = new PlaceGrid<KnownPlace>();
  readonly #incoming = new Map<Incoming, IncomingPlace>();
  readonly #nearIncoming = new PlaceGrid<IncomingPlace>();
  readonly #idsInFile: Set<string>;
  readonly #decided: Set<string>;

  constructor(incoming: readonly Incoming[], { facilities, identities, matches }: Known) {
    this.byId = new Map(identities.map((identity) => [keyOf(identity.id), identity]));
    this.#ids = new Map(
      [...Map.groupBy(identities, ({ facility }) => facility)].map(([facility, of]) => [
        facility,
        of.map(({ id }) => id),
      ]),
    );
    this.#idsInFile = new Set(incoming.map(({ id }) => keyOf(id)));
    this.#decided = new Set(
      matches.filter(({ verdict }) => verdict !== "open").map(({ one, other }) => `${one} ${other}`),
    );
    const gone = new Set(matches.map(({ one, other, kept }) => kept && (kept === one ? other : one)));
    for (const facility of facilities) {
      // Another stands for it: nothing that is read from now on is about it.
      if (gone.has(facility.id)) continue;
      const place = { ...placeOf(facility), id: facility.id };
      this.#places.set(facility.id, place);
      this.#near.add(place);
    }
    for (const one of incoming) {
      const place = { ...placeOf(one.row.profile), incoming: one };
      this.#incoming.set(one, place);
      this.#nearIncoming.add(place);
    }
  }

  idsOf(facility: FacilityId): readonly ExternalId[] {
    return this.#ids.get(facility) ?? [];
  }

  /** The known facilities that a row may speak of. */
  pairsOf(incoming: Incoming): Pair[] {
    const place = this.#incoming.get(incoming);
    if (!place) return [];
    const pairs = new Map<FacilityId, Pair>();
    for (const known of this.#near.around(place.position)) {
      const likeness = compare(place, known);
      if (likeness.verdict !== "other")
        pairs.set(known.id, { incoming, facility: known.id, likeness, isSure: likeness.verdict === "sure" });
    }
    for (const id of incoming.row.profile.externalIds) {
      const facility = this.byId.get(keyOf(id))?.facility;
      const known = facility && this.#places.get(facility);
      if (!known) continue;
      const likeness: Likeness = { ...compare(place, known), verdict: "sure" };
      pairs.set(known.id, {
        incoming,
        facility: known.id,
        likeness,
        isSure: likeness.distance <= SHARED_ID_REACH_M,
      });
    }
    return [...pairs.values()];
  }

  /**
   * Whether a row may speak for a facility that its own register has under another id. Only when
   * that id is gone from the file, as when a mapper has drawn a building in place of a point; and
   * registers with ids of their own know what they call different, so the names must be equal.
   */
  mayTakeOver(incoming: Incoming, facility: FacilityId, likeness: Likeness): boolean {
    const former = this.idsOf(facility).filter(({ system }) => system === incoming.id.system);
    if (former.some((id) => this.#idsInFile.has(keyOf(id)))) return false;
    return former.length === 0 || incoming.id.system === ROW_SYSTEM || likeness.similarity === 1;
  }

  /** The pairs that a person should look at, each once. */
  doubtsOf(asked: readonly Incoming[], pairs: readonly Pair[], targets: Map<Incoming, Target>): Doubt[] {
    const doubts = new Map<string, Doubt>();
    const add = (one: Side, other: Side, likeness: Likeness) => {
      const [a, b] = [sideKey(one), sideKey(other)];
      if (a === b || this.#decided.has([a, b].sort().join(" "))) return;
      doubts.set([a, b].sort().join(" "), { one, other, likeness });
    };
    const sideOf = (one: Incoming): Side => targets.get(one)?.facility ?? one;
    for (const { incoming, facility, likeness } of pairs) {
      const isSameRegister = this.idsOf(facility).some(({ system }) => system === incoming.id.system);
      if (isWorthAsking(likeness, isSameRegister)) add(sideOf(incoming), facility, likeness);
    }
    for (const one of asked) {
      const place = this.#incoming.get(one);
      if (!place) continue;
      for (const other of this.#nearIncoming.around(place.position)) {
        if (other.incoming === one) continue;
        const likeness = compare(place, other);
        if (likeness.verdict !== "other" && isWorthAsking(likeness, true))
          add(sideOf(one), sideOf(other.incoming), likeness);
      }
    }
    return [...doubts.values()];
  }
}

function isWorthAsking({ distance }: Likeness, isSameRegister: boolean): boolean {
  return !isSameRegister || distance <= SAME_REGISTER_REACH_M;
}

function sideKey(side: Side): string {
  return typeof side === "string" ? side : `+${keyOf(side.id)}`;
}
