import { describe, expect, test } from '@jest/globals';
import { explainContact } from '../../../cli/explain/explanation.ts';
import { formatExplanation } from '../../../cli/explain/format-explanation.ts';
import { formatHistoryText } from '../../../cli/explain/history-words.ts';
import { momentFormat } from '../../../cli/wording/times.ts';
import { parsePolicy } from '../../../lambda/domain/policy/parse.ts';
import { createPolicySet } from '../../../lambda/domain/policy/policy-set.ts';
import { applyPlan } from '../../../lambda/domain/reconcile/apply-plan.ts';
import { plan } from '../../../lambda/domain/reconcile/plan.ts';
import { DEFAULT_SETTINGS } from '../../../lambda/domain/settings.ts';
import { context, queuedContact, T0 } from '../../support/contacts.ts';

const say = (text: string) => formatHistoryText(text, T0, momentFormat('UTC'));

const ROUTE =
  '{"RoutingCriteria":{"Steps":[{"Expiry":{"DurationInSeconds":30},"Expression":{"AttributeCondition":{"ComparisonOperator":"NumberGreaterOrEqualTo","Name":"Language","ProficiencyLevel":3,"Value":"English"}}}]}}';

describe('a line of the history', () => {
  test.each([
    ['governed by gold step 0', 'governed by gold, step 1'],
    ['governed by gold', 'governed by gold'],
    ['no-policy', 'no policy'],
    ['needs-attributes', 'attributes requested'],
    [
      'governed by gold step 1, overridden with {"priority":2}',
      'governed by gold, step 2; an operator set priority 2 instead',
    ],
    ['shadow: watch step 1 would set {"ageSeconds":90}', 'watch would set age 1m30s by its step 2'],
    ['shadow: watch would set {"ageSeconds":90}', 'watch would set age 1m30s by its target'],
    ['shadow: watch step undefined would set {"ageSeconds":90}', 'watch would set age 1m30s by its target'],
    ['applied {"QueuePriority":3}', 'set priority 3'],
    [`applied ${ROUTE}`, 'set route Language:English >= 3 until 2026-11-23T10:00:30Z'],
    [
      'rejected {"QueueTimeAdjustmentSeconds":-5}: Bad {"x":1}: y',
      'Connect rejected age -5s: Bad {"x":1}: y',
    ],
    [
      'result unknown of {"QueuePriority":1}: time-out',
      'not known whether this was set: priority 1: time-out',
    ],
    [
      'conflict at {"QueuePriority":1}',
      'somebody else was changing the contact, so this is tried again: priority 1',
    ],
    ['signal vip', 'signal vip'],
    ['closed: not found', 'closed: not found'],
    ['applied {broken', 'applied {broken'],
    ['constructor', 'constructor'],
  ])('%s', (text, expected) => {
    expect(say(text)).toBe(expected);
  });

  test('every decision that a reconcile writes has words', () => {
    const records = [
      queuedContact(),
      queuedContact({ disconnectedAt: T0 }),
      { ...queuedContact(), override: { at: T0, set: { priority: 1 } } },
      { ...queuedContact(), closedAt: T0 },
    ];
    const policies = { gold: { steps: [{ after: '0s', set: { priority: 3 } }] } };
    const lines = records.flatMap((record) =>
      [context(policies), context({})].flatMap((ctx) =>
        applyPlan(record, plan(record, ctx, T0), ctx.settings, T0).history.map(({ text }) => text),
      ),
    );
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines.map(say)) expect(line).not.toMatch(/[{}]|[a-z]-[a-z]/);
  });
});

test('a step of a ramp has one number, in the steps and in the history', () => {
  const text = `
steps:
  - { after: 0s, set: { priority: 3 } }
  - { from: 1m, every: 30s, ramp: { age: { add: 30s, upTo: 2m } } }
  - { after: 6m, set: { priority: 1 } }
`;
  const { policy } = parsePolicy('gold', text);
  if (!policy) throw new Error('The policy is not valid.');
  const ctx = {
    policies: createPolicySet([policy]),
    settings: DEFAULT_SETTINGS,
    region: 'r',
    instances: ['i-1'],
  };
  const record = [T0, T0 + 120_000, T0 + 360_000].reduce(
    (last, at) => applyPlan(last, plan(last, ctx, at), ctx.settings, at),
    queuedContact(),
  );
  const out = formatExplanation(
    explainContact({
      record,
      policies: [{ policy, text }],
      settings: DEFAULT_SETTINGS,
      stopped: [],
      at: T0 + 360_000,
      isLive: true,
      timezone: 'UTC',
    }),
  );
  expect(out.match(/governed by gold, step \d+/g)).toEqual(
    [1, 2, 3].map((step) => `governed by gold, step ${step}`),
  );
  expect(out).toContain('gold governs; step 3 is reached');
});
