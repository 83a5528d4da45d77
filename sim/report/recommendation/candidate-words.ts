import { html } from 'ghtml';
import type { Candidate } from '../../recommend/candidate.ts';
import type { RecommendationTexts } from './texts.ts';

/** The policies of a candidate as a list. */
export function policyList(candidate: Candidate, { policiesOf }: RecommendationTexts): string {
  const policies = policiesOf(candidate);
  if (policies.length === 0) return html`<p>${noPolicies(candidate)}</p>`;
  return html`<ul>!${policies.map(({ name, steps }) => html`<li><b>${name}</b>: ${steps.join(', then ')}</li>`)}</ul>`;
}

/** The policies of a candidate in one line. */
export function policyLine(candidate: Candidate, { policiesOf }: RecommendationTexts): string {
  const policies = policiesOf(candidate);
  if (policies.length === 0) return noPolicies(candidate);
  return policies.map(({ name, steps }) => `${name}: ${steps.join(', then ')}`).join('; ');
}

function noPolicies({ point }: Candidate): string {
  return point ? 'None of the drafted policies.' : 'No policies.';
}
