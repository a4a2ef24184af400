/** Rows that are drawn above and below those in sight, so that scrolling meets no gap. */
const SPARE = 12;

/** Which rows of a long list to draw: `from` included, `to` not. */
export function visibleRows(of: { top: number; heightPx: number; rowPx: number; count: number }): {
  from: number;
  to: number;
} {
  const { top, heightPx, rowPx, count } = of;
  const last = Math.max(0, count - Math.ceil(heightPx / rowPx));
  const first = Math.min(last, Math.max(0, Math.floor(top / rowPx)));
  return {
    from: Math.max(0, first - SPARE),
    to: Math.min(count, first + Math.ceil(heightPx / rowPx) + SPARE),
  };
}
