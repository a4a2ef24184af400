import type { QueryClient } from "@tanstack/react-query";
import type { BedType } from "@ihims/core/beds/schema.ts";
import type { FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import type { FacilityId, ObservationId } from "@ihims/core/ids.ts";
import {
  confirmFigures,
  retractObservations,
  type ReportedBeds,
} from "@ihims/core/observations/endpoints.ts";
import { bedSubject, bedTypeOf, type BedFigure } from "@ihims/core/observations/schema.ts";
import { call, newRequestKey } from "../../platform/api.ts";
import { serverNow } from "../../platform/clock.ts";
import { mergedFigures } from "./figures.ts";
import { facilityQuery, failedOf, sendReport, type Failed } from "./reports.ts";
import { BedEdits } from "./sender.ts";
import { current, typesOf, withoutUndo, withUndo, type Undoable, type UndoStack } from "./undo.ts";

/** For how long a row is marked after it changed elsewhere, and says "saved" after it changed here. */
const MARK_MS = 5_000;

/** "Nothing has changed" on its way. Tried again it is the same request. */
export type Confirming =
  | { kind: "sending"; types: readonly BedType[] }
  | { kind: "failed"; types: readonly BedType[]; key: string; failed: Failed };

/** What happened last, for whoever hears the page. */
export interface Said {
  what: "saved" | "put-aside" | "confirmed" | "undone";
  types: readonly BedType[];
}

/** What the board of one facility remembers beside its figures. Another object after every change. */
export interface BoardState {
  undo: UndoStack;
  /** Rows that changed a moment ago, not by this page. */
  elsewhere: ReadonlySet<BedType>;
  /** Rows that this page saved a moment ago. */
  saved: ReadonlySet<BedType>;
  confirming: Confirming | undefined;
  undoFailed: { id: string; failed: Failed } | undefined;
  /** Types that the person added and has not reported yet. */
  added: readonly BedType[];
  said: Said | undefined;
}

const NOTHING: BoardState = {
  undo: [],
  elsewhere: new Set(),
  saved: new Set(),
  confirming: undefined,
  undoFailed: undefined,
  added: [],
  said: undefined,
};

/** The beds of one facility as they are worked on: what is changed, confirmed, undone, and heard. */
export class Board {
  readonly facility: FacilityId;
  readonly edits: BedEdits;
  readonly #client: QueryClient;
  #state: BoardState = NOTHING;
  /** Requests of this page under way: news of their effect is no news from elsewhere. */
  #own = 0;
  readonly #listeners = new Set<() => void>();

  constructor(client: QueryClient, facility: FacilityId) {
    this.facility = facility;
    this.#client = client;
    this.edits = new BedEdits({
      send: (type, attempt) => sendReport(facility, type, attempt),
      now: serverNow,
      newKey: newRequestKey,
      schedule: (work, ms) => {
        const timer = setTimeout(work, ms);
        return () => clearTimeout(timer);
      },
      onSaved: (type, reply) => this.#saved(type, reply),
      onFigure: (figure) => this.#show([figure]),
    });
  }

  readonly snapshot = (): BoardState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** A figure came over the live stream. */
  heard(figure: BedFigure): void {
    const known = this.#known()?.find((one) => one.type === figure.type);
    if (!known || known.version === figure.version) return this.#show([figure]);
    const isSending = this.edits.snapshot().get(figure.type)?.stage.kind === "sending";
    this.#show([figure]);
    this.edits.arrived(figure);
    if (!isSending && this.#own === 0) this.#mark("elsewhere", figure.type);
    // The stream withholds an expired number, which the ward still has to see.
    if (figure.value === null && figure.observation !== null) this.reread();
  }

  /** The whole facility was read again. */
  read(record: FacilityRecord): void {
    for (const figure of record.beds) this.edits.arrived(figure);
  }

  /** Something may have been missed: read everything again. */
  reread(): void {
    void this.#client.invalidateQueries({ queryKey: facilityQuery(this.facility).queryKey });
  }

  add(type: BedType): void {
    this.#set({ added: [...this.#state.added, type] });
  }

  /** Nothing has changed in these rows. `key` is that of the attempt that failed, when it is made again. */
  async confirm(types: readonly BedType[], key = newRequestKey()): Promise<void> {
    if (types.length === 0 || this.#state.confirming?.kind === "sending") return;
    this.#set({ confirming: { kind: "sending", types } });
    this.#own += 1;
    try {
      const subjects = types.map(bedSubject);
      const { confirmed, beds } = await call(
        confirmFigures,
        { params: { id: this.facility }, body: { subjects } },
        { idempotencyKey: key },
      );
      this.#show(beds.filter(({ type }) => types.includes(type)));
      const done = confirmed.flatMap(({ subject }) => bedTypeOf(subject) ?? []);
      this.#remember(
        key,
        confirmed.map(({ observation }) => observation),
        { kind: "confirmed", types: done },
      );
      for (const type of done) this.#mark("saved", type);
      this.#set({ confirming: undefined, said: { what: "confirmed", types: done } });
    } catch (error) {
      this.#set({ confirming: { kind: "failed", types, key, failed: failedOf(error) } });
    } finally {
      this.#own -= 1;
    }
  }

  forgetFailedConfirmation(): void {
    this.#set({ confirming: undefined });
  }

  /**
   * Take back whatever was done last. What was not sent yet is simply not sent; while a report is on
   * its way nothing happens, or the one before it would be taken back in its place.
   */
  undoLatest(): void {
    const edits = [...this.edits.snapshot().values()];
    const gathering = edits.filter(({ stage }) => stage.kind === "gathering").at(-1);
    if (gathering) return this.edits.drop(gathering.type);
    if (edits.some(({ stage }) => stage.kind === "sending")) return;
    const last = current(this.#state.undo, serverNow()).at(-1);
    if (last) void this.undo(last);
  }

  /** Take back one change or confirmation: the figures are what they were, with their old age. */
  async undo(last: Undoable): Promise<void> {
    this.#set({ undo: withoutUndo(this.#state.undo, last.id), undoFailed: undefined });
    this.#own += 1;
    try {
      const { beds } = await call(
        retractObservations,
        { body: { observations: [...last.observations] } },
        { idempotencyKey: `undo-${last.id}` },
      );
      for (const { facility, figure } of beds) if (facility === this.facility) this.#show([figure]);
      const types = typesOf(last);
      this.#set({
        said: { what: "undone", types },
        saved: new Set([...this.#state.saved].filter((type) => !types.includes(type))),
      });
      this.reread();
    } catch (error) {
      this.#set({
        undo: withUndo(this.#state.undo, last, serverNow()),
        undoFailed: { id: last.id, failed: failedOf(error) },
      });
    } finally {
      this.#own -= 1;
    }
  }

  /** Begin the ten seconds anew: somebody is on the way to the button with the keyboard. */
  holdUndo(one: Undoable): void {
    this.#set({ undo: withUndo(withoutUndo(this.#state.undo, one.id), one, serverNow()) });
  }

  #saved(type: BedType, { outcome, observation, figure }: ReportedBeds): void {
    this.#show([figure]);
    this.#remember(observation, [observation], { kind: "changed", type });
    this.#mark("saved", type);
    this.#set({
      added: this.#state.added.filter((one) => one !== type),
      said: { what: outcome === "superseded" ? "put-aside" : "saved", types: [type] },
    });
  }

  #remember(id: string, observations: readonly ObservationId[], what: Undoable["what"]): void {
    this.#set({
      undo: withUndo(this.#state.undo, { id, observations, what }, serverNow()),
      undoFailed: undefined,
    });
  }

  #known(): readonly BedFigure[] | undefined {
    return this.#client.getQueryData(facilityQuery(this.facility).queryKey)?.beds;
  }

  #show(news: readonly BedFigure[]): void {
    this.#client.setQueryData(
      facilityQuery(this.facility).queryKey,
      (record) => record && { ...record, beds: mergedFigures(record.beds, news) },
    );
  }

  #mark(kind: "elsewhere" | "saved", type: BedType): void {
    this.#set({ [kind]: new Set([...this.#state[kind], type]) });
    setTimeout(
      () => this.#set({ [kind]: new Set([...this.#state[kind]].filter((one) => one !== type)) }),
      MARK_MS,
    );
  }

  #set(change: Partial<BoardState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

const boards = new Map<FacilityId, Board>();

/** The board of a facility: one for as long as the page is open, so that what was typed outlives a change of screen. */
export function boardOf(client: QueryClient, facility: FacilityId): Board {
  const known = boards.get(facility);
  if (known) return known;
  const board = new Board(client, facility);
  boards.set(facility, board);
  return board;
}
