import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  compilePattern,
  fieldsUnder,
  matches,
  withoutField,
} from '../../../../lambda/domain/pattern/index.ts';
import type { ContactView, SegmentValue } from '../../../../lambda/domain/policy/contact-view.ts';
import {
  buildPolicyIndex,
  findFirst,
  type PolicyIndex,
} from '../../../../lambda/domain/policy/index/policy-index.ts';
import {
  readIndex,
  type WrittenIndex,
  writtenIndex,
} from '../../../../lambda/domain/policy/index/written-index.ts';
import { ALL_KNOWN, type KnownFacts } from '../../../../lambda/domain/policy/known-facts.ts';
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
  return search(all, view, { attributes: attributesAreKnown, queueName: true }).found;
}

/** The candidates that the index accepts. */
function accepting(all: readonly Policy[], view: ContactView, known: KnownFacts = ALL_KNOWN): number[] {
  return search(all, view, known).accepting;
}

/** The index that is built of policies, and the one that is read of its written form, find the same. */
function search(all: readonly Policy[], view: ContactView, known: KnownFacts) {
  const built = buildPolicyIndex(all);
  const results = searchIn(built, view, known);
  const written: WrittenIndex = JSON.parse(JSON.stringify(writtenIndex(built)));
  const read = readIndex(written, (index) => all[index] as Policy);
  expect(searchIn(read, view, known)).toStrictEqual(results);
  return results;
}

function searchIn(index: PolicyIndex, view: ContactView, known: KnownFacts) {
  const accepting: number[] = [];
  for (let at = findFirst(index, view, known); at !== -1; at = findFirst(index, view, known, at + 1)) {
    accepting.push(at);
  }
  return { found: candidates(index, view, known), accepting };
}

/** The policies that the splits leave, in order of evaluation, each once. */
function candidates(index: PolicyIndex, view: ContactView, { attributes, queueName }: KnownFacts): number[] {
  const ofQueue = attributes ? index.withAttributes : index.withoutAttributes;
  const nodes = [queueName ? ofQueue : index.withoutQueueName];
  // The splits append the nodes below them.
  for (const { splits } of nodes) for (const split of splits) split.find(view, nodes);
  return [...new Set(nodes.flatMap(({ indexes }) => indexes))].sort((a, b) => a - b);
}

/** Creates `count` policies from their indexes. */
const createPolicies = (count: number, source: (index: number) => object) =>
  policies(Array.from({ length: count }, (_, index) => source(index)));

describe('the candidates', () => {
  test('are found however many policies come before them', () => {
    const all = createPolicies(200, (index) => ({ channel: [index === 199 ? 'VOICE' : 'CHAT'] }));
    expect(found(all, { ...EMPTY, channel: 'VOICE' })).toStrictEqual([199]);
    expect(accepting(all, { ...EMPTY, channel: 'VOICE' })).toStrictEqual([199]);
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

  test.each<[name: string, source: (index: number) => object, view: Partial<ContactView>, indexes: number[]]>(
    [
      [
        'prefixes',
        (index) => ({ tags: { a: [{ prefix: `${index}`.repeat(3) }] } }),
        { tags: { a: '4444' } },
        [4],
      ],
      [
        'prefixes of prefixes',
        (index) => ({ channel: [{ prefix: 'x'.repeat(index + 1) }] }),
        { channel: 'xxxy' },
        [0, 1, 2],
      ],
      [
        'suffixes',
        (index) => ({ queue: { id: [{ suffix: `-${index}` }] } }),
        { queue: { arn: 'q', id: 'q-7' } },
        [7],
      ],
      [
        'any case',
        (index) => ({ channel: [{ 'equals-ignore-case': `Voice${index}` }] }),
        { channel: 'vOiCe8' },
        [8],
      ],
      [
        'prefixes in any case',
        (index) => ({ channel: [{ prefix: { 'equals-ignore-case': `Voice${index}` } }] }),
        { channel: 'VOICE5X' },
        [5],
      ],
      [
        'the longest text of wildcards',
        (index) => ({ channel: [{ wildcard: `*a*text-${index}*b` }] }),
        { channel: 'a text-3 b' },
        [3],
      ],
      [
        'the ends of wildcards',
        (index) => ({ channel: [{ wildcard: `text-${index}*b` }] }),
        { channel: 'text-6' },
        [6],
      ],
      [
        'ranges',
        (index) => ({ transfers: [{ numeric: ['>=', index, '<', index + 2] }] }),
        { transfers: 4 },
        [2, 3, 4],
      ],
      ['numbers', (index) => ({ transfers: [index] }), { transfers: 4 }, [4]],
      [
        'half of the line',
        (index) => ({ recentContacts: [{ numeric: ['<', index] }] }),
        { recentContacts: 7 },
        [7, 8, 9],
      ],
      [
        'several of these',
        (index) => ({ channel: [`c-${index}`, { prefix: `d-${index}` }, { suffix: `-${index}e` }] }),
        { channel: 'd-2-5e' },
        [2, 5],
      ],
    ],
  )('are found by %s', (_name, source, view, indexes) => {
    expect(found(createPolicies(10, source), { ...EMPTY, ...view })).toStrictEqual(indexes);
    expect(found(createPolicies(10, source), { ...EMPTY, transfers: -1 })).toHaveLength(0);
  });

  test('are none of those that need any value of a field that is absent', () => {
    const all = createPolicies(20, (index) => ({
      tags: { a: [index % 2 === 0 ? { exists: true } : { 'anything-but': `${index}` }] },
    }));
    expect(found(all, { ...EMPTY, tags: { b: 'x' } })).toHaveLength(0);
    expect(found(all, { ...EMPTY, tags: { a: 'x' } })).toHaveLength(20);
  });

  test('are none of the many that exclude the text of the contact', () => {
    const all = createPolicies(40, (index) => ({
      tags: { tier: [{ 'anything-but': ['standard', `t-${index}`] }] },
    }));
    expect(found(all, { ...EMPTY, tags: { tier: 'standard' } })).toHaveLength(0);
    expect(found(all, { ...EMPTY, tags: { tier: 't-7' } })).toHaveLength(40);
  });

  test('include those that exclude one of several values', () => {
    const all = createPolicies(20, () => ({ signals: [{ 'anything-but': 'outage' }] }));
    expect(found(all, { ...EMPTY, signals: ['outage', 'storm'] })).toHaveLength(20);
  });

  test.each(['tags', 'attributes'] as const)(
    'are found by the %s of the contact where policies name many',
    (key) => {
      const all = createPolicies(60, (index) => ({
        [key]: {
          [`k-${index % 20}`]: [
            index < 20 ? { exists: true } : index < 40 ? `v-${index}` : { 'anything-but': 'no' },
          ],
        },
      }));
      const texts = { 'k-3': 'v-23', 'k-5': 'no', unknown: 'x' };
      expect(accepting(all, { ...EMPTY, [key]: texts })).toStrictEqual([3, 5, 23, 43]);
      expect(found(all, { ...EMPTY, [key]: texts }).length).toBeLessThan(10);
      expect(found(all, EMPTY)).toHaveLength(0);
      expect(found(all, { ...EMPTY, [key]: Object.create({ 'k-3': 7 }) })).toHaveLength(0);
    },
  );

  test('are found by two fields of many', () => {
    const ofQueues = Array.from({ length: 10 }, (_, index) => ({
      queue: { id: [`q-${index}`] },
      tags: { [`k-${index}`]: [{ exists: true }] },
    }));
    const all = policies([...ofQueues, { tags: { 'k-0': ['a'] } }, { tags: { 'k-1': ['b'] } }]);
    expect(found(all, { ...EMPTY, tags: { 'k-1': 'b' } })).toStrictEqual([11]);
    expect(found(all, { ...EMPTY, tags: { 'k-0': 'a' } })).toStrictEqual([10]);
  });

  test('are not accepted by attributes that different elements of a list have', () => {
    const all = createPolicies(10, (index) => ({
      segmentAttributes: { call: { from: [`f-${index}`], to: [`t-${index}`] } },
    }));
    const accepted = (...call: SegmentValue[]) => accepting(all, { ...EMPTY, segmentAttributes: { call } });
    expect(accepted({ from: 'f-3', to: 't-4' }, { from: 'f-4', to: 't-3' })).toStrictEqual([]);
    expect(accepted({ from: 'f-3', to: 't-3' }, { from: 'f-4', to: 't-5' })).toStrictEqual([3]);
  });

  test('tell a text from the same text in any case', () => {
    const all = createPolicies(20, (index) => ({
      channel: [index % 2 === 0 ? { 'equals-ignore-case': 'voice' } : `voice`],
      transfers: [index],
    }));
    const accepted = (channel: string, transfers: number) => accepting(all, { ...EMPTY, channel, transfers });
    expect([accepted('voice', 3), accepted('VOICE', 3), accepted('VOICE', 4)]).toStrictEqual([[3], [], [4]]);
  });

  test.each(['prefix', 'suffix'])('tell a %s from the same in any case', (operator) => {
    const all = createPolicies(20, (index) => ({
      tags: { a: [{ [operator]: index % 2 === 0 ? { 'equals-ignore-case': 'bob' } : 'bob' }] },
      transfers: [index],
    }));
    const accepted = (a: string, transfers: number) => accepting(all, { ...EMPTY, tags: { a }, transfers });
    expect([accepted('bob-bob', 3), accepted('BOB-BOB', 3), accepted('BOB-BOB', 4)]).toStrictEqual([
      [3],
      [],
      [4],
    ]);
  });

  test('test what a split leaves open', () => {
    const all = createPolicies(20, (index) => ({
      tags: { a: [`v-${index}`], b: [{ 'equals-ignore-case': 'X' }] },
      transfers: [{ numeric: ['>', 1, '<', 4] }],
    }));
    const accepted = (b: string, transfers: number) =>
      accepting(all, { ...EMPTY, tags: { a: 'v-7', b }, transfers });
    expect([accepted('x', 2), accepted('x', 4), accepted('x', 1), accepted('y', 2)]).toStrictEqual([
      [7],
      [],
      [],
      [],
    ]);
  });

  test('are found by the alternatives of $or, in different fields', () => {
    const all = createPolicies(10, (index) => ({
      $or: [{ channel: [`c-${index}`] }, { tags: { a: [`t-${index}`] } }],
    }));
    expect(found(all, { ...EMPTY, channel: 'c-2', tags: { a: 't-5' } })).toStrictEqual([2, 5]);
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
    const inBothSpellings = { auth: { Status: 's-4' }, 'auth.Status': 's-7', ...c };
    expect(found(all, { ...EMPTY, segmentAttributes: inBothSpellings })).toEqual([4, 7]);
  });

  test('do not include policies on fields below texts and lists', () => {
    const all = policies(
      [{ channel: { 0: ['V'] } }, { signals: { 0: ['outage'] } }, { queue: ['q'] }].flatMap((one) =>
        Array<object>(5).fill(one),
      ),
    );
    const one = { ...EMPTY, channel: 'VOICE', signals: ['outage'], queue: { arn: 'q' } };
    expect(accepting(all, one)).toStrictEqual([]);
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

  test('are split by one field alone if policies require many texts, so that the index stays small', () => {
    const names = (index: number, field: string) =>
      Array.from({ length: 100 }, (_, text) => `${field}-${index + text}`);
    const all = createPolicies(300, (index) => ({
      queue: { id: names(index, 'q') },
      tags: { a: names(index, 'a'), b: names(index, 'b') },
    }));
    const one = { queue: { id: 'q-200', arn: 'arn' }, tags: { a: 'a-250', b: 'b-300' } };
    expect(found(all, { ...EMPTY, ...one })).toHaveLength(100);
    expect(found(all, { ...EMPTY, ...one, queue: { id: 'x', arn: 'arn' } })).toHaveLength(0);
  });

  test('are all those with more alternatives than the index takes', () => {
    const branches = (name: string, rest: object = {}) =>
      Array.from({ length: 20 }, (_, index) => ({ tags: { [name]: [`${index}`] }, ...rest }));
    const all = createPolicies(10, (index) => ({
      channel: [`c-${index}`],
      $or: branches('x', { $or: branches('y') }),
    }));
    const view = { ...EMPTY, channel: 'c-3', tags: { x: '19', y: '0' } };
    expect(found(all, view)).toHaveLength(10);
    expect(accepting(all, view)).toStrictEqual([3]);
  });
});

const text = fc.constantFrom(
  'a',
  'b',
  'ab',
  'aB',
  'Abc',
  'b-a',
  'ba*b',
  'cabc',
  '',
  'ß',
  'k',
  '\u212a',
  '10.0.0.1',
  '010.0.0.1',
);
const part = fc.constantFrom('a', 'b', 'ab', 'bc', 'B', 'abc', '-', 'ß', 'SS', 'k', '?', '10.');
const number = fc.constantFrom(-1, 0, 0.5, 1, 2, 3);
const below = fc.constantFrom('<', '<=');
const above = fc.constantFrom('>', '>=');
const operator = fc.oneof(
  ...['prefix', 'suffix'].flatMap((edge) => [
    part.map((of): unknown => ({ [edge]: of })),
    part.map((of): unknown => ({ [edge]: { 'equals-ignore-case': of } })),
  ]),
  part.map((of): unknown => ({ 'equals-ignore-case': of })),
  part.map((of): unknown => ({ exactly: of })),
  fc
    .array(fc.oneof(part, fc.constantFrom('\\*', '\\\\')), { minLength: 1, maxLength: 3 })
    .chain((parts) =>
      fc.constantFrom(
        parts.join('*'),
        `*${parts.join('*')}`,
        `${parts.join('*')}*`,
        `*${parts.join('*')}*`,
        '*',
      ),
    )
    .map((wildcard): unknown => ({ wildcard })),
  fc.tuple(fc.oneof(below, above, fc.constant('=')), number).map((numeric): unknown => ({ numeric })),
  fc.tuple(above, number, below, number).map((numeric): unknown => ({ numeric })),
  fc.constantFrom<unknown>({ exists: true }, { exists: false }, { cidr: '10.0.0.0/8' }),
  fc
    .oneof(text, fc.array(text, { minLength: 1, maxLength: 3 }), number)
    .map((of): unknown => ({ 'anything-but': of })),
  fc
    .tuple(fc.constantFrom('prefix', 'suffix', 'wildcard', 'equals-ignore-case'), part)
    .map(([name, of]): unknown => ({ 'anything-but': { [name]: of } })),
);
const value = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 4, arbitrary: operator },
  fc.constantFrom<unknown>(0, 1, null, true),
);
const values = fc.array(value, { minLength: 1, maxLength: 2 });
const named = fc.dictionary(fc.constantFrom('x', 'y', 'x.y', 'constructor'), values, {
  minKeys: 1,
  maxKeys: 2,
});
const allFields = fc.record({
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
});
const FIELDS = [
  'channel',
  'queue',
  'tags',
  'attributes',
  'segmentAttributes',
  'signals',
  'transfers',
] as const;
/** One or two of them, so that many match. */
const fields = fc
  .tuple(allFields, fc.constantFrom(...FIELDS), fc.constantFrom(...FIELDS))
  .map(([all, first, second]) => ({ [first]: all[first], [second]: all[second] }));
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
    fc.constantFrom(1, 2.5, true),
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

/** What the index must accept, one policy after another. */
function acceptedOneByOne(
  all: readonly Policy[],
  contact: ContactView,
  attributesAreKnown: boolean,
): number[] {
  return [...all.entries()]
    .filter(([, { match, matchWithoutAttributes }]) => {
      const pattern = attributesAreKnown ? match : matchWithoutAttributes;
      return !pattern || matches(pattern, contact);
    })
    .map(([index]) => index);
}

test('the index accepts what the evaluation of every policy accepts', () => {
  let skipped = 0;
  let accepted = 0;
  fc.assert(
    fc.property(
      fc.array(source, { minLength: 12, maxLength: 40 }),
      fc.array(view, { minLength: 5, maxLength: 5 }),
      fc.boolean(),
      (sources, views, attributes) => {
        const all = policies(sources);
        for (const one of views) {
          const candidates = found(all, one, attributes);
          const expected = acceptedOneByOne(all, one, attributes);
          expect(accepting(all, one, { attributes, queueName: true })).toStrictEqual(expected);
          expect(candidates).toStrictEqual([...new Set(candidates)].sort((a, b) => a - b));
          skipped += all.length - candidates.length;
          accepted += expected.length;
        }
      },
    ),
    { numRuns: 200 },
  );
  expect(skipped).toBeGreaterThan(2_000);
  expect(accepted).toBeGreaterThan(1_000);
});

describe('where the name of the queue is not known', () => {
  const ofQueue = (index: number) => ({
    queue: { name: [`q-${index}`] },
    tags: { tier: [`t-${index % 10}`] },
    ...(index % 2 === 0 && { attributes: { a: ['x'] } }),
  });
  const all = Array.from({ length: 40 }, (_, index) => parsed(`p-${index}`, { match: ofQueue(index) }));
  const view: ContactView = { ...EMPTY, queue: { arn: 'q', name: 'q-3' }, tags: { tier: 't-3' } };
  const foundOf = (known: KnownFacts, of: ContactView = view, from: readonly Policy[] = all) =>
    search(from, of, known).found;

  test('the other requirements find the candidates', () => {
    expect(foundOf({ attributes: true, queueName: true })).toEqual([3]);
    expect(foundOf({ attributes: true, queueName: false })).toEqual([3, 13, 23, 33]);
    expect(foundOf({ attributes: false, queueName: false })).toEqual([3, 13, 23, 33]);
    const even = { ...view, tags: { tier: 't-4' } };
    expect(foundOf({ attributes: false, queueName: false }, even)).toEqual([4, 14, 24, 34]);
  });

  test('what is left to test of a candidate is tested', () => {
    const few = Array.from({ length: 10 }, (_, index) =>
      parsed(`p-${index}`, { match: { ...ofQueue(index), transfers: [{ numeric: ['>=', 2] }] } }),
    );
    const unknown = { attributes: true, queueName: false };
    expect(accepting(few, { ...view, transfers: 2 }, unknown)).toEqual([3]);
    expect(accepting(few, { ...view, transfers: 1 }, unknown)).toEqual([]);
  });

  test('policies without a name of a queue, and without match, are among them', () => {
    const others = [parsed('tag', { match: { tags: { tier: ['t-3'] } } }), parsed('all', {})];
    expect(foundOf({ attributes: true, queueName: false }, view, [...all, ...others])).toEqual([
      3, 13, 23, 33, 40, 41,
    ]);
  });

  test('requirements on attributes that are not known either rule no policy out', () => {
    const both = Array.from({ length: 10 }, (_, index) =>
      parsed(`p-${index}`, { match: { queue: { name: ['q-3'] }, attributes: { a: [`${index}`] } } }),
    );
    expect(foundOf({ attributes: false, queueName: false }, view, both)).toHaveLength(10);
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

test('an index that was read is written as before', () => {
  const tags = policies([
    ...Array.from({ length: 10 }, (_, index) => ({
      tags: { a: [`v-${index}`] },
      transfers: [{ numeric: ['<', 3] }],
    })),
    { $or: [{ channel: ['CHAT'] }, { attributes: { b: ['y'] } }] },
  ]);
  const written = writtenIndex(buildPolicyIndex(tags));
  expect(writtenIndex(readIndex(written, (index) => tags[index] as Policy))).toStrictEqual(written);
});

test('an index that is read with other policies than it was written of says so', () => {
  const all = policies([{ $or: [{ tags: { a: ['x'] } }, { tags: { b: ['y'] } }] }]);
  const read = readIndex(
    writtenIndex(buildPolicyIndex(all)),
    () => policies([{ channel: ['CHAT'] }])[0] as Policy,
  );
  expect(() => searchIn(read, EMPTY, ALL_KNOWN)).toThrow(
    'A pattern has no rule 1: it is not the one of the tree.',
  );
});
