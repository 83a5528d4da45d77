import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { html } from 'ghtml';
import type { SimulationResult } from '../simulation/result.ts';
import { callsSection } from './sections/calls.ts';
import { costSection } from './sections/cost.ts';
import { halfHoursSection } from './sections/half-hours.ts';
import { headSection, readingSection } from './sections/reading.ts';
import { targetsSection } from './sections/targets.ts';
import { tiersSection } from './sections/tiers.ts';
import { timelineSection } from './sections/timeline.ts';
import { verdictSection } from './sections/verdict.ts';
import { themesOf } from './set-theme.ts';

const STYLE = readFileSync(join(import.meta.dirname, 'report.css'), 'utf8');

/** Permits only the page's own styles and inline images: the browser blocks scripts and network requests. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/**
 * Renders the report of a simulation as one self-contained HTML file, for light and dark mode, phones and
 * print.
 *
 * @returns the same bytes for the same result.
 * @example writeFileSync('report.html', reportHtml(result))
 */
export function reportHtml(result: SimulationResult): string {
  const themes = themesOf(result);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="!${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${result.scenario.name}: simulation report</title>
<style>
!${STYLE}</style>
</head>
<body>
<main>
!${headSection(result)}
!${verdictSection(result, themes)}
!${tiersSection(result, themes)}
!${result.sets.length > 1 ? costSection(result, themes) : ''}
!${halfHoursSection(result, themes)}
!${targetsSection(result, themes)}
!${callsSection(result, themes)}
!${timelineSection(result, themes)}
!${readingSection(result, themes)}
</main>
</body>
</html>
`;
}
