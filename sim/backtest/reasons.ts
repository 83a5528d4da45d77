import { formatWait } from '../report/format.ts';
import type { BackTestOutcome } from './back-test.ts';
import { LEAST_PERCENT, MOST_PERCENT } from './back-test.ts';
import type { BackTestPlan } from './back-test-plan.ts';
import { handlingCauses, unmatchedCause } from './causes.ts';
import { MIN_CELL_CONTACTS } from './cells.ts';
import type { HeldOut } from './held-out.ts';
import { hasEnough, MAX_BIAS, MIN_CELLS, MIN_CONTACTS, MIN_COVERAGE, shareOf } from './judge.ts';
import type { Judgement } from './result.ts';
import { scheduledHours } from './scheduled-hours.ts';
import { worstStretches } from './stretches.ts';

/** Seen and planned agents, or waits, that differ by less are as good as equal. */
const ALIKE = 0.1;

/** Why a scenario is not trusted, in sentences, the plainest first; none for one that is. */
export function reasonsOf(outcome: BackTestOutcome, plan: BackTestPlan, heldOut: HeldOut): string[] {
  const { verdict, judgement } = outcome;
  if (verdict === 'trusted') return [];
  if (!hasEnough(plan)) return [tooFewCells(plan)];
  const { bias } = judgement.all;
  if (verdict === 'too little to judge') {
    return [
      `The bias is ${percent(bias)}, more than ${percent(MAX_BIAS)}, but in so few days it may be chance: every figure of ` +
        'all contacts lies within its band. Judge by more days.',
    ];
  }
  return [
    ...rules(judgement),
    ...worstStretches(judgement.cells).map(
      ({ tier, day, from, to, observed, simulated }) =>
        `${tier}, ${day} from ${from} to ${to}: waits were ${compared(observed, simulated)} simulated ` +
        `(${formatWait(observed)}, not ${formatWait(simulated)}).`,
    ),
    ...agentCauses(outcome, plan, heldOut),
    ...handlingCauses(heldOut),
    ...unmatchedCause(heldOut),
  ];
}

function tooFewCells({ cells }: BackTestPlan): string {
  const contacts = cells.reduce((sum, one) => sum + one.contacts, 0);
  return (
    `Only ${cells.length} half hours of a tier have ${MIN_CELL_CONTACTS} contacts or more, with ${contacts} contacts in ` +
    `all; expected ${MIN_CELLS} with ${MIN_CONTACTS}. Judge by more days.`
  );
}

function rules({ all }: Judgement): string[] {
  const { within, of } = all.coverage;
  return [
    ...(shareOf(all.coverage) < MIN_COVERAGE
      ? [
          `Only ${within} of ${of} figures (${percent(shareOf(all.coverage))}) lie within their bands; expected ` +
            `${percent(MIN_COVERAGE)}.`,
        ]
      : []),
    ...(all.bias > MAX_BIAS
      ? [`The bias is ${percent(all.bias)}; expected ${percent(MAX_BIAS)} at most.`]
      : []),
  ];
}

/** What waits that are longer or shorter than simulated say of the agents. */
function agentCauses({ judgement, fit }: BackTestOutcome, plan: BackTestPlan, heldOut: HeldOut): string[] {
  const deviation = judgement.all.deviations.meanWait ?? 0;
  if (Math.abs(deviation) <= ALIKE) return [];
  const areFewer = deviation < 0;
  const planned = scheduledHours(plan);
  const seen = heldOut.agentHours;
  const differs = areFewer ? seen < planned * (1 - ALIKE) : seen > planned * (1 + ALIKE);
  const limit = areFewer ? LEAST_PERCENT : MOST_PERCENT;
  return [
    `Were ${areFewer ? 'fewer' : 'more'} agents at work than the scenario says?` +
      (differs
        ? ` They were seen at work for ${Math.round(seen)} hours, and the scenario has ${Math.round(planned)}.`
        : '') +
      (fit?.beyond === undefined
        ? ''
        : ` Even with ${limit} % of its agents, simulated waits are ${areFewer ? 'shorter' : 'longer'} than recorded.`) +
      (fit && fit.beyond === undefined && fit.factor !== 1
        ? ` With ${Math.round(fit.factor * 100)} % of its agents the mean wait would be as recorded, but other figures would not.`
        : ''),
  ];
}

/** `2.1 times as long as`, `0.5 times as long as`. */
function compared(observed: number, simulated: number): string {
  return simulated < 1
    ? `${observed > simulated ? 'longer' : 'shorter'} than`
    : `${(observed / simulated).toFixed(1)} times as long as`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
