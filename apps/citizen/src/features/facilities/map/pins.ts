import type { PinFill, PinShape } from "./place-features.ts";

/** The colours of the page that a map is drawn with, read from its tokens. */
export interface MapColours {
  surface: string;
  ink: string;
  muted: string;
  primary: string;
  live: string;
  recent: string;
  recentGround: string;
  stale: string;
  staleGround: string;
  expired: string;
  expiredGround: string;
  ground: string;
  ward: string;
  road: string;
  roadEdge: string;
  water: string;
  park: string;
}

/** Read the colours of the theme that is seen. */
export function readColours(): MapColours {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    surface: token("surface"),
    ink: token("ink"),
    muted: token("muted"),
    primary: token("primary"),
    live: token("live"),
    recent: token("recent"),
    recentGround: token("recent-ground"),
    stale: token("stale"),
    staleGround: token("stale-ground"),
    expired: token("expired"),
    expiredGround: token("expired-ground"),
    ground: token("map-ground"),
    ward: token("map-ward"),
    road: token("map-road"),
    roadEdge: token("map-road-edge"),
    water: token("map-water"),
    park: token("map-park"),
  };
}

/** What a pin of each fill is drawn in: its inside, its edge, the number on it. Live alone is solid. */
export function paintOf(
  fill: PinFill,
  colours: MapColours,
): { inside: string; edge: string; text: string; dash: number[] } {
  switch (fill) {
    case "live":
      return { inside: colours.live, edge: colours.surface, text: colours.surface, dash: [] };
    case "recent":
      return { inside: colours.recentGround, edge: colours.recent, text: colours.recent, dash: [] };
    case "stale":
      return { inside: colours.staleGround, edge: colours.stale, text: colours.stale, dash: [4, 3] };
    case "expired":
    case "unknown":
      return { inside: colours.expiredGround, edge: colours.expired, text: colours.expired, dash: [1.5, 3] };
    case "plain":
      return { inside: colours.surface, edge: colours.primary, text: colours.primary, dash: [] };
  }
}

/** Width and height of a pin in CSS pixels, and how many of the screen's pixels each is drawn with. */
export const PIN_PX = 34;
export const PIN_RATIO = 2;

/** Draw a pin: a shape for the kind of place, filled by the freshness of its figure. */
export function drawPin(shape: PinShape, fill: PinFill, colours: MapColours): ImageData | undefined {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = PIN_PX * PIN_RATIO;
  const context = canvas.getContext("2d");
  if (!context) return undefined;
  context.scale(PIN_RATIO, PIN_RATIO);
  const { inside, edge, dash } = paintOf(fill, colours);
  tracePin(context, shape);
  context.fillStyle = inside;
  context.fill();
  context.lineWidth = 2;
  context.setLineDash(dash);
  context.strokeStyle = edge;
  context.stroke();
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

function tracePin(context: CanvasRenderingContext2D, shape: PinShape): void {
  const middle = PIN_PX / 2;
  const half = middle - 3;
  context.beginPath();
  switch (shape) {
    case "square":
      context.roundRect(middle - half, middle - half, 2 * half, 2 * half, 7);
      return;
    case "circle":
      context.arc(middle, middle, half, 0, 2 * Math.PI);
      return;
    case "diamond":
      context.moveTo(middle, 2);
      context.lineTo(PIN_PX - 2, middle);
      context.lineTo(middle, PIN_PX - 2);
      context.lineTo(2, middle);
      context.closePath();
      return;
    case "drop":
      context.moveTo(middle, 2);
      context.bezierCurveTo(middle + 6, 10, PIN_PX - 5, 14, PIN_PX - 5, 20);
      context.arc(middle, 20, middle - 5, 0, Math.PI);
      context.bezierCurveTo(5, 14, middle - 6, 10, middle, 2);
      context.closePath();
  }
}
