import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  compilePattern,
  fieldsUnder,
  matches,
  withoutField,
} from '../../../../lambda/domain/pattern/index.ts';
import type { ContactView, SegmentValue } from '../../../../lambda/domain/policy/contact-view.ts';
import { buildPolicyIndex, findCandidates } from '../../../../lambda/domain/policy/index/policy-index.ts';
import type { KnownFacts } from '../../../../lambda/domain/policy/known-facts.ts';
import type { Policy } from '../../../../lambda/domain/policy/policy.ts';
import { policy as compiledPolicy } from '../../../support/contacts.ts';

const EMPTY: ContactView = { instanceId: 'i', contactId: 'c', signals: [], transfers: 0 };

/**
 * Creates a policy with this `match`; without one it governs every contact. Undefined if the pattern is
 * invalid.
 */
function policy(source: object | undefined, index: number): Policy | undefined {
  const match = source && compilePattern(source).pattern;
  if (source && !match) return undefined;
  const attributeNames = match ? fieldsUnder(match, 'attributes') : [];
  return {
    name: `policy-${index}`,
    precedence: index,
    mode: 'enforce',
    rollout: 100,
    match,
    matchWithoutAttributes: match && withoutField(match, 'attributes'),
    matchNeedsAttributes: attributeNames.length > 0,
    attributeNames,
    clock: { from: 'enqueued' },
    pausedCounts: false,
    allowLower: false,
    steps: [],
  };
}

function policies(sources: readonly (object | undefined)[]): Policy[] {
  return sources.map(policy).filter((one) => one !== undefined);
}

/** The candidates for a contact, as indexes. */
function found(all: readonly Policy[], view: ContactView, attributesAreKnown = true): number[] {
  const candidates = findCandidates(buildPolicyIndex(all), view, {
    attributes: attributesAreKnown,
    queueName: true,
  });
  const indexes: number[] = [];
  for (let index = candidates.next(); index !== -1; index = candidates.next()) indexes.push(index);
  return indexes;
}

/** Creates `count` policies from their indexes. */
const createPolicies = (count: number, source: (index: number) => object) =>
  policies(Array.from({ length: count }, (_, index) => source(index)));

describe('the candidates', () => {
  test('are found however many policies come before them', () => {
    const all = createPolicies(200, (index) => ({ channel: [index === 199 ? 'VOICE' : 'CHAT'] }));
    expect(found(all, { ...EMPTY, channel: 'VOICE' })).toStrictEqual([199]);
  });

  test('are the policies that require a text of the contact', () => {
    const all = createPolicies(100, (index) => ({ queue: { id: [`q-${index % 50}`] } }));
    const queue = { id: 'q-7', arn: 'arn' };
    expect(found(all, { ...EMPTY, queue })).toEqual([7, 57]);
  });

  test('include the policies of each signal in effect, each once', () => {
    const all = createPolicies(20, (index) => ({ signals: [`s-${index}`, `s-${index + 1}`] }));
    expect(found(all, { ...EMPTY, signals: ['s-5', 's-4', 's-5'] })).toEqual([3, 4, 5]);
  });

  test('are split by a second field if many policies require the same text in the first', () => {
    const all = createPolicies(100, (index) => ({
      tags: { tier: [`t-${index % 10}`], product: [`p-${Math.floor(index / 10)}`] },
    }));
    expect(found(all, { ...EMPTY, tags: { tier: 't-3', product: 'p-4' } })).toEqual([43]);
  });

  test('are all policies if none requires exact texts', () => {
    const all = createPolicies(10, (index) => ({ transfers: [{ numeric: ['>=', index] }] }));
    expect(found(all, EMPTY)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('are in order of evaluation, whatever field finds them', () => {
    const all = policies(
      Array.from({ length: 30 }, (_, index) =>
        index % 3 === 0
          ? undefined
          : index % 3 === 1
            ? { channel: [`c-${index % 4}`] }
            : { signals: [`s-${index % 5}`] },
      ),
    );
    const list = found(all, { ...EMPTY, channel: 'c-1', signals: ['s-0'] });
    expect(list).toEqual([0, 1, 3, 5, 6, 9, 12, 13, 15, 18, 20, 21, 24, 25, 27]);
  });

  test('do not depend on unknown attributes', () => {
    const all = createPolicies(10, (index) => ({
      channel: [`c-${index % 5}`],
      attributes: { value: [`v-${index}`] },
    }));
    const view = { ...EMPTY, channel: 'c-2' };
    expect(found(all, { ...view, attributes: { value: 'v-7' } })).toEqual([7]);
    expect(found(all, view, false)).toEqual([2, 7]);
    expect(found(all, { ...view, attributes: { value: 'v-0' } }, false)).toEqual([2, 7]);
  });

  test('include policies on tags with dots in their names', () => {
    const all = createPolicies(10, (index) => ({ tags: { 'aws:connect.team': [`t-${index}`] } }));
    expect(found(all, { ...EMPTY, tags: { 'aws:connect.team': 't-4' } })).toEqual([4]);
  });

  test('include policies on what maps and lists of segment attributes hold', () => {
    const all = createPolicies(10, (index) => ({
      segmentAttributes: { auth: { Status: [`s-${index}`] }, 'a.b': { c: [`c-${index % 2}`] } },
    }));
    const c = { 'a.b': { c: 'c-0' } };
    const withStatus = (auth: SegmentValue) => found(all, { ...EMPTY, segmentAttributes: { auth, ...c } });
    expect(withStatus({ Status: 's-4' })).toEqual([4]);
    expect(withStatus({ Status: ['s-2', ['s-4'], 's-2', 's-5'] })).toEqual([2, 4, 5]);
    expect(withStatus([{ Status: 's-6' }, 's-0', { Status: 's-8' }])).toEqual([6, 8]);
    expect(withStatus('s-4')).toEqual([]);
    expect(withStatus({ Status: 4 })).toEqual([]);
    expect(withStatus({ Status: { Inner: 's-4' } })).toEqual([]);
    expect(withStatus({ Inner: { Status: 's-4' } })).toEqual([]);
  });

  test('do not include policies on tags with the name of an inherited property', () => {
    const all = createPolicies(10, (index) => ({ tags: { constructor: [`t-${index}`] } }));
    expect(found(all, { ...EMPTY, tags: {} })).toEqual([]);
  });

  test.each<(index: number) => object>([
    (index) => ({ tags: { tier: [`t-${index}`] } }),
    (index) => ({ initialContactId: [`c-${index}`] }),
    (index) => ({ transfers: [`${index}`] }),
    (index) => ({ segmentAttributes: { auth: { Status: [`s-${index}`] } } }),
  ])('are none where the contact has another text, or none', (source) => {
    const all = createPolicies(10, source);
    expect(found(all, EMPTY)).toEqual([]);
    const other = {
      tags: { tier: 'x' },
      initialContactId: 'x',
      segmentAttributes: { auth: { Status: 'x' } },
    };
    expect(found(all, { ...EMPTY, ...other })).toEqual([]);
  });

  test('are few, and the index is small, if policies require many texts', () => {
    const names = (index: number, field: string) =>
      Array.from({ length: 100 }, (_, text) => `${field}-${index + text}`);
    const all = createPolicies(300, (index) => ({
      queue: { id: names(index, 'q') },
      tags: { a: names(index, 'a'), b: names(index, 'b') },
    }));
    expect(
      JSON.stringify(buildPolicyIndex(all), (_, value) => (value instanceof Map ? [...value] : value)).length,
    ).toBeLessThan(2_000_000);
    expect(found(all, { ...EMPTY, queue: { id: 'q-0', arn: 'arn' }, tags: { a: 'a-0', b: 'b-0' } })).toEqual([
      0,
    ]);
  });
});

const text = fc.constantFrom('a', 'b', 'c', 'd', '10.0.0.1', '010.0.0.1');
const value = fc.oneof(
  { weight: 6, arbitrary: text },
  fc.constantFrom<unknown>(
    0,
    1,
    null,
    { prefix: 'a' },
    { exists: true },
    { exists: false },
    { 'anything-but': 'b' },
  ),
);
const values = fc.array(value, { minLength: 1, maxLength: 2 });
const named = fc.dictionary(fc.constantFrom('x', 'y', 'x.y', 'constructor'), values, {
  minKeys: 1,
  maxKeys: 2,
});
const fields = fc.record(
  {
    channel: values,
    queue: fc.record({ id: values, type: values }, { requiredKeys: ['id'] }),
    tags: named,
    attributes: named,
    segmentAttributes: fc.dictionary(fc.constantFrom('x', 'x.y'), fc.oneof(values, named), {
      minKeys: 1,
      maxKeys: 2,
    }),
    signals: values,
    transfers: values,
  },
  { requiredKeys: [] },
);
const source = fc.option(
  fc.oneof(
    { weight: 4, arbitrary: fields },
    fc
      .tuple(fields, fc.array(fields, { minLength: 2, maxLength: 3 }))
      .map(([around, $or]) => ({ ...around, $or })),
  ),
  { freq: 20, nil: undefined },
);
const texts = fc.dictionary(fc.constantFrom('x', 'y', 'x.y', 'constructor'), text, { maxKeys: 3 });
const { segment } = fc.letrec<{ segment: SegmentValue }>((tie) => ({
  segment: fc.oneof(
    { maxDepth: 2 },
    text,
    fc.constant(1),
    fc.array(tie('segment'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('x', 'y', 'x.y'), tie('segment'), { maxKeys: 2 }),
  ),
}));
const view: fc.Arbitrary<ContactView> = fc.record(
  {
    instanceId: fc.constant('i'),
    contactId: fc.constant('c'),
    channel: text,
    queue: fc.record({ arn: fc.constant('arn'), id: text, type: text }, { requiredKeys: ['arn'] }),
    tags: texts,
    attributes: texts,
    segmentAttributes: fc.dictionary(fc.constantFrom('x', 'y', 'x.y'), segment, { maxKeys: 2 }),
    signals: fc.array(text, { maxLength: 3 }),
    transfers: fc.integer({ min: 0, max: 2 }),
  },
  { requiredKeys: ['instanceId', 'contactId', 'signals', 'transfers'] },
);
const knownNames = fc.subarray(['x', 'y', 'x.y', 'constructor']);

/**
 * Evaluates policies as plan does: returns those that accept the contact, up to the first that certainly
 * does.
 */
function evaluate(
  all: readonly Policy[],
  indexes: readonly number[],
  contact: ContactView,
  known: readonly string[],
): number[] {
  const accepting: number[] = [];
  for (const index of indexes) {
    const { match, matchWithoutAttributes, matchNeedsAttributes, attributeNames } = all[index] as Policy;
    const isCertain = !matchNeedsAttributes || isKnown(contact, known, attributeNames);
    const pattern = isCertain ? match : matchWithoutAttributes;
    if (pattern && !matches(pattern, contact)) continue;
    accepting.push(index);
    if (isCertain) break;
  }
  return accepting;
}

function isKnown({ attributes }: ContactView, known: readonly string[], names: readonly string[]): boolean {
  return attributes !== undefined && names.every((name) => known.includes(name));
}

test('the evaluation of the candidates has the same result as the evaluation of every policy', () => {
  let skipped = 0;
  let governed = 0;
  fc.assert(
    fc.property(
      fc.array(source, { maxLength: 40 }),
      fc.array(view, { minLength: 5, maxLength: 5 }),
      knownNames,
      (sources, views, known) => {
        const all = policies(sources);
        const names = all.flatMap(({ attributeNames }) => attributeNames);
        for (const one of views) {
          const candidates = found(all, one, isKnown(one, known, names));
          const expected = evaluate(all, [...all.keys()], one, known);
          expect(evaluate(all, candidates, one, known)).toEqual(expected);
          expect(candidates).toEqual([...new Set(candidates)].sort((a, b) => a - b));
          skipped += all.length - candidates.length;
          if (expected.length > 0) governed++;
        }
      },
    ),
    { numRuns: 2000 },
  );
  expect(skipped).toBeGreaterThan(10_000);
  expect(governed).toBeGreaterThan(1000);
});

describe('where the name of the queue is not known', () => {
  const ofQueue = (index: number) => ({
    queue: { name: [`q-${index}`] },
    tags: { tier: [`t-${index % 10}`] },
    ...(index % 2 === 0 && { attributes: { a: ['x'] } }),
  });
  const all = Array.from({ length: 40 }, (_, index) => parsed(`p-${index}`, { match: ofQueue(index) }));
  const view: ContactView = { ...EMPTY, queue: { arn: 'q', name: 'q-3' }, tags: { tier: 't-3' } };
  const candidates = (known: KnownFacts, of: ContactView = view, from: readonly Policy[] = all) => {
    const iterator = findCandidates(buildPolicyIndex(from), of, known);
    return Array.from({ length: from.length }, () => iterator.next()).filter((index) => index !== -1);
  };

  test('the other requirements find the candidates', () => {
    expect(candidates({ attributes: true, queueName: true })).toEqual([3]);
    expect(candidates({ attributes: true, queueName: false })).toEqual([3, 13, 23, 33]);
    expect(candidates({ attributes: false, queueName: false })).toEqual([3, 13, 23, 33]);
    const even = { ...view, tags: { tier: 't-4' } };
    expect(candidates({ attributes: false, queueName: false }, even)).toEqual([4, 14, 24, 34]);
  });

  test('policies without a name of a queue, and without match, are among them', () => {
    const others = [parsed('tag', { match: { tags: { tier: ['t-3'] } } }), parsed('all', {})];
    expect(candidates({ attributes: true, queueName: false }, view, [...all, ...others])).toEqual([
      3, 13, 23, 33, 40, 41,
    ]);
  });

  test('requirements on attributes that are not known either rule no policy out', () => {
    const both = Array.from({ length: 10 }, (_, index) =>
      parsed(`p-${index}`, { match: { queue: { name: ['q-3'] }, attributes: { a: [`${index}`] } } }),
    );
    expect(candidates({ attributes: false, queueName: false }, view, both)).toHaveLength(10);
  });

  test('one tree serves where nothing depends on that', () => {
    const tags = Array.from({ length: 10 }, (_, index) =>
      parsed(`p-${index}`, { match: { tags: { a: [`${index}`] } } }),
    );
    const plain = buildPolicyIndex(tags);
    expect(plain.withoutAttributes).toBe(plain.withAttributes);
    expect(plain.withoutQueueName).toBe(plain.withAttributes);
    const mixed = buildPolicyIndex([...tags, parsed('z', { match: { attributes: { a: ['x'] } } })]);
    expect(mixed.withoutAttributes).not.toBe(mixed.withAttributes);
    expect(mixed.withoutQueueName).toBe(mixed.withoutAttributes);
    expect(buildPolicyIndex(all).withoutQueueName).not.toBe(buildPolicyIndex(all).withoutAttributes);
  });
});

/** A policy as it is compiled. */
function parsed(name: string, source: object): Policy {
  return compiledPolicy(name, { steps: [{ after: '0s', set: { priority: 1 } }], ...source });
}
