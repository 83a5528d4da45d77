import type { PolicySource } from '../../lambda/domain/policy/schema.ts';
import { readDocument } from '../../lambda/domain/validation/document.ts';
import { formatPath } from '../../lambda/domain/validation/problem.ts';
import type { Candidate } from '../../sim/recommend/candidate.ts';
import { isLeftOut } from '../../sim/recommend/draft/draft.ts';
import type { Recommendation } from '../../sim/recommend/recommendation.ts';
import { recommendationHtml } from '../../sim/report/recommendation/index.ts';
import type { ChosenValue, PolicyInWords } from '../../sim/report/recommendation/texts.ts';
import type { Scenario } from '../../sim/scenario/index.ts';
import { stepWords } from '../plan/policy-words.ts';
import type { DraftSet } from './draft-set.ts';
import { verdictSentences } from './verdict-words.ts';

/** The report of a recommendation, one HTML file. */
export function reportOf(
  recommendation: Recommendation,
  set: DraftSet,
  { name }: Scenario,
  seed: number,
): string {
  return recommendationHtml(recommendation, {
    scenario: name,
    seed,
    sentences: verdictSentences(recommendation, (candidate) => inOneLine(candidate, set)),
    policiesOf: (candidate) => policiesInWords(candidate, set),
    values: chosenValues(recommendation.best.candidate, set),
  });
}

function inOneLine(candidate: Candidate, set: DraftSet): string {
  const policies = policiesInWords(candidate, set);
  return policies.length === 0
    ? 'none'
    : policies.map(({ name, steps }) => `${name} (${steps.join(', then ')})`).join('; ');
}

/** The drafted policies of a candidate, each with its steps in words. */
function policiesInWords({ point }: Candidate, set: DraftSet): PolicyInWords[] {
  if (!point) return [];
  return set
    .sourcesAt(point)
    .filter(({ kind, name }) => kind === 'policy' && set.drafts.includes(name))
    .map(({ name, text }) => {
      const { steps = [], target } = readDocument(text).value as PolicySource;
      const words = steps.map((step) => {
        const { time, set: routing, condition } = stepWords(step);
        return `${time} ${routing}${condition === '' ? '' : ` if ${condition}`}`;
      });
      return { name, steps: [...(target === undefined ? [] : [`target ${target}`]), ...words] };
    });
}

function chosenValues({ point }: Candidate, { choices }: DraftSet): ChosenValue[] {
  return choices.map(({ policy, path, values }, index) => {
    const ofPolicy = choices.filter((choice) => choice.policy === policy);
    const chosen = ofPolicy.map((choice) => point?.[choices.indexOf(choice)] ?? 0);
    const choice = choices[index];
    const isUsed = point !== undefined && choice !== undefined && !isLeftOut(choice, ofPolicy, chosen);
    return {
      policy,
      place: formatPath(path),
      draft: String(values[0]),
      ...(isUsed && { chosen: String(values[point[index] ?? 0]) }),
    };
  });
}
