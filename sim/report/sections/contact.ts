import { html } from 'ghtml';
import type { ContactStory, SimulationResult } from '../../simulation/result.ts';
import type { Look } from '../look.ts';
import { setName } from '../parts.ts';
import { timelineChart } from '../timeline-chart.ts';
import { wait } from '../words.ts';

const OUTCOMES = {
  answered: 'answered after',
  abandoned: 'hung up after',
  waiting: 'still waiting after',
} as const;

/** One contact in each set, one above the other. */
export function contactSection({ sets, baseline }: SimulationResult, looks: readonly Look[]): string {
  const told = sets.flatMap(({ name, contact }, index) => {
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
<div class="stack">!${told.map(({ look, contact }) => story(look, contact, end))}</div></section>`;
}

function story(look: Look, contact: ContactStory, end: number): string {
  const outcome = `${OUTCOMES[contact.outcome]} ${wait(contact.waitedSeconds)}`;
  return html`<article class="card story"><h3>!${setName(look)}<small> ${outcome}</small></h3>
<div class="charts"><figure>!${timelineChart(`${look.set}: ${outcome}`, look, contact, end)}</figure>
<ol>!${contact.moments.map(({ atSeconds, what }) => html`<li><b>${wait(atSeconds)}</b> ${what}</li>`)}</ol></div></article>`;
}
