import { describe, expect, test } from '@jest/globals';
import { contactView } from '../../../lambda/domain/contact/build-contact-view.ts';
import { type ContactRecord, emptyRecord } from '../../../lambda/domain/contact/record.ts';
import { evaluatePolicy, stepSeconds } from '../../../lambda/domain/reconcile/evaluate-policy.ts';
import { DEFAULT_SETTINGS } from '../../../lambda/domain/settings.ts';
import { atSecond, KEY, policy, QUEUE_ARN, queuedContact, T0 } from '../../support/contacts.ts';

const SETTINGS = { ...DEFAULT_SETTINGS, routingLagSeconds: 10 };

function evaluated(source: object, record: ContactRecord, now = atSecond(1_000)) {
  return evaluatePolicy(policy('p', source), record, contactView(record, now), SETTINGS, now);
}

describe('a step is reached', () => {
  const chain = { transfers: 1, firstEnqueuedAt: atSecond(-60), pauses: [atSecond(-50)] };
  const cases: [string, object, Partial<ContactRecord>, number][] = [
    ['after the enqueue', {}, {}, 30],
    ['after the first enqueue of the contact', { clock: 'firstEnqueued' }, {}, 30],
    [
      'after an earlier enqueue of the contact',
      { clock: 'firstEnqueued' },
      { facts: queuedContact({ firstEnqueuedAt: atSecond(-20) }).facts },
      10,
    ],
    [
      'after the enqueue, where no first one is known',
      { clock: 'firstEnqueued' },
      { facts: queuedContact({ firstEnqueuedAt: undefined }).facts },
      30,
    ],
    [
      'after the enqueue, where a first one is said to be later',
      { clock: 'firstEnqueued' },
      { facts: queuedContact({ firstEnqueuedAt: atSecond(20) }).facts },
      30,
    ],
    [
      'after the first enqueue of its chain, the pauses of which ended when it was queued',
      { clock: 'firstEnqueued' },
      { chain },
      // 10 of 30 seconds had passed before the pause.
      20,
    ],
    ['after the initiation', { clock: 'initiated' }, {}, 10],
    [
      'after the enqueue, where no initiation is known',
      { clock: 'initiated' },
      { facts: queuedContact({ initiatedAt: undefined }).facts },
      30,
    ],
    [
      'later by its pauses',
      {},
      { facts: queuedContact({ pauses: [atSecond(5)], resumes: [atSecond(25)] }).facts },
      50,
    ],
    ['not later by pauses of its chain on its own clock', {}, { chain }, 30],
  ];
  test.each(cases)('%s', (_name, source, changes, seconds) => {
    const steps = [{ after: '30s', set: { priority: 2 } }];
    const record = { ...queuedContact(), ...changes };
    expect(evaluated({ ...source, steps }, record)).toEqual({
      step: 0,
      desired: { priority: 2 },
      reachedAt: atSecond(seconds),
    });
    expect(evaluated({ ...source, steps }, record, atSecond(seconds) - 1)).toEqual({
      desired: {},
      wakeAt: atSecond(seconds),
    });
  });

  test('never while the contact is paused before it', () => {
    const paused = queuedContact({ pauses: [atSecond(5)] });
    expect(evaluated({ steps: [{ after: '30s', set: { priority: 2 } }] }, paused)).toEqual({ desired: {} });
  });

  test('from the start of time, where nothing is known', () => {
    const steps = [{ after: '30s', set: { priority: 2 } }];
    expect(evaluated({ steps }, emptyRecord(KEY)).reachedAt).toBe(30_000);
    for (const clock of ['firstEnqueued', 'initiated']) {
      expect(evaluated({ clock, steps }, emptyRecord(KEY)).reachedAt).toBe(30_000);
    }
  });

  test('by an event that tells its queue only', () => {
    const approximate = { arn: QUEUE_ARN, enqueuedAt: T0 - 250 };
    const record = queuedContact({
      queue: undefined,
      firstEnqueuedAt: undefined,
      approximateQueue: approximate,
    });
    const steps = [{ after: '30s', set: { priority: 2 } }];
    expect(evaluated({ steps }, record).reachedAt).toBe(atSecond(30) - 250);
  });
});

describe('a target', () => {
  const withTarget = (target: string, now: number, steps: object[] = []) =>
    evaluated({ target, ...(steps.length > 0 && { steps }) }, queuedContact(), now);

  test('sets an age from the enqueue on, where it brings the contact forward', () => {
    expect(withTarget('29m59s', atSecond(5))).toMatchObject({ desired: { ageSeconds: 1 }, reachedAt: T0 });
    expect(withTarget('30m', atSecond(5)).desired).toEqual({});
    expect(withTarget('30m', atSecond(5))).not.toHaveProperty('reachedAt');
  });

  test('sets its age beside the last step reached, which says when', () => {
    const steps = [{ after: '10s', set: { priority: 2 } }];
    expect(withTarget('29m', atSecond(5), steps)).toMatchObject({
      desired: { ageSeconds: 60 },
      reachedAt: T0,
    });
    expect(withTarget('29m', atSecond(15), steps)).toMatchObject({
      desired: { ageSeconds: 60, priority: 2 },
      reachedAt: atSecond(10),
    });
  });
});

describe('what is kept of each step', () => {
  const step = (seconds: number, members: object, set: object = {}) => ({
    after: `${seconds}s`,
    set,
    ...members,
  });
  const english = (level: number) => ({
    route: [`Language:English >= ${level} for 30s`, 'Language:English >= 1'],
  });

  test('are the strings that were put in', () => {
    const route = { route: ['Language:{tags.language} >= 3'] };
    const record = queuedContact({ tags: { at: 0, value: { language: 'English' } } });
    const { putIn = {} } = evaluated({ steps: [step(0, {}, route), step(10, {}, route)] }, record);
    expect(Object.keys(putIn)).toEqual(['after 0', 'after 10']);
  });

  test('are the figures of agents, once the attributes are known that decide', () => {
    const source = { skipUnstaffed: true, steps: [step(0, {}, english(3)), step(10, {}, english(2))] };
    const { staffing = {}, wantedStaffing } = evaluated(source, queuedContact());
    expect(Object.keys(staffing).map((key) => key.split(' ').slice(0, 2).join(' '))).toEqual([
      'after 0',
      'after 10',
    ]);
    expect(wantedStaffing).toHaveLength(2);
    const inQuestion = { ...source, match: { attributes: { tier: ['gold'] } } };
    expect(evaluated(inQuestion, queuedContact())).toMatchObject({ wantedStaffing: [] });
    expect(evaluated(inQuestion, queuedContact())).not.toHaveProperty('staffing');
  });

  test('are the criteria that a signal brought about, where the rest of the condition holds', () => {
    const angry = { when: { signals: ['angry'] } };
    const source = { steps: [step(0, angry, english(3)), step(10, angry, english(2))] };
    const record = { ...queuedContact(), signals: { angry: { at: T0 } } };
    expect(evaluated(source, record).lasting).toHaveLength(2);
    const gold = { when: { signals: ['angry'], attributes: { tier: ['gold'] } } };
    const withTier = (tier: string): ContactRecord => ({
      ...record,
      attributes: { changedAt: 0, names: ['tier'], values: { tier } },
    });
    const some = { steps: [step(0, gold, english(3))] };
    expect(evaluated(some, withTier('gold')).lasting).toHaveLength(1);
    expect(evaluated(some, withTier('silver'))).not.toHaveProperty('lasting');
  });
});

const ROUTE = ['Language:English >= 3 for 30s'];

describe('what the steps reached set together', () => {
  const steps = (...sets: object[]) => ({
    steps: sets.map((set, index) => ({ after: `${index * 10}s`, set })),
  });
  test.each<[string, object[], object]>([
    [
      'is what each of them sets',
      [{ priority: 3 }, { route: ROUTE }],
      { priority: 3, criteria: expect.anything() },
    ],
    [
      'keeps criteria beside a later priority',
      [{ route: ROUTE }, { priority: 3 }],
      { priority: 3, criteria: expect.anything() },
    ],
    ['has the last priority instead of an age', [{ age: '5m' }, { priority: 3 }], { priority: 3 }],
    ['has the last age instead of a priority', [{ priority: 3 }, { age: '5m' }], { ageSeconds: 300 }],
  ])('%s', (_name, sets, expected) => {
    expect(evaluated(steps(...sets), queuedContact()).desired).toMatchObject(expected);
    expect(Object.keys(evaluated(steps(...sets.slice(1)), queuedContact()).desired)).toHaveLength(1);
  });
});

test.each([
  ['after', { after: '30s' }, 30],
  ['before the routing lag', { by: '30s' }, 20],
  ['at once, where the lag is longer', { by: '5s' }, 0],
])('a step is reached %s on the clock of its policy', (_name, timing, seconds) => {
  const [step] = policy('p', { steps: [{ ...timing, set: { priority: 2 } }] }).steps;
  expect(step && stepSeconds(step, SETTINGS)).toBe(seconds);
});
