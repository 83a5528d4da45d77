import type { ExplainedStep } from './steps.ts';

/** What was put into the route of a step, and which steps of the route are left out and why: one line each. */
export function routeValueLines({ putIn = {}, leftOut }: Pick<ExplainedStep, 'putIn' | 'leftOut'>): string[] {
  return [
    ...Object.entries(putIn)
      .filter(([, text]) => text !== '')
      .map(([value, text]) => `${value} is ${JSON.stringify(text)}`),
    ...leftOut.map(({ index, value, found }) => {
      const reason =
        found === undefined
          ? `the contact has no text for ${value}`
          : `Connect takes no ${JSON.stringify(found)} in place of ${value}`;
      return `route[${index}] is left out: ${reason}`;
    }),
  ];
}
