import type { SimulationResult } from '../simulation/result.ts';
import { pageHtml } from './page.ts';
import { callsSection } from './sections/calls.ts';
import { costSection } from './sections/cost.ts';
import { goalsSection } from './sections/goals.ts';
import { halfHoursSection } from './sections/half-hours.ts';
import { headSection, readingSection } from './sections/reading.ts';
import { targetsSection } from './sections/targets.ts';
import { tiersSection } from './sections/tiers.ts';
import { timelineSection } from './sections/timeline.ts';
import { verdictSection } from './sections/verdict.ts';
import { themesOf } from './set-theme.ts';

/**
 * Renders the report of a simulation as one self-contained HTML file, for light and dark mode, phones and
 * print.
 *
 * @returns the same bytes for the same result.
 * @example writeFileSync('report.html', reportHtml(result))
 */
export function reportHtml(result: SimulationResult): string {
  const themes = themesOf(result);
  return pageHtml(`${result.scenario.name}: simulation report`, [
    headSection(result),
    goalsSection(result, themes),
    verdictSection(result, themes),
    tiersSection(result, themes),
    result.sets.length > 1 ? costSection(result, themes) : '',
    halfHoursSection(result, themes),
    targetsSection(result, themes),
    callsSection(result, themes),
    timelineSection(result, themes),
    readingSection(result, themes),
  ]);
}
