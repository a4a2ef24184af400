import { TextInput } from "@mantine/core";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useDeferredValue, useMemo, useState } from "react";
import type { FacilityId } from "@ihims/core/ids.ts";
import type { ShelfLine } from "@ihims/core/stock/endpoints.ts";
import { FreshnessChip } from "@ihims/ui/FreshnessChip.tsx";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { QuantityCell } from "./QuantityCell.tsx";
import { visibleRows } from "./visible-rows.ts";

/** Height of a row, in pixels: all are alike, so that only those in sight are drawn. */
const ROW_PX = 44;
const HEIGHT_PX = 560;

interface Props {
  facility: FacilityId;
  lines: readonly ShelfLine[];
  onChanged: () => void;
}

/** Every line of a shelf, found as one types; of twenty thousand only those in sight are drawn. */
export function ShelfTable({ facility, lines, onChanged }: Props) {
  const { t } = useLingui();
  const [typed, setTyped] = useState("");
  const [top, setTop] = useState(0);
  const words = useDeferredValue(typed.trim().toLowerCase());
  const found = useMemo(() => linesWith(lines, words), [lines, words]);
  const { from, to } = visibleRows({ top, heightPx: HEIGHT_PX, rowPx: ROW_PX, count: found.length });
  const columns = [t`Medicine`, t`Packs`, t`Price`, t`Lot`, t`Expires`, t`Seen`];
  return (
    <section aria-label={t`Lines of the shelf`}>
      <TextInput
        label={t`Find in the shelf`}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        type="search"
      />
      <p role="status" className="shelf-count">
        <Plural value={found.length} one="# line" other="# lines" />
      </p>
      {found.length === 0 && (
        <p>
          {lines.length === 0 ? (
            <Trans>Nothing is on this shelf yet. Send your list above.</Trans>
          ) : (
            <Trans>No line has these words.</Trans>
          )}
        </p>
      )}
      <div
        className="shelf-scroll"
        style={{ blockSize: Math.min(HEIGHT_PX, ROW_PX * (found.length + 1)) }}
        role="group"
        aria-label={t`Lines of the shelf`}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      >
        <table className="shelf-table" aria-rowcount={found.length + 1}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Spacer rows={from} />
            {found.slice(from, to).map((line, at) => (
              <ShelfRow key={line.medicine} {...{ facility, line, onChanged }} row={from + at + 2} />
            ))}
            <Spacer rows={found.length - to} />
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Spacer({ rows }: { rows: number }) {
  return rows > 0 ? (
    <tr aria-hidden="true">
      <td colSpan={6} style={{ blockSize: rows * ROW_PX, padding: 0 }} />
    </tr>
  ) : null;
}

function ShelfRow({
  facility,
  line,
  row,
  onChanged,
}: {
  facility: FacilityId;
  line: ShelfLine;
  row: number;
  onChanged: () => void;
}) {
  const formats = useFormats();
  return (
    <tr aria-rowindex={row} style={{ blockSize: ROW_PX }}>
      <th scope="row">
        {line.name} <span className="shelf-generics">{line.generics}</span>
      </th>
      <td>
        <QuantityCell facility={facility} line={line} onChanged={onChanged} />
      </td>
      <td className="shelf-number">
        {line.priceMinor === undefined ? "–" : formats.money({ minor: line.priceMinor, currency: "INR" })}
      </td>
      <td>{line.lot ?? "–"}</td>
      <td>{line.expiresOn === undefined ? "–" : formats.day(line.expiresOn)}</td>
      <td>
        <FreshnessChip freshness={line.freshness} observedAt={line.observedAt} />
      </td>
    </tr>
  );
}

function linesWith(lines: readonly ShelfLine[], words: string): readonly ShelfLine[] {
  if (words === "") return lines;
  const parts = words.split(/\s+/);
  return lines.filter(({ name, generics, lot }) => {
    const text = `${name} ${generics} ${lot ?? ""}`.toLowerCase();
    return parts.every((part) => text.includes(part));
  });
}
