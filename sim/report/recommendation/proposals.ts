import { html } from 'ghtml';
import type { Assessment } from '../../recommend/assess.ts';
import type { TierCost } from '../../recommend/cost.ts';
import type { Recommendation } from '../../recommend/recommendation.ts';
import { keyFigures } from '../components.ts';
import { formatCounted, formatWait, formatWaitChange, POINTS } from '../format.ts';
import { goalFigure } from '../goal-figure.ts';
import { bestName } from './best-words.ts';
import { policyList } from './candidate-words.ts';
import type { RecommendationTexts } from './texts.ts';

/** What can be done, in words: the best, more service, less cost; and the price of one more point. */
export function proposalsSection(recommendation: Recommendation, texts: RecommendationTexts): string {
  const { best, alternatives, exchange } = recommendation;
  const { more, less } = alternatives;
  const tier = (more ?? less)?.goal.tier ?? best.goals[0]?.tier ?? '';
  const cards = [
    card(bestName(recommendation), best, texts),
    ...(more ? [card(`More for ${tier}`, more.assessment, texts)] : []),
    ...(less ? [card('Less cost to the others', less.assessment, texts)] : []),
  ];
  return html`<section id="proposals"><h2>Proposals</h2>
<div class="cards">!${cards}</div>
!${exchange ? html`<p class="lead price">One more point for ${exchange.tier} costs ${exchange.payer} ${formatWait(exchange.seconds)} of mean wait.</p>` : ''}</section>`;
}

function card(title: string, assessment: Assessment, texts: RecommendationTexts): string {
  const { candidate, goals, tierCosts, steps, calls, runs } = assessment;
  return html`<article class="card proposal"><h3>${title}</h3>
!${policyList(candidate, texts)}
!${keyFigures(goals.map((goal) => goalFigure(goal, runs)))}
!${candidate.point ? html`<p>Against no policies, ${tierCosts.map(costWords).join('; ')}.</p><p class="remark">${formatCounted(steps, 'step')}, ${formatCounted(calls, 'call')} a run.</p>` : ''}</article>`;
}

/** `silver waits +3.2s on average and abandons +0.4 points` */
function costWords({ tier, extraWaitSeconds, extraAbandoned }: TierCost): string {
  return `${tier} waits ${formatWaitChange(extraWaitSeconds.value)} on average and abandons ${POINTS.value(extraAbandoned.value)}`;
}
