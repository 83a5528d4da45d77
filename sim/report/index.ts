import type { SimulationResult } from '../simulation/result.ts';

/** The report as one HTML document. This one shows the figures as JSON only, until the charts are there. */
export function reportHtml(result: SimulationResult): string {
  const text = JSON.stringify(result, null, 2).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<!doctype html>\n<meta charset="utf-8">\n<title>Simulation</title>\n<pre>${text}</pre>\n`;
}
