/** A line of a list as it was found. `given` is for `StockLine` to read; with a `fault` it cannot be. */
export interface FoundLine {
  /** Line of the text, from 1; the place in a JSON array; the row of a sheet. */
  line: number;
  text: () => string;
  given: unknown;
  fault?: string;
}

/** A list broke off: what follows a place cannot be told apart any more. */
export class BrokenList extends Error {
  readonly line: number;
  constructor(line: number, why: string) {
    super(why);
    this.line = line;
  }
}
