import { describe, expect, test } from '@jest/globals';
import { parseSettings } from '../../../lambda/domain/parse-settings.ts';
import { parsePolicy } from '../../../lambda/domain/policy/parse.ts';
import type { Problem } from '../../../lambda/domain/validation/problem.ts';

const WRONG = [
  '90%',
  '0.5 %',
  '150%',
  '-1',
  '0',
  '1',
  '1_000',
  '1,000',
  '1.5',
  'yes',
  'no',
  'on',
  'vip',
  '90',
  '-90',
  '1.5m',
  '0 s',
  '2 minutes',
  '9999999 h',
  '',
  -1,
  0,
  0.5,
  1.5,
  90,
  1e9,
  1763892060,
  true,
  false,
  ['a'],
  { a: 1 },
];

const FIRST_STEP = { after: '0s', set: { priority: 1 } };
const POLICIES: Record<string, (value: unknown) => object> = {
  description: (description) => ({ description, steps: [FIRST_STEP] }),
  precedence: (precedence) => ({ precedence, steps: [FIRST_STEP] }),
  mode: (mode) => ({ mode, steps: [FIRST_STEP] }),
  rollout: (rollout) => ({ rollout, steps: [FIRST_STEP] }),
  clock: (clock) => ({ clock, steps: [FIRST_STEP] }),
  paused: (paused) => ({ paused, steps: [FIRST_STEP] }),
  allowLower: (allowLower) => ({ allowLower, steps: [FIRST_STEP] }),
  during: (during) => ({ during, steps: [FIRST_STEP] }),
  timezone: (timezone) => ({ during: { timezone, hours: ['daily 08:00-18:00'] }, steps: [FIRST_STEP] }),
  hours: (hours) => ({ during: { timezone: 'UTC', hours }, steps: [FIRST_STEP] }),
  except: (except) => ({
    during: { timezone: 'UTC', hours: ['daily 08:00-18:00'], except },
    steps: [FIRST_STEP],
  }),
  accept: (reason) => ({ accept: { 'may-starve': reason }, steps: [FIRST_STEP] }),
  after: (after) => ({ steps: [{ after, set: { priority: 1 } }] }),
  by: (by) => ({ steps: [{ by, set: { priority: 1 } }] }),
  priority: (priority) => ({ steps: [{ after: '0s', set: { priority } }] }),
  age: (age) => ({ steps: [{ after: '0s', set: { age } }] }),
  every: (every) => ({ steps: [{ from: '0s', every, ramp: { priority: { from: 4, to: 1 } } }] }),
  from: (from) => ({ steps: [{ from, every: '30s', ramp: { priority: { from: 4, to: 1 } } }] }),
  rampTo: (to) => ({ steps: [{ from: '0s', every: '30s', ramp: { priority: { from: 4, to } } }] }),
  add: (add) => ({ steps: [{ from: '0s', every: '30s', ramp: { age: { add, upTo: '1h' } } }] }),
};
const SETTINGS = [
  'updateRate',
  'updateBurst',
  'updateShare',
  'describeRate',
  'describeBurst',
  'checkBeforeFirstChange',
  'routingLag',
  'ageAdjustment',
  'instances',
  'pause',
  'testContacts',
];

/** The value that a message tells to write; undefined without such advice. */
function advised({ message }: Problem): { value: unknown } | undefined {
  const text = / Write (.+?)(?:, without quotes)?\.$/s.exec(message)?.[1];
  const suggestion = / Did you mean (.+)\?$/s.exec(message)?.[1];
  try {
    const json = text ?? suggestion;
    return json === undefined ? undefined : { value: JSON.parse(json) };
  } catch {
    return undefined;
  }
}

function put(document: object, path: Problem['path'], value: unknown): object {
  const copy = structuredClone(document) as Record<string, unknown>;
  let inside = copy;
  for (const part of path.slice(0, -1)) inside = inside[part] as Record<string, unknown>;
  inside[String(path.at(-1))] = value;
  return copy;
}

/** The problems that stay in the place of one whose advice was followed. */
function refusedAdvice(document: object, problemsOf: (text: string) => readonly Problem[]) {
  return problemsOf(JSON.stringify(document)).flatMap((problem) => {
    if (problem.code === 'unknown-key') return [];
    const advice = advised(problem);
    if (!advice) return [];
    const key = JSON.stringify(problem.path);
    const next = put(document, problem.path, advice.value);
    const left = problemsOf(JSON.stringify(next)).filter(({ path }) => JSON.stringify(path) === key);
    return left.map((after) => ({ given: problem.message, refused: after.message }));
  });
}

describe('advice', () => {
  test.each(Object.keys(POLICIES))('on the field %s of a policy is accepted when followed', (field) => {
    const refused = WRONG.flatMap((value) =>
      refusedAdvice(POLICIES[field]?.(value) ?? {}, (text) => parsePolicy('p', text).problems),
    );
    expect(refused).toEqual([]);
  });

  test.each(SETTINGS)('on the setting %s is accepted when followed', (name) => {
    const refused = WRONG.flatMap((value) =>
      refusedAdvice({ [name]: value }, (text) => parseSettings(text).problems),
    );
    expect(refused).toEqual([]);
  });

  test.each([
    ['updateShare', '90%', 'Write 0.9, without quotes.'],
    ['updateRate', '20%', 'Write 20, without quotes.'],
    ['updateRate', '20 percent', 'Write 20, without quotes.'],
    ['updateRate', '12,5', 'Write 12.5, without quotes.'],
    ['updateShare', '0,9', 'Write 0.9, without quotes.'],
    ['updateShare', '90 per cent', 'Write 0.9, without quotes.'],
    ['pause', 'yes', 'Write true, without quotes.'],
    ['routingLag', '90', 'Write "90s".'],
    ['routingLag', '1 minute', 'Write "1m".'],
    ['instances', ['arn:aws:connect:eu-central-1:1:instance/i-1'], 'Write "i-1".'],
    ['ageAdjustment', 'Absolute', 'Did you mean "absolute"?'],
  ])('on %s: %j says what to write', (name, value, advice) => {
    const [problem] = parseSettings(JSON.stringify({ [name]: value })).problems;
    expect(problem?.message.endsWith(advice)).toBe(true);
  });

  test('on a percentage that no number of the range means is left out', () => {
    const [problem] = parseSettings('updateShare: 150%').problems;
    expect(problem?.message).toBe('Found "150%"; expected a number.');
  });

  test('on an empty list of instances is to name one, since nothing would be served', () => {
    const [problem] = parseSettings('instances: []').problems;
    expect(problem?.message).toBe(
      'Found an empty list; expected the id of at least one instance; without "instances", all that were given at deployment are served. Write an entry, or leave the key out if it is optional.',
    );
  });

  test('does not suggest a key that the object has already', () => {
    const [problem] = parseSettings('pause: true\npasue: false').problems;
    expect(problem).toMatchObject({ code: 'unknown-key', message: expect.not.stringContaining('Did you') });
  });

  const ROUTES = [
    'Language:English != 3',
    'Language:English 3',
    'Language:English 2-4',
    'Language:English 2-9',
    'Language:English 0',
    'Language:English 7',
    'Language:English 2.5',
    'Language:English > 5',
    'Language:English > 2.5',
    'Language:English 9..2',
    'Language:English 2...9',
    'Language:English',
    'Language English >= 3',
    'Language English 2..4',
    'Language:English >= 3 & B:y >= 2',
    'Language:English >= 3 fro 30s',
    'Language:English >= 3 for 30',
    'Language:English >= 3 for 0.5s',
    'Language:English >= 3 for 2 minutes',
    '!Language:English >= 3',
    'no Language:English >= 3',
    'agent 11111111-2222-3333-4444-555555555555',
  ];
  const ROUTE_PROBLEM = /^Column (\d+): found (nothing|.+?); expected .* Did you mean (".*")\?$/s;
  const routeProblems = (route: string) =>
    parsePolicy('p', JSON.stringify({ steps: [{ after: '0s', set: { route: [route] } }] })).problems.map(
      ({ message }) => message,
    );

  test.each(ROUTES)('on the route %s leads to a valid one', (given) => {
    let route = given;
    for (let round = 0; round < 5; round++) {
      const match = routeProblems(route).flatMap((message) => ROUTE_PROBLEM.exec(message) ?? []);
      const [, column, found = '', suggestion = '""'] = match;
      if (column === undefined) {
        if (round > 0) expect({ route, problems: routeProblems(route) }).toEqual({ route, problems: [] });
        return;
      }
      const start = Number(column) - 1;
      const length = found === 'nothing' ? 0 : String(JSON.parse(found)).length;
      const space = found === 'nothing' ? ' ' : '';
      const next = route.slice(0, start) + space + JSON.parse(suggestion) + route.slice(start + length);
      route = next;
    }
    throw new Error(`the advice never ends: ${route}`);
  });

  test.each([
    ['Language:English in 1..2', 'in'],
    ['Language:English between 1..2', 'between'],
    ['Language:English at least 3', 'at least'],
    ['Language:English is >= 3', 'is'],
    ['Language:English has a level >= 3', 'has a level'],
  ])('on %s says that the words before the level are no part of the value', (route, words) => {
    const expected = `found "${words}"; expected ">=" or a range directly after the value, without "${words}"`;
    expect(routeProblems(route).join('\n')).toContain(expected);
    expect(routeProblems(route.replace(` ${words}`, '').replace(/(?<=h) (?=\d$)/, ' >= '))).toEqual([]);
    expect(routeProblems('Language:"Sign in" >= 2')).toEqual([]);
  });

  test.each([
    ['Language:English >= 4..2', '2..4'],
    ['Language:English >= 2..4', '2..4'],
    ['Language:English >= 0..9', undefined],
  ])('on the range of %s is a valid range', (route, range) => {
    const [message = ''] = routeProblems(route).filter((text) => text.includes('found ".."'));
    expect(/Did you mean "(.*)"/.exec(message)?.[1]).toBe(range);
  });
});
