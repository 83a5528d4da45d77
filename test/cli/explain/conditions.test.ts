import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { allHold, evaluateConditions } from '../../../cli/explain/conditions.ts';
import { compilePattern, matches } from '../../../lambda/domain/pattern/index.ts';
import type { ContactView } from '../../../lambda/domain/policy/contact-view.ts';
import { ALL_KNOWN } from '../../../lambda/domain/policy/known-facts.ts';

const VIEW: ContactView = {
  instanceId: 'i-1',
  contactId: 'c-1',
  channel: 'VOICE',
  queue: { arn: 'arn', id: 'q-1' },
  tags: { tier: 'gold', 'a.b': 'dotted' },
  signals: ['vip', 'angry'],
  transfers: 0,
};

describe('evaluateConditions', () => {
  test.each([
    {
      name: 'each field has a condition',
      pattern: { channel: ['CHAT'], queue: { id: [{ prefix: 'q' }] } },
      conditions: [
        { field: 'channel', expected: ['CHAT'], actual: 'VOICE', holds: false },
        { field: 'queue.id', expected: [{ prefix: 'q' }], actual: 'q-1', holds: true },
      ],
    },
    {
      name: 'a field with several values',
      pattern: { signals: ['angry'] },
      conditions: [{ field: 'signals', expected: ['angry'], actual: ['vip', 'angry'], holds: true }],
    },
    {
      name: 'an absent field',
      pattern: { initiationMethod: [{ exists: false }] },
      conditions: [
        { field: 'initiationMethod', expected: [{ exists: false }], actual: undefined, holds: true },
      ],
    },
    {
      name: 'a key that contains a dot',
      pattern: { tags: { 'a.b': ['dotted'] }, 'tags.tier': ['gold'] },
      conditions: [
        { field: 'tags.a.b', expected: ['dotted'], actual: 'dotted', holds: true },
        { field: 'tags.tier', expected: ['gold'], actual: 'gold', holds: true },
      ],
    },
    {
      name: '$or holds if one branch holds',
      pattern: { $or: [{ channel: ['CHAT'] }, { tags: { tier: ['gold'] } }] },
      conditions: [
        {
          either: [
            [{ field: 'channel', expected: ['CHAT'], actual: 'VOICE', holds: false }],
            [{ field: 'tags.tier', expected: ['gold'], actual: 'gold', holds: true }],
          ],
          holds: true,
        },
      ],
    },
    {
      name: 'attributes that are not known',
      pattern: { attributes: { tier: ['x'] } },
      conditions: [{ field: 'attributes.tier', expected: ['x'], actual: undefined }],
    },
    {
      name: 'the name of a queue that is not known',
      pattern: { queue: { name: ['Billing'] } },
      conditions: [{ field: 'queue.name', expected: ['Billing'], actual: undefined }],
    },
    {
      name: '$or is undecided if a branch depends on attributes that are not known',
      pattern: { $or: [{ channel: ['CHAT'] }, { attributes: { tier: ['x'] } }] },
      conditions: [
        {
          either: [
            [{ field: 'channel', expected: ['CHAT'], actual: 'VOICE', holds: false }],
            [{ field: 'attributes.tier', expected: ['x'], actual: undefined }],
          ],
        },
      ],
    },
  ])('$name', ({ pattern, conditions }) => {
    expect(compilePattern(pattern).problems).toEqual([]);
    expect(evaluateConditions(pattern, VIEW, { attributes: false, queueName: false })).toEqual(conditions);
  });

  test('without a pattern there are no conditions, and all of them hold', () => {
    expect(evaluateConditions(undefined, VIEW, ALL_KNOWN)).toEqual([]);
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

  test('all conditions hold exactly if the pattern matches', () => {
    fc.assert(
      fc.property(fields, (pattern) => {
        const { pattern: compiled } = compilePattern(pattern);
        expect(allHold(evaluateConditions(pattern, VIEW, ALL_KNOWN))).toBe(
          compiled && matches(compiled, VIEW),
        );
      }),
    );
  });
});
