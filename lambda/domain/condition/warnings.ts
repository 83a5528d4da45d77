import type { Field, Pattern, Rule } from '../pattern/index.ts';
import type { Problem } from '../validation/problem.ts';
import type { Condition } from './condition.ts';

/** What is odd about a condition: it can never hold, or it could never begin where it should end. */
export function conditionWarnings({ name, when, until }: Condition): Problem[] {
  if (!when.rules.some((rule) => isPossible(rule))) {
    return [
      {
        code: 'condition-never',
        path: ['when'],
        message: `No load of a queue matches \`when\`, so the condition ${name} never begins. Numbers of contacts, seconds and agents are whole and 0 or more.`,
      },
    ];
  }
  if (!until || !canBothMatch(when, until)) return [];
  return [
    {
      code: 'condition-overlap',
      path: ['until'],
      message:
        `One load can match both \`when\` and \`until\`, and with it the condition ${name} does not begin. Leave a ` +
        'gap between them, such as waiting above 50 for `when` and below 30 for `until`.',
    },
  ];
}

function canBothMatch(a: Pattern, b: Pattern): boolean {
  return a.rules.some((one) => b.rules.some((other) => isPossible([...one, ...other])));
}

/** Whether a load can satisfy all fields. Those of different names do not depend on each other. */
function isPossible(fields: Rule): boolean {
  return [...Map.groupBy(fields, ({ name }) => name)].every(([, ofName]) => hasValue(ofName));
}

/** Whether a whole number, or none, satisfies all fields of one name. No test changes between two of the candidates. */
function hasValue(fields: readonly Field[]): boolean {
  const isOfAgents = fields.some(({ name }) => name.startsWith('agents'));
  if (isOfAgents && fields.every(({ mayBeAbsent }) => mayBeAbsent)) return true;
  const candidates = [0, ...fields.flatMap(({ values }) => numbersIn(values))]
    .flatMap((number) => [number, Math.floor(number) + 1])
    .filter((number) => number >= 0 && Number.isInteger(number));
  return candidates.some((number) => fields.every(({ test }) => test(number)));
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}
