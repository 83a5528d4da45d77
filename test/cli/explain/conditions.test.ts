import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { allHold, evaluateConditions } from '../../../cli/explain/conditions.ts';
import { compilePattern, matches } from '../../../lambda/domain/pattern/index.ts';
import type { ContactView } from '../../../lambda/domain/policy/contact-view.ts';

const VIEW: ContactView = {
  instanceId: 'i-1',
  contactId: 'c-1',
  channel: 'VOICE',
  queue: { arn: 'arn', id: 'q-1' },
  tags: { tier: 'gold', 'a.b': 'dotted' },
  signals: ['vip', 'angry'],
  transfers: 0,
};

describe('the conditions of a pattern', () => {
  test.each([
    {
      name: 'each field is one',
      pattern: { channel: ['CHAT'], queue: { id: [{ prefix: 'q' }] } },
      conditions: [
        { field: 'channel', wants: ['CHAT'], has: 'VOICE', holds: false },
        { field: 'queue.id', wants: [{ prefix: 'q' }], has: 'q-1', holds: true },
      ],
    },
    {
      name: 'a list has several values',
      pattern: { signals: ['angry'] },
      conditions: [{ field: 'signals', wants: ['angry'], has: ['vip', 'angry'], holds: true }],
    },
    {
      name: 'an absent field has nothing',
      pattern: { initiationMethod: [{ exists: false }] },
      conditions: [{ field: 'initiationMethod', wants: [{ exists: false }], has: undefined, holds: true }],
    },
    {
      name: 'a key with a dot in it',
      pattern: { tags: { 'a.b': ['dotted'] }, 'tags.tier': ['gold'] },
      conditions: [
        { field: 'tags.a.b', wants: ['dotted'], has: 'dotted', holds: true },
        { field: 'tags.tier', wants: ['gold'], has: 'gold', holds: true },
      ],
    },
    {
      name: 'one branch is enough',
      pattern: { $or: [{ channel: ['CHAT'] }, { tags: { tier: ['gold'] } }] },
      conditions: [
        {
          either: [
            [{ field: 'channel', wants: ['CHAT'], has: 'VOICE', holds: false }],
            [{ field: 'tags.tier', wants: ['gold'], has: 'gold', holds: true }],
          ],
          holds: true,
        },
      ],
    },
    {
      name: 'attributes that are not known',
      pattern: { attributes: { tier: ['x'] } },
      conditions: [{ field: 'attributes.tier', wants: ['x'], has: undefined }],
    },
    {
      name: 'attributes in a branch leave it open',
      pattern: { $or: [{ channel: ['CHAT'] }, { attributes: { tier: ['x'] } }] },
      conditions: [
        {
          either: [
            [{ field: 'channel', wants: ['CHAT'], has: 'VOICE', holds: false }],
            [{ field: 'attributes.tier', wants: ['x'], has: undefined }],
          ],
        },
      ],
    },
  ])('$name', ({ pattern, conditions }) => {
    expect(compilePattern(pattern).problems).toEqual([]);
    expect(evaluateConditions(pattern, VIEW, false)).toEqual(conditions);
  });

  test('without a pattern there is none, and all of them hold', () => {
    expect(evaluateConditions(undefined, VIEW, true)).toEqual([]);
    expect(allHold([])).toBe(true);
  });

  const operand = fc.oneof(
    fc.constantFrom('VOICE', 'CHAT', 'gold', 'vip'),
    fc.constantFrom({ exists: true }, { exists: false }, { prefix: 'V' }, { 'anything-but': ['gold'] }),
  );
  const values = fc.array(operand, { minLength: 1, maxLength: 3 });
  const fields = fc.record(
    { channel: values, signals: values, tags: fc.record({ tier: values }), initiationMethod: values },
    { requiredKeys: ['channel'] },
  );

  test('they hold together exactly where the pattern matches', () => {
    fc.assert(
      fc.property(fields, (pattern) => {
        const { pattern: compiled } = compilePattern(pattern);
        expect(allHold(evaluateConditions(pattern, VIEW, true))).toBe(compiled && matches(compiled, VIEW));
      }),
    );
  });
});
