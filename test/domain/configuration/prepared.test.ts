import { describe, expect, test } from '@jest/globals';
import {
  type BuiltPolicies,
  buildPolicies,
  type PolicyParts,
} from '../../../lambda/domain/configuration/build-policies.ts';
import {
  COMPILED_FORMAT,
  type CompiledConfiguration,
  type NamedPart,
} from '../../../lambda/domain/configuration/compiled.ts';
import { preparePolicies } from '../../../lambda/domain/configuration/prepare.ts';
import { preparedPolicies } from '../../../lambda/domain/configuration/prepared.ts';
import { findFirst } from '../../../lambda/domain/policy/index/policy-index.ts';

const STEP = { after: '30s', set: { priority: 1 } };
const part = (name: string, source: unknown): NamedPart => ({ name, source, version: 1, since: 5 });
const ANYBODY = 'Language:English >= 1';
const ENGLISH = {
  AttributeCondition: {
    Name: 'Language',
    Value: 'English',
    ComparisonOperator: 'NumberGreaterOrEqualTo',
    ProficiencyLevel: 2,
  },
};
const PARTS = {
  policies: [
    part('any', { steps: [STEP], precedence: 900 }),
    {
      ...part('agents', {
        clock: { from: 'initiated', in: 'holidays' },
        steps: [
          { from: '1m', every: '30s', ramp: { priority: { from: 4, to: 2 } } },
          { after: '5m', when: { signals: ['vip'] }, set: { route: ['agents @seniors for 30s', ANYBODY] } },
          { after: '6m', set: { age: '10m', route: ['Language:{tags.language} >= 3'] } },
          { after: '7m', set: { routingCriteria: { Steps: [{ Expression: ENGLISH }] } } },
        ],
      }),
      agents: { seniors: ['11111111-2222-3333-4444-555555555555'] },
    },
    part('billing', { match: { queue: { name: ['Billing'] } }, target: '3m', during: 'office' }),
    part('broken', { steps: 7 }),
    part('busy', {
      match: { signals: ['busy'], attributes: { tier: ['gold'] } },
      steps: [{ after: '30s', set: { route: [ANYBODY] } }],
      rollout: 50,
      clock: 'firstEnqueued',
    }),
    part('constructor', {
      during: { timezone: 'UTC', hours: ['daily 08:00-20:00'], except: ['2026-12-25'] },
    }),
    part('off', { mode: 'off', match: { tags: { a: ['b'] } }, steps: [STEP] }),
    part('shadow', {
      mode: 'observe',
      match: { recentContacts: [{ numeric: ['>=', 2] }] },
      steps: [STEP],
      clock: { in: 'office' },
    }),
  ],
  calendars: [
    part('holidays', { timezone: 'UTC', hours: ['Fri 22:00-06:00'], except: ['2026-12-25', '2027-01-01'] }),
    part('invalid', { timezone: 'Nowhere' }),
    part('office', { timezone: 'Europe/Berlin', hours: ['Mon-Fri 08:00-18:00'] }),
  ],
  conditions: [
    part('busy', {
      queues: ['arn:aws:connect:eu-central-1:1:instance/i/queue/q', 'Billing'],
      channel: 'VOICE',
      when: { waiting: [{ numeric: ['>', 5] }] },
      until: { waiting: [0] },
    }),
    part('unused', { when: { waiting: [{ numeric: ['>', 9] }] } }),
  ],
} satisfies PolicyParts;

/** As a function reads it of the table. */
function published(parts: PolicyParts, code?: string): CompiledConfiguration {
  const prepared = preparePolicies(parts);
  const compiled: CompiledConfiguration = {
    format: COMPILED_FORMAT,
    refused: [],
    ...parts,
    prepared: code === undefined ? prepared : { ...prepared, code },
  };
  return JSON.parse(JSON.stringify(compiled));
}

/** Without functions, which each building makes anew. */
const plain = (value: unknown) =>
  JSON.parse(
    JSON.stringify(value, (_name, member) => (member instanceof Set ? { set: [...member] } : member)),
  );

function policiesIn(compiled: CompiledConfiguration): BuiltPolicies {
  const policies = preparedPolicies(compiled);
  if (!policies) throw new Error('The policies were prepared by other code.');
  return policies;
}

describe('policies that were prepared', () => {
  test('are those that are built of the sources', () => {
    const { policies, conditions, leftOut } = policiesIn(published(PARTS));
    const built = buildPolicies(PARTS);
    const { policies: all, policyAt: _policyAt, index: _index, ...facts } = built.policies;
    expect(policies).toMatchObject(facts);
    expect(plain(policies.policies)).toStrictEqual(plain(all));
    expect(policies.policies.map((_one, index) => policies.policyAt(index).name)).toStrictEqual(
      all.map(({ name }) => name),
    );
    expect(plain(conditions)).toStrictEqual(plain(built.conditions));
    expect(leftOut).toStrictEqual(built.leftOut);
  });

  test('have what was parsed of calendars and routes, and no more', () => {
    const { order, parsed, calendars } = preparePolicies(PARTS);
    const names = order.map((place) => PARTS.policies[place]?.name ?? '');
    const written = Object.fromEntries(names.map((name, at) => [name, JSON.parse(parsed[at] ?? '')]));
    expect(written).toEqual({
      agents: {
        clock: { from: 'initiated', calendar: 'holidays' },
        routes: { 1: { criteria: { Steps: expect.any(Array) } }, 2: expect.any(Object) },
      },
      any: {},
      billing: { during: 'office' },
      busy: { clock: { from: 'firstEnqueued' }, routes: { 0: expect.any(Object) } },
      constructor: { during: { timezone: 'UTC', week: expect.any(Array), except: [20_812] } },
      shadow: { clock: { from: 'enqueued', calendar: 'office' } },
    });
    expect(written.agents.routes[2].values).toHaveLength(1);
    expect(calendars.map(([name]) => name)).toEqual(['holidays', 'office']);
  });

  test('are found as those that are built', () => {
    const tagged = (tier: string, precedence: number) =>
      part(tier, { match: { tags: { tier: [tier] } }, precedence, steps: [STEP] });
    const policies = Array.from({ length: 50 }, (_, index) => tagged(`tier-${index}`, index));
    const set = policiesIn(published({ policies }));
    const known = { attributes: true, queueName: true };
    const view = { instanceId: 'i', contactId: 'c', signals: [], transfers: 0, tags: { tier: 'tier-7' } };
    const first = (from: number) => findFirst(set.policies.index, view, known, from);
    expect([first(0), first(8)]).toEqual([7, -1]);
  });

  test('by other code are not read', () => {
    expect(preparedPolicies(published(PARTS, 'another'))).toBeUndefined();
    const { prepared: _prepared, ...compiled } = published(PARTS);
    expect(preparedPolicies(compiled)).toBeUndefined();
  });

  test('are in order of evaluation, without those that are off and those that nobody can build', () => {
    const { policies, conditions, leftOut } = policiesIn(published(PARTS));
    expect(policies.policies.map(({ name }) => name)).toStrictEqual([
      'agents',
      'billing',
      'busy',
      'constructor',
      'shadow',
      'any',
    ]);
    expect(conditions.map(({ name }) => name)).toStrictEqual(['busy']);
    expect(leftOut.map(({ name }) => name)).toStrictEqual(['broken']);
  });

  test('are built when they are asked for, once', () => {
    const compiled = published(PARTS);
    const { policies } = policiesIn(compiled);
    const later = compiled.policies.find(({ name }) => name === 'any');
    Object.assign(later ?? {}, { source: { steps: [STEP], description: 'Changed meanwhile.' } });
    expect(policies.policyAt(1)).toMatchObject({ name: 'billing', during: { name: 'office' } });
    expect(policies.policyAt(1)).toBe(policies.policyAt(1));
    expect(policies.policyAt(5)).toMatchObject({ name: 'any', description: 'Changed meanwhile.' });
    expect(() => policies.policyAt(6)).toThrow('There is no policy at the place 6.');
  });
});

test('without policies there is nothing to find', () => {
  const { policies, conditions, leftOut } = policiesIn(published({ policies: [] }));
  expect([policies.policies, conditions, leftOut]).toStrictEqual([[], [], []]);
});
