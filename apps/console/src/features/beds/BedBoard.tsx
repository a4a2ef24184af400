import { useMediaQuery } from "@mantine/hooks";
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, type RefObject } from "react";
import type { BedType } from "@ihims/core/beds/schema.ts";
import type { FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import type { BedFigure } from "@ihims/core/observations/schema.ts";
import { mayReport } from "@ihims/core/people/rules.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { Empty } from "@ihims/ui/States.tsx";
import { usePageTitle } from "../../platform/page-title.ts";
import { actorOf, useSession } from "../people/people.ts";
import { AddBedType } from "./AddBedType.tsx";
import { Announcer } from "./Announcer.tsx";
import { BedCards } from "./BedCards.tsx";
import { BedGrid } from "./BedGrid.tsx";
import type { Board, BoardState } from "./board.ts";
import { BoardHead } from "./BoardHead.tsx";
import { aged } from "./due.ts";
import { LAYERS, type Edit } from "./edits.ts";
import { unreported } from "./figures.ts";
import { LAYER_DEFINITIONS, LAYER_WORDS } from "./words.ts";

/** Below this the grid would not fit: cards. In em, so that large text has them too. */
const NARROW = "(max-width: 76em)";

interface Props {
  board: Board;
  record: FacilityRecord;
  state: BoardState;
  edits: ReadonlyMap<BedType, Edit>;
}

/** The beds of one facility: a row for each type, worked with by keyboard or touch. */
export function BedBoard({ board, record, state, edits }: Props) {
  const { i18n, t } = useLingui();
  const now = useNow();
  const session = useSession();
  const isNarrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false });
  const mayEdit = session !== undefined && mayReport(actorOf(session), record.id, "bed");
  const page = useRef<HTMLDivElement>(null);
  const figures = figuresOn(record, state, now);
  const name = record.names[i18n.locale] ?? record.name;
  const present = figures.map(({ type }) => type);
  useUndoKey(board, mayEdit);
  usePageTitle(t`Beds · ${name}`);

  const goTo = (type: BedType) => {
    const place = present.indexOf(type);
    page.current
      ?.querySelector<HTMLElement>(`[data-cell="${place}:0"], [data-cell="${place}:occupied"]`)
      ?.focus();
  };
  const lastAdded = state.added.at(-1);
  useGoToAdded(lastAdded, page);

  const rows = figures.map((figure) => ({
    board,
    figure,
    edit: edits.get(figure.type),
    isSaved: state.saved.has(figure.type),
    isElsewhere: state.elsewhere.has(figure.type),
    mayEdit,
  }));
  return (
    <div className="board" ref={page}>
      <BoardHead
        board={board}
        state={state}
        name={name}
        figures={figures}
        edits={edits}
        mayEdit={mayEdit}
        onGoTo={goTo}
      />
      {rows.length === 0 ? (
        <Empty title={<Trans>No beds are set up here yet</Trans>}>
          {mayEdit ? (
            <Trans>Add the bed types that you have; each appears here with its counts.</Trans>
          ) : (
            <Trans>Whoever reports the beds here can add them.</Trans>
          )}
        </Empty>
      ) : isNarrow ? (
        <BedCards rows={rows} />
      ) : (
        <BedGrid rows={rows} />
      )}
      <Announcer said={state.said} />
      <div className="board-foot">
        {mayEdit && <AddBedType present={present} onAdd={(type) => board.add(type)} />}
        {rows.length > 0 && <Meanings isForKeyboard={mayEdit && !isNarrow} />}
      </div>
    </div>
  );
}

/** What the board shows: the figures of the facility as old as they are now, and the types that were just added. */
function figuresOn(record: FacilityRecord, state: BoardState, now: ReturnType<typeof useNow>): BedFigure[] {
  const added = state.added.filter((type) => record.beds.every((figure) => figure.type !== type));
  return [...aged(record.beds, now), ...added.map(unreported)];
}

/** A row that was added takes the keyboard, so that its first count can be typed at once. */
function useGoToAdded(type: BedType | undefined, page: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    if (type === undefined) return;
    const inputs =
      page.current?.querySelectorAll<HTMLElement>('[data-cell$=":0"], [data-cell$=":occupied"]') ?? [];
    [...inputs].at(-1)?.focus();
  }, [type, page]);
}

/** Ctrl+Z anywhere on the page, apart from a text that is being typed: there it undoes the typing. */
function useUndoKey(board: Board, isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "z" || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
      if (event.target instanceof HTMLElement && event.target.closest("[data-drafting], [role=dialog]"))
        return;
      event.preventDefault();
      board.undoLatest();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [board, isOn]);
}

function Meanings({ isForKeyboard }: { isForKeyboard: boolean }) {
  const { i18n } = useLingui();
  return (
    <details className="meanings">
      <summary>
        {isForKeyboard ? (
          <Trans>What the counts mean, and the keys</Trans>
        ) : (
          <Trans>What the counts mean</Trans>
        )}
      </summary>
      <dl>
        {LAYERS.map((layer) => (
          <div key={layer}>
            <dt>{i18n._(LAYER_WORDS[layer])}</dt>
            <dd>{i18n._(LAYER_DEFINITIONS[layer])}</dd>
          </div>
        ))}
      </dl>
      <p>
        <Trans>Free = staffed − blocked − occupied − held. The definitions are those of AHRQ’s HAvBED.</Trans>
      </p>
      {isForKeyboard && (
        <p>
          <Trans>
            Keys: arrows move, digits replace, + and − step, Enter saves and goes down, Esc gives up, Ctrl+Z
            undoes, Tab leaves the table.
          </Trans>
        </p>
      )}
    </details>
  );
}
