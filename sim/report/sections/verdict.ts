import { html } from 'ghtml';
import type { SimulationResult } from '../../simulation/result.ts';
import { setName } from '../components.ts';
import type { KeyFigure } from '../findings/finding.ts';
import type { SetTheme } from '../set-theme.ts';
import { type SetVerdict, verdictOf } from '../verdict.ts';

const SIGNS = { good: '✓', bad: '✗', unclear: '?' } as const;

/** What the simulation says, in words and three numbers for each set. */
export function verdictSection(result: SimulationResult, looks: readonly SetTheme[]): string {
  const { sets, starvation, noStarvation: calm, remarks } = verdictOf(result);
  return html`<section id="verdict"><h2>Verdict</h2>
!${starvation.length === 0 ? '' : alarm(starvation)}
!${sets.map((set) => card(set, result.baseline, looks))}
!${calm === undefined ? '' : html`<p class="calm">${calm}</p>`}
!${remarks.map((text) => html`<p class="remark">${text}</p>`)}
</section>`;
}

function alarm(starvation: readonly string[]): string {
  return html`<div class="alarm" role="note"><h3>Starvation</h3>!${starvation.map((text) => html`<p>${text}</p>`)}</div>`;
}

function card(
  { set, idle, findings: answers, warnings }: SetVerdict,
  baseline: string,
  looks: readonly SetTheme[],
): string {
  const look = looks.find((look) => look.set === set);
  return html`<article class="verdict card"><h3>!${look ? setName(look) : ''}<small> held against ${baseline}</small></h3>
!${idle === undefined ? '' : html`<p class="lead">${idle}</p>`}
<p class="lead">${answers.map(({ sentence }) => sentence).join(' ')}</p>
!${warnings.map((text) => html`<p>${text}</p>`)}
<dl class="key">!${answers.map(({ figure }) => keyFigure(figure))}</dl></article>`;
}

function keyFigure({ label, value, detail, assessment, tone }: KeyFigure): string {
  return html`<div class="${tone}"><dt>${label}</dt><dd><strong>${value}</strong><span>${detail}</span><em>${SIGNS[tone]} ${assessment}</em></dd></div>`;
}
