import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import type { Calendars } from '../../../lambda/domain/calendar/calendar.ts';
import { calendarsInForce } from '../../../lambda/domain/configuration/build-policies.ts';
import {
  judgeCalendar,
  judgeCondition,
  judgeEncrypted,
  judgePolicy,
  judgeSettings,
  pauseValue,
  type Verdict,
} from '../../../lambda/domain/configuration/judge.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../lambda/domain/settings.ts';
import { readDocument } from '../../../lambda/domain/validation/document.ts';

const ROOT = join(import.meta.dirname, '../../..');
const COOKBOOK = join(ROOT, 'cookbook');
const textsIn = (...patterns: string[]) =>
  globSync(patterns, { cwd: ROOT })
    .sort()
    .map((file) => [basename(file, '.yaml'), readFileSync(join(ROOT, file), 'utf8')] as const);

const contentOf = (text: string) => readDocument(text).value;
const settingsText = readFileSync(join(COOKBOOK, 'settings.yaml'), 'utf8');
const settings: Settings = { ...DEFAULT_SETTINGS, ...(contentOf(settingsText) as Pick<Settings, 'agents'>) };
const calendars = calendarsInForce(
  textsIn('{cookbook,policies}/calendars/*.yaml').map(([name, text]) => ({ name, source: contentOf(text) })),
);

const judgeIt = (name: string, text: string) => judgePolicy(name, text, settings, calendars);
const TEXTS: readonly (readonly [kind: string, name: string, text: string, judge: () => Verdict])[] = [
  ...textsIn('policies/*.yaml', 'cookbook/*.yaml')
    .filter(([name]) => name !== 'settings')
    .map(([name, text]) => ['policy', name, text, () => judgeIt(name, text)] as const),
  ...textsIn('{cookbook,policies}/calendars/*.yaml').map(
    ([name, text]) => ['calendar', name, text, () => judgeCalendar(name, text)] as const,
  ),
  ...textsIn('cookbook/conditions/*.yaml').map(
    ([name, text]) => ['condition', name, text, () => judgeCondition(name, text)] as const,
  ),
  ['settings', 'settings', settingsText, () => judgeSettings(settingsText)],
];

const problemsOf = (verdict: Verdict) => verdict.problems ?? [];

describe('a valid text is accepted with its content', () => {
  test.each(TEXTS)('%s %s', (_kind, _name, text, judge) => {
    expect(judge()).toMatchObject({ source: contentOf(text) });
  });
});

describe('an invalid text is refused with every problem', () => {
  test.each<[kind: string, verdict: Verdict, codes: string[]]>([
    ['policy', judgePolicy('a', 'stepz: []\nsteps: []', DEFAULT_SETTINGS), ['out-of-range', 'unknown-key']],
    ['policy', judgePolicy('a', '{', DEFAULT_SETTINGS), ['syntax']],
    ['calendar', judgeCalendar('a', 'hourz: []\nhours: 7'), ['unknown-key', 'wrong-type']],
    ['condition', judgeCondition('a', 'whem: {}'), ['missing', 'unknown-key']],
    ['settings', judgeSettings('pause: maybe\nadopt: 7'), ['wrong-type', 'wrong-type']],
  ])('%s: %j', (_kind, verdict, codes) => {
    expect(verdict).not.toHaveProperty('source');
    expect(problemsOf(verdict).map(({ code }) => code)).toEqual(expect.arrayContaining(codes));
    expect(verdict).toMatchObject({ problemCount: problemsOf(verdict).length });
  });
});

test('a policy is accepted with the lists of agents that it names, and no others', () => {
  const ANN = '11111111-2222-3333-4444-555555555555';
  const agents = { seniors: [ANN], juniors: [ANN] };
  const judged = (route: string) =>
    judgePolicy('a', `steps: [{ after: 0s, set: { route: ["${route}"] } }]`, { ...DEFAULT_SETTINGS, agents });
  expect(judged('agents @seniors for 45s')).toMatchObject({ agents: { seniors: [ANN] } });
  expect(judged('A:b >= 1')).not.toHaveProperty('agents');
});

describe('a number that JSON does not have is refused wherever it stands', () => {
  /** Copies of a value, with another one in the place of one of its parts, or beside them. */
  function* copiesWith(value: unknown, other: unknown): Generator<unknown> {
    yield other;
    if (typeof value !== 'object' || value === null) return;
    yield Array.isArray(value) ? [...value, other] : { ...value, more: other };
    for (const [key, member] of Object.entries(value)) {
      for (const copy of copiesWith(member, other)) {
        yield Array.isArray(value) ? value.with(Number(key), copy) : { ...value, [key]: copy };
      }
    }
  }

  const judges = {
    policy: (text: string) => judgeIt('a', text),
    calendar: (text: string) => judgeCalendar('a', text),
    condition: (text: string) => judgeCondition('a', text),
    settings: judgeSettings,
  };

  test.each(TEXTS)('%s %s', (kind, _name, text) => {
    for (const copy of copiesWith(contentOf(text), Number.POSITIVE_INFINITY)) {
      expect(problemsOf(judges[kind as keyof typeof judges](stringify(copy)))).not.toEqual([]);
    }
  });
});

describe('a failure of the check is a problem of this text alone', () => {
  const verdictOn = (error: unknown) => {
    const failing: Calendars = Object.assign(new Map(), {
      get: () => {
        throw error;
      },
    });
    const text = 'during: office\nsteps: [{ after: 0s, set: { priority: 1 } }]';
    return judgePolicy('a', text, DEFAULT_SETTINGS, failing);
  };

  test.each([
    [new RangeError('deep'), 'RangeError: deep'],
    ['deep', 'string'],
  ])('%p', (error, reason) => {
    expect(verdictOn(error)).toEqual({
      problems: [
        {
          code: 'check-failed',
          path: [],
          message: expect.stringContaining(`(${reason})`),
          line: 1,
          column: 1,
        },
      ],
      problemCount: 1,
    });
  });

  test('of a long message the beginning is kept', () => {
    const [problem] = problemsOf(verdictOn(new Error('x'.repeat(1_000))));
    expect(problem?.message).toMatch(/^The check of this text failed \(Error: x+$/);
    expect(problem?.message).toHaveLength(500);
  });
});

test('of many problems the first 20 are kept, and all are counted', () => {
  const keys = Array.from({ length: 25 }, (_, index) => `strange${index}: 1`);
  const verdict = judgeSettings(keys.join('\n'));
  expect(verdict).toMatchObject({ problemCount: 25 });
  expect(problemsOf(verdict).map(({ path }) => path)).toEqual(
    keys.slice(0, 20).map((key) => [key.replace(': 1', '')]),
  );
});

test('an encrypted text is refused', () => {
  expect(judgeEncrypted()).toEqual({
    problems: [
      { code: 'encrypted', path: [], message: expect.stringContaining('SecureString'), line: 1, column: 1 },
    ],
    problemCount: 1,
  });
});

describe('the kill switch shows what it holds', () => {
  test.each([
    ['stopped by ann', 'stopped by ann'],
    ['{ by: ann, at: 7 }', { by: 'ann', at: 7 }],
    ['', null],
    ['# nothing', null],
    ['a: [', 'a: ['],
    ['a: 1\na: 2', 'a: 1\na: 2'],
    ['a: &a [*a]', 'a: &a [*a]'],
  ])('%j', (text, value) => {
    expect(pauseValue(text)).toEqual(value);
  });

  test('of a long text its first 1,000 characters', () => {
    const quoted = (length: number) => `"${'x'.repeat(length - 2)}"`;
    expect(pauseValue(quoted(1_000))).toBe('x'.repeat(998));
    expect(pauseValue(quoted(1_001))).toBe(`"${'x'.repeat(999)}`);
  });
});
