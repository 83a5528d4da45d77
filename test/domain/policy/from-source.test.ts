import { describe, expect, test } from '@jest/globals';
import type { Pattern } from '../../../lambda/domain/pattern/index.ts';
import { policyFromSource, policyFromValidSource } from '../../../lambda/domain/policy/from-source.ts';
import { DEFAULT_SETTINGS } from '../../../lambda/domain/settings.ts';
import { policy } from '../../support/contacts.ts';

const STEP = { after: '0s', set: { priority: 1 } };
const compiled = (source: object) => policy('a', { steps: [STEP], ...source });

describe('a compiled policy', () => {
  test('has its match as a text, in which the order of the fields does not count', () => {
    const match = { channel: ['VOICE'], tags: { tier: ['gold'] } };
    const { matchText } = compiled({ match });
    expect(matchText).toBe('{"channel":["VOICE"],"tags":{"tier":["gold"]}}');
    expect(compiled({ match: { tags: match.tags, channel: match.channel } }).matchText).toBe(matchText);
    expect(compiled({}).matchText).toBeUndefined();
  });

  test.each([
    ['3m', 180],
    ['horizon', 'horizon'],
  ])('has its target in seconds: %s', (target, expected) => {
    expect(compiled({ target }).target).toBe(expected);
    expect(compiled({})).not.toHaveProperty('target');
  });

  test('has only what is said', () => {
    expect(compiled({ skipUnstaffed: true }).skipUnstaffed).toBe(true);
    expect(compiled({ skipUnstaffed: false })).not.toHaveProperty('skipUnstaffed');
    const accept = { 'may-starve': 'They may wait.' };
    expect(compiled({ accept }).accept).toEqual(accept);
    expect(compiled({})).not.toHaveProperty('accept');
  });

  test('says where the name of the queue is named', () => {
    const when = { queue: { name: ['Billing'] } };
    expect(compiled({ match: when }).queueNameIn).toBe('match');
    expect(compiled({ match: when, steps: [{ ...STEP, when }] }).queueNameIn).toBe('match');
    expect(compiled({ steps: [{ ...STEP, when }] }).queueNameIn).toBe('steps');
    expect(compiled({ match: { queue: { id: ['q'] } } })).not.toHaveProperty('queueNameIn');
  });

  test('has the conditions of its steps also without their requirements on attributes', () => {
    const when = { attributes: { tier: ['gold'] }, channel: ['VOICE'] };
    const [step, other] = compiled({
      steps: [
        { ...STEP, when },
        { after: '1m', set: { age: '1m' } },
      ],
    }).steps;
    const names = (pattern: Pattern | undefined) => pattern?.rules.flat().map(({ name }) => name);
    expect(names(step?.condition)).toEqual(['attributes.tier', 'channel']);
    expect(names(step?.conditionWithoutAttributes)).toEqual(['channel']);
    expect(other?.condition).toBeUndefined();
    expect(other?.conditionWithoutAttributes).toBeUndefined();
  });

  test('says whether its match needs attributes', () => {
    const attributes = { tier: ['gold'] };
    expect(compiled({ match: { attributes } }).matchNeedsAttributes).toBe(true);
    expect(compiled({ match: { tags: attributes } }).matchNeedsAttributes).toBe(false);
    expect(compiled({ steps: [{ ...STEP, when: { attributes } }] }).matchNeedsAttributes).toBe(false);
  });
});

test('of a draft nothing else is said than that it is one', () => {
  const { policy: none, problems } = policyFromSource('a', { steps: [{ after: { try: ['0s', '1m'] } }] });
  expect(none).toBeUndefined();
  expect(problems.map(({ code, path }) => [code, path])).toStrictEqual([['draft', ['steps', 0, 'after']]]);
});

describe('a policy that was valid before', () => {
  const AGENTS = { seniors: ['11111111-2222-4333-8444-555555555555'] };
  const source = {
    match: { channel: ['VOICE'] },
    during: 'office',
    steps: [STEP, { after: '1m', set: { route: ['agents @seniors for 1m'] } }],
  };
  const calendars = new Map([['office', { timezone: 'UTC', hours: [], except: [] } as never]]);

  test('is compiled as it is when it is checked', () => {
    const checked = policyFromSource('a', source, { ...DEFAULT_SETTINGS, agents: AGENTS }, calendars);
    expect(checked.problems).toEqual([]);
    const again = policyFromValidSource('a', source, calendars, AGENTS);
    expect(JSON.parse(JSON.stringify(again))).toEqual(JSON.parse(JSON.stringify(checked)));
  });

  test('is not checked for the order of its steps, which depends on the settings of that time', () => {
    const steps = [
      { after: '2m', set: { priority: 2 } },
      { by: '1m', set: { priority: 1 } },
    ];
    expect(policyFromSource('a', { steps }).problems).not.toEqual([]);
    expect(policyFromValidSource('a', { steps }).policy?.steps).toHaveLength(2);
  });

  test.each<[source: unknown, code: string]>([
    [{ ...source, precedence: 'first' }, 'wrong-type'],
    [{ ...source, match: { channel: 'VOICE' } }, 'not-a-list'],
    [{ ...source, during: 'weekend' }, 'unknown-calendar'],
  ])('is none where its form is wrong: %j', (given, code) => {
    const { policy: parsed, problems } = policyFromValidSource('a', given, calendars, AGENTS);
    expect(parsed).toBeUndefined();
    expect(problems.map((problem) => problem.code)).toEqual([code]);
  });
});
