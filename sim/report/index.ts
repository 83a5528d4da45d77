import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { html } from 'ghtml';
import type { SimulationResult } from '../simulation/result.ts';
import { callsSection } from './sections/calls.ts';
import { costSection } from './sections/cost.ts';
import { headSection, readingSection } from './sections/reading.ts';
import { tiersSection } from './sections/tiers.ts';
import { timelineSection } from './sections/timeline.ts';
import { verdictSection } from './sections/verdict.ts';
import { themesOf } from './set-theme.ts';

const STYLE = readFileSync(join(import.meta.dirname, 'report.css'), 'utf8');

/** Nothing but the page's own styles and inline images: a browser refuses scripts and anything over the network. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/**
 * Writes the report of a simulation: one HTML file that needs nothing else, for light and dark, phones and paper.
 *
 * @returns the same bytes for the same result.
 * @example writeFileSync('report.html', reportHtml(result))
 */
export function reportHtml(result: SimulationResult): string {
  const looks = themesOf(result);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="!${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${result.scenario.name}: what the policies do</title>
<style>
!${STYLE}</style>
</head>
<body>
<main>
!${headSection(result)}
!${verdictSection(result, looks)}
!${tiersSection(result, looks)}
!${result.sets.length > 1 ? costSection(result, looks) : ''}
!${callsSection(result, looks)}
!${timelineSection(result, looks)}
!${readingSection(result, looks)}
</main>
</body>
</html>
`;
}
