import { describe, expect, test } from '@jest/globals';
import { contactView } from '../../../lambda/domain/contact/build-contact-view.ts';
import { mergeEvent } from '../../../lambda/domain/contact/merge.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { applyPlan } from '../../../lambda/domain/reconcile/apply-plan.ts';
import { type PlanContext, plan } from '../../../lambda/domain/reconcile/plan.ts';
import { filledStep } from '../../../lambda/domain/reconcile/route-values.ts';
import type { RoutingCriteria } from '../../../lambda/domain/routing/criteria.ts';
import { atSecond, context, KEY, policy, QUEUE_ARN, queuedContact, T0 } from '../../support/contacts.ts';

const ANN = '11111111-2222-3333-4444-555555555555';
const BEN = '66666666-7777-8888-9999-000000000000';
const LANGUAGE = { after: '30s', set: { route: ['Language:{tags.language} >= 3'] } };

/** A contact with these tags since a moment. */
const tagged = (tags: Record<string, string>, at = T0): ContactRecord =>
  mergeEvent(queuedContact(), { ...KEY, tags: { at, value: tags } });

/** A record after a reconcile. */
const reconciled = (record: ContactRecord, { settings, ...rest }: PlanContext, second: number) =>
  applyPlan(record, plan(record, { settings, ...rest }, atSecond(second)), settings, atSecond(second));

/** What the criteria demand, without the rest. */
const demanded = (criteria?: RoutingCriteria) =>
  criteria && JSON.stringify(criteria).match(/(?<="Value":")[^"]*/g);
const wanted = (record: ContactRecord, given: PlanContext, second: number) =>
  demanded(plan(record, given, atSecond(second)).desired.criteria);

describe('a string of the contact in a route', () => {
  const given = context({ p: { steps: [LANGUAGE] } });

  test('is put in when the step is reached', () => {
    const record = reconciled(tagged({ language: 'French' }), given, 0);
    const changed = mergeEvent(record, { ...KEY, tags: { at: atSecond(20), value: { language: 'German' } } });
    expect(wanted(changed, given, 29)).toBeUndefined();
    expect(wanted(changed, given, 30)).toEqual(['German']);
  });

  test.each([
    ['put in', { language: 'French' }, ['French']],
    ['missing', { other: 'x' }, undefined],
  ])('that was %s stays so for the visit to the queue, whatever the tags become', (_name, tags, expected) => {
    const record = reconciled(tagged(tags), given, 30);
    const changed = mergeEvent(record, { ...KEY, tags: { at: atSecond(40), value: { language: 'German' } } });
    expect(wanted(changed, given, 50)).toEqual(expected);
    const requeued = mergeEvent(changed, { ...KEY, queue: { arn: QUEUE_ARN, enqueuedAt: atSecond(60) } });
    expect(wanted(requeued, given, 90)).toEqual(['German']);
  });

  test('stays while the rest of the policy, or a list of agents, is edited', () => {
    const steps = [
      {
        after: '10s',
        set: { route: ['agents @team, {tags.agentId} for 45s', 'Language:{tags.language} >= 3'] },
      },
    ];
    const before = context({ p: { steps } }, { agents: { team: [ANN] } });
    const record = reconciled(tagged({ language: 'French' }), before, 10);
    expect(JSON.stringify(record.decision?.desired.criteria)).not.toContain(ANN);
    const changed = mergeEvent(record, {
      ...KEY,
      tags: { at: atSecond(20), value: { language: 'German', agentId: BEN } },
    });
    const edited = { p: { steps: [{ after: '5s', set: { priority: 1 } }, ...steps] } };
    const after = context(edited, { agents: { team: [BEN] } });
    expect(wanted(changed, after, 30)).toEqual(['French']);
  });

  test('stays beside another step of the same time that has strings of its own', () => {
    const other = { ...LANGUAGE, set: { route: ['Language:{tags.second} >= 3'] } };
    const two = context({ p: { steps: [LANGUAGE, other] } });
    const record = reconciled(tagged({ language: 'French' }), two, 30);
    const changed = mergeEvent(record, { ...KEY, tags: { at: atSecond(40), value: { language: 'German' } } });
    expect(wanted(changed, two, 50)).toEqual(['French']);
  });

  test('stays while a signal that the step needs comes and goes', () => {
    const policies = context({ p: { steps: [{ ...LANGUAGE, when: { signals: ['x'] } }] } });
    const signal = { signals: { x: { at: T0, until: atSecond(40) } } };
    const record = reconciled({ ...tagged({ language: 'French' }), ...signal }, policies, 30);
    const without = reconciled(record, policies, 50);
    expect(demanded(without.decision?.desired.criteria)).toEqual(['French']);
    const changed = mergeEvent(without, {
      ...KEY,
      tags: { at: atSecond(55), value: { language: 'German' } },
    });
    expect(wanted({ ...changed, signals: { x: { at: atSecond(60) } } }, policies, 60)).toEqual(['French']);
  });

  test('stays for an observing policy, and does not concern the one that governs', () => {
    const both = context({
      p: { mode: 'observe', precedence: 1, steps: [LANGUAGE] },
      q: { target: '5m' },
    });
    const record = reconciled(tagged({ language: 'French' }), both, 30);
    expect(record.status).not.toHaveProperty('putIn');
    const changed = mergeEvent(record, { ...KEY, tags: { at: atSecond(40), value: { language: 'German' } } });
    const shadow = plan(changed, both, atSecond(50)).shadows?.policies[0];
    expect(demanded(shadow?.desired.criteria)).toEqual(['French']);
  });

  test('is kept for a few policies only, of which one governs after the other', () => {
    const names = Array.from({ length: 9 }, (_, index) => `p${index}`);
    const last = names.reduce(
      (record, name) => reconciled(record, context({ [name]: { steps: [LANGUAGE] } }), 30),
      tagged({ language: 'French' }),
    );
    expect(Object.keys(last.status?.putIn ?? {})).toEqual(['p4', 'p5', 'p6', 'p7', 'p8']);
  });
});

describe('where all steps of a route are left out', () => {
  test('they are named, with what is wrong with the string', () => {
    const [step] = policy('p', { steps: [{ ...LANGUAGE, set: { priority: 2, ...LANGUAGE.set } }] }).steps;
    const filled = (tags: Record<string, string>) => step && filledStep(step, contactView(tagged(tags), T0));
    const value = '{tags.language}';
    expect(filled({})).toStrictEqual({
      set: { priority: 2 },
      putIn: { [value]: '' },
      leftOut: [{ index: 0, value }],
    });
    expect(filled({ language: ' ' })?.leftOut).toStrictEqual([{ index: 0, value, found: ' ' }]);
    expect(filled({ language: 'French' })?.leftOut).toStrictEqual([]);
  });

  test('and a step without such strings is as it is written', () => {
    const [step] = policy('p', { steps: [{ after: '0s', set: { priority: 2 } }] }).steps;
    const filled = step && filledStep(step, contactView(tagged({}), T0));
    expect(filled).toStrictEqual({ set: { priority: 2 }, leftOut: [] });
  });

  test('the criteria stay as they are, and the rest of the step counts', () => {
    const first = { after: '0s', set: { route: ['Language:English >= 1'] } };
    const second = { after: '30s', set: { priority: 2, route: ['Language:{tags.language} >= 3'] } };
    const given = context({ p: { steps: [first, second] } });
    const { desired, step } = plan(tagged({}), given, atSecond(30));
    expect({ step, priority: desired.priority, values: demanded(desired.criteria) }).toEqual({
      step: 1,
      priority: 2,
      values: ['English'],
    });
  });
});

describe('an attribute in a route', () => {
  const steps = [{ after: '30s', set: { route: ['Language:{attributes.lang} >= 3'] } }];
  const given = context({ p: { steps } });

  test('is asked for when its step is reached, and not before', () => {
    const early = plan(queuedContact(), given, atSecond(29));
    expect([early.reason, early.wakeAt]).toEqual(['attributes-later', atSecond(30)]);
    const { reason, requiredAttributes, desired } = plan(queuedContact(), given, atSecond(30));
    expect({ reason, requiredAttributes, desired }).toEqual({
      reason: 'needs-attributes',
      requiredAttributes: ['lang'],
      desired: {},
    });
  });

  test('is put in once it is known', () => {
    const attributes = { changedAt: 0, names: ['lang'], values: { lang: 'French' } };
    expect(wanted({ ...queuedContact(), attributes }, given, 30)).toEqual(['French']);
    expect(
      wanted({ ...queuedContact(), attributes: { ...attributes, values: {} } }, given, 30),
    ).toBeUndefined();
  });
});

test('what routes name of contacts is stored', () => {
  const route = [
    'A:{tags.phone} >= 1 for 1s',
    'B:{segmentAttributes.auth.Status} >= 1 for 1s',
    'C:{attributes.c} >= 1',
  ];
  const { tagNames, segmentAttributePaths, attributeNames, enforcedAttributeNames } = context({
    p: { steps: [{ after: '0s', set: { route } }] },
  }).policies;
  expect({ tagNames, segmentAttributePaths, attributeNames, enforcedAttributeNames }).toEqual({
    tagNames: ['phone'],
    segmentAttributePaths: ['auth.Status'],
    attributeNames: ['c'],
    enforcedAttributeNames: ['c'],
  });
});
