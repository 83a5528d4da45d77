import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '../../../../lambda/domain/policy/parse.ts';
import { policyWarnings } from '../../../../lambda/domain/policy/warnings/index.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../../lambda/domain/settings.ts';
import { policy } from '../../../support/contacts.ts';

const STEPS = [{ after: '0s', set: { age: '1m' } }];

/** The warnings about a pattern, as `code path | message`. */
const warnings = (match: object) =>
  policyWarnings([policy('a', { match, steps: STEPS })], DEFAULT_SETTINGS).map(
    ({ code, path, message }) => `${code} ${path.join('.')} | ${message}`,
  );

describe('a field that no contact has has advice', () => {
  test.each<[match: object, advice: string]>([
    [{ queueId: ['x'] }, 'Did you mean "queue.id"?'],
    [{ queueName: ['x'] }, 'Did you mean "queue.name"?'],
    [{ queueArn: ['x'] }, 'Did you mean "queue.arn"?'],
    [{ queueType: ['x'] }, 'Did you mean "queue.type"?'],
    [{ contactAttributes: { a: ['x'] } }, 'Did you mean "attributes"?'],
    [{ userAttributes: { a: ['x'] } }, 'Did you mean "attributes"?'],
    [{ customAttributes: { a: ['x'] } }, 'Did you mean "attributes"?'],
    [{ contactTags: { a: ['x'] } }, 'Did you mean "tags"?'],
    [{ transferCount: [1] }, 'Did you mean "transfers"?'],
    [{ chanel: ['VOICE'] }, 'Did you mean "channel"?'],
    [{ zzzzzz: ['x'] }, 'the tags that a flow sets are below tags.'],
    [{ channel: { a: ['x'] } }, 'channel has no fields below it: match channel itself.'],
    [{ queue: { nam: ['x'] } }, 'The fields below queue are id, arn, name, type. Did you mean "name"?'],
    [{ queue: { ids: ['x'] } }, 'The fields below queue are id, arn, name, type. Did you mean "id"?'],
    [{ queue: ['x'] }, 'The fields below queue are id, arn, name, type.'],
    [{ tags: ['x'] }, 'Name a field below tags, such as "tags: { tier: [gold] }".'],
    [
      { segmentAttributes: ['x'] },
      'Name a field below segmentAttributes, such as "segmentAttributes: { tier: [gold] }".',
    ],
    [
      { tags: { tier: { level: ['x'] } } },
      'tags.tier is a text and has no fields below it: match tags.tier itself.',
    ],
    [{ detail: { channel: ['VOICE'] } }, 'Write channel in the pattern itself, without detail.'],
    [{ detail: { queue: { id: ['x'] } } }, 'Write queue in the pattern itself, without detail.'],
    [{ not: { channel: ['VOICE'] } }, 'Write "channel": [{"anything-but": "…"}] for each field.'],
    [{ any: { channel: ['VOICE'] } }, 'Write "$or": [{…}, {…}] with an object for each alternative.'],
    [{ and: { channel: ['VOICE'] } }, 'Write channel in the pattern itself, without and.'],
    [
      { segmentAttributes: { a: { valueString: ['x'] } } },
      '"valueString" is how events and the API write a segment attribute; here it is the value itself, so this never ' +
        'matches. Write "a": [...] without valueString.',
    ],
  ])('%j', (match, advice) => {
    const [warning, ...others] = warnings(match);
    expect(others).toEqual([]);
    expect(warning).toMatch(/^unknown-field match\S* \| /);
    expect(warning?.endsWith(advice)).toBe(true);
  });

  test('but not a segment attribute with the name of a type', () => {
    expect(warnings({ segmentAttributes: { valueString: ['x'] } })).toEqual([]);
    expect(warnings({ segmentAttributes: { a: { b: ['x'] } } })).toEqual([]);
  });

  test.each<[match: object, path: string]>([
    [{ detail: { channel: ['VOICE'] } }, 'detail'],
    [{ a: { detail: { channel: ['VOICE'] } } }, 'a'],
    [{ queue: { nam: ['x'] } }, 'queue.nam'],
    [{ channel: { a: ['x'] } }, 'channel.a'],
    [{ tags: { tier: { level: ['x'] } } }, 'tags.tier.level'],
  ])('%j: at the first key that no contact has, below a known one', (match, path) => {
    expect(warnings(match)).toEqual([expect.stringMatching(new RegExp(`^unknown-field match\\.${path} `))]);
  });

  test.each<[match: object, effect: string]>([
    [{ tier: ['x'] }, 'so this never matches.'],
    [{ tier: [{ exists: false }] }, 'so this always matches.'],
  ])('%j has no effect', (match, effect) => {
    expect(warnings(match)).toEqual([expect.stringContaining(`No contact has the field "tier", ${effect}`)]);
  });

  test('each of several fields that do not match is named', () => {
    expect(warnings({ not: { queue: { name: ['x'] } } })).toEqual([
      expect.stringContaining('Write "name": [{"anything-but": "…"}] for each field.'),
    ]);
  });

  test('a tag that ends like an attribute of Connect, or like the type of one, has none of its own', () => {
    expect(warnings({ attributes: { primarySubtype: ['x'] }, tags: { valueString: ['x'] } })).toEqual([]);
    expect(warnings({ segmentAttributes: { Subtyp: ['x'], Directon: ['x'] } })).toEqual([]);
    expect(warnings({ tags: { a: { valueString: ['x'] } } })).toEqual([
      expect.stringContaining('tags.a is a text and has no fields below it: match tags.a itself.'),
    ]);
  });

  test('once for a field that alternatives and steps repeat', () => {
    const match = { $or: [{ channl: ['CHAT'] }, { channl: ['VOICE'], tags: { a: ['x'] } }] };
    const steps = [...STEPS, { after: '1m', set: { age: '2m' }, when: { channl: ['TASK'] } }];
    const found = policyWarnings([policy('a', { match, steps })], DEFAULT_SETTINGS);
    expect(found.map(({ code, policy: name }) => [code, name])).toEqual([['unknown-field', 'a']]);
  });
});

describe('an operator in place of a field has advice', () => {
  test.each([
    [['x'], 'true'],
    [true, 'true'],
    ['no', 'false'],
    [false, 'false'],
  ])('exists: %j is there or not', (exists, operand) => {
    const match = { tags: { tier: { exists } } };
    expect(
      parsePolicy('a', JSON.stringify({ match, steps: STEPS }))
        .problems.map(({ message }) => message)
        .join() || warnings(match).join(),
    ).toContain(`[{"exists": ${operand}}]`);
  });

  test.each([
    ...['anything-but', 'equals-ignore-case', 'wildcard', 'numeric', 'cidr', 'exists'].map((key) => ({
      tags: { [key]: ['x'] },
    })),
    { tags: { tier: { prefix: ['x'] } } },
    { tags: { tier: { startsWith: ['x'] } } },
    { channel: { 'anything-but': ['VOICE'] } },
    { segmentAttributes: { a: { prefix: ['x'] } } },
  ])('%j', (match) => {
    expect(warnings(match)[0]).toMatch(
      /^operator-outside-list match\S* \| ".*" stands outside a list, so it is the name of a field, which no contact has\. Write ".*": \[\{/,
    );
  });

  test.each<[match: object, advice: string]>([
    [{ queue: { exists: ['x'] } }, 'The fields below queue are id, arn, name, type.'],
    [{ exists: ['x'] }, 'The fields are instanceId,'],
    [{ tier: { exists: ['x'] } }, 'The fields are instanceId,'],
    [
      { segmentAttributes: { 'connect:CustomerAuthentication': { exists: ['x'] } } },
      'connect:CustomerAuthentication has no member "exists"',
    ],
  ])('not where no field can stand: %j', (match, advice) => {
    expect(warnings(match)).toEqual([expect.stringMatching(/^unknown-field /)]);
    expect(warnings(match)[0]).toContain(advice);
  });

  test.each([
    { tags: { prefix: ['x'] } },
    { tags: { suffix: ['x'] } },
    { segmentAttributes: { a: { startsWith: ['x'] } } },
  ])('not what may be the name of a tag or of a segment attribute: %j', (match) => {
    expect(warnings(match)).toEqual([]);
  });
});

describe('a list that lets in more than it says', () => {
  test.each<[values: unknown[], message: string]>([
    [['x', { exists: true }], 'so with { exists: true } the others have no effect'],
    [
      [{ 'anything-but': 'x' }, { 'anything-but': ['y', 'z'] }],
      'Write { anything-but: ["x", "y", "z"] } to exclude all of them.',
    ],
    [
      [{ 'anything-but': 'x' }, { 'anything-but': { prefix: 'y' } }],
      'Write one anything-but, which takes a list.',
    ],
    [['x', { 'anything-but': ['x', 'y'] }], '"x" lets in what anything-but excludes. Remove one of them.'],
  ])('%j', (values, message) => {
    expect(warnings({ segmentAttributes: { a: values } }).join()).toContain(message);
  });

  test('a range in two entries', () => {
    const range = (...values: unknown[]) => warnings({ segmentAttributes: { a: values } }).join();
    const numeric = (...comparisons: unknown[]) => ({ numeric: comparisons });
    expect(range(numeric('<', 9), numeric('>', 5))).toContain(
      'so this lets in every number. For a range write one entry: { numeric: [">", 5, "<", 9] }.',
    );
    for (const values of [
      [numeric('>', 9), numeric('<', 5)],
      [numeric('>', 5), numeric('<', 5)],
      [numeric('>', 5), 'x'],
      [numeric('<', 5), 'x'],
      [numeric('>', 1, '<', 3), numeric('>', 5, '<', 9)],
      [numeric('>', 1, '<', 3), numeric('<', 9)],
    ])
      expect(range(...values)).toBe('');
  });

  test('a field that stands twice, at the policy and the place of the one that counts', () => {
    const match = { channel: ['VOICE'], $or: [{ channel: ['CHAT'] }, { tags: { a: ['b'] } }] };
    const found = policyWarnings([policy('a', { match, steps: STEPS })], DEFAULT_SETTINGS);
    expect(found).toEqual([
      {
        code: 'wider-match',
        policy: 'a',
        path: ['match', '$or', 0, 'channel'],
        message:
          'channel stands twice in this pattern, and ["CHAT"] counts alone: ["VOICE"] has no effect together with it. ' +
          'Write each field once, or in every branch of $or.',
      },
    ]);
  });

  test('a field of several alternatives, in each of them', () => {
    expect(warnings({ $or: [{ channel: ['fax'] }, { channel: ['phone'] }] })).toEqual([
      expect.stringMatching(/^unknown-value match\.\$or\.0\.channel\.0 .*"fax"/),
      expect.stringMatching(/^unknown-value match\.\$or\.1\.channel\.0 .*"phone"/),
    ]);
    const match = { transfers: ['1'], $or: [{ tags: { a: ['x'] } }, { tags: { b: ['x'] } }] };
    expect(warnings(match)).toEqual([expect.stringMatching(/^value-type match\.transfers\.0 /)]);
  });

  test('a list of signals, of which one excludes another', () => {
    const message = 'One signal that is not excluded is enough';
    expect(warnings({ signals: [{ 'anything-but': 'vip' }] }).join()).toContain(message);
    expect(warnings({ signals: ['calm', { 'anything-but': 'vip' }] }).join()).toContain(message);
    expect(warnings({ signals: ['calm'] })).toEqual([]);
    expect(warnings({ tags: { tier: [{ 'anything-but': 'gold' }] } })).toEqual([]);
  });
});

describe('a target', () => {
  const targets = (sources: Record<string, object>, settings: Partial<Settings> = {}) =>
    policyWarnings(
      Object.entries(sources).map(([name, source]) => policy(name, source)),
      { ...DEFAULT_SETTINGS, ...settings },
    )
      .filter(({ path }) => path[0] === 'target')
      .map(({ code, policy: name, message }) => `${name} ${code} ${message}`);
  const chat = { match: { channel: ['CHAT'] } };

  test('within the routing lag shows too late', () => {
    const late =
      'a sooner-than-lag A contact is due after 1m, and its age takes about 1m to show in a queue: it comes too late to ' +
      'bring the contact forward in time, and so does a step. Lengthen the target, or set a priority in the flow, before ' +
      'the contact is queued.';
    expect(targets({ a: { ...chat, target: '1m' } })).toEqual([late]);
    expect(targets({ a: { ...chat, target: '61s' } })).toEqual([]);
    expect(targets({ a: { ...chat, target: 'horizon', clock: 'firstEnqueued' } })).toEqual([]);
  });

  test('at the horizon changes nothing', () => {
    const horizon = { defaultSeconds: 600, channelSeconds: { CHAT: 1_200, EMAIL: 60 } };
    const far = (target: string, match?: object, more: object = {}) =>
      targets({ a: { ...(match && { match }), target, ...more }, z: { target: '2m' } }, { horizon }).filter(
        (text) => text.includes('target-beyond-horizon'),
      );
    expect(far('20m', { channel: ['CHAT'] })).toEqual([
      'a target-beyond-horizon The target is not before the horizon, 20m, when contacts without a target count as due: it ' +
        'changes nothing. Shorten the target, or lengthen horizon in the settings.',
    ]);
    expect(far('19m', { channel: ['CHAT'] })).toEqual([]);
    expect(far('19m', { channel: ['CHAT', 'VOICE'] })).toEqual([]);
    expect(far('19m', { tags: { tier: ['gold'] } })).toEqual([]);
    expect(far('20m', { tags: { tier: ['gold'] } })).toEqual([expect.stringContaining('the horizon, 20m,')]);
    expect(far('20m', { channel: ['CHAT'] }, { clock: 'initiated' })).toEqual([]);
    expect(far('horizon', { channel: ['CHAT'] })).toEqual([
      'a target-beyond-horizon The target horizon is the place of the whole transfer chain, and the clock begins in this ' +
        'queue: it changes nothing. Write "clock: firstEnqueued", or a target shorter than the horizon.',
    ]);
  });

  test('that all contacts have leaves their order as it is', () => {
    const same =
      'Every contact has this target, so each gets the same age, and the order of the queue is the same as without it. ' +
      'Leave out the target of those that may wait longest: they count as due at the horizon, without a call.';
    const all = { target: '5m' };
    expect(targets({ a: all })).toEqual([`a changes-nothing ${same}`]);
    expect(targets({ a: { precedence: 1, ...chat, ...all }, b: all })).toEqual([`b changes-nothing ${same}`]);
    expect(targets({ a: { precedence: 1, ...chat, target: '4m' }, b: all })).toEqual([]);
    expect(targets({ a: { precedence: 1, ...chat, mode: 'observe', target: '4m' }, b: all })).toEqual([
      `b changes-nothing ${same}`,
    ]);
    expect(targets({ a: all, b: { precedence: 200, ...chat, target: '4m' } })).toContain(
      `a changes-nothing ${same}`,
    );
    expect(targets({ a: { ...all, rollout: 50 } })).toEqual([]);
    expect(targets({ a: { ...all, ...chat } })).toEqual([]);
    expect(targets({ a: { ...all, clock: 'initiated' } })).toEqual([]);
    const calendar = { timezone: 'UTC', hours: ['daily 00:00-24:00'] };
    expect(targets({ a: { ...all, clock: { in: calendar } } })).toEqual([]);
    expect(targets({ a: { ...all, during: { timezone: 'UTC', hours: ['daily 09:00-18:00'] } } })).toEqual([]);
    const steps = [{ after: '1m', set: { priority: 2 } }];
    expect(targets({ a: { precedence: 1, ...chat, ...all, steps }, b: all })).toEqual([]);
    expect(targets({ a: { steps } })).toEqual([]);
  });
});
