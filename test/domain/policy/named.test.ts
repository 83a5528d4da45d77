import { describe, expect, test } from '@jest/globals';
import type { Calendar } from '../../../lambda/domain/calendar/calendar.ts';
import { compilePattern, type Pattern } from '../../../lambda/domain/pattern/index.ts';
import {
  ALL_KNOWN,
  isAllKnown,
  isQueueName,
  knownPart,
  namesQueue,
} from '../../../lambda/domain/policy/known-facts.ts';
import { agentListsNamedBy } from '../../../lambda/domain/policy/named-agent-lists.ts';
import { namedCalendar, namesCalendar } from '../../../lambda/domain/policy/named-calendar.ts';

const patternOf = (source: object) => compilePattern(source).pattern;
const names = (pattern: Pattern | undefined) => pattern?.rules.flat().map(({ name }) => name);

describe('a policy names the calendar', () => {
  test.each<[policy: unknown, expected: boolean]>([
    [{ during: 'office' }, true],
    [{ clock: { in: 'office' } }, true],
    [{ during: 'support', clock: { in: 'office' } }, true],
    [{ during: 'support', clock: { in: 'support' } }, false],
    [{ during: 'support', clock: 'office' }, false],
    [{ clock: { from: 'office' } }, false],
    [{}, false],
    [null, false],
    ['office', false],
  ])('%j: %s', (policy, expected) => {
    expect(namesCalendar(policy, 'office')).toBe(expected);
  });
});

describe('a calendar that does not exist', () => {
  const problemOf = (name: string, ...known: string[]) => {
    const calendars = new Map(known.map((one) => [one, {} as Calendar]));
    const [problem, ...others] = namedCalendar(name, ['during'], calendars).problems;
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'unknown-calendar', path: ['during'], found: name });
    return problem?.message;
  };

  test('is beside the names of those that do, ten at most', () => {
    expect(problemOf('office')).toContain('the name of a calendar, of which there is none yet, or an object');
    expect(problemOf('x', 'b', 'a')).toContain('the name of a calendar, one of a, b, or an object');
    const letters = [...'abcdefghijk'];
    expect(problemOf('0000', ...letters.slice(0, 10))).toContain(
      'one of a, b, c, d, e, f, g, h, i, j, or an',
    );
    expect(problemOf('0000', ...letters)).toContain('one of a, b, c, d, e, f, g, h, i, j, …, or an');
    expect(problemOf('offise', 'office')).toContain('Did you mean "office"?');
  });

  test('may be hours, which need a time zone', () => {
    expect(problemOf('Mon-Fri 08:00-18:00')).toContain(
      'Write hours with their time zone, such as { timezone: Europe/Berlin, hours: ["Mon-Fri 08:00-18:00"] }.',
    );
    expect(problemOf('office')).not.toContain('time zone,');
  });
});

describe('a policy names lists of agents', () => {
  const lists = { seniors: ['a'], ben: ['b'] };
  const named = (policy: unknown) => agentListsNamedBy(policy, lists);
  const route = (...texts: unknown[]) => ({ steps: [{ set: { route: texts } }] });

  test.each<[policy: unknown, names: string[]]>([
    [route('agents @seniors for 45s'), ['seniors']],
    [route('agents @seniors for 45s', 7, 'agents @ben, @juniors'), ['seniors', 'ben']],
    [
      {
        steps: [null, 7, { set: null }, { set: { route: 'agents @seniors' } }, ...route('agents @ben').steps],
      },
      ['ben'],
    ],
  ])('%j', (policy, expected) => {
    expect(Object.keys(named(policy) ?? {})).toEqual(expected);
  });

  test.each<unknown>([
    route('Language:seniors >= 1', 'agents seniors', 'agents xben'),
    route('Language:"@seniors" >= 1'),
    { steps: 'agents @seniors' },
    {},
    null,
    [],
  ])('not %j', (policy) => {
    expect(named(policy)).toBeUndefined();
  });
});

describe('what is not known of a contact', () => {
  test('is some of it, or nothing', () => {
    expect(isAllKnown(ALL_KNOWN)).toBe(true);
    expect(isAllKnown({ attributes: false, queueName: true })).toBe(false);
    expect(isAllKnown({ attributes: true, queueName: false })).toBe(false);
  });

  test.each([
    ['queue.name', true],
    ['queue.name.x', true],
    ['queue.names', false],
    ['queue.id', false],
    ['tags.queue.name.', false],
  ])('%s is the name of a queue: %s', (field, expected) => {
    expect(isQueueName(field)).toBe(expected);
  });

  test('is the name of the queue only where a pattern names it', () => {
    expect(namesQueue(patternOf({ $or: [{ channel: ['CHAT'] }, { queue: { name: ['x'] } }] }))).toBe(true);
    expect(namesQueue(patternOf({ queue: { id: ['x'] } }))).toBe(false);
    expect(namesQueue(undefined)).toBe(false);
  });

  test('is left out of a pattern', () => {
    const all = patternOf({ attributes: { a: ['x'] }, channel: ['CHAT'], queue: { name: ['x'] } });
    const without = patternOf({ channel: ['CHAT'], queue: { name: ['x'] } });
    const part = (attributes: boolean, queueName: boolean) =>
      names(knownPart(all, without, { attributes, queueName }));
    expect(part(true, true)).toEqual(['attributes.a', 'channel', 'queue.name']);
    expect(part(true, false)).toEqual(['attributes.a', 'channel']);
    expect(part(false, true)).toEqual(['channel', 'queue.name']);
    expect(part(false, false)).toEqual(['channel']);
    expect(knownPart(undefined, undefined, { attributes: false, queueName: false })).toBeUndefined();
  });
});
