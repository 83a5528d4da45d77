import * as Plot from '@observablehq/plot';
import { html } from 'ghtml';
import { parseHTML } from 'linkedom';

/**
 * The width of all charts in their own units: that of a phone of 360 px, where the text of charts keeps its
 * size.
 */
export const WIDTH = 320;

/** The font size in charts, as in report.css. */
export const FONT_SIZE = 12;

/** Creates elements; nothing is inserted into it. */
const { document } = parseHTML('<html></html>');

/** A chart: `title` is its text for screen readers. */
interface ChartOptions extends Plot.PlotOptions {
  readonly title: string;
  readonly height: number;
}

/**
 * Renders a chart as static SVG without a browser. The same options give the same bytes.
 *
 * Colors are custom properties of the page, so that charts follow light and dark mode.
 */
export function renderChart({ title, ...options }: ChartOptions): string {
  const svg = Plot.plot({
    width: WIDTH,
    marginTop: 4,
    marginRight: 4,
    marginBottom: 4,
    marginLeft: 4,
    ...options,
    document,
  });
  // The page's style sheet replaces Plot's, which every chart would repeat.
  svg.querySelector('style')?.remove();
  const viewBox = `0 0 ${WIDTH} ${options.height}`;
  return html`<svg class="chart" role="img" aria-label="${title}" viewBox="${viewBox}">!${withShortPaths(svg.innerHTML)}</svg>`;
}

/** Paths with two decimals: a hundredth of a pixel is not seen, and a report has a hundred paths. */
function withShortPaths(svg: string): string {
  return svg.replaceAll(/ d="[^"]*"/g, (path) =>
    path.replaceAll(/\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2)))),
  );
}
