import Table from 'cli-table3';
import type { Assessment } from '../../sim/recommend/assess.ts';
import type { FrontPoint } from '../../sim/recommend/front.ts';
import type { Recommendation } from '../../sim/recommend/recommendation.ts';
import { bestWords } from '../../sim/report/recommendation/best-words.ts';
import type { Scenario } from '../../sim/scenario/index.ts';
import { plural } from '../format.ts';
import { formatFound, formatGoal } from '../simulate/format-goals.ts';
import type { DraftSet } from './draft-set.ts';
import { markedFront } from './marked-front.ts';
import { verdictSentences } from './verdict-words.ts';
import { candidateWords, costsWords, othersWords, points, seconds, withBestWords } from './words.ts';

/** Formats a recommendation: the verdict in words, its reasons, alternatives, and the front as a table. */
export function formatRecommendation(
  recommendation: Recommendation,
  set: DraftSet,
  { name }: Scenario,
  seed: number,
): string {
  const { candidates, runs } = recommendation;
  return [
    `${name}: ${plural(candidates, 'candidate')} in ${plural(runs, 'run')} (seed ${seed}).`,
    '',
    ...verdictSentences(recommendation, (candidate) => candidateWords(candidate, set)),
    ...bestLines(recommendation),
    ...besideLines(recommendation),
    ...alternativeLines(recommendation, set),
    ...frontLines(recommendation, set),
    '',
  ].join('\n');
}

function bestLines({ best, finalRuns, stress = [] }: Recommendation): string[] {
  const { goals, calls, steps } = best;
  const tried = stress.length > 0 && stress.every(({ holds }) => holds);
  return [
    ...goals.map((goal) => `  ${formatGoal(goal)}`),
    ...(best.candidate.point
      ? [...costLines(best), `  ${plural(steps, 'step')}, ${calls.toFixed(0)} calls a run.`]
      : []),
    `  By ${finalRuns} runs whose customers the search never had.`,
    ...(tried ? [`  It also holds with ${stress.map(({ variant }) => variant).join(', ')}.`] : []),
  ];
}

/** What a set costs each other tier, and where there are several, all of them. */
function costLines(assessment: Assessment): string[] {
  return [
    `  Against no policies, ${costsWords(assessment)}`,
    ...(assessment.tierCosts.length > 1 ? [`  ${othersWords(assessment)}`] : []),
  ];
}

/** The sets that the recommendation is compared with. */
function besideLines(recommendation: Recommendation): string[] {
  const { beside = [] } = recommendation;
  return beside.flatMap(({ name, assessment, withBest }) => [
    '',
    `Beside ${name}, for the same customers:`,
    ...assessment.goals.map((goal) => `  ${formatGoal(goal)}`),
    ...assessment.starvation.map(({ reason }) => `  It starves a tier: ${reason}`),
    ...(assessment.calls === 0
      ? ['  It made no calls: its policies observe, are off, or govern no contact.']
      : costLines(assessment)),
    `  With ${bestWords(recommendation)} instead, the other tiers wait ${withBestWords(withBest)}.`,
  ]);
}

function alternativeLines(
  { outcome, alternatives, exchange, best }: Recommendation,
  set: DraftSet,
): string[] {
  if (outcome === 'none-needed') return [];
  const { more, less } = alternatives;
  const line = (title: string, point: FrontPoint | undefined) =>
    point
      ? [
          `${title}: ${candidateWords(point.assessment.candidate, set)}.`,
          `  ${point.goal.tier}: ${point.goal.goal}: ${formatFound(point.goal)}. ${costsWords(point.assessment)}`,
        ]
      : [];
  const tier = (more ?? less)?.goal.tier ?? best.goals[0]?.tier ?? '';
  const lines = [
    ...line(`More for ${tier}`, more),
    ...line('Less cost', less),
    ...(exchange
      ? [
          `One more point for ${exchange.tier} costs ${exchange.payer} ${seconds(exchange.seconds)} of mean wait.`,
        ]
      : []),
  ];
  return lines.length > 0 ? ['', ...lines] : [];
}

function frontLines(recommendation: Recommendation, set: DraftSet): string[] {
  const rows = markedFront(recommendation);
  const [first] = rows;
  if (!first) return [];
  const table = new Table({
    head: [
      '',
      `${first.point.goal.tier}: ${first.point.goal.goal}`,
      'pays most',
      'wait',
      'abandoned',
      'candidate',
    ],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'left', 'right', 'right', 'left'],
  });
  for (const { mark, point } of rows) {
    const { goal, worst, assessment } = point;
    const wait = worst.extraWaitSeconds.value;
    table.push([
      mark,
      formatFound(goal),
      worst.seconds > 0 ? worst.tier : '-',
      `${wait < 0 ? '-' : '+'}${seconds(Math.abs(wait))}`,
      points(worst.extraAbandoned.value),
      candidateWords(assessment.candidate, set),
    ]);
  }
  return [
    '',
    'Service against the cost to the other tier that pays most, by the runs of the search:',
    table.toString(),
  ];
}
