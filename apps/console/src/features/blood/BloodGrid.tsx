import { Trans, useLingui } from "@lingui/react/macro";
import { useRef, useState, type KeyboardEvent } from "react";
import { BloodComponent, BloodGroup } from "@ihims/core/blood/schema.ts";
import type { BloodUnit } from "@ihims/core/blood/units.ts";
import type { FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import type { ObservationId } from "@ihims/core/ids.ts";
import { bloodSubject } from "@ihims/core/observations/schema.ts";
import { BLOOD_COMPONENT_WORDS } from "@ihims/ui/words/blood.ts";
import { BloodCell } from "./BloodCell.tsx";
import type { Cell } from "./BloodPage.tsx";
import { UndoReport } from "./UndoReport.tsx";
import { groupText } from "./words.ts";

const MOVES: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

interface Props {
  record: FacilityRecord;
  units: readonly BloodUnit[];
  open: Cell | undefined;
  onOpen: (cell: Cell) => void;
}

/** What was reported last, to be taken back. */
export interface Reported extends Cell {
  observation: ObservationId;
  units: number;
}

/** Groups by components with their ages; arrows go from cell to cell, Enter sends and goes down. */
export function BloodGrid({ record, units, open, onOpen }: Props) {
  const { t, i18n } = useLingui();
  const table = useRef<HTMLTableElement>(null);
  const [last, setLast] = useState<Reported>();
  const figures = new Map(record.figures.map((figure) => [figure.subject, figure]));
  // Few banks ever have the Bombay group: its rows are shown where it was ever told of.
  const groups = BloodGroup.options.filter(
    (group) =>
      !group.startsWith("Oh") ||
      BloodComponent.options.some((component) => figures.has(bloodSubject(group, component))),
  );
  function go(event: KeyboardEvent, row: number, column: number) {
    const move = event.key === "Enter" ? MOVES["ArrowDown"] : MOVES[event.key];
    if (!move) return;
    const target = table.current?.querySelector<HTMLElement>(
      `[data-cell="${row + move[0]}:${column + move[1]}"]`,
    );
    if (event.key !== "Enter") event.preventDefault();
    if (!target) return;
    target.focus();
    if (target instanceof HTMLInputElement) target.select();
  }
  return (
    <section className="blood-card" aria-labelledby="blood-grid">
      <h2 id="blood-grid">
        <Trans>Units on the shelf</Trans>
      </h2>
      {/* Wider than a telephone: it is scrolled by itself, also with the keyboard. */}
      <div className="blood-scroll" role="group" aria-label={t`Units on the shelf`} tabIndex={-1}>
        <table ref={table} className="blood-table">
          <thead>
            <tr>
              <th scope="col">
                <Trans>Group</Trans>
              </th>
              {BloodComponent.options.map((component) => (
                <th key={component} scope="col">
                  {i18n._(BLOOD_COMPONENT_WORDS[component])}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map((group, row) => (
              <tr key={group}>
                <th scope="row">{groupText(group)}</th>
                {BloodComponent.options.map((component, column) => (
                  <td key={component} onKeyDown={(event) => go(event, row, column)}>
                    <BloodCell
                      facility={record.id}
                      bank={record.bloodBank}
                      figure={figures.get(bloodSubject(group, component))}
                      bags={units.filter((one) => one.group === group && one.component === component).length}
                      cell={{ group, component }}
                      place={`${row}:${column}`}
                      isOpen={open?.group === group && open.component === component}
                      onOpen={onOpen}
                      onReported={setLast}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <UndoReport facility={record.id} last={last} onDone={() => setLast(undefined)} />
    </section>
  );
}
