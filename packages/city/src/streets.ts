import { drawBlob, densityAt, isOnRiver, riverHalfWidthKm, type Plan } from "./plan.ts";
import { between, pick, randomOf, shuffled, type Random } from "./random.ts";
import { along, chord, distanceKm, isInside, middleOf, subdivided, type Point } from "./shapes.ts";
import {
  INNER_RING,
  LAKE_NAME,
  MIDDLE_RING,
  OUTER_RING,
  PARK_NAMES,
  RADIAL_NAMES,
  STREET_NAMES,
} from "./words/places.ts";
import { compose, word, type Word } from "./words/words.ts";

/** A road of the flat plan. Rank 1 carries the city's traffic, rank 4 leads to somebody's door. */
export interface Street {
  name: Word;
  rank: 1 | 2 | 3 | 4;
  line: Point[];
  /** The ward that it serves; undefined for one through many. */
  ward: string | undefined;
}

export interface Park {
  name: Word;
  polygon: Point[];
}

/** What is laid out in a plan, before houses. */
export interface Layout {
  streets: Street[];
  parks: Park[];
}

/** Lay out the roads and parks of a plan. */
export function layOut(plan: Plan, seed: number): Layout {
  const random = randomOf(seed, "streets");
  const parks = layParks(plan, random);
  const kept = [plan.lake, ...parks.map(({ polygon }) => polygon)];
  const streets = [
    ...layRadials(plan, random),
    ...layRings(random),
    ...layBoundaries(plan, random),
    ...layLocals(plan, random),
  ];
  return {
    parks,
    streets: streets.flatMap((street) =>
      street.rank <= 2 ? around(plan.lake, street) : outside(kept, street),
    ),
  };
}

/** A garden by the lake, and one in most wards. */
function layParks(plan: Plan, random: Random): Park[] {
  const lake = middleOf(plan.lake);
  const promenade = drawBlob(random, [lake[0] + 1.15, lake[1] - 0.3], 0.3);
  const parks: Park[] = [{ name: compose(word("{0} Garden", "{0} उद्यान"), LAKE_NAME), polygon: promenade }];
  const names = shuffled(random, PARK_NAMES);
  for (const [i, ward] of plan.wards.entries()) {
    const middle = middleOf(ward.corners);
    const at: Point = [middle[0] + between(random, -0.4, 0.4), middle[1] + between(random, -0.4, 0.4)];
    const name = names[i];
    if (!name) break;
    if (distanceKm(at, lake) < 2 || Math.abs(at[1] - plan.riverY) < 0.6 || !isInside(ward.corners, at))
      continue;
    parks.push({ name, polygon: drawBlob(random, at, between(random, 0.1, 0.2)) });
  }
  return parks;
}

function layRadials(plan: Plan, random: Random): Street[] {
  const first = between(random, 0, 2 * Math.PI);
  return RADIAL_NAMES.map((name, i) => {
    const angle = first + ((i + between(random, -0.18, 0.18)) / RADIAL_NAMES.length) * 2 * Math.PI;
    const drift = between(random, -0.25, 0.25);
    const rank = i % 2 === 0 ? 1 : 2;
    const line: Point[] = [];
    for (let reach = 0.97; reach < 11; reach += 0.5) {
      const turned = angle + drift * Math.sin(reach / 3);
      const point: Point = [reach * Math.cos(turned), 0.8 * reach * Math.sin(turned)];
      line.push(point);
      // The highways lead on to other towns; the others end where the city does.
      if (
        !isInside(
          plan.outline.map(([x, y]): Point => (rank === 1 ? [x * 1.12, y * 1.12] : [x, y])),
          point,
        )
      )
        break;
    }
    return { name, rank, line, ward: undefined };
  });
}

function layRings(random: Random): Street[] {
  const ring = (name: Word, rank: 1 | 2, rx: number, ry: number): Street => {
    const phase = between(random, 0, 2 * Math.PI);
    const line = Array.from({ length: 49 }, (_, i): Point => {
      const angle = (i / 48) * 2 * Math.PI;
      const wobble = 1 + 0.03 * Math.cos(3 * angle + phase);
      return [rx * wobble * Math.cos(angle), ry * wobble * Math.sin(angle)];
    });
    return { name, rank, line, ward: undefined };
  };
  return [ring(INNER_RING, 2, 0.95, 0.8), ring(MIDDLE_RING, 2, 3.1, 2.6), ring(OUTER_RING, 1, 6.5, 5.0)];
}

/** Wards end at main streets, except at the river and at the city's edge. */
function layBoundaries(plan: Plan, random: Random): Street[] {
  const seen = new Set<string>();
  const streets: Street[] = [];
  const keyOf = ([x, y]: Point) => `${x.toFixed(4)},${y.toFixed(4)}`;
  const edges = plan.wards.flatMap(({ corners }) =>
    corners.map((from, i): [Point, Point] => [from, corners[(i + 1) % corners.length] ?? from]),
  );
  for (const [from, to] of edges) {
    if (isOnRiver(from, plan.riverY) && isOnRiver(to, plan.riverY)) continue;
    // An edge that is seen from both sides divides two wards; the others are the city's rim.
    const key = [keyOf(from), keyOf(to)].sort().join(" ");
    if (seen.has(key) && distanceKm(from, to) > 0.15)
      streets.push({ name: pick(random, STREET_NAMES), rank: 3, line: [from, to], ward: undefined });
    seen.add(key);
  }
  return streets;
}

/** Each ward has a grid of its own, turned its own way: they were villages once. */
function layLocals(plan: Plan, random: Random): Street[] {
  return plan.wards.flatMap((ward) => {
    const middle = middleOf(ward.corners);
    const direction = between(random, 0, Math.PI);
    const spacing = 0.3 + 0.22 * (1 - densityAt(middle));
    const names = shuffled(random, STREET_NAMES);
    const streets: Street[] = [];
    for (const [turn, count] of [
      [0, 6],
      [Math.PI / 2, 6],
    ] as const) {
      for (let i = -count; i <= count; i++) {
        const offset = i * spacing * 1.15 + between(random, -0.12, 0.12) * spacing;
        const across = direction + turn + Math.PI / 2;
        const through: Point = [middle[0] + offset * Math.cos(across), middle[1] + offset * Math.sin(across)];
        const part = chord(ward.corners, through, direction + turn + between(random, -0.06, 0.06));
        if (!part || distanceKm(...part) < 0.35) continue;
        streets.push({
          name: names[streets.length % names.length] ?? pick(random, STREET_NAMES),
          rank: i === 0 ? 3 : 4,
          line: [...part],
          ward: ward.code,
        });
      }
    }
    return streets.map((street) => clearOfRiver(plan, street)).filter((street) => street !== undefined);
  });
}

/** Only the main roads have bridges: a lane that reaches the bank stops short of it. */
function clearOfRiver(plan: Plan, street: Street): Street | undefined {
  const [a, b] = [street.line[0], street.line.at(-1)];
  if (!a || !b) return undefined;
  const gap = ([x, y]: Point) => Math.abs(y - plan.riverY) - riverHalfWidthKm(x) - 0.06;
  const [near, far] = gap(a) < gap(b) ? [a, b] : [b, a];
  if (gap(near) >= 0) return street;
  const share = gap(near) / (gap(near) - gap(far));
  if (!(share > 0 && share < 0.8)) return undefined;
  return { ...street, line: [along(near, far, share), far] };
}

/** The pieces of a street that lie outside lakes and gardens. */
function outside(kept: readonly Point[][], street: Street): Street[] {
  const pieces: Street[] = [];
  let piece: Point[] = [];
  const finish = () => {
    if (piece.length > 2) pieces.push({ ...street, line: thinned(piece) });
    piece = [];
  };
  for (const point of subdivided(street.line, 0.05)) {
    if (kept.some((polygon) => isInside(polygon, point))) finish();
    else piece.push(point);
  }
  finish();
  return pieces;
}

/** Every eighth point and the last: enough to bend by. */
function thinned(line: readonly Point[]): Point[] {
  return line.filter((_, i) => i % 8 === 0 || i === line.length - 1);
}

/** A main road goes around the lake instead of into it. */
function around(lake: readonly Point[], street: Street): Street[] {
  const middle = middleOf(lake);
  const reach = Math.max(...lake.map((point) => distanceKm(point, middle))) + 0.08;
  const line = subdivided(street.line, 0.25).map((point): Point => {
    const distance = distanceKm(point, middle);
    return distance >= reach ? point : along(middle, point, reach / Math.max(distance, 0.05));
  });
  return [{ ...street, line }];
}
