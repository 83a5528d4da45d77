import { describe, expect, test } from '@jest/globals';
import { buildPolicies, type PolicyParts } from '../../../lambda/domain/configuration/build.ts';
import {
  COMPILED_FORMAT,
  type CompiledConfiguration,
  type NamedPart,
} from '../../../lambda/domain/configuration/compiled.ts';
import { policiesInForce, preparePolicies } from '../../../lambda/domain/configuration/prepared.ts';

const STEP = { after: '30s', set: { priority: 1 } };
const part = (name: string, source: unknown): NamedPart => ({ name, source, version: 1, since: 5 });
const PARTS = {
  policies: [
    part('any', { steps: [STEP], precedence: 900 }),
    part('billing', { match: { queue: { name: ['Billing'] } }, target: '3m', during: 'office' }),
    part('broken', { steps: 7 }),
    part('busy', {
      match: { signals: ['busy'], attributes: { tier: ['gold'] } },
      steps: [STEP],
      rollout: 50,
    }),
    part('off', { mode: 'off', match: { tags: { a: ['b'] } }, steps: [STEP] }),
    part('shadow', { mode: 'observe', match: { recentContacts: [{ numeric: ['>=', 2] }] }, steps: [STEP] }),
  ],
  calendars: [part('office', { timezone: 'Europe/Berlin', hours: ['Mon-Fri 08:00-18:00'] })],
  conditions: [
    part('busy', { when: { waiting: [{ numeric: ['>', 5] }] } }),
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
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

describe('policies that were prepared', () => {
  test.each([
    ['by this code', undefined],
    ['by other code', 'another'],
  ])('%s are those that are built of the sources', (_name, code) => {
    const { policies, conditions, leftOut } = policiesInForce(published(PARTS, code));
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

  test('are in order of evaluation, without those that are off and those that nobody can build', () => {
    const { policies, conditions, leftOut } = policiesInForce(published(PARTS));
    expect(policies.policies.map(({ name }) => name)).toStrictEqual(['billing', 'busy', 'shadow', 'any']);
    expect(conditions.map(({ name }) => name)).toStrictEqual(['busy']);
    expect(leftOut.map(({ name }) => name)).toStrictEqual(['broken']);
  });

  test('are built when they are asked for, once', () => {
    const compiled = published(PARTS);
    const { policies } = policiesInForce(compiled);
    const later = compiled.policies.find(({ name }) => name === 'any');
    Object.assign(later ?? {}, { source: { steps: [STEP], description: 'Changed meanwhile.' } });
    expect(policies.policyAt(0)).toMatchObject({ name: 'billing', during: { name: 'office' } });
    expect(policies.policyAt(0)).toBe(policies.policyAt(0));
    expect(policies.policyAt(3)).toMatchObject({ name: 'any', description: 'Changed meanwhile.' });
    expect(() => policies.policyAt(4)).toThrow('There is no policy at the place 4.');
  });
});

test('without policies there is nothing to find', () => {
  const { policies, conditions, leftOut } = policiesInForce(published({ policies: [] }));
  expect([policies.policies, conditions, leftOut]).toStrictEqual([[], [], []]);
});
