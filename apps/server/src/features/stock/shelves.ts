import { heldAt } from "@ihims/core/holds/rules.ts";
import type { HeldUnits } from "@ihims/core/holds/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { leadFor } from "@ihims/core/observations/figures.ts";
import { freshnessOf } from "@ihims/core/observations/freshness.ts";
import { inOrderOfBelief, type Draft } from "@ihims/core/observations/rules.ts";
import { medicineOf, Source, stockSubject, type Freshness } from "@ihims/core/observations/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { Board, Entry } from "../board/board.ts";
import {
  momentOfSecond,
  secondOf,
  unpackLines,
  type HeldChange,
  type StockChange,
  type StockNamesChange,
} from "../observations/observations.ts";
import { Posting, type PostedLine } from "./posting.ts";
import type { PackedShelf } from "./store.ts";

/** What is believed of a medicine at a facility, with its age. */
export interface StockFigure {
  /** Packs on the shelf. */
  quantity: number;
  /** Of these, what is not kept for somebody on the way: what others are shown. */
  free: number;
  priceMinor: number | null;
  observedAt: Instant;
  receivedAt: Instant;
  source: Source;
  freshness: Freshness;
  freshUntil: Instant | null;
}

/** A facility where a medicine was spoken of. */
export interface StockPlace {
  facilityNo: number;
  entry: Entry;
}

/** What is kept of a medicine at a facility for people on the way. */
interface KeptUnits {
  held: readonly HeldUnits[];
  version: number;
}

const rankOfSource = new Map(Source.options.map((source, rank) => [source, rank]));

/**
 * What is on the city's shelves, in the memory of this process: by medicine, then by facility. Like
 * the board it is built from the database and follows the change stream; each line keeps its version,
 * so the order in which changes come does not matter, and it can be read while it is still being built.
 */
export class Shelves {
  readonly #board: Board;
  readonly #numbers = new Map<string, number>();
  readonly #medicines: string[] = [];
  readonly #facilities: (FacilityId | undefined)[] = [];
  readonly #facilityNos = new Map<FacilityId, number>();
  readonly #postings = new Map<number, Posting>();
  /** When a source told all that a facility has: by facility, then by source. */
  readonly #listed = new Map<number, { sourceRank: number; listedS: number; receivedS: number }[]>();
  /** By medicine, then by facility; few of all have any. */
  readonly #kept = new Map<string, Map<FacilityId, KeptUnits>>();
  #lines = 0;
  #version = 0;

  constructor(board: Board) {
    this.#board = board;
  }

  /** Lines in memory. */
  get size(): number {
    return this.#lines;
  }

  /** Grows with every change that is taken in. */
  get version(): number {
    return this.#version;
  }

  /** Numbers of medicines, for who writes lines. */
  get book(): Map<string, number> {
    return this.#numbers;
  }

  apply(change: StockChange | StockNamesChange | HeldChange): void {
    this.#version += 1;
    if (change.kind === "held") return this.#keep(change);
    if (change.kind === "stock-names") {
      for (const [medicine, no] of change.added) this.name(medicine, no);
      return;
    }
    const { facility, no, source, version, listedAt, lines } = change;
    this.place(facility, no);
    const sourceRank = rankOf(source);
    const receivedS = secondOf(change.receivedAt);
    for (const line of unpackLines(lines))
      this.#put(line.medicineNo, { ...line, facilityNo: no, sourceRank, receivedS, version });
    if (listedAt !== null) this.list(no, source, listedAt, change.receivedAt);
  }

  #keep({ facility, subject, held, version }: HeldChange): void {
    const medicine = medicineOf(subject);
    if (medicine === undefined) return;
    const places = this.#kept.get(medicine) ?? new Map<FacilityId, KeptUnits>();
    if ((places.get(facility)?.version ?? -1) >= version) return;
    // A version is kept also where nothing is held any more: an older change may come after it.
    this.#kept.set(medicine, places.set(facility, { held, version }));
  }

  /** A medicine's number. */
  name(medicine: string, no: number): void {
    this.#numbers.set(medicine, no);
    this.#medicines[no] = medicine;
  }

  /** A facility's number. */
  place(facility: FacilityId, no: number): void {
    this.#facilities[no] = facility;
    this.#facilityNos.set(facility, no);
  }

  /** A source told all that a facility has. */
  list(no: number, source: Source, listedAt: Instant, receivedAt: Instant): void {
    const sourceRank = rankOf(source);
    const told = this.#listed.get(no) ?? [];
    const before = told.find((one) => one.sourceRank === sourceRank);
    const one = { sourceRank, listedS: secondOf(listedAt), receivedS: secondOf(receivedAt) };
    if (before && before.listedS > one.listedS) return;
    this.#listed.set(no, [...told.filter((other) => other !== before), one]);
  }

  /** What the database has of the shelf of one facility, as one source told it. */
  fill({ facilityNo, source, numbers }: PackedShelf): void {
    this.#version += 1;
    const sourceRank = rankOf(source);
    for (let at = 0; at + 24 <= numbers.length; at += 24)
      this.#put(numbers.readInt32BE(at), {
        facilityNo,
        sourceRank,
        quantity: numbers.readInt32BE(at + 4),
        priceMinor: numbers.readInt32BE(at + 8),
        observedS: numbers.readInt32BE(at + 12),
        receivedS: numbers.readInt32BE(at + 16),
        version: numbers.readInt32BE(at + 20),
      });
  }

  #put(medicineNo: number, line: PostedLine): void {
    let posting = this.#postings.get(medicineNo);
    if (!posting) this.#postings.set(medicineNo, (posting = new Posting()));
    this.#lines += posting.put(line);
  }

  /** The medicine of a number. */
  medicine(no: number): string | undefined {
    return this.#medicines[no];
  }

  /** The medicines that a change speaks of. */
  medicinesIn(change: StockChange | HeldChange): string[] {
    if (change.kind === "held") return [medicineOf(change.subject) ?? []].flat();
    const { lines } = change;
    return [...unpackLines(lines)].flatMap(({ medicineNo }) => this.#medicines[medicineNo] ?? []);
  }

  /** Every medicine that somebody ever spoke of. */
  *allMedicines(): Generator<string> {
    for (const no of this.#postings.keys()) {
      const medicine = this.#medicines[no];
      if (medicine !== undefined) yield medicine;
    }
  }

  /** How many lines there are of a medicine. */
  tellersOf(medicine: string): number {
    return this.#postingOf(medicine)?.size ?? 0;
  }

  /** Where a facility's shelf stands; undefined when it has none, or is not of the city any more. */
  entryOf(facilityNo: number): Entry | undefined {
    const id = this.#facilities[facilityNo];
    return id === undefined ? undefined : this.#board.entry(id);
  }

  /** Every facility that has spoken of a medicine. */
  *placesOf(medicine: string): Generator<StockPlace> {
    const posting = this.#postingOf(medicine);
    for (let at = 0, before = -1; at < (posting?.size ?? 0); at += 1) {
      const facilityNo = posting?.facilityAt(at) ?? -1;
      if (facilityNo === before) continue;
      before = facilityNo;
      const entry = this.entryOf(facilityNo);
      if (entry) yield { facilityNo, entry };
    }
  }

  /** All facilities that have a shelf, by their numbers. */
  *places(): Generator<StockPlace> {
    for (const facilityNo of this.#facilityNos.values()) {
      const entry = this.entryOf(facilityNo);
      if (entry) yield { facilityNo, entry };
    }
  }

  /**
   * What is believed of a medicine at every facility that has spoken of it, in the order of their
   * numbers. Numbers only, since there may be thousands: the figure is for those that are shown.
   * `free`: packs that are not kept for somebody.
   *
   * @param isMeant looked at first; the others cost nothing
   */
  each(
    medicine: string,
    now: Instant,
    isMeant: (facilityNo: number) => boolean,
    visit: (seen: { facilityNo: number; free: number; priceMinor: number; observedS: number }) => void,
  ): void {
    const posting = this.#postingOf(medicine);
    const kept = this.#kept.get(medicine);
    if (!posting) return;
    for (let at = 0; at < posting.size;) {
      const facilityNo = posting.facilityAt(at);
      let next = at + 1;
      while (next < posting.size && posting.facilityAt(next) === facilityNo) next += 1;
      if (isMeant(facilityNo)) {
        const lines = next === at + 1 ? [posting.lineAt(at)] : posting.at(facilityNo);
        const shown = this.#believed(facilityNo, lines, medicine, now);
        if (shown) {
          const { priceMinor, observedS } = shown;
          visit({ facilityNo, free: this.#freeOf(shown, kept, now), priceMinor, observedS });
        }
      }
      at = next;
    }
  }

  /** A medicine at a facility; undefined when nobody ever spoke of it there. */
  figureAt(facility: FacilityId, medicine: string, now: Instant): StockFigure | undefined {
    const facilityNo = this.#facilityNos.get(facility);
    return facilityNo === undefined ? undefined : this.figure(facilityNo, medicine, now);
  }

  /** As `figureAt`, of a facility's number. */
  figure(facilityNo: number, medicine: string, now: Instant): StockFigure | undefined {
    const lines = this.#postingOf(medicine)?.at(facilityNo) ?? [];
    if (lines.length === 0) return undefined;
    const shown = this.#believed(facilityNo, lines, medicine, now);
    if (!shown) return undefined;
    const observedAt = momentOfSecond(shown.observedS);
    const { freshness, until } = freshnessOf(ANY_MEDICINE, observedAt, now);
    return {
      quantity: shown.quantity,
      free: this.#freeOf(shown, this.#kept.get(medicine), now),
      priceMinor: shown.priceMinor < 0 ? null : shown.priceMinor,
      observedAt,
      receivedAt: momentOfSecond(shown.receivedS),
      source: sourceOf(shown.sourceRank),
      freshness,
      freshUntil: until,
    };
  }

  /** When any source last told all that a facility has; undefined when none ever did. */
  listedAt(facility: FacilityId): Instant | undefined {
    const listed = this.#listed.get(this.#facilityNos.get(facility) ?? -1) ?? [];
    const last = Math.max(...listed.map(({ listedS }) => listedS));
    return listed.length === 0 ? undefined : momentOfSecond(last);
  }

  #postingOf(medicine: string): Posting | undefined {
    const no = this.#numbers.get(medicine);
    return no === undefined ? undefined : this.#postings.get(no);
  }

  #freeOf(
    { facilityNo, quantity, observedS }: PostedLine,
    kept: ReadonlyMap<FacilityId, KeptUnits> | undefined,
    now: Instant,
  ): number {
    const facility = kept && this.#facilities[facilityNo];
    const held = facility && kept.get(facility)?.held;
    return held ? Math.max(0, quantity - heldAt(held, momentOfSecond(observedS), now)) : quantity;
  }

  /** What is believed of some lines of one facility, each seen again with its source's last full list. */
  #believed(
    facilityNo: number,
    lines: readonly PostedLine[],
    medicine: string,
    now: Instant,
  ): PostedLine | undefined {
    const listed = this.#listed.get(facilityNo) ?? [];
    const standing = lines.filter(({ quantity }) => quantity >= 0);
    if (standing.length === 0) return undefined;
    const seen = standing.map((line) => {
      const list = listed.find(({ sourceRank }) => sourceRank === line.sourceRank);
      return list && list.listedS > line.observedS
        ? { ...line, observedS: list.listedS, receivedS: list.receivedS }
        : line;
    });
    const others = listed.filter(
      ({ sourceRank }) => !standing.some((line) => line.sourceRank === sourceRank),
    );
    if (seen.length === 1 && others.length === 0) return seen[0];
    const facility = this.entryOf(facilityNo)?.facility;
    if (!facility) return undefined;
    const empty = others.map(({ sourceRank, listedS, receivedS }): PostedLine => {
      const nothing = { facilityNo, quantity: 0, priceMinor: -1, version: 0 };
      return { ...nothing, sourceRank, observedS: listedS, receivedS };
    });
    const subject = stockSubject(medicine);
    const drafts = [...seen, ...empty].map((line) => ({ line, ...draftOf(line, facility.id, subject) }));
    return inOrderOfBelief(drafts, leadFor(facility, subject), now)[0]?.line;
  }
}

/** All medicines age alike. */
const ANY_MEDICINE = stockSubject("any");

function draftOf(line: PostedLine, facility: FacilityId, subject: Draft["subject"]): Draft {
  return {
    facility,
    subject,
    source: sourceOf(line.sourceRank),
    sender: "",
    value: { quantity: line.quantity },
    observedAt: momentOfSecond(line.observedS),
    receivedAt: momentOfSecond(line.receivedS),
  };
}

function rankOf(source: Source): number {
  return rankOfSource.get(source) ?? 0;
}

function sourceOf(rank: number): Source {
  const source = Source.options[rank];
  if (source === undefined) throw new Error("a line of no source");
  return source;
}
