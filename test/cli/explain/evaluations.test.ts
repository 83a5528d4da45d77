import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { evaluatePolicies } from '../../../cli/explain/evaluations.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { parsePolicy } from '../../../lambda/domain/policy/parse.ts';
import { createPolicySet } from '../../../lambda/domain/policy/policy-set.ts';
import { plan } from '../../../lambda/domain/reconcile/plan.ts';
import { atSecond, context, QUEUE_ARN, queuedContact, T0 } from '../../support/contacts.ts';

const source = fc.record(
  {
    precedence: fc.integer({ min: 1, max: 3 }),
    mode: fc.constantFrom('enforce', 'observe', 'off'),
    rollout: fc.constantFrom(0, 50, 100),
    during: fc.constantFrom(
      { timezone: 'UTC', hours: ['Mon 09:00-12:00'] },
      { timezone: 'UTC', hours: ['Tue 09:00-12:00'] },
    ),
    match: fc.constantFrom(
      { tags: { tier: ['gold'] } },
      { tags: { tier: ['silver'] } },
      { attributes: { segment: ['private'] } },
      { queue: { name: ['Billing'] } },
      { queue: { name: ['Billing'] }, attributes: { segment: ['private'] } },
      { $or: [{ attributes: { segment: ['private'] } }, { tags: { tier: ['gold'] } }] },
    ),
    steps: fc.constantFrom([{ after: '0s', set: { priority: 1 } }], [{ after: '1h', set: { priority: 1 } }]),
  },
  { requiredKeys: ['steps'] },
);

const contact = fc
  .record({
    tier: fc.constantFrom('gold', 'silver', 'bronze'),
    segment: fc.constantFrom('private', 'public', 'unknown'),
    left: fc.boolean(),
    queueName: fc.constantFrom('Billing', 'Support', undefined),
  })
  .map(
    ({ tier, segment, left, queueName }): ContactRecord => ({
      ...queuedContact({
        tags: { at: T0, value: { tier } },
        ...(left ? { disconnectedAt: atSecond(1) } : {}),
      }),
      ...(queueName && { queueName: { queueArn: QUEUE_ARN, value: queueName } }),
      ...(segment === 'unknown'
        ? {}
        : { attributes: { changedAt: 0, names: ['segment'], values: { segment } } }),
    }),
  );

test('the verdict governs is given to the policy of the plan, and to no other', () => {
  fc.assert(
    fc.property(fc.array(source, { maxLength: 5 }), contact, (sources, record) => {
      const texts = sources.flatMap((one, index) => {
        const text = JSON.stringify(one);
        const { policy } = parsePolicy(`p-${index}`, text);
        return policy ? [{ policy, text }] : [];
      });
      expect(texts).toHaveLength(sources.length);
      const planContext = { ...context({}), policies: createPolicySet(texts.map(({ policy }) => policy)) };
      const planAt = plan(record, planContext, atSecond(60));
      const evaluations = evaluatePolicies(texts, planAt, record, atSecond(60));
      const policiesWith = (verdict: string) =>
        evaluations.filter((one) => one.verdict === verdict).map(({ policy }) => policy);

      expect(policiesWith('governs')).toEqual(planAt.reason === 'governed' ? [planAt.policy] : []);
      const isUndecided = planAt.reason === 'needs-attributes' || planAt.reason === 'attributes-later';
      const isEnforced = (name: string) =>
        texts.some(({ policy }) => policy.name === name && policy.mode === 'enforce');
      expect(policiesWith('unknown').some(isEnforced)).toBe(isUndecided);
      expect(policiesWith('unknown-queue').some(isEnforced)).toBe(planAt.reason === 'needs-queue-name');
      expect(policiesWith('observes')).toEqual(planAt.shadows?.policies.map(({ policy }) => policy) ?? []);
      expect(evaluations).toHaveLength(texts.length);
    }),
    { numRuns: 500 },
  );
});
