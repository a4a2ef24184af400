import Flatbush from "flatbush";
import { footOn } from "./doors.ts";
import type { Point } from "./plane.ts";

/** A straight piece of road between two crossings. */
export interface Piece {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  /** Number of the crossing at each end. */
  from: number;
  to: number;
  lengthM: number;
  /** 1 the widest road. */
  rank: number;
}

/** A road as it is drawn, in metres. */
export interface DrawnRoad {
  rank: number;
  line: readonly Point[];
}

/** A road that ends so near another meets it: lines are drawn by hand and end a little short. */
const MEETS_WITHIN_M = 30;
/** Points nearer to each other than this are one crossing, in metres. */
const ONE_CROSSING_M = 1;

interface Segment {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  rank: number;
  /** Where it is cut: shares of its length, and the point that all who are cut there share to the last digit. */
  cuts: { share: number; point: Point }[];
}

/**
 * Roads cut at their crossings: where their lines cross, although they share no point, and where
 * one ends at another. Of what is not connected only the largest part is kept.
 */
export function cutRoads(roads: readonly DrawnRoad[]): { pieces: Piece[]; crossings: number } {
  const segments = roads.flatMap(segmentsOf);
  if (segments.length === 0) return { pieces: [], crossings: 0 };
  const links = cutAll(segments);
  const numbers = new Map<string, number>();
  const numberOf = ([x, y]: Point) => {
    const key = `${Math.round(x / ONE_CROSSING_M)},${Math.round(y / ONE_CROSSING_M)}`;
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  };
  const pieceOf = (a: Point, b: Point, rank: number): Piece => ({
    x1: a[0],
    y1: a[1],
    x2: b[0],
    y2: b[1],
    from: numberOf(a),
    to: numberOf(b),
    lengthM: Math.hypot(b[0] - a[0], b[1] - a[1]),
    rank,
  });
  const pieces = segments.flatMap((segment) => {
    const cuts = segment.cuts.sort((a, b) => a.share - b.share).map(({ point }) => point);
    const points: Point[] = [[segment.x1, segment.y1], ...cuts, [segment.x2, segment.y2]];
    return points.slice(1).flatMap((point, at) => {
      const before = points[at];
      return before ? [pieceOf(before, point, segment.rank)] : [];
    });
  });
  for (const { a, b, rank } of links) pieces.push(pieceOf(a, b, rank));
  return largestPart(
    pieces.filter(({ from, to }) => from !== to),
    numbers.size,
  );
}

function segmentsOf({ rank, line }: DrawnRoad): Segment[] {
  return line.slice(1).flatMap(([x2, y2], at) => {
    const [x1, y1] = line[at] ?? [x2, y2];
    return x1 === x2 && y1 === y2 ? [] : [{ x1, y1, x2, y2, rank, cuts: [] }];
  });
}

interface Link {
  a: Point;
  b: Point;
  rank: number;
}

/** Cut every segment where another crosses it or ends at it; the short ways from such ends to the road they meet. */
function cutAll(segments: readonly Segment[]): Link[] {
  const index = new Flatbush(segments.length);
  for (const { x1, y1, x2, y2 } of segments)
    index.add(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2));
  index.finish();
  const links: Link[] = [];
  for (const [at, segment] of segments.entries()) {
    const { x1, y1, x2, y2 } = segment;
    const near = index.search(
      Math.min(x1, x2) - MEETS_WITHIN_M,
      Math.min(y1, y2) - MEETS_WITHIN_M,
      Math.max(x1, x2) + MEETS_WITHIN_M,
      Math.max(y1, y2) + MEETS_WITHIN_M,
    );
    for (const other of near) {
      const second = segments[other];
      if (!second || other === at) continue;
      // Each pair comes twice, once from each side.
      if (other > at) cutCrossing(segment, second);
      for (const end of [
        [x1, y1],
        [x2, y2],
      ] as const)
        meet(end, segment.rank, second, links);
    }
  }
  return links;
}

function cutCrossing(a: Segment, b: Segment): void {
  const [ax, ay] = [a.x2 - a.x1, a.y2 - a.y1];
  const [bx, by] = [b.x2 - b.x1, b.y2 - b.y1];
  const cross = ax * by - ay * bx;
  if (cross === 0) return;
  const onA = ((b.x1 - a.x1) * by - (b.y1 - a.y1) * bx) / cross;
  const onB = ((b.x1 - a.x1) * ay - (b.y1 - a.y1) * ax) / cross;
  if (onA < 0 || onA > 1 || onB < 0 || onB > 1) return;
  const point = pointAt(a, onA);
  a.cuts.push({ share: onA, point });
  b.cuts.push({ share: onB, point });
}

function meet(end: Point, rank: number, road: Segment, links: Link[]): void {
  const { share, offM } = footOn(road, end);
  if (offM > MEETS_WITHIN_M) return;
  const foot = pointAt(road, share);
  if (share > 0 && share < 1) road.cuts.push({ share, point: foot });
  if (offM > 0) links.push({ a: end, b: foot, rank: Math.max(rank, road.rank) });
}

function pointAt({ x1, y1, x2, y2 }: Segment, share: number): Point {
  // The ends as they are: a sum of parts would miss them by a rounding.
  if (share === 1) return [x2, y2];
  return [x1 + share * (x2 - x1), y1 + share * (y2 - y1)];
}

function largestPart(pieces: readonly Piece[], crossings: number): { pieces: Piece[]; crossings: number } {
  const parent = Uint32Array.from({ length: crossings }, (_, at) => at);
  const rootOf = (crossing: number): number => {
    let at = crossing;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] ?? 0] ?? 0;
      at = parent[at] ?? 0;
    }
    return at;
  };
  for (const { from, to } of pieces) parent[rootOf(from)] = rootOf(to);
  const sizes = new Map<number, number>();
  for (const { from } of pieces) sizes.set(rootOf(from), (sizes.get(rootOf(from)) ?? 0) + 1);
  const [largest] = [...sizes].reduce((best, one) => (one[1] > best[1] ? one : best), [-1, 0]);
  const numbers = new Map<number, number>();
  const numberOf = (crossing: number) => {
    const known = numbers.get(crossing) ?? numbers.size;
    numbers.set(crossing, known);
    return known;
  };
  const kept = pieces
    .filter(({ from }) => rootOf(from) === largest)
    .map((piece) => ({ ...piece, from: numberOf(piece.from), to: numberOf(piece.to) }));
  return { pieces: kept, crossings: numbers.size };
}
