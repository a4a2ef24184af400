import { settle, type Draft } from "./drafts.ts";
import type { LinePlace, ObservationLine, RefusedLine } from "./line.ts";
import { facilityKey } from "./profiles.ts";
import { refused, type Fault } from "./reading.ts";

/** Most observations that are held together until the end of a part. */
export const GATHERED_MAX = 500_000;

/** What a draft still needs to become a line. */
export type DraftPlace = LinePlace &
  Pick<ObservationLine, "facility" | "observedAt" | "timeFrom" | "sourceRef">;

interface Held {
  place: DraftPlace;
  draft: Draft;
  records: number;
}

/**
 * Holds the drafts of a part together by facility, subject and moment, and makes one observation of
 * each: layers of beds from several records, or sums over batches and bags.
 */
export class Gathering {
  readonly #how: "layers" | "sum";
  readonly #held = new Map<string, Held>();

  constructor(how: "layers" | "sum") {
    this.#how = how;
  }

  /** Take a draft in. Answers the fault when it contradicts what is there, or there is no more room. */
  add(draft: Draft, place: DraftPlace): Fault | undefined {
    const key = `${facilityKey(place.facility)} ${draft.key} ${place.observedAt}`;
    const held = this.#held.get(key);
    if (!held) {
      if (this.#held.size >= GATHERED_MAX)
        return refused(
          null,
          null,
          "too-many",
          `more than ${GATHERED_MAX} observations cannot be held together`,
        ).fault;
      this.#held.set(key, { place, draft, records: 1 });
      return undefined;
    }
    held.records += 1;
    return this.#how === "sum" ? addUp(held.draft, draft) : lay(held.draft, draft);
  }

  /** What was gathered, in the order in which each was first seen. */
  *lines(): Generator<ObservationLine | RefusedLine> {
    for (const { place, draft, records } of this.#held.values()) {
      const from = records > 1 ? { ...place, place: `${place.place} and ${records - 1} more` } : place;
      const line = lineOf(draft, from);
      if (line) yield line;
    }
    this.#held.clear();
  }
}

function addUp(into: Draft, more: Draft): undefined {
  for (const [name, number] of Object.entries(more.numbers)) {
    const before = into.numbers[name];
    // A price is no quantity: of several the highest is what nobody is surprised by.
    into.numbers[name] = name === "priceMinor" ? Math.max(before ?? 0, number) : (before ?? 0) + number;
  }
  return undefined;
}

function lay(into: Draft, more: Draft): Fault | undefined {
  for (const [name, number] of Object.entries(more.numbers)) {
    const before = into.numbers[name];
    if (before !== undefined && before !== number)
      return refused(
        name,
        number,
        "does-not-add-up",
        `is said twice for the same moment: ${before} and ${number}`,
      ).fault;
    into.numbers[name] = number;
  }
  Object.assign(into.other, more.other);
  return undefined;
}

/** The line of a draft; undefined when it says nothing after all. */
export function lineOf(draft: Draft, place: DraftPlace): ObservationLine | RefusedLine | undefined {
  const settled = settle(draft);
  if (settled.kind === "absent") return undefined;
  if (settled.kind === "refused") {
    const { part, record, place: where, facility } = place;
    return { kind: "refused", part, record, place: where, facility, ...settled.fault };
  }
  return { kind: "observation", ...place, subject: draft.subject, ...settled.value };
}
