import { describe, expect, test } from '@jest/globals';
import { mergeEvent } from '../../../lambda/domain/contact/merge.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { forgottenStatus } from '../../../lambda/domain/contact/routing-status.ts';
import { applyPlan } from '../../../lambda/domain/reconcile/apply-plan.ts';
import { type PlanContext, plan } from '../../../lambda/domain/reconcile/plan.ts';
import { atSecond, context, KEY, QUEUE_ARN, queuedContact, T0 } from '../../support/contacts.ts';

const FIRST = { after: '0s', set: { priority: 4, route: ['First:x >= 1'] } };
const BUSY = { after: '10s', when: { signals: ['busy'] }, set: { priority: 2, route: ['Busy:x >= 1'] } };

const withSignals = (...names: string[]): ContactRecord['signals'] =>
  Object.fromEntries(names.map((name) => [name, { at: T0 }]));
const tagged = (record: ContactRecord, second: number, tags: Record<string, string>) =>
  mergeEvent(record, { ...KEY, tags: { at: atSecond(second), value: tags } });
const reconciled = (record: ContactRecord, given: PlanContext, second: number) =>
  applyPlan(record, plan(record, given, atSecond(second)), given.settings, atSecond(second));

/** The attribute that the wanted criteria name, and the wanted priority. */
const wanted = ({ decision }: ContactRecord) => {
  const { criteria, priority } = decision?.desired ?? {};
  return [JSON.stringify(criteria)?.match(/"Name":"([^"]*)"/)?.[1], priority];
};

/** What is wanted while the signal holds, from second 20, and after it ended, from second 30. */
const around = (when: object, begin: ContactRecord, end: Partial<ContactRecord> = { signals: {} }) => {
  const given = context({ p: { steps: [FIRST, { ...BUSY, when }] } });
  const held = reconciled(begin, given, 20);
  return [held, reconciled({ ...held, ...end }, given, 30)].map((record) => wanted(record)[0]);
};

const busy = (): ContactRecord => ({ ...queuedContact(), signals: withSignals('busy') });
const green = (): ContactRecord => tagged(queuedContact(), 0, { team: 'green' });

describe('the criteria of a step stay when the signal ends that it needs', () => {
  test.each<[string, object, ContactRecord, string[]]>([
    ['by its name', { signals: ['busy'] }, busy(), ['Busy', 'Busy']],
    ['by an operator', { signals: [{ prefix: 'bu' }] }, busy(), ['Busy', 'Busy']],
    [
      'beside something that still holds',
      { channel: ['VOICE'], signals: ['busy'] },
      busy(),
      ['Busy', 'Busy'],
    ],
    [
      'in one of several ways',
      { $or: [{ signals: ['busy'] }, { channel: ['CHAT'] }] },
      busy(),
      ['Busy', 'Busy'],
    ],
    ['but not where no signal held', { signals: ['busy'] }, queuedContact(), ['First', 'First']],
  ])('%s', (_name, when, record, expected) => {
    expect(around(when, record)).toEqual(expected);
  });

  test.each<[string, object, ContactRecord, Partial<ContactRecord>]>([
    [
      'the rest of its condition',
      { tags: { team: ['green'] }, signals: ['busy'] },
      { ...green(), signals: withSignals('busy') },
      { signals: {}, facts: tagged(green(), 25, {}).facts as never },
    ],
    [
      'the way that needs no signal',
      { $or: [{ signals: ['busy'] }, { tags: { team: ['green'] } }] },
      green(),
      { facts: tagged(green(), 25, {}).facts as never },
    ],
    [
      'the absence of a signal',
      { signals: [{ exists: false }] },
      queuedContact(),
      { signals: withSignals('busy') },
    ],
  ])('but not when what ends is %s', (_name, when, record, end) => {
    expect(around(when, record, end)).toEqual(['Busy', 'First']);
  });
});

describe('criteria that stay', () => {
  const given = context({ p: { steps: [FIRST, BUSY, { after: '1m', set: { route: ['Last:x >= 1'] } }] } });
  const ended = () => reconciled({ ...reconciled(busy(), given, 20), signals: {} }, given, 30);

  test('stay alone: the ratchet keeps the urgency, which a policy may lower again', () => {
    expect(wanted(reconciled(busy(), given, 20))).toEqual(['Busy', 2]);
    expect(wanted(ended())).toEqual(['Busy', 4]);
    expect(ended().decision?.step).toBe(0);
  });

  test('stay until a later step replaces them', () => {
    expect([59, 60].map((second) => wanted(reconciled(ended(), given, second))[0])).toEqual(['Busy', 'Last']);
  });

  test('stay for one visit to the queue', () => {
    const requeued = mergeEvent(ended(), { ...KEY, queue: { arn: QUEUE_ARN, enqueuedAt: atSecond(40) } });
    expect(wanted(reconciled(requeued, given, 55))[0]).toBe('First');
  });

  test('stay where the exact time of the enqueue gets known', () => {
    const { queue, ...facts } = queuedContact().facts ?? {};
    const approximate = { ...busy(), facts: { ...facts, approximateQueue: queue } as ContactRecord['facts'] };
    const before = reconciled(
      { ...reconciled(approximate as ContactRecord, given, 20), signals: {} },
      given,
      30,
    );
    expect(wanted(before)[0]).toBe('Busy');
    const exact = mergeEvent(before, { ...KEY, queue: { arn: QUEUE_ARN, enqueuedAt: T0 - 400 } });
    expect(exact.status?.queueVisit).toBe(before.status?.queueVisit);
    expect(wanted(reconciled(exact, given, 40))[0]).toBe('Busy');
  });

  test('stay while the other Region acts on the contact', () => {
    const { status } = ended();
    expect(status && forgottenStatus(status).lasting).toEqual(status?.lasting);
  });

  test('stay while another policy governs for a time', () => {
    const both = context({
      p: { steps: [FIRST, BUSY] },
      vip: { precedence: 1, match: { signals: ['vip'] }, steps: [{ after: '0s', set: { priority: 1 } }] },
    });
    const held = reconciled(busy(), both, 20);
    const vip = reconciled({ ...held, signals: withSignals('vip') }, both, 30);
    expect([vip.decision?.policy, wanted(vip)]).toEqual(['vip', [undefined, 1]]);
    expect(wanted(reconciled({ ...vip, signals: {} }, both, 40))[0]).toBe('Busy');
  });

  test.each<[string, string, object]>([
    ['stay', 'another step is', { steps: [{ ...FIRST, set: { ...FIRST.set, priority: 3 } }, BUSY] }],
    ['go', 'the step is', { steps: [FIRST, { ...BUSY, set: { route: ['Edited:x >= 1'] } }] }],
    ['go', 'the time of the step is', { steps: [FIRST, { ...BUSY, after: '11s' }] }],
  ])('%s when %s edited', (verb, _what, source) => {
    expect(wanted(reconciled(ended(), context({ p: source }), 40))[0]).toBe(
      verb === 'stay' ? 'Busy' : 'First',
    );
  });

  test('come back only with the signal, once the rest of the condition did not hold', () => {
    const when = { tags: { team: ['green'] }, signals: ['busy'] };
    const teams = context({ p: { steps: [FIRST, { ...BUSY, when }] } });
    const held = reconciled({ ...green(), signals: withSignals('busy') }, teams, 20);
    const red = reconciled(tagged({ ...held, signals: {} }, 25, { team: 'red' }), teams, 30);
    expect(red.status).not.toHaveProperty('lasting');
    const again = reconciled(tagged(red, 35, { team: 'green' }), teams, 40);
    expect(wanted(again)[0]).toBe('First');
    expect(wanted(reconciled({ ...again, signals: withSignals('busy') }, teams, 50))[0]).toBe('Busy');
  });

  test('stay as they were filled in', () => {
    const step = { ...BUSY, set: { route: ['{tags.team}:x >= 1'] } };
    const filled = context({ p: { steps: [FIRST, step] } });
    const held = reconciled({ ...green(), signals: withSignals('busy') }, filled, 20);
    expect(wanted(held)[0]).toBe('green');
    expect(wanted(reconciled(tagged({ ...held, signals: {} }, 25, { team: 'red' }), filled, 30))[0]).toBe(
      'green',
    );
  });

  test('stay while attributes of the condition are asked for again', () => {
    const when = { attributes: { tier: ['gold'] }, signals: ['busy'] };
    const gold = context({ p: { steps: [{ ...BUSY, when }] } });
    const attributes = { changedAt: 0, names: ['tier'], values: { tier: 'gold' } };
    const held = reconciled({ ...busy(), attributes }, gold, 20);
    const unknown = mergeEvent({ ...held, signals: {} }, { ...KEY, attributesChangedAt: atSecond(25) });
    const asked = reconciled(unknown, gold, 30);
    expect(asked.decision?.reason).toBe('needs-attributes');
    const answered = { ...asked, attributes: { ...attributes, changedAt: atSecond(25) } };
    expect(wanted(reconciled(answered, gold, 40))[0]).toBe('Busy');
  });

  test('stay for an observing policy', () => {
    const observing = context({ p: { mode: 'observe', steps: [FIRST, BUSY] } });
    const held = reconciled(busy(), observing, 20);
    expect(held.status).not.toHaveProperty('lasting');
    const [shadow] = reconciled({ ...held, signals: {} }, observing, 30).shadows?.policies ?? [];
    expect(JSON.stringify(shadow?.desired)).toContain('Busy');
  });
});
