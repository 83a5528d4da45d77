import { describe, expect, test } from '@jest/globals';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { plan } from '../../../lambda/domain/reconcile/plan.ts';
import { atSecond, context, QUEUE_ARN, queuedContact } from '../../support/contacts.ts';

const priority = (number: number) => ({ steps: [{ after: '0s', set: { priority: number } }] });
const named = (value?: string): ContactRecord => ({
  ...queuedContact(),
  queueName: { queueArn: QUEUE_ARN, ...(value && { value }) },
});

const decide = (policies: Record<string, object>, record: ContactRecord) => {
  const { policy, reason, requiredAttributes, shadows } = plan(record, context(policies), atSecond(1));
  return {
    decided: policy ?? reason,
    requiredAttributes,
    shadows: shadows?.policies.map((one) => one.policy),
  };
};

describe('a policy that names the queue', () => {
  const billing = { match: { queue: { name: [{ prefix: 'Bill' }] } }, ...priority(1) };

  test.each([
    ['Billing', 'billing'],
    ['Support', 'others'],
    [undefined, 'others'],
  ])('decides by the name %s', (name, decided) => {
    expect(decide({ billing, others: { precedence: 200, ...priority(3) } }, named(name)).decided).toBe(
      decided,
    );
  });

  test('is undecided until the name is known, and with it those that come later', () => {
    const others = { precedence: 200, ...priority(3) };
    expect(decide({ billing, others }, queuedContact()).decided).toBe('needs-queue-name');
    expect(decide({ billing: { ...billing, precedence: 300 }, others }, queuedContact()).decided).toBe(
      'others',
    );
  });

  test('rules out by all else that it names', () => {
    const chats = { match: { channel: ['CHAT'], ...billing.match }, ...priority(1) };
    expect(decide({ chats }, queuedContact()).decided).toBe('no-policy');
    const or = { match: { $or: [billing.match, { channel: ['VOICE'] }] }, ...priority(1) };
    expect(decide({ or }, named('Support')).decided).toBe('or');
  });

  test('a name of another queue is not that of this one', () => {
    const record = { ...named('Billing'), queueName: { queueArn: `${QUEUE_ARN}2`, value: 'Billing' } };
    expect(decide({ billing }, record).decided).toBe('needs-queue-name');
  });

  test('asks for no attributes before the name is known', () => {
    const both = { match: { ...billing.match, attributes: { vip: ['yes'] } }, ...priority(1) };
    expect(decide({ both }, queuedContact())).toMatchObject({ decided: 'needs-queue-name' });
    expect(decide({ both }, queuedContact()).requiredAttributes).toBeUndefined();
    expect(decide({ both }, named('Support'))).toMatchObject({ decided: 'no-policy' });
    expect(decide({ both }, named('Billing'))).toMatchObject({
      decided: 'needs-attributes',
      requiredAttributes: ['vip'],
    });
  });

  test('is undecided by the condition of a step alone, too', () => {
    const steps = [
      { after: '0s', set: { priority: 3 } },
      { after: '0s', when: { queue: { name: ['Billing'] } }, set: { priority: 1 } },
    ];
    const at = (record: ContactRecord) => plan(record, context({ p: { steps } }), atSecond(1));
    expect(at(queuedContact())).toMatchObject({ reason: 'needs-queue-name', desired: {} });
    expect(at(named('Billing')).desired).toEqual({ priority: 1 });
    expect(at(named('Support')).desired).toEqual({ priority: 3 });
  });

  test('is left out of the shadows until the name is known', () => {
    const shadow = { mode: 'observe', ...billing };
    const others = { precedence: 200, ...priority(3) };
    expect(decide({ shadow, others }, queuedContact())).toMatchObject({ decided: 'others', shadows: [] });
    expect(decide({ shadow, others }, named('Billing'))).toMatchObject({ shadows: ['shadow'] });
  });

  test('among many policies is found by the index', () => {
    const policies = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [
        `p-${index}`,
        { match: { queue: { name: [`Queue ${index}`] } }, ...priority(1) },
      ]),
    );
    expect(decide(policies, named('Queue 17')).decided).toBe('p-17');
    expect(decide(policies, queuedContact()).decided).toBe('needs-queue-name');
    expect(decide(policies, named('Other')).decided).toBe('no-policy');
  });
});
