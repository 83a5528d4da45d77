import { html } from 'ghtml';
import type { SimulationResult } from '../../simulation/result.ts';
import { keyFigures, setName } from '../components.ts';
import type { SetTheme } from '../set-theme.ts';
import { type SetVerdict, verdictOf } from '../verdict.ts';

/** The verdict in words, and key figures for each policy set. */
export function verdictSection(result: SimulationResult, themes: readonly SetTheme[]): string {
  const { sets, starvation, noStarvation, remarks } = verdictOf(result);
  return html`<section id="verdict"><h2>Verdict</h2>
!${starvation.length === 0 ? '' : starvationNotice(starvation)}
!${sets.map((set) => card(set, result.baseline, themes))}
!${noStarvation === undefined ? '' : html`<p class="no-starvation">${noStarvation}</p>`}
!${remarks.map((text) => html`<p class="remark">${text}</p>`)}
</section>`;
}

function starvationNotice(starvation: readonly string[]): string {
  return html`<div class="alarm" role="note"><h3>Starvation</h3>!${starvation.map((text) => html`<p>${text}</p>`)}</div>`;
}

function card(
  { set, idle, findings, figures, warnings, gains, comparisons }: SetVerdict,
  baseline: string,
  themes: readonly SetTheme[],
): string {
  const theme = themes.find((candidate) => candidate.set === set);
  return html`<article class="verdict card"><h3>!${theme ? setName(theme) : ''}<small> compared with ${baseline}</small></h3>
!${idle === undefined ? '' : html`<p class="lead">${idle}</p>`}
<p class="lead">${findings.map(({ sentence }) => sentence).join(' ')}</p>
!${[...warnings, ...gains, ...comparisons].map((text) => html`<p>${text}</p>`)}
!${keyFigures([...findings.map(({ figure }) => figure), ...figures])}</article>`;
}
