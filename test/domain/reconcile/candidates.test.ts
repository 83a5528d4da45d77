import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { plan } from '../../../lambda/domain/reconcile/plan.ts';
import { atSecond, context, QUEUE_ARN, queuedContact, T0 } from '../../support/contacts.ts';

const value = fc.constantFrom<unknown>('a', 'b', { prefix: 'a' }, { exists: false }, { 'anything-but': 'b' });
const values = fc.uniqueArray(value, { minLength: 1, maxLength: 2 });
const fields = fc.record(
  {
    attributes: fc.dictionary(fc.constantFrom('x', 'y'), values, { minKeys: 1, maxKeys: 2 }),
    queue: fc.record({ name: values }),
    tags: fc.record({ tier: values }),
  },
  { requiredKeys: [] },
);
const match = fc.oneof(
  fields,
  fc.tuple(fields, fields).map(([a, b]) => ({
    $or: [
      { ...a, channel: ['VOICE'] },
      { ...b, channel: ['VOICE'] },
    ],
  })),
);
const text = fc.constantFrom('a', 'b', 'c');
const record: fc.Arbitrary<ContactRecord> = fc
  .record({
    /** What Connect was asked for, and answered. */
    names: fc.subarray(['x', 'y']),
    attributes: fc.dictionary(fc.constantFrom('x', 'y'), text),
    queueName: fc.option(fc.option(text, { nil: undefined }), { nil: null }),
    tier: fc.option(text, { nil: undefined }),
  })
  .map(({ names, attributes, queueName, tier }) => ({
    ...queuedContact(tier === undefined ? {} : { tags: { value: { tier }, at: T0 } }),
    ...(names.length > 0 && {
      attributes: {
        changedAt: T0,
        names,
        values: Object.fromEntries(Object.entries(attributes).filter(([name]) => names.includes(name))),
      },
    }),
    ...(queueName !== null && {
      queueName: { queueArn: QUEUE_ARN, ...(queueName !== undefined && { value: queueName }) },
    }),
  }));

test('a policy whose attributes are known not to match is no candidate where those of another are missing', () => {
  const steps = [{ after: '0s', set: { priority: 1 } }];
  const policies = context({
    first: { precedence: 1, match: { attributes: { x: ['a'] } }, steps },
    second: { precedence: 2, match: { attributes: { y: ['a'] } }, steps },
  });
  const known = { ...queuedContact(), attributes: { changedAt: T0, names: ['x'], values: { x: 'b' } } };
  expect(plan(known, policies, atSecond(1))).toMatchObject({ reason: 'needs-attributes' });
});

test('a set of policies decides as the first of its policies does that decides alone', () => {
  const counts = new Map<string, number>();
  fc.assert(
    fc.property(
      fc.array(match, { minLength: 6, maxLength: 12 }),
      fc.array(record, { minLength: 8, maxLength: 8 }),
      (matches, records) => {
        const policies = matches.map((one, index) => ({
          precedence: index + 1,
          ...(Object.keys(one).length > 0 && { match: one }),
          steps: [{ after: '0s', set: { priority: (index % 9) + 1 } }],
        }));
        const all = context(Object.fromEntries(policies.map((policy, index) => [`p-${index}`, policy])));
        const alone = policies.map((policy, index) => context({ [`p-${index}`]: policy }));
        for (const one of records) {
          const decided = (given: typeof all) => {
            const { reason, policy } = plan(one, given, atSecond(1));
            // Which question is asked first does not matter here.
            return reason.startsWith('needs-') ? { reason: 'undecided' } : { reason, policy };
          };
          const first = alone.map(decided).find(({ reason }) => reason !== 'no-policy') ?? {
            reason: 'no-policy',
          };
          expect(decided(all)).toEqual(first);
          counts.set(first.reason, (counts.get(first.reason) ?? 0) + 1);
        }
      },
    ),
    { numRuns: 150 },
  );
  for (const reason of ['governed', 'undecided', 'no-policy']) {
    expect({ reason, isFrequent: (counts.get(reason) ?? 0) > 30 }).toEqual({ reason, isFrequent: true });
  }
});
