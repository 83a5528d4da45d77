/** A figure at a moment. */
export interface Point {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Undefined where there is none. */
  readonly value: number | undefined;
}

/** What a chart spans: moments from left to right, values from 0 to `top`. */
export interface Extent {
  readonly from: number;
  readonly to: number;
  readonly top: number;
}

/**
 * The lines through points, as SVG has them in a box of 100 by 30: one for each run of points without a gap. A point alone
 * is a line of a twentieth of a unit, so that it shows.
 */
export function linesOf(points: readonly Point[], { from, to, top }: Extent): string[] {
  const lines: string[][] = [];
  let isOpen = false;
  for (const { at, value } of points) {
    if (value !== undefined) {
      if (!isOpen) lines.push([]);
      const x = to > from ? (100 * (at - from)) / (to - from) : 0;
      lines.at(-1)?.push(`${x.toFixed(2)},${(29 - (28 * value) / top).toFixed(2)}`);
    }
    isOpen = value !== undefined;
  }
  return lines.map((line) => (line.length > 1 ? line : [...line, nextTo(line[0] ?? '')]).join(' '));
}

function nextTo(point: string): string {
  const [x, y] = point.split(',');
  return `${(Number(x) + 0.05).toFixed(2)},${y}`;
}
