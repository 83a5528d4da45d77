import { html } from 'ghtml';
import type { ContactTimeline, SimulationResult } from '../../simulation/result.ts';
import { setName } from '../components.ts';
import { formatWait } from '../format.ts';
import type { SetTheme } from '../set-theme.ts';
import { timelineChart } from '../timeline-chart.ts';

const WAIT_ENDS = {
  answered: 'answered after',
  abandoned: 'hung up after',
  waiting: 'still waiting after',
} as const;

/** One contact in each set, one above the other. */
export function timelineSection({ sets, baseline }: SimulationResult, looks: readonly SetTheme[]): string {
  const told = sets.flatMap(({ name, timeline: contact }, index) => {
    const look = looks[index];
    return contact && look ? [{ name, contact, look }] : [];
  });
  const [first] = told;
  if (!first) return '';
  const end = Math.max(
    ...told.flatMap(({ contact }) => [
      contact.waitedSeconds,
      ...contact.moments.map(({ atSeconds }) => atSeconds),
    ]),
  );
  return html`<section id="contact"><h2>One contact, told by each set</h2>
<p>The ${first.contact.tier} contact that waited longest under ${baseline}. Its id is <code>${first.contact.contactId}</code>.</p>
<div class="stack">!${told.map(({ look, contact }) => timelineCard(look, contact, end))}</div></section>`;
}

function timelineCard(look: SetTheme, contact: ContactTimeline, end: number): string {
  const outcome = `${WAIT_ENDS[contact.waitEnd]} ${formatWait(contact.waitedSeconds)}`;
  return html`<article class="card story"><h3>!${setName(look)}<small> ${outcome}</small></h3>
<div class="charts"><figure>!${timelineChart(`${look.set}: ${outcome}`, look, contact, end)}</figure>
<ol>!${contact.moments.map(({ atSeconds, description: what }) => html`<li><b>${formatWait(atSeconds)}</b> ${what}</li>`)}</ol></div></article>`;
}
