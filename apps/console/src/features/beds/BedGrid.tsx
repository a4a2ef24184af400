import { Trans, useLingui } from "@lingui/react/macro";
import { useLingui as useCatalogue } from "@lingui/react";
import { useRef, useState } from "react";
import type { BedType } from "@ihims/core/beds/schema.ts";
import { GridRow } from "./GridRow.tsx";
import { moved, type Cell, type Move } from "./grid.ts";
import { WORKING_LAYERS, type RowProps } from "./row.ts";
import { LAYER_WORDS } from "./words.ts";

/** The columns that take the keyboard, in order: the counts, "nothing has changed", "more". */
const CELLS_OF_ROW = WORKING_LAYERS.length + 2;

/** The beds as a grid for the keyboard: arrows go from cell to cell, Tab leaves it. */
export function BedGrid({ rows }: { rows: readonly RowProps[] }) {
  const { t } = useLingui();
  const { i18n } = useCatalogue();
  const grid = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<Cell>({ row: 0, column: 0 });
  const [open, setOpen] = useState<BedType>();
  const mayEdit = rows.some((row) => row.mayEdit);

  function go(move: Move, from: Cell) {
    const to = moved(from, move, { rows: rows.length, columns: CELLS_OF_ROW });
    if (to.row === from.row && to.column === from.column) return;
    const target = grid.current?.querySelector<HTMLElement>(`[data-cell="${to.row}:${to.column}"]`);
    // A row that was never reported has nothing to confirm: the arrow goes on over the gap.
    if (target) target.focus();
    else go(move, to);
  }

  return (
    <div ref={grid} className="bed-grid" role={mayEdit ? "grid" : "table"} aria-label={t`Beds`}>
      <div className="bed-head" role="row">
        <span role="columnheader">
          <Trans>Bed type</Trans>
        </span>
        <span role="columnheader" className="bed-free-head">
          <Trans context="beds">Free</Trans>
        </span>
        {WORKING_LAYERS.map((layer) => (
          <span key={layer} role="columnheader" className="bed-count-head">
            {i18n._(LAYER_WORDS[layer])}
          </span>
        ))}
        <span role="columnheader">
          <Trans>Age and source</Trans>
        </span>
        <span role="columnheader">
          <span className="ui-visually-hidden">
            <Trans>Confirm</Trans>
          </span>
        </span>
        <span role="columnheader">
          <span className="ui-visually-hidden">
            <Trans>More</Trans>
          </span>
        </span>
      </div>
      {rows.map((row, place) => (
        <GridRow
          key={row.figure.type}
          {...row}
          place={place}
          activeColumn={
            active.row === place || (active.row >= rows.length && place === 0) ? active.column : undefined
          }
          onActive={(column) => setActive({ row: place, column })}
          onMove={(move, column) => go(move, { row: place, column })}
          isOpen={open === row.figure.type}
          onToggle={() => setOpen(open === row.figure.type ? undefined : row.figure.type)}
        />
      ))}
    </div>
  );
}
