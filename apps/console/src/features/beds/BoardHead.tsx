import { Button } from "@mantine/core";
import { Plural, Trans } from "@lingui/react/macro";
import { useLingui } from "@lingui/react";
import { IconChecks } from "@tabler/icons-react";
import type { BedType } from "@ihims/core/beds/schema.ts";
import type { BedFigure } from "@ihims/core/observations/schema.ts";
import { BED_WORDS } from "@ihims/ui/words/beds.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import type { Board, BoardState } from "./board.ts";
import { dueSummaryOf } from "./due.ts";
import type { Edit } from "./edits.ts";
import { typesOf } from "./undo.ts";
import { UndoBar } from "./UndoBar.tsx";

interface Props {
  board: Board;
  state: BoardState;
  name: string;
  figures: readonly BedFigure[];
  edits: ReadonlyMap<string, Edit>;
  mayEdit: boolean;
  /** Bring the keyboard to a row. */
  onGoTo(type: BedType): void;
}

/** Whose beds these are, what waits, and the one tap that says that nothing has changed. */
export function BoardHead({ board, state, name, figures, edits, mayEdit, onGoTo }: Props) {
  // A row that is being changed says more than that nothing has changed.
  const types = figures
    .filter((one) => one.observation !== null && !edits.has(one.type))
    .map(({ type }) => type);
  const { confirming } = state;
  return (
    <div className="board-head">
      <h1>{name}</h1>
      <DueLine figures={figures} onGoTo={mayEdit ? onGoTo : undefined} />
      <UndoBar
        board={board}
        stack={state.undo}
        onUndone={(last) => typesOf(last).slice(0, 1).forEach(onGoTo)}
      />
      {mayEdit && types.length > 0 && (
        <Button
          size="md"
          className="confirm-all"
          leftSection={<IconChecks size={20} stroke={1.75} aria-hidden="true" />}
          loading={confirming?.kind === "sending"}
          onClick={() => void board.confirm(types)}
        >
          <Trans>Nothing has changed</Trans>
        </Button>
      )}
      {confirming?.kind === "failed" && (
        <div className="row-note row-note-strong board-failed" role="alert">
          <span>
            {confirming.failed.reason === "unreachable" ? (
              <Trans>Not confirmed: we could not reach the server.</Trans>
            ) : (
              <Trans>Not confirmed. The server says: {confirming.failed.words}</Trans>
            )}
          </span>
          <span className="row-note-actions">
            <Button size="compact-sm" onClick={() => void board.confirm(confirming.types, confirming.key)}>
              <Trans>Try again</Trans>
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => board.forgetFailedConfirmation()}>
              <Trans>Leave it</Trans>
            </Button>
          </span>
        </div>
      )}
      {state.undoFailed && (
        <p className="row-note row-note-strong board-failed" role="alert">
          {state.undoFailed.failed.reason === "unreachable" ? (
            <Trans>Not undone: we could not reach the server. Try again.</Trans>
          ) : (
            <Trans>Not undone. The server says: {state.undoFailed.failed.words}</Trans>
          )}
        </p>
      )}
    </div>
  );
}

function DueLine({
  figures,
  onGoTo,
}: {
  figures: readonly BedFigure[];
  onGoTo: ((type: BedType) => void) | undefined;
}) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const { due, overdue, first } = dueSummaryOf(figures);
  if (!first) return null;
  const isAllFine = due === 0 && overdue === 0;
  const bedType = i18n._(BED_WORDS[first.type]);
  const until = first.freshUntil && formats.time(first.freshUntil);
  return (
    <p className="due-line">
      {isAllFine ? (
        until ? (
          <Trans>
            All up to date · next {bedType} at {until}
          </Trans>
        ) : (
          <Trans>All up to date</Trans>
        )
      ) : (
        <>
          {due > 0 && (
            <span className="due-mark" data-due="due">
              <Plural value={due} one="# due" other="# due" />
            </span>
          )}
          {overdue > 0 && (
            <span className="due-mark" data-due="overdue">
              <Plural value={overdue} one="# overdue" other="# overdue" />
            </span>
          )}
          {onGoTo && (
            <button type="button" className="due-first" onClick={() => onGoTo(first.type)}>
              <Trans>First: {bedType}</Trans>
            </button>
          )}
        </>
      )}
    </p>
  );
}
