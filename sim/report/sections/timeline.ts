import { html } from 'ghtml';
import type { ContactTimeline, SimulationResult } from '../../simulation/result.ts';
import { setName } from '../components.ts';
import { formatWait } from '../format.ts';
import type { SetTheme } from '../set-theme.ts';
import { timelineChart } from '../timeline-chart.ts';

const WAIT_ENDS = {
  answered: 'answered after',
  abandoned: 'abandoned after',
  waiting: 'still waiting after',
} as const;

/** The timelines of one contact, one for each policy set. */
export function timelineSection({ sets, baseline }: SimulationResult, themes: readonly SetTheme[]): string {
  const timelines = sets.flatMap(({ timeline }, index) => {
    const theme = themes[index];
    return timeline && theme ? [{ timeline, theme }] : [];
  });
  const [first] = timelines;
  if (!first) return '';
  const end = Math.max(
    ...timelines.flatMap(({ timeline }) => [
      timeline.waitedSeconds,
      ...timeline.moments.map(({ atSeconds }) => atSeconds),
    ]),
  );
  return html`<section id="contact"><h2>Timeline of one contact</h2>
<p>The ${first.timeline.tier} contact that waited longest under ${baseline}, <code>${first.timeline.contactId}</code>.</p>
<div class="stack">!${timelines.map(({ theme, timeline }) => timelineCard(theme, timeline, end))}</div></section>`;
}

function timelineCard(theme: SetTheme, timeline: ContactTimeline, end: number): string {
  const waitEnd = `${WAIT_ENDS[timeline.waitEnd]} ${formatWait(timeline.waitedSeconds)}`;
  return html`<article class="card timeline"><h3>!${setName(theme)}<small> ${waitEnd}</small></h3>
<div class="charts"><figure>!${timelineChart(`${theme.set}: ${waitEnd}`, theme, timeline, end)}</figure>
<ol>!${timeline.moments.map(({ atSeconds, description }) => html`<li><b>${formatWait(atSeconds)}</b> ${description}</li>`)}</ol></div></article>`;
}
