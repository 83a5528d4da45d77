import { useLayoutEffect, useState } from 'preact/hooks';

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
  const first = Math.max(0, Math.min(Math.floor(top / ROW_PX) - BEYOND, count));
  return { first, end: Math.min(count, Math.ceil((top + height) / ROW_PX) + BEYOND) };
}

/** Where a box is scrolled to, and its height. */
export function useViewport(box: { readonly current: HTMLElement | null }) {
  const [viewport, setViewport] = useState({ top: 0, height: 800 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setViewport({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    measure();
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [box]);
  return viewport;
}
