import { describe, expect, test } from '@jest/globals';
import { formatCriteria } from '../../../cli/wording/routing-words.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import type { Staffing } from '../../../lambda/domain/queue/staffing.ts';
import { applyPlan } from '../../../lambda/domain/reconcile/apply-plan.ts';
import { plan } from '../../../lambda/domain/reconcile/plan.ts';
import { expressionOf } from '../../../lambda/domain/routing/step-expression.ts';
import type { Settings } from '../../../lambda/domain/settings.ts';
import { atSecond, context, queuedContact, T0 } from '../../support/contacts.ts';

const ANN = '22222222-2222-3333-4444-555555555555';
const ROUTE = [`agents ${ANN} for 45s`, 'Language:French >= 3 for 1m', 'Language:French >= 1 for 1m'];
const policyOf = (more: object = {}, route: readonly string[] = ROUTE) => ({
  skipUnstaffed: true,
  steps: [{ after: '0s', set: { priority: 1, route } }],
  ...more,
});

const EXPRESSIONS = (
  context({ p: policyOf() }).policies.policies[0]?.steps[0]?.set.criteria?.Steps ?? []
).map((step) => expressionOf(step) ?? '');

/** Figures that were read at that second, by the places of the expressions. */
const figures = (seconds: number, ...staffed: (number | undefined)[]): Staffing =>
  Object.fromEntries(
    staffed.flatMap((count, index) =>
      count === undefined ? [] : [[EXPRESSIONS[index] ?? '', { staffed: count, at: atSecond(seconds) }]],
    ),
  );

/** A contact under one policy, as one reconcile after another decides it. */
class Waiting {
  record: ContactRecord = queuedContact();
  #context;

  constructor(policy: object) {
    this.#context = context({ p: policy }, { checkBeforeFirstChange: false });
  }

  edit(policy: object, settings: Partial<Settings> = {}): void {
    this.#context = context({ p: policy }, { checkBeforeFirstChange: false, ...settings });
  }

  /** The route at that second, and how many figures are wanted. */
  at(seconds: number, staffing?: Staffing): [route: string | undefined, wanted: number] {
    const now = atSecond(seconds);
    const planned = plan(this.record, { ...this.#context, ...(staffing && { staffing }) }, now);
    this.record = applyPlan(this.record, planned, this.#context.settings, now);
    const { criteria } = planned.desired;
    return [criteria && formatCriteria(criteria), planned.wantedStaffing?.length ?? 0];
  }
}

const words = (...places: number[]) => {
  const route = places.map((place) => ROUTE[place] ?? '');
  const { criteria } = context({ p: policyOf({}, route) }).policies.policies[0]?.steps[0]?.set ?? {};
  return criteria && formatCriteria(criteria);
};
const WHOLE = words(0, 1, 2);

describe('skipUnstaffed', () => {
  test('leaves out the steps for which no agent is staffed, and asks for nothing then', () => {
    expect(new Waiting(policyOf()).at(1, figures(0, 0, 2, 3))).toEqual([words(1, 2), 0]);
    expect(new Waiting(policyOf()).at(1, figures(0, 1, 0, 3))).toEqual([words(0, 2), 0]);
    expect(new Waiting(policyOf()).at(1, figures(0, 1, 2, 3))).toEqual([WHOLE, 0]);
  });

  test('leaves the criteria as they are where nobody is staffed for any step', () => {
    const waiting = new Waiting(policyOf());
    expect(waiting.at(1, figures(0, 0, 0, 0))).toEqual([undefined, 0]);
    expect(waiting.record.decision?.desired).toEqual({ priority: 1 });
  });

  test('leaves nothing out where a figure is unknown or old, and asks for the figures', () => {
    expect(new Waiting(policyOf()).at(1)).toEqual([WHOLE, 3]);
    expect(new Waiting(policyOf()).at(1, figures(0, 0, 2))).toEqual([WHOLE, 3]);
    expect(new Waiting(policyOf()).at(1, figures(-59, 0, 2, 3))).toEqual([WHOLE, 3]);
    expect(new Waiting(policyOf()).at(1, figures(-58, 0, 2, 3))).toEqual([words(1, 2), 0]);
  });

  test('decides once the figures are known, and that stays so for the visit', () => {
    const waiting = new Waiting(policyOf());
    expect(waiting.at(1)).toEqual([WHOLE, 3]);
    expect(waiting.at(8, figures(3, 0, 2, 3))).toEqual([words(1, 2), 0]);
    expect(waiting.at(20, figures(19, 1, 0, 0))).toEqual([words(1, 2), 0]);
    expect(waiting.at(600)).toEqual([words(1, 2), 0]);
  });

  test('is decided afresh in the next queue', () => {
    const waiting = new Waiting(policyOf());
    waiting.at(1, figures(0, 0, 2, 3));
    const { facts } = waiting.record;
    const queue = { arn: `${facts?.queue?.arn}2`, enqueuedAt: atSecond(60) };
    waiting.record = { ...waiting.record, facts: { ...queuedContact().facts, queue } as never };
    expect(waiting.at(61, figures(60, 1, 2, 3))).toEqual([WHOLE, 0]);
  });

  test('changes nothing any more after half a minute without figures: the first steps may have run', () => {
    const waiting = new Waiting(policyOf());
    waiting.at(1);
    expect(waiting.at(30.9)).toEqual([WHOLE, 3]);
    expect(waiting.at(31)).toEqual([WHOLE, 0]);
    expect(waiting.at(40, figures(39, 0, 0, 0))).toEqual([WHOLE, 0]);
  });

  test('the half minute begins when the step begins to hold', () => {
    const steps = [{ after: '0s', when: { signals: ['vip'] }, set: { route: ROUTE } }];
    const waiting = new Waiting(policyOf({ steps }));
    expect(waiting.at(1)).toEqual([undefined, 0]);
    waiting.record = { ...waiting.record, signals: { vip: { at: T0 } } };
    expect(waiting.at(300)).toEqual([WHOLE, 3]);
    expect(waiting.at(310, figures(305, 0, 2, 3))).toEqual([words(1, 2), 0]);
  });

  test('is decided for each step by itself, also for two of one time', () => {
    const second = 'Language:French >= 1 for 1m';
    const steps = [
      { after: '0s', set: { route: [`agents ${ANN} for 45s`, second] } },
      { after: '0s', when: { signals: ['vip'] }, set: { route: ['Language:French >= 3 for 1m', second] } },
    ];
    const waiting = new Waiting(policyOf({ steps }));
    expect(waiting.at(1, figures(0, 0, 0, 2))).toEqual([words(2), 0]);
    waiting.record = { ...waiting.record, signals: { vip: { at: T0, until: atSecond(400) } } };
    expect(waiting.at(300)).toEqual([words(1, 2), 2]);
    expect(waiting.at(310, figures(305, 0, 0, 2))).toEqual([words(2), 0]);
    expect(waiting.at(320, figures(315, 1, 1, 2))).toEqual([words(2), 0]);
  });

  test('is decided afresh where the route of the step is edited, and not where its times are', () => {
    const waiting = new Waiting(policyOf({}, ROUTE.slice(0, 2)));
    expect(waiting.at(1, figures(0, 0, 2))).toEqual([words(1), 0]);
    waiting.edit(policyOf({}, [`agents ${ANN} for 20s`, 'Language:French >= 3 for 2m']));
    expect(waiting.at(100, figures(99, 1, 2))).toEqual([formatOf('Language:French >= 3 for 2m'), 0]);
    waiting.edit(policyOf());
    expect(waiting.at(200)).toEqual([WHOLE, 3]);
    expect(waiting.at(210, figures(205, 0, 0, 2))).toEqual([words(2), 0]);
  });

  test('keeps no more than the steps of a policy need, however often it is edited', () => {
    const waiting = new Waiting(policyOf());
    const known = figures(0, 1, 2, 3);
    for (let edit = 0; edit < 60; edit++) {
      waiting.edit(policyOf({}, [`Language:French${edit} >= 3 for 1m`]));
      waiting.at(1, known);
      expect(waiting.at(1, known)).toEqual([formatOf(`Language:French${edit} >= 3 for 1m`), 1]);
    }
    expect(Object.keys(waiting.record.status?.staffing?.p ?? {})).toHaveLength(50);
  });

  test('the half minute does not begin while the kill switch is on: nothing is sent, and nothing asked', () => {
    const waiting = new Waiting(policyOf());
    waiting.edit(policyOf(), { pause: true });
    expect(waiting.at(1)).toEqual([WHOLE, 3]);
    waiting.at(120);
    waiting.edit(policyOf());
    expect(waiting.at(200)).toEqual([WHOLE, 3]);
    expect(waiting.at(205, figures(204, 0, 2, 3))).toEqual([words(1, 2), 0]);
  });

  test('a half minute that began before a pause goes on in it: the first steps may have run', () => {
    const waiting = new Waiting(policyOf());
    waiting.at(1);
    waiting.edit(policyOf(), { pause: true });
    waiting.at(40);
    waiting.edit(policyOf());
    expect(waiting.at(50, figures(49, 0, 2, 3))).toEqual([WHOLE, 0]);
  });

  test('what known figures decide in a pause stays, as at any other time', () => {
    const waiting = new Waiting(policyOf());
    waiting.edit(policyOf(), { pause: true });
    expect(waiting.at(1, figures(0, 0, 2, 3))).toEqual([words(1, 2), 0]);
    expect(waiting.at(120, figures(119, 1, 0, 0))).toEqual([words(1, 2), 0]);
  });

  test('keeps a step whose expression is too long to ask for, and decides the others without it', () => {
    const skills = Array.from({ length: 8 }, (_, index) => `Skill${index}:Expert >= 3`);
    const long = `${skills.join(' and ')} for 45s`;
    const route = [long, ...ROUTE.slice(1)];
    const kept = (...places: number[]) => formatOf(...places.map((place) => route[place] ?? ''));
    const waiting = new Waiting(policyOf({}, route));
    expect(waiting.at(1)).toEqual([kept(0, 1, 2), 2]);
    expect(waiting.at(2, figures(1, undefined, 0, 3))).toEqual([kept(0, 2), 0]);
  });

  test('asks only for the criteria that are in force', () => {
    const steps = [
      { after: '0s', set: { route: ROUTE } },
      { after: '1m', set: { route: ['Language:French >= 1'] } },
    ];
    expect(new Waiting(policyOf({ steps })).at(70)).toEqual([formatOf('Language:French >= 1'), 1]);
  });

  test('looks at strings of the contact as they are put in', () => {
    const route = ['Language:{tags.language} >= 3 for 1m', 'Language:French >= 1 for 1m'];
    const waiting = new Waiting(policyOf({}, route));
    waiting.record = queuedContact({ tags: { at: T0, value: { language: 'French' } } });
    expect(waiting.at(1, figures(0, undefined, 0, 2))).toEqual([words(2), 0]);
  });

  test('is nothing that a policy does without it', () => {
    expect(new Waiting(policyOf({ skipUnstaffed: false })).at(1, figures(0, 0, 0, 0))).toEqual([WHOLE, 0]);
  });

  test('an observing policy uses figures that are known, and asks for none', () => {
    const shadow = { ...policyOf(), mode: 'observe', precedence: 10 };
    const given = context({ shadow, p: { steps: [{ after: '0s', set: { priority: 3 } }] } });
    const { shadows, wantedStaffing } = plan(queuedContact(), given, atSecond(1));
    expect([shadows?.policies[0]?.desired.criteria?.Steps.length, wantedStaffing]).toEqual([3, undefined]);
    const known = plan(queuedContact(), { ...given, staffing: figures(0, 0, 2, 3) }, atSecond(1));
    expect(known.shadows?.policies[0]?.desired.criteria?.Steps).toHaveLength(2);
  });

  test('what was decided for an observing policy stays for the visit, also when an edit is taken back', () => {
    const waiting = new Waiting(policyOf({ mode: 'observe' }));
    const observed = () => {
      const { criteria } = waiting.record.shadows?.policies[0]?.desired ?? {};
      return criteria && formatCriteria(criteria);
    };
    waiting.at(1, figures(0, 0, 2, 3));
    expect(observed()).toBe(words(1, 2));
    waiting.at(10, figures(9, 1, 0, 0));
    expect(observed()).toBe(words(1, 2));
    waiting.edit(policyOf({ mode: 'observe' }, ROUTE.slice(1)));
    waiting.at(20, figures(19, 1, 0, 3));
    expect(observed()).toBe(words(2));
    waiting.edit(policyOf({ mode: 'observe' }));
    waiting.at(30, figures(29, 1, 1, 1));
    expect(observed()).toBe(words(1, 2));
  });
});

function formatOf(...texts: string[]): string | undefined {
  const { criteria } = context({ p: policyOf({}, texts) }).policies.policies[0]?.steps[0]?.set ?? {};
  return criteria && formatCriteria(criteria);
}
