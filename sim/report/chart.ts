import * as Plot from '@observablehq/plot';
import { html } from 'ghtml';
import { parseHTML } from 'linkedom';

/** Width of every chart in its own units: what a phone of 360 px has, so that text keeps its size there. */
export const WIDTH = 320;

/** Size of text in charts, as in report.css. */
export const FONT_SIZE = 12;

/** Makes elements; nothing is ever put into it. */
const { document } = parseHTML('<html></html>');

/** What a chart says without being seen, and how it is drawn. */
export interface ChartOptions extends Plot.PlotOptions {
  readonly title: string;
  readonly height: number;
}

/**
 * Draws a chart as static SVG without a browser, the same bytes for the same options.
 *
 * Colours are custom properties of the page, so that a chart follows light and dark.
 */
export function renderChart({ title, ...options }: ChartOptions): string {
  const drawn = Plot.plot({
    width: WIDTH,
    marginTop: 4,
    marginRight: 4,
    marginBottom: 4,
    marginLeft: 4,
    ...options,
    document,
  });
  // Plot's own style sheet and attributes would come with every chart; the page's style sheet serves them all.
  drawn.querySelector('style')?.remove();
  const viewBox = `0 0 ${WIDTH} ${options.height}`;
  return html`<svg class="chart" role="img" aria-label="${title}" viewBox="${viewBox}">!${drawn.innerHTML}</svg>`;
}
