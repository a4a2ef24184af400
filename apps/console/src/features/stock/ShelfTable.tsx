import { TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useDeferredValue, useMemo, useState } from "react";
import type { FacilityId } from "@ihims/core/ids.ts";
import type { ShelfLine } from "@ihims/core/stock/endpoints.ts";
import { FreshnessChip } from "@ihims/ui/FreshnessChip.tsx";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { QuantityCell, type Typed } from "./QuantityCell.tsx";
import { visibleRows } from "./visible-rows.ts";

/** Height of a row, in pixels: all are alike, so that only those in sight are drawn. On a phone names take two lines. */
const ROW_PX = 56;
const NARROW_ROW_PX = 100;
const NARROW = "(max-width: 700px)";
const HEIGHT_PX = 560;

interface Props {
  facility: FacilityId;
  lines: readonly ShelfLine[];
  /** Of prices (ISO 4217). */
  currency: string;
  onChanged: (typed: Typed | undefined) => void;
}

/** Every line of a shelf, found as one types; of twenty thousand only those in sight are drawn. */
export function ShelfTable({ facility, lines, currency, onChanged }: Props) {
  const { t } = useLingui();
  const [typed, setTyped] = useState("");
  const [top, setTop] = useState(0);
  const rowPx = useMediaQuery(NARROW, false, { getInitialValueInEffect: false }) ? NARROW_ROW_PX : ROW_PX;
  const words = useDeferredValue(typed.trim().toLowerCase());
  const found = useMemo(() => linesWith(lines, words), [lines, words]);
  const { from, to } = visibleRows({ top, heightPx: HEIGHT_PX, rowPx, count: found.length });
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
        style={{ blockSize: Math.min(HEIGHT_PX, rowPx * (found.length + 1)) }}
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
            <Spacer px={from * rowPx} />
            {found.slice(from, to).map((line, at) => (
              <ShelfRow
                key={line.medicine}
                {...{ facility, line, currency, onChanged }}
                row={from + at + 2}
                rowPx={rowPx}
              />
            ))}
            <Spacer px={(found.length - to) * rowPx} />
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Spacer({ px }: { px: number }) {
  return px > 0 ? (
    <tr aria-hidden="true">
      <td style={{ blockSize: px, padding: 0 }} />
    </tr>
  ) : null;
}

interface RowProps extends Omit<Props, "lines"> {
  line: ShelfLine;
  row: number;
  rowPx: number;
}

function ShelfRow({ facility, line, currency, row, rowPx, onChanged }: RowProps) {
  const formats = useFormats();
  return (
    <tr aria-rowindex={row} style={{ blockSize: rowPx }}>
      <th scope="row">
        <span className="shelf-name" title={line.name}>
          {line.name}
        </span>{" "}
        <span className="shelf-generics">{line.generics}</span>
        <span className="shelf-age">
          <FreshnessChip freshness={line.freshness} observedAt={line.observedAt} />
        </span>
      </th>
      <td>
        <QuantityCell facility={facility} line={line} onChanged={onChanged} />
      </td>
      <td className="shelf-number">
        {line.priceMinor === undefined ? "–" : formats.money({ minor: line.priceMinor, currency })}
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
