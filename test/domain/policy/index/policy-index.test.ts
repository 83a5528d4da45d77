import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  compilePattern,
  fieldsUnder,
  matches,
  withoutField,
} from '../../../../lambda/domain/pattern/index.ts';
import type { ContactView } from '../../../../lambda/domain/policy/contact-view.ts';
import { buildPolicyIndex, findCandidates } from '../../../../lambda/domain/policy/index/policy-index.ts';
import type { Policy } from '../../../../lambda/domain/policy/policy.ts';

const EMPTY: ContactView = { instanceId: 'i', contactId: 'c', signals: [], transfers: 0 };

/** The policy with this `match`; without one it governs every contact. */
function policy(source: object | undefined, at: number): Policy | undefined {
  const match = source && compilePattern(source).pattern;
  if (source && !match) return undefined;
  const attributeNames = match ? fieldsUnder(match, 'attributes') : [];
  return {
    name: `policy-${at}`,
    precedence: at,
    mode: 'enforce',
    rollout: 100,
    ...(match ? { match, matchWithoutAttributes: withoutField(match, 'attributes') } : {}),
    matchNeedsAttributes: attributeNames.length > 0,
    attributeNames,
    clock: 'enqueued',
    allowLower: false,
    steps: [],
  };
}

function policies(sources: readonly (object | undefined)[]): Policy[] {
  return sources.map(policy).filter((one) => one !== undefined);
}

function found(all: readonly Policy[], view: ContactView, attributesAreKnown = true): number[] {
  const places = findCandidates(buildPolicyIndex(all), view, attributesAreKnown);
  const list: number[] = [];
  for (let at = places.next(); at !== -1; at = places.next()) list.push(at);
  return list;
}

/** Of so many policies each with a value of its own, in the order of their places. */
const each = (count: number, source: (at: number) => object) =>
  policies(Array.from({ length: count }, (_, at) => source(at)));

describe('the candidates', () => {
  test('are the policies whose text the contact has', () => {
    const all = each(100, (at) => ({ queue: { id: [`q-${at % 50}`] } }));
    const queue = { id: 'q-7', arn: 'arn' };
    expect(found(all, { ...EMPTY, queue })).toEqual([7, 57]);
  });

  test('are found by each of the signals that hold, each once', () => {
    const all = each(20, (at) => ({ signals: [`s-${at}`, `s-${at + 1}`] }));
    expect(found(all, { ...EMPTY, signals: ['s-5', 's-4', 's-5'] })).toEqual([3, 4, 5]);
  });

  test('are told apart by a second field where many ask the same of the first', () => {
    const all = each(100, (at) => ({
      tags: { tier: [`t-${at % 10}`], product: [`p-${Math.floor(at / 10)}`] },
    }));
    expect(found(all, { ...EMPTY, tags: { tier: 't-3', product: 'p-4' } })).toEqual([43]);
  });

  test('are all where nothing exact is asked', () => {
    const all = each(10, (at) => ({ transfers: [{ numeric: ['>=', at] }] }));
    expect(found(all, EMPTY)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('come in the order of their places, whatever finds them', () => {
    const all = policies(
      Array.from({ length: 30 }, (_, at) =>
        at % 3 === 0 ? undefined : at % 3 === 1 ? { channel: [`c-${at % 4}`] } : { signals: [`s-${at % 5}`] },
      ),
    );
    const list = found(all, { ...EMPTY, channel: 'c-1', signals: ['s-0'] });
    expect(list).toEqual([0, 1, 3, 5, 6, 9, 12, 13, 15, 18, 20, 21, 24, 25, 27]);
  });

  test('are independent of attributes that are not known', () => {
    const all = each(10, (at) => ({ channel: [`c-${at % 5}`], attributes: { value: [`v-${at}`] } }));
    const view = { ...EMPTY, channel: 'c-2' };
    expect(found(all, { ...view, attributes: { value: 'v-7' } })).toEqual([7]);
    expect(found(all, view, false)).toEqual([2, 7]);
    expect(found(all, { ...view, attributes: { value: 'v-0' } }, false)).toEqual([2, 7]);
  });

  test('have tags with dots in their names', () => {
    const all = each(10, (at) => ({ tags: { 'aws:connect.team': [`t-${at}`] } }));
    expect(found(all, { ...EMPTY, tags: { 'aws:connect.team': 't-4' } })).toEqual([4]);
  });

  test('are none where a tag has the name of what objects inherit', () => {
    const all = each(10, (at) => ({ tags: { constructor: [`t-${at}`] } }));
    expect(found(all, { ...EMPTY, tags: {} })).toEqual([]);
  });

  test('stay few in the index of policies that name very many texts', () => {
    const names = (at: number, field: string) =>
      Array.from({ length: 100 }, (_, text) => `${field}-${at + text}`);
    const all = each(300, (at) => ({
      queue: { id: names(at, 'q') },
      tags: { a: names(at, 'a'), b: names(at, 'b') },
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
const view: fc.Arbitrary<ContactView> = fc.record(
  {
    instanceId: fc.constant('i'),
    contactId: fc.constant('c'),
    channel: text,
    queue: fc.record({ arn: fc.constant('arn'), id: text, type: text }, { requiredKeys: ['arn'] }),
    tags: texts,
    attributes: texts,
    signals: fc.array(text, { maxLength: 3 }),
    transfers: fc.integer({ min: 0, max: 2 }),
  },
  { requiredKeys: ['instanceId', 'contactId', 'signals', 'transfers'] },
);
const knownNames = fc.subarray(['x', 'y', 'x.y', 'constructor']);

/** The places of those that let the contact in, up to the first of which that is certain, as plans are made. */
function letIn(
  all: readonly Policy[],
  places: readonly number[],
  seen: ContactView,
  known: readonly string[],
): number[] {
  const list: number[] = [];
  for (const at of places) {
    const { match, matchWithoutAttributes, matchNeedsAttributes, attributeNames } = all[at] as Policy;
    const certain = !matchNeedsAttributes || isKnown(seen, known, attributeNames);
    const pattern = certain ? match : matchWithoutAttributes;
    if (pattern && !matches(pattern, seen)) continue;
    list.push(at);
    if (certain) break;
  }
  return list;
}

function isKnown({ attributes }: ContactView, known: readonly string[], names: readonly string[]): boolean {
  return attributes !== undefined && names.every((name) => known.includes(name));
}

test('asking the candidates gives the same as asking every policy', () => {
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
          const places = found(all, one, isKnown(one, known, names));
          const expected = letIn(all, [...all.keys()], one, known);
          expect(letIn(all, places, one, known)).toEqual(expected);
          expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
          skipped += all.length - places.length;
          if (expected.length > 0) governed++;
        }
      },
    ),
    { numRuns: 2000 },
  );
  expect(skipped).toBeGreaterThan(10_000);
  expect(governed).toBeGreaterThan(1000);
});
