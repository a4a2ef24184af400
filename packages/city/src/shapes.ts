/** A point of the city's plan, in kilometres east and north of its centre. */
export type Point = readonly [x: number, y: number];

/** Kilometres between two points. */
export function distanceKm([ax, ay]: Point, [bx, by]: Point): number {
  return Math.sqrt((ax - bx) ** 2 + (ay - by) ** 2);
}

/** The point at a share (0 to 1) of the way from one to another. */
export function along([ax, ay]: Point, [bx, by]: Point, share: number): Point {
  return [ax + (bx - ax) * share, ay + (by - ay) * share];
}

/** The part of the plane where `a*x + b*y <= c`. */
export interface HalfPlane {
  a: number;
  b: number;
  c: number;
}

/** Everything nearer to `to` than to `from`. */
export function nearerTo(to: Point, from: Point): HalfPlane {
  const [tx, ty] = to;
  const [fx, fy] = from;
  return { a: fx - tx, b: fy - ty, c: (fx * fx + fy * fy - tx * tx - ty * ty) / 2 };
}

function excess({ a, b, c }: HalfPlane, [x, y]: Point): number {
  return a * x + b * y - c;
}

/** What of a convex polygon lies in a half plane (Sutherland and Hodgman 1974); empty when nothing does. */
export function clip(polygon: readonly Point[], half: HalfPlane): Point[] {
  const kept: Point[] = [];
  for (const [i, point] of polygon.entries()) {
    const next = polygon[(i + 1) % polygon.length] ?? point;
    const here = excess(half, point);
    const there = excess(half, next);
    if (here <= 0) kept.push(point);
    if (here < 0 !== there < 0 && here !== there) kept.push(along(point, next, here / (here - there)));
  }
  return kept;
}

/** The polygon without points that say the same place again. */
export function withoutRepeats(polygon: readonly Point[]): Point[] {
  return polygon.filter((point, i) => {
    const before = polygon[(i + polygon.length - 1) % polygon.length];
    return before === undefined || distanceKm(point, before) > 1e-6;
  });
}

/** Whether a point lies in a polygon (even-odd rule); its border belongs to it or not. */
export function isInside(polygon: readonly Point[], [x, y]: Point): boolean {
  let inside = false;
  for (const [i, [ax, ay]] of polygon.entries()) {
    const [bx, by] = polygon[(i + 1) % polygon.length] ?? [ax, ay];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** The area that a polygon encloses, in square kilometres; positive when it runs anticlockwise. */
export function areaKm2(polygon: readonly Point[]): number {
  let twice = 0;
  for (const [i, [ax, ay]] of polygon.entries()) {
    const [bx, by] = polygon[(i + 1) % polygon.length] ?? [ax, ay];
    twice += ax * by - bx * ay;
  }
  return twice / 2;
}

/** The corners' middle: for the convex and the nearly round. */
export function middleOf(polygon: readonly Point[]): Point {
  const sum = polygon.reduce<Point>(([x, y], [px, py]) => [x + px, y + py], [0, 0]);
  return [sum[0] / polygon.length, sum[1] / polygon.length];
}

/** A line with a point at least every `stepKm`, its corners kept. */
export function subdivided(line: readonly Point[], stepKm: number): Point[] {
  const points = line.slice(0, 1);
  for (const [i, to] of line.slice(1).entries()) {
    const from = line[i] ?? to;
    const pieces = Math.max(1, Math.ceil(distanceKm(from, to) / stepKm - 1e-9));
    for (let piece = 1; piece <= pieces; piece++)
      points.push(piece === pieces ? to : along(from, to, piece / pieces));
  }
  return points;
}

/** The part of the straight line through `through` in a direction (radians) that lies in a convex polygon; undefined when none does. */
export function chord(
  polygon: readonly Point[],
  through: Point,
  direction: number,
): [Point, Point] | undefined {
  const [dx, dy] = [Math.cos(direction), Math.sin(direction)];
  let [from, to] = [-Infinity, Infinity];
  const anticlockwise = Math.sign(areaKm2(polygon));
  for (const [i, [ax, ay]] of polygon.entries()) {
    const [bx, by] = polygon[(i + 1) % polygon.length] ?? [ax, ay];
    const slope = anticlockwise * ((bx - ax) * dy - (by - ay) * dx);
    const side = anticlockwise * ((bx - ax) * (through[1] - ay) - (by - ay) * (through[0] - ax));
    if (Math.abs(slope) < 1e-12) {
      if (side < 0) return undefined;
    } else if (slope > 0) from = Math.max(from, -side / slope);
    else to = Math.min(to, -side / slope);
  }
  if (!(from < to)) return undefined;
  return [
    [through[0] + dx * from, through[1] + dy * from],
    [through[0] + dx * to, through[1] + dy * to],
  ];
}
