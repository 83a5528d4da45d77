import type { Field, Pattern, Rule } from '../pattern/index.ts';
import type { Problem } from '../validation/problem.ts';
import type { Condition } from './condition.ts';
import { loadEntryMessage } from './load-values.ts';
import { queueWarnings } from './queue-warnings.ts';

/** What is odd about a condition: it can never hold or never end, could never begin where it should end, or names no queue. */
export function conditionWarnings({ name, queues = [], when, until }: Condition): Problem[] {
  const ofQueues = queueWarnings(queues);
  const never = [
    ...neverMatching(when, 'when', `the condition ${name} never begins`),
    ...(until ? neverMatching(until, 'until', `the condition ${name} never ends`) : []),
  ];
  if (never.length > 0 || !until || !canBothMatch(when, until)) return [...ofQueues, ...never];
  return [
    ...ofQueues,
    {
      code: 'condition-overlap',
      path: ['until'],
      message:
        `One load can match both \`when\` and \`until\`, and with it the condition ${name} does not begin. Leave a ` +
        'gap between them, such as waiting above 50 for `when` and below 30 for `until`.',
    },
  ];
}

/** @param effect - what follows where no load matches the pattern. */
function neverMatching(pattern: Pattern, key: 'when' | 'until', effect: string): Problem[] {
  const fields = new Map(pattern.rules.flat().map((field) => [field.path.join('.'), field]));
  const ofEntries = [...fields.values()].flatMap((field) =>
    field.values.flatMap((entry, index): Problem[] => {
      const message = loadEntryMessage(field.name, entry);
      return message === undefined
        ? []
        : [{ code: 'value-type', path: [key, ...field.path, index], message }];
    }),
  );
  if (pattern.rules.some((rule) => isPossible(rule))) return ofEntries;
  const [first] = ofEntries;
  const advice = first?.message ?? 'Numbers of contacts, seconds and agents are whole and 0 or more.';
  return [
    {
      code: 'condition-never',
      path: first?.path ?? [key],
      message: `No load of a queue matches \`${key}\`, so ${effect}. ${advice}`,
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
