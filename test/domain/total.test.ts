import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { MalformedEventError, parseContactEvent } from '../../lambda/domain/contact/parse-event.ts';
import { parseRuleMessage } from '../../lambda/domain/messages/parse.ts';
import { MalformedMessageError } from '../../lambda/domain/messages/rule-message.ts';
import { parseSettings } from '../../lambda/domain/parse-settings.ts';
import { policyFromSource } from '../../lambda/domain/policy/from-source.ts';
import { parsePolicy } from '../../lambda/domain/policy/parse.ts';
import { settingsFromSource } from '../../lambda/domain/settings.ts';
import { formatProblem } from '../../lambda/domain/validation/problem.ts';
import { parseScenario } from '../../sim/scenario/parse.ts';

const nested = (depth: number, open: string, close: string) => `${open.repeat(depth)}1${close.repeat(depth)}`;

/** Values that JSON can hold and that often break a parser. */
const HOSTILE_VALUES: readonly unknown[] = [
  { toString: 1 },
  { toString: 1, valueOf: 2 },
  { constructor: { prototype: null } },
  JSON.parse('{"__proto__": {"x": 1}}'),
  { hasOwnProperty: false, toJSON: 1, length: -1 },
  [[[]]],
  [null],
  null,
  -0,
  1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 53,
  '',
  ' ',
  '\uD800',
  '\u0000',
  'k'.repeat(4_096),
  { ['k'.repeat(4_096)]: 1 },
  { '<<': 1, $or: 1, '': 1 },
  JSON.parse(nested(100, '[', ']')),
  JSON.parse(nested(100, '{"a":', '}')),
];

/** Texts that are hostile as texts. */
const HOSTILE_TEXTS: readonly string[] = [
  '',
  '\uFEFF',
  '\uD800: 1',
  '\u0000',
  '%YAML 9.9\n---\na: 1',
  '--- !<tag:x> a',
  'a: &a [*a]',
  'a: &a { <<: *a }',
  '<<: 1',
  '<<: [1, *b]',
  'a: *missing',
  '? [a, b]\n: 1',
  '? {a: {b: 1}}\n: 1',
  '!!binary a: 1',
  'a: !!set { b, c }',
  'a: !!timestamp 2020-01-01',
  'a: 0x',
  'a: .nan',
  'a: 1e999',
  `a: ${'9'.repeat(400)}`,
  `${'k'.repeat(4_096)}: 1`,
  nested(100_000, '[', ']'),
  nested(5_000, '{"a":', '}'),
  '- '.repeat(5_000),
  `a: &a [${'x,'.repeat(10)}]\nb: &b [${'*a,'.repeat(10)}]\nc: &c [${'*b,'.repeat(10)}]\nd: [${'*c,'.repeat(10)}]`,
  'mode: {toString: 1}',
  'steps: [{ after: {toString: 1}, set: {priority: {toString: 1}} }]',
  'during: {timezone: {toString: 1}, hours: {toString: 1}, except: [{toString: 1}]}',
  'match: {__proto__: [1], constructor: {prototype: [1]}}',
  'updateRate: {toString: 1}\nageAdjustment: {toString: 1}',
];

const KEYS = [
  ...['description', 'precedence', 'mode', 'rollout', 'match', 'during', 'clock', 'allowLower', 'steps'],
  ...['after', 'by', 'from', 'every', 'when', 'set', 'ramp', 'priority', 'age', 'route', 'routingCriteria'],
  ...['timezone', 'hours', 'except', 'tags', 'channel', '$or', 'prefix', 'anything-but', 'numeric', 'Steps'],
  ...['updateRate', 'routingLag', 'instances', 'pause', 'type', 'contactId', 'signal', 'ttl', 'detail'],
  ...['detail-type', 'eventType', 'instanceArn', 'queueInfo', 'queues', 'agents', 'streams', 'arrivals'],
  ...['__proto__', 'constructor', 'toString', 'valueOf', '<<', ''],
];
const WORDS = [
  ...['enforce', '30s', 'VOICE', 'gold*', 'yes', '007', 'override', 'QUEUED', 'Europe/Berlin', 'Mon-Fri 8-9'],
  ...['agents x for', 'not connect:a:b >=', '"', '2026-02-30', 'rule:', 'Metrics Rules Matched'],
];

const { anyValue } = fc.letrec((tie) => ({
  anyValue: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.constantFrom<unknown>(...WORDS, ...HOSTILE_VALUES),
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.array(tie('anyValue'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.constantFrom(...KEYS), tie('anyValue')), { maxLength: 6 })
      .map((entries): unknown => Object.fromEntries(entries)),
  ),
}));

const PARSERS: readonly [string, (text: string) => { problems: readonly { message: string }[] } & object][] =
  [
    ['parsePolicy', (text) => parsePolicy('name', text)],
    ['parseSettings', (text) => parseSettings(text)],
    ['parseScenario', (text) => parseScenario(text, () => '')],
  ];

/** A value or at least one problem, never both. */
function expectTotal(result: { problems: readonly object[] }): void {
  const hasValue = 'policy' in result || 'settings' in result || 'scenario' in result;
  expect(hasValue).toBe(result.problems.length === 0);
  for (const problem of result.problems) expect(formatProblem(problem as never)).toMatch(/./);
}

describe.each(PARSERS)('%s never throws', (_, parse) => {
  test.each(HOSTILE_TEXTS.map((text) => [text.slice(0, 60), text]))('%j', (_start, text) => {
    expectTotal(parse(text));
  });

  test.each(HOSTILE_VALUES.map((value, index) => [index, value]))(
    'as any member: value %d',
    (_index, value) => {
      for (const key of KEYS) expectTotal(parse(JSON.stringify({ [key]: value, steps: [{ [key]: value }] })));
    },
  );

  test('for any value as JSON', () => {
    fc.assert(fc.property(anyValue, (value) => expectTotal(parse(JSON.stringify(value) ?? ''))));
  });

  test('for any value as YAML', () => {
    fc.assert(
      fc.property(anyValue, (value) => expectTotal(parse(stringify(value)))),
      { numRuns: 20 },
    );
  });

  test('for any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expectTotal(parse(text))));
  });
});

test('policyFromSource and settingsFromSource never throw, whatever the value', () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      expectTotal(policyFromSource('name', value));
      expectTotal(settingsFromSource(value));
    }),
  );
});

describe('messages and events are parsed or refused as malformed', () => {
  const metadata = { messageId: 'm', sentAt: 1, instances: ['i'] };
  const parse = (body: string): unknown => {
    try {
      return parseRuleMessage(body, metadata);
    } catch (error) {
      return error instanceof MalformedMessageError ? error.problems : error;
    }
  };
  const parseEvent = (event: unknown): unknown => {
    try {
      return parseContactEvent(event);
    } catch (error) {
      return error instanceof MalformedEventError ? {} : error;
    }
  };

  test.each(HOSTILE_VALUES.map((value, index) => [index, value]))(
    'value %d in each member',
    (_index, value) => {
      for (const key of KEYS) {
        for (const type of ['signal', 'override', 'release', 'wake', 'reevaluate', value]) {
          const body = JSON.stringify({
            type,
            contactId: 'c',
            signal: 's',
            set: { priority: 1 },
            [key]: value,
          });
          expect(parse(body)).toEqual(expect.any(Array));
        }
        const detail = { eventType: 'QUEUED', contactId: 'c', instanceArn: 'arn:x:instance/i', [key]: value };
        expect(parseEvent({ detail })).not.toBeInstanceOf(Error);
        expect(parseEvent({ detail: value, [key]: value })).not.toBeInstanceOf(Error);
        expect(parse(JSON.stringify({ 'detail-type': 'Contact Event', detail }))).toEqual(expect.any(Array));
      }
    },
  );

  test('a type that is nested too deeply to describe', () => {
    const deep: unknown = JSON.parse(nested(20_000, '[', ']'));
    const detail = { eventType: deep, contactId: 'c', instanceArn: 'arn:x:instance/i' };
    expect(parseEvent({ detail })).toEqual({});
  });

  test('any JSON and any text', () => {
    fc.assert(
      fc.property(anyValue, fc.string({ unit: 'binary' }), (value, text) => {
        expect(parse(JSON.stringify(value) ?? '')).toEqual(expect.any(Array));
        expect(parse(text)).toEqual(expect.any(Array));
        expect(parseEvent(value)).not.toBeInstanceOf(Error);
      }),
    );
  });
});
