import type { Field, Pattern, Rule } from '../pattern/index.ts';
import type { Problem } from '../validation/problem.ts';
import type { Condition, QueueLoad } from './condition.ts';
import { loadEntryMessage } from './load-values.ts';
import { queueWarnings } from './queue-warnings.ts';

/** What is odd about a condition: it can never hold or never end, could never begin where it should end, or names no queue. */
export function conditionWarnings({ name, queues = [], when, until }: Condition): Problem[] {
  const warnings = [
    ...queueWarnings(queues),
    ...neverMatching(when, 'when', `the condition ${name} never begins`),
  ];
  if (!until) return warnings;
  warnings.push(...neverMatching(until, 'until', `the condition ${name} never ends`));
  if (canBothMatch(when, until)) {
    warnings.push({
      code: 'condition-overlap',
      path: ['until'],
      message:
        `One load can match both \`when\` and \`until\`, and with it the condition ${name} does not begin. Leave a ` +
        'gap between them, such as waiting above 50 for `when` and below 30 for `until`.',
    });
  }
  return warnings;
}

/** What holds for every load. */
const LOADS =
  'Numbers of contacts, seconds and agents are whole and 0 or more. Where nobody waits, oldestSeconds is 0, and ' +
  'agentsAvailable is not more than agentsStaffed.';

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
  const advice = first?.message ?? LOADS;
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

/** Whether a load can satisfy all fields. */
function isPossible(fields: Rule): boolean {
  const allowed = new Map(
    [...Map.groupBy(fields, ({ name }) => name)].map(([name, ofName]) => [name, allowedValues(name, ofName)]),
  );
  const valuesOf = (name: keyof QueueLoad) => allowed.get(name) ?? ANY;
  if ([...allowed.values()].some(isNever)) return false;
  // One who waits has done so for 0 seconds or more. Where nobody does, there is no oldest.
  const mayWait = valuesOf('waiting').numbers.some((waiting) => waiting > 0);
  if (!mayWait && !valuesOf('oldestSeconds').numbers.includes(0)) return false;
  const [available, staffed] = [valuesOf('agentsAvailable'), valuesOf('agentsStaffed')];
  if (available.mayBeAbsent && staffed.mayBeAbsent) return true;
  return Math.min(...available.numbers) <= Math.max(...staffed.numbers);
}

/** What a member of the load may be. */
interface Allowed {
  /** Whether it may be unknown, as those of agents are. */
  readonly mayBeAbsent: boolean;
  /** The whole numbers at which something changes, as far as they are allowed. */
  readonly numbers: readonly number[];
}

/** More than any load has, and a number that patterns compare. */
const MANY = 500_000_000_000;

const ANY: Allowed = { mayBeAbsent: true, numbers: [0, MANY] };

function isNever({ mayBeAbsent, numbers }: Allowed): boolean {
  return !mayBeAbsent && numbers.length === 0;
}

/** What satisfies all fields of one name. No test changes between two of the candidates. */
function allowedValues(name: string, fields: readonly Field[]): Allowed {
  const candidates = [0, MANY, ...fields.flatMap(({ values }) => numbersIn(values))]
    .flatMap((number) => [Math.ceil(number) - 1, number, Math.floor(number) + 1])
    .filter((number) => number >= 0 && Number.isInteger(number));
  return {
    mayBeAbsent: name.startsWith('agents') && fields.every(({ mayBeAbsent }) => mayBeAbsent),
    numbers: candidates.filter((number) => fields.every(({ test }) => test(number))),
  };
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}
