import { html } from 'ghtml';
import type { ContactTimeline, OvertakingContacts, SimulationResult } from '../../simulation/result.ts';
import { fold, setName } from '../components.ts';
import { formatCounted, formatWait } from '../format.ts';
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
!${fold('Its timelines', html`<div class="stack">!${timelines.map(({ theme, timeline }) => timelineCard(theme, timeline, end))}</div>`)}</section>`;
}

/** Who went first, and by which policy: the cause of the wait. */
function causesOf({ overtakenBy, overtook, waitEnd }: ContactTimeline): readonly string[] {
  const causes = overtakenBy.map(({ tier, policy, contacts }) => {
    const cause = policy === undefined ? 'without a policy' : `raised by ${policy}`;
    return `${contacts} of ${tier} (${cause})`;
  });
  const later = total(overtakenBy);
  const earlier = total(overtook);
  return [
    later === 0
      ? 'Nobody who came later was answered before it left.'
      : `${formatCounted(later, 'contact')} that came later ${later === 1 ? 'was' : 'were'} answered before it left: ${causes.join(', ')}.`,
    ...(waitEnd !== 'answered' || earlier === 0
      ? []
      : [
          `It was answered before ${formatCounted(earlier, 'contact')} that had waited for longer: ${overtook
            .map(({ tier, contacts }) => `${contacts} of ${tier}`)
            .join(', ')}${overtook[0]?.policy === undefined ? '' : `, raised by ${overtook[0].policy}`}.`,
        ]),
  ];
}

function total(contacts: readonly OvertakingContacts[]): number {
  return contacts.reduce((sum, one) => sum + one.contacts, 0);
}

function timelineCard(theme: SetTheme, timeline: ContactTimeline, end: number): string {
  const waitEnd = `${WAIT_ENDS[timeline.waitEnd]} ${formatWait(timeline.waitedSeconds)}`;
  return html`<article class="card timeline"><h3>!${setName(theme)}<small> ${waitEnd}</small></h3>
<div class="charts"><figure>!${timelineChart(`${theme.set}: ${waitEnd}`, theme, timeline, end)}</figure>
<ol>!${timeline.moments.map(({ atSeconds, description }) => html`<li><b>${formatWait(atSeconds)}</b> ${description}</li>`)}</ol></div>
!${causesOf(timeline).map((text) => html`<p>${text}</p>`)}</article>`;
}
