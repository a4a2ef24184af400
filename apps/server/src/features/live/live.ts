import type { Socket } from "node:net";
import type { LiveEvent, Topic } from "@ihims/core/live/schema.ts";
import { bedTypeOf, medicineOf, type Subject } from "@ihims/core/observations/schema.ts";
import type { AlertId, FacilityId } from "@ihims/core/ids.ts";
import type { Instant } from "@ihims/core/time.ts";
import { isUpTo, type Change, type Position } from "../../platform/changes.ts";
import type { Board } from "../board/board.ts";
import {
  CityChange,
  type BoardChange,
  type HeldChange,
  type StockChange,
} from "../observations/observations.ts";

/** Bytes that may wait for a reader; one that does not read that much is let go. */
const UNREAD_MAX_BYTES = 1024 * 1024;
/** Frames that are kept for a reader while what it missed is read. */
const WAITING_MAX_FRAMES = 10_000;
/** A frame names no more medicines than these: a whole list has thousands. */
const NAMED_MEDICINES_MAX = 50;
/** Open readers of one process. */
export const READERS_MAX = 20_000;

/** A frame as it goes over the wire, made once for all its readers. */
interface Frame {
  position: Position;
  topics: readonly string[];
  bytes: Buffer;
}

/** Somebody who reads the stream. */
export interface Reader {
  readonly topics: ReadonlySet<Topic>;
  readonly socket: Pick<Socket, "write" | "end" | "destroy" | "writableLength" | "destroyed">;
  /** Frames that wait until what was missed has been sent; undefined when it has. */
  waiting: Frame[] | undefined;
  /** The last change of which a frame was sent, so that two topics do not make two frames. */
  last: Position | undefined;
}

/** Which medicines a change speaks of. */
interface ReadsShelves {
  medicinesIn(change: StockChange | HeldChange): string[];
}

/** The live stream: every change as a frame, to everybody who asked for one of its topics. */
export class LiveStream {
  readonly #board: Board;
  readonly #shelves: ReadsShelves;
  readonly #now: () => Instant;
  readonly #readers = new Map<string, Set<Reader>>();
  #count = 0;
  #position: Position;
  dropped = 0;

  constructor(
    { board, shelves }: { board: Board; shelves: ReadsShelves },
    now: () => Instant,
    position: Position,
  ) {
    this.#board = board;
    this.#shelves = shelves;
    this.#now = now;
    this.#position = position;
  }

  get count(): number {
    return this.#count;
  }

  /** The last change that readers were told of. */
  get position(): Position {
    return this.#position;
  }

  /** Tell readers of changes, in the order of the stream; the board has them already. */
  publish(changes: readonly Change[]): void {
    for (const change of changes) {
      this.#position = change.position;
      const frame = this.frameOf(change, (topics) => topics.some((topic) => this.#readers.has(topic)));
      if (!frame) continue;
      for (const topic of frame.topics)
        for (const reader of this.#readers.get(topic) ?? []) this.#give(reader, frame);
    }
  }

  #give(reader: Reader, frame: Frame): void {
    if (reader.last === frame.position) return;
    reader.last = frame.position;
    if (!reader.waiting) return this.#send(reader, frame.bytes);
    if (reader.waiting.length >= WAITING_MAX_FRAMES) return this.drop(reader, "too-slow");
    reader.waiting.push(frame);
  }

  #send(reader: Reader, bytes: Buffer): void {
    if (reader.socket.writableLength > UNREAD_MAX_BYTES) return this.drop(reader, "too-slow");
    reader.socket.write(bytes);
  }

  /** A frame for a change; undefined when nobody `wants` one of its topics or nothing is shown of it. */
  frameOf(change: Change, wants: (topics: readonly string[]) => boolean): Frame | undefined {
    const body = CityChange.parse(change.body);
    // A roster changes seldom, and pages that show duty read it again by themselves.
    if (body.kind === "doctor" || body.kind === "stock-names") return undefined;
    if (body.kind === "medicines" || body.kind === "feed") return undefined;
    if (body.kind === "stock" || (body.kind === "held" && medicineOf(body.subject) !== undefined))
      return this.#stockFrame(body, change.position, wants);
    if (body.kind === "alert") return this.#alertFrame(body.alert.id, change.position, wants);
    const facility =
      body.kind === "facility"
        ? body.facility.id
        : body.kind === "standing"
          ? body.standing.facility
          : body.facility;
    const topics = this.#topicsOf(
      facility,
      body.kind === "facility" ? undefined : body.kind === "standing" ? body.standing.subject : body.subject,
    );
    if (!wants(topics)) return undefined;
    const event = this.#eventOf(body, facility);
    return event && { position: change.position, topics, bytes: frameBytes(event, change.position) };
  }

  #stockFrame(
    change: StockChange | HeldChange,
    position: Position,
    wants: (topics: readonly string[]) => boolean,
  ): Frame | undefined {
    const { facility } = change;
    const medicines = this.#shelves.medicinesIn(change);
    const topics = [
      ...this.#topicsOf(facility, undefined),
      ...medicines.map((medicine) => `medicine:${medicine}`),
    ];
    if (!wants(topics)) return undefined;
    const named = medicines.length <= NAMED_MEDICINES_MAX ? medicines : [];
    return { position, topics, bytes: frameBytes({ kind: "stock", facility, medicines: named }, position) };
  }

  #alertFrame(
    alert: AlertId,
    position: Position,
    wants: (topics: readonly string[]) => boolean,
  ): Frame | undefined {
    const topics = ["alerts"];
    return wants(topics)
      ? { position, topics, bytes: frameBytes({ kind: "alert", alert }, position) }
      : undefined;
  }

  #topicsOf(facility: FacilityId, subject: Subject | undefined): string[] {
    const entry = this.#board.entry(facility);
    const topics = [`facility:${facility}`];
    if (entry) topics.push(`kind:${entry.facility.kind}`);
    const [kind, name] = subject?.split(":") ?? [];
    if (kind === "blood" || kind === "medicine") topics.push(`${kind}:${name}`);
    return topics;
  }

  #eventOf(body: Exclude<BoardChange, { kind: "feed" }>, facility: FacilityId): LiveEvent | undefined {
    const entry = this.#board.entry(facility);
    if (!entry) return undefined;
    if (body.kind === "facility") return { kind: "facility", facility };
    const subject = body.kind === "standing" ? body.standing.subject : body.subject;
    const type = bedTypeOf(subject);
    if (type) {
      const figure = this.#board.bedFigure(entry, type, this.#now());
      // The last report of a type that the page does not name was taken back: read the page again.
      return figure ? { kind: "bed", facility, figure } : { kind: "facility", facility };
    }
    const figure = this.#board.figure(entry, subject, this.#now());
    return figure ? { kind: "figure", facility, figure } : { kind: "facility", facility };
  }

  join(reader: Reader): void {
    this.#count++;
    for (const topic of reader.topics) {
      const readers = this.#readers.get(topic) ?? new Set();
      this.#readers.set(topic, readers.add(reader));
    }
  }

  leave(reader: Reader): void {
    let wasHere = false;
    for (const topic of reader.topics) {
      const readers = this.#readers.get(topic);
      wasHere = readers?.delete(reader) === true || wasHere;
      if (readers?.size === 0) this.#readers.delete(topic);
    }
    if (wasHere) this.#count--;
  }

  /** What was missed has been sent up to a place: send what waited since, and go on live. */
  release(reader: Reader, sentUpTo: Position | undefined): void {
    const waiting = reader.waiting ?? [];
    reader.waiting = undefined;
    for (const frame of waiting)
      if (!sentUpTo || !isUpTo(frame.position, sentUpTo)) this.#send(reader, frame.bytes);
  }

  /** Let a reader go, saying why. It comes back with the id of its last frame and misses nothing. */
  drop(reader: Reader, reason: "too-slow" | "server-stops"): void {
    this.leave(reader);
    if (reason === "too-slow") this.dropped++;
    if (reader.socket.destroyed) return;
    reader.socket.end(frameBytes({ kind: "gone", reason }, undefined));
    // What it did not read it will not read now: the kernel's buffer is all that it still gets.
    if (reason === "too-slow") reader.socket.destroy();
  }

  beat(): void {
    const beat = Buffer.from(":\n\n");
    for (const reader of this.#everybody()) this.#send(reader, beat);
  }

  stop(): void {
    for (const reader of this.#everybody()) this.drop(reader, "server-stops");
  }

  #everybody(): Set<Reader> {
    return new Set([...this.#readers.values()].flatMap((readers) => [...readers]));
  }
}

/** One server-sent event (WHATWG HTML 9.2). */
export function frameBytes(event: LiveEvent, position: Position | undefined): Buffer {
  return Buffer.from(`${position ? `id: ${position}\n` : ""}data: ${JSON.stringify(event)}\n\n`);
}
