import { UnstyledButton } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import { useId, type KeyboardEvent } from "react";
import { Changing } from "@ihims/ui/Changing.tsx";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { CountField } from "./CountField.tsx";
import { DueMark } from "./DueMark.tsx";
import { dueOf } from "./due.ts";
import { moveOf, type Move } from "./grid.ts";
import { useRow, WORKING_LAYERS, type RowProps } from "./row.ts";
import { RowAge } from "./RowAge.tsx";
import { RowDetails } from "./RowDetails.tsx";
import { hasNotes, RowNotes } from "./RowNotes.tsx";

interface Props extends RowProps {
  place: number;
  /** The column that Tab comes back to, when it is in this row. */
  activeColumn: number | undefined;
  onActive(column: number): void;
  onMove(move: Move, column: number): void;
  isOpen: boolean;
  onToggle(): void;
}

/** One bed type in the grid: free, the counts that are worked with, its age, and what else is to be known. */
export function GridRow(props: Props) {
  const { board, figure, edit, mayEdit } = props;
  const cell = mayEdit ? "gridcell" : "cell";
  const detailsId = useId();
  return (
    <div
      className="bed-group"
      role="rowgroup"
      data-due={dueOf(figure)}
      data-elsewhere={props.isElsewhere || undefined}
    >
      <div className="bed-row" role="row">
        <Counts {...props} />
        <Actions {...props} detailsId={detailsId} />
      </div>
      {hasNotes({ figure, edit }) && (
        <div role="row" className="bed-below">
          <div role={cell} aria-colspan={8}>
            <RowNotes board={board} figure={figure} edit={edit} />
          </div>
        </div>
      )}
      {props.isOpen && (
        <div role="row" className="bed-below" id={detailsId}>
          <div role={cell} aria-colspan={8}>
            <RowDetails board={board} figure={figure} edit={edit} mayEdit={mayEdit} />
          </div>
        </div>
      )}
    </div>
  );
}

function Counts(props: Props) {
  const { figure, mayEdit, place, activeColumn, onActive, onMove } = props;
  const formats = useFormats();
  const { name, counts, free, field } = useRow(props);
  const ids = { age: useId(), free: useId() };
  const cell = mayEdit ? "gridcell" : "cell";
  return (
    <>
      <div role="rowheader" className="bed-name">
        {name}
        <DueMark figure={figure} />
      </div>
      <div
        role={cell}
        id={ids.free}
        className="bed-free"
        data-faded={figure.freshness === "expired" || undefined}
      >
        {free === null ? "–" : <Changing text={formats.number(free)} />}
        <span className="ui-visually-hidden">
          <Trans context="beds">free</Trans>
        </span>
      </div>
      {WORKING_LAYERS.map((layer, column) => (
        <div key={layer} role={cell} className="bed-count">
          {mayEdit ? (
            <CountField
              {...field(layer)}
              describedBy={`${ids.free} ${ids.age}`}
              cell={`${place}:${column}`}
              tabIndex={activeColumn === column ? 0 : -1}
              onFocus={() => onActive(column)}
              onMove={(move) => onMove(move, column)}
              onNext={() => onMove("down", column)}
            />
          ) : (
            <span className="count-plain">
              {counts[layer] === undefined ? "–" : formats.number(counts[layer])}
            </span>
          )}
        </div>
      ))}
      <div role={cell} id={ids.age}>
        <RowAge {...props} />
      </div>
    </>
  );
}

/** "Unchanged" and "More", the last two columns. */
function Actions(props: Props & { detailsId: string }) {
  const { board, figure, mayEdit, place, activeColumn, onActive, onMove } = props;
  const { t } = useLingui();
  const { name } = useRow(props);
  const cell = mayEdit ? "gridcell" : "cell";
  const confirmColumn = WORKING_LAYERS.length;

  function at(column: number) {
    return {
      "data-cell": `${place}:${column}`,
      tabIndex: activeColumn === column ? 0 : -1,
      onFocus: () => onActive(column),
      onKeyDown: (event: KeyboardEvent) => {
        const move = moveOf(event.key, event.ctrlKey);
        if (!move) return;
        event.preventDefault();
        onMove(move, column);
      },
    };
  }

  return (
    <>
      <div role={cell}>
        {mayEdit && figure.observation !== null && (
          <UnstyledButton
            className="row-button"
            aria-label={t`Unchanged: ${name}`}
            onClick={() => void board.confirm([figure.type])}
            {...at(confirmColumn)}
          >
            <IconCheck size={18} stroke={1.75} aria-hidden="true" />
            <Trans>Unchanged</Trans>
          </UnstyledButton>
        )}
      </div>
      <div role={cell}>
        <UnstyledButton
          className="row-button"
          aria-label={t`More: ${name}`}
          aria-expanded={props.isOpen}
          aria-controls={props.isOpen ? props.detailsId : undefined}
          onClick={props.onToggle}
          {...(mayEdit ? at(confirmColumn + 1) : {})}
        >
          <Trans>More</Trans>
          <IconChevronDown size={18} stroke={1.75} aria-hidden="true" className="chevron" />
        </UnstyledButton>
      </div>
    </>
  );
}
