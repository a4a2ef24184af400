/**
 * Typing errors between two words: letters left out, put in, taken for another or swapped with
 * their neighbour (optimal string alignment). Stops early above `max` and then answers `max + 1`.
 */
export function editsBetween(a: string, b: string, max: number): number {
  if (Math.abs(a.length - b.length) > max) return max + 1;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const here = [row];
    let best = row;
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (above[column] ?? 0) + 1,
        (here[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      here.push(cost);
      best = Math.min(best, cost);
    }
    if (best > max) return max + 1;
    before = above;
    above = here;
  }
  return Math.min(above[b.length] ?? 0, max + 1);
}
