import type Flatbush from "flatbush";
import type { Piece } from "./pieces.ts";
import type { Point } from "./plane.ts";

/** Where a place meets the roads. */
export interface Door {
  piece: Piece;
  /** From the place to the road, in metres. */
  offM: number;
  /** The crossings at both ends of the piece, and how far along it they are. */
  ends: readonly { crossing: number; alongM: number }[];
}

/** Pieces that are looked at for one door: the nearest by their frames, which may be nearer than they are. */
const LOOKED_AT = 12;

/** Finds the road that a place is at. */
export class DoorFinder {
  readonly #index: Flatbush;
  readonly #pieces: readonly Piece[];

  constructor(index: Flatbush, pieces: readonly Piece[]) {
    this.#index = index;
    this.#pieces = pieces;
  }

  /** The nearest point of a road; undefined when there are no roads. */
  nearest([x, y]: Point): Door | undefined {
    let best: Door | undefined;
    for (const at of this.#index.neighbors(x, y, LOOKED_AT)) {
      const piece = this.#pieces[at];
      if (!piece) continue;
      const { share, offM } = footOn(piece, [x, y]);
      if (best && offM >= best.offM) continue;
      const ends = [
        { crossing: piece.from, alongM: share * piece.lengthM },
        { crossing: piece.to, alongM: (1 - share) * piece.lengthM },
      ];
      best = { piece, offM, ends };
    }
    return best;
  }
}

/** The point of a straight line that is nearest to another, as a share of its length from its start, and how far it is. */
export function footOn(
  { x1, y1, x2, y2 }: Pick<Piece, "x1" | "y1" | "x2" | "y2">,
  [x, y]: Point,
): { share: number; offM: number } {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / square));
  return { share, offM: Math.hypot(x1 + share * dx - x, y1 + share * dy - y) };
}
