import { expect, test } from '@jest/globals';
import { routeValueLines } from '../../../cli/explain/route-values.ts';
import { explainSteps } from '../../../cli/explain/steps.ts';
import { applyPlan } from '../../../lambda/domain/reconcile/apply-plan.ts';
import { plan } from '../../../lambda/domain/reconcile/plan.ts';
import { expressionOf } from '../../../lambda/domain/routing/step-expression.ts';
import { atSecond, context, queuedContact } from '../../support/contacts.ts';

const SOURCE = {
  skipUnstaffed: true,
  steps: [{ after: '0s', set: { route: ['Language:French >= 3 for 45s', 'Language:French >= 1 for 1m'] } }],
};

test('a step of a route that was left out since no agent was staffed is named', () => {
  const given = context({ p: SOURCE });
  const [policy] = given.policies.policies;
  const [best, any] = (policy?.steps[0]?.set.criteria?.Steps ?? []).map((step) => expressionOf(step) ?? '');
  const at = atSecond(0);
  const staffing = { [best ?? '']: { staffed: 0, at }, [any ?? '']: { staffed: 2, at } };
  const lines = (figures: typeof staffing | undefined) => {
    const contact = queuedContact();
    const planned = plan(contact, { ...given, ...(figures && { staffing: figures }) }, atSecond(1));
    const record = applyPlan(contact, planned, given.settings, atSecond(1));
    const text = { policy: policy as never, text: JSON.stringify(SOURCE) };
    return explainSteps(text, given.settings, record, atSecond(2)).flatMap((step) => routeValueLines(step));
  };
  expect(lines(staffing)).toEqual(['left out, as no agent was staffed for it: Language:French >= 3 for 45s']);
  expect(lines(undefined)).toEqual([]);
});
