import { formatCriteria, formatRouting } from '../wording/routing-words.ts';
import type { ExplainedStep } from './steps.ts';

/** What a step sets, in words. A string of the contact stands there as it is written in a policy: `{tags.language}`. */
export function formatStepSet({ set, putIn = {} }: Pick<ExplainedStep, 'set' | 'putIn'>): string {
  return Object.keys(putIn).reduce(
    (text, value) => text.replaceAll(JSON.stringify(value), value),
    formatRouting(set),
  );
}

/** What was put into the route of a step, and which steps of the route are left out and why: one line each. */
export function routeValueLines({
  putIn = {},
  leftOut,
  unstaffed,
}: Pick<ExplainedStep, 'putIn' | 'leftOut' | 'unstaffed'>): string[] {
  return [
    ...Object.entries(putIn)
      .filter(([, text]) => text !== '')
      .map(([value, text]) => `${value} is ${JSON.stringify(text)}`),
    ...leftOut.map(({ index, value, found }) => {
      const reason =
        found === undefined
          ? `the contact has no text for ${value}`
          : `Connect takes no ${JSON.stringify(found)} in place of ${value}`;
      return `step ${index + 1} of the route is left out: ${reason}`;
    }),
    ...(unstaffed ? [`left out, as no agent was staffed for it: ${formatCriteria(unstaffed)}`] : []),
  ];
}
