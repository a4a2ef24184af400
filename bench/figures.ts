/** What was measured, over the rounds. */
export interface Spread {
  median: number;
  min: number;
  max: number;
}

/** What a figure is held against: another way to do the same, or a limit that was set. */
export interface Against {
  name: string;
  value: Spread | number;
}

/** One line of the table. */
export interface Figure {
  name: string;
  unit: string;
  measured: Spread;
  against?: Against;
  /** Measured over what it is held against; of rounds that lie side by side, the median of their ratios. */
  ratio?: Spread;
  aim?: Aim;
}

/** What the ratio should be. */
export type Aim = { atLeast: number } | { atMost: number };

/** @throws RangeError when nothing was measured */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) throw new RangeError("nothing was measured");
  const sorted = values.toSorted((a, b) => a - b);
  return { median: percentileOf(sorted, 0.5), min: percentileOf(sorted, 0), max: percentileOf(sorted, 1) };
}

/** The value that a share (0 to 1) of the values is not above. @param sorted in rising order, one at least */
export function percentileOf(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** A figure beside its peer, both measured in the same rounds. */
export function besidePeer(
  given: { name: string; unit: string; peer: string; aim?: Aim },
  ours: readonly number[],
  peers: readonly number[],
): Figure {
  const ratios = ours.flatMap((one, round) => {
    const other = peers[round];
    return other === undefined ? [] : [one / other];
  });
  return {
    name: given.name,
    unit: given.unit,
    measured: spreadOf(ours),
    against: { name: given.peer, value: spreadOf(peers) },
    ratio: spreadOf(ratios),
    ...(given.aim ? { aim: given.aim } : {}),
  };
}

/** A figure beside a limit: to be reached (`atLeast`) or not to be passed (`atMost`). */
export function besideLimit(
  given: { name: string; unit: string; limit: string },
  ours: readonly number[],
  bound: { atLeast: number } | { atMost: number },
): Figure {
  const limit = "atLeast" in bound ? bound.atLeast : bound.atMost;
  return {
    name: given.name,
    unit: given.unit,
    measured: spreadOf(ours),
    against: { name: given.limit, value: limit },
    ratio: spreadOf(ours.map((one) => one / limit)),
    aim: "atLeast" in bound ? { atLeast: 1 } : { atMost: 1 },
  };
}

const HEAD = ["figure", "measured (min-max)", "unit", "peer or limit", "its value (min-max)", "ratio", "aim"];

/** The figures as a table that reads well as text and as Markdown. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = [HEAD, ...figures.map(rowOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`);
  lines.splice(1, 0, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`);
  return lines.join("\n");
}

function rowOf({ name, unit, measured, against, ratio, aim }: Figure): string[] {
  return [
    name,
    spreadText(measured),
    unit,
    against?.name ?? "",
    against === undefined
      ? ""
      : typeof against.value === "number"
        ? text(against.value)
        : spreadText(against.value),
    ratio ? ratio.median.toFixed(2) : "",
    aim && ratio ? aimText(aim, ratio.median) : "",
  ];
}

function aimText(aim: Aim, ratio: number): string {
  const isMet = "atLeast" in aim ? ratio >= aim.atLeast : ratio <= aim.atMost;
  return `${"atLeast" in aim ? `>= ${aim.atLeast}` : `<= ${aim.atMost}`}: ${isMet ? "met" : "MISSED"}`;
}

function spreadText({ median, min, max }: Spread): string {
  return min === max ? text(median) : `${text(median)} (${text(min)}-${text(max)})`;
}

/** Three figures are as many as such a measurement is worth. */
function text(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString("en");
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
