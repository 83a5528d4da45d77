/** The height of a row, as console.css has it, in pixels. */
export const ROW_PX = 28;

/** Rows that are drawn above and below those that are visible. */
const BEYOND = 8;

/** Rows that are drawn, from `first` up to and without `end`. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/** The rows to draw of so many, by where a box of that height is scrolled to. */
export function rangeOf(count: number, top: number, height: number): RowRange {
  const visible = Math.ceil(height / ROW_PX);
  // A filter may have left fewer rows than the box was scrolled to.
  const first = Math.max(0, Math.min(Math.floor(top / ROW_PX), count - visible) - BEYOND);
  return { first, end: Math.min(count, Math.ceil((top + height) / ROW_PX) + BEYOND) };
}
