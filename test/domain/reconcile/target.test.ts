import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { type ContactRecord, emptyRecord } from '../../../lambda/domain/contact/record.ts';
import { without } from '../../../lambda/domain/json.ts';
import { parsePolicy } from '../../../lambda/domain/policy/parse.ts';
import { applyPlan } from '../../../lambda/domain/reconcile/apply-plan.ts';
import { nextUpdate } from '../../../lambda/domain/reconcile/next-update.ts';
import { pendingWork } from '../../../lambda/domain/reconcile/pending-work.ts';
import { type PlanContext, plan } from '../../../lambda/domain/reconcile/plan.ts';
import { targetAge } from '../../../lambda/domain/reconcile/target-age.ts';
import { settingsFromSource } from '../../../lambda/domain/settings.ts';
import { formatProblem } from '../../../lambda/domain/validation/problem.ts';
import { atSecond, context, KEY, policy, QUEUE_ARN, queuedContact, T0 } from '../../support/contacts.ts';

const MINUTE = 60;
const HOUR = 3_600;

/** The age that a policy wants for a contact at a moment, in seconds; undefined: none. */
function wantedAge(source: object, record: ContactRecord, settings: object = {}, now = T0) {
  return plan(record, context({ p: source }, settingsOf(settings)), now).desired.ageSeconds;
}

function settingsOf(source: object) {
  const { settings, problems } = settingsFromSource(source);
  expect(problems).toEqual([]);
  return settings;
}

/** A record after a reconcile. */
function reconciled(record: ContactRecord, { policies, settings, ...rest }: PlanContext, now: number) {
  return applyPlan(record, plan(record, { policies, settings, ...rest }, now), settings, now);
}

describe('the age of a target', () => {
  test('is the horizon less the target, at once, and does not change with time', () => {
    const source = { target: '3m' };
    expect(wantedAge(source, queuedContact())).toBe(27 * MINUTE);
    expect(wantedAge(source, queuedContact(), {}, atSecond(20 * MINUTE))).toBe(27 * MINUTE);
    const { wakeAt, reason, step } = plan(queuedContact(), context({ p: source }), T0);
    expect({ wakeAt, reason, step }).toEqual({ wakeAt: undefined, reason: 'governed', step: undefined });
  });

  test('counts from the horizon of the channel', () => {
    const settings = { horizon: { default: '15m', EMAIL: '3d' } };
    expect(wantedAge({ target: '4h' }, queuedContact({ channel: 'EMAIL' }), settings)).toBe(68 * HOUR);
    expect(wantedAge({ target: '3m' }, queuedContact({ channel: 'CHAT' }), settings)).toBe(12 * MINUTE);
  });

  test('is none beyond the horizon, since no age below 0 is wanted', () => {
    expect(wantedAge({ target: '30m' }, queuedContact())).toBeUndefined();
    const { target } = plan(queuedContact(), context({ p: { target: '40m' } }), T0);
    expect(target).toMatchObject({ ageSeconds: -10 * MINUTE, dueAt: atSecond(40 * MINUTE) });
  });

  test('keeps the place of a customer who was transferred', () => {
    const transferred = {
      ...queuedContact({ firstEnqueuedAt: T0, initiationMethod: 'TRANSFER' }),
      chain: { transfers: 1, firstEnqueuedAt: atSecond(-4 * MINUTE) },
    };
    expect(wantedAge({ target: '6m', clock: 'firstEnqueued' }, transferred)).toBe(28 * MINUTE);
    expect(wantedAge({ target: '6m' }, transferred)).toBe(24 * MINUTE);
    expect(wantedAge({ target: 'horizon', clock: 'firstEnqueued' }, transferred)).toBe(4 * MINUTE);
    expect(wantedAge({ target: 'horizon' }, transferred)).toBeUndefined();
  });

  test('counts from the old time where a quick connect keeps it', () => {
    const facts = { queue: { arn: QUEUE_ARN, enqueuedAt: atSecond(-2 * MINUTE) }, firstEnqueuedAt: T0 };
    expect(wantedAge({ target: '3m' }, queuedContact(facts))).toBe(27 * MINUTE);
  });

  test('counts open hours: an e-mail that is due in four of them is one call at 17:50', () => {
    const office = { timezone: 'UTC', hours: ['Mon-Fri 09:00-18:00'] };
    const enqueuedAt = Date.parse('2026-11-23T17:50:00Z');
    const email = queuedContact({ channel: 'EMAIL', queue: { arn: QUEUE_ARN, enqueuedAt } });
    const source = { target: '4h', clock: { in: office } };
    const settings = settingsOf({ horizon: '3d' });
    const { desired, target, wakeAt } = plan(email, context({ p: source }, settings), enqueuedAt);
    expect(target?.dueAt).toBe(Date.parse('2026-11-24T12:50:00Z'));
    expect(desired).toEqual({ ageSeconds: (72 - 19) * HOUR });
    expect(wakeAt).toBeUndefined();
  });

  test('is none where the clock never shows the target', () => {
    const never = { timezone: 'UTC', hours: ['Mon 09:00-09:01'] };
    expect(plan(queuedContact(), context({ p: { target: '50h', clock: { in: never } } }), T0).target).toBe(
      undefined,
    );
  });

  test('is rounded down to a whole second, as Connect takes no other', () => {
    const early = queuedContact({ initiatedAt: T0 - 20_500 });
    expect(wantedAge({ target: '3m', clock: 'initiated' }, early)).toBe(27 * MINUTE + 20);
  });

  test('is none before the contact was in a queue', () => {
    const { settings } = context({});
    expect(targetAge(policy('p', { target: '3m' }), emptyRecord(KEY), settings)).toBeUndefined();
  });

  test('falls by a pause of a task', () => {
    const paused = { pauses: [atSecond(10)], resumes: [atSecond(40)] };
    const task = queuedContact({ channel: 'TASK', ...paused });
    expect(wantedAge({ target: '3m' }, task, {}, atSecond(50))).toBe(27 * MINUTE - 30);
    expect(wantedAge({ target: '3m', paused: 'counts' }, task, {}, atSecond(50))).toBe(27 * MINUTE);
  });
});

describe('beside steps, a target', () => {
  const source = { target: '3m', steps: [{ after: '2m', set: { priority: 2 } }] };

  test('keeps its age when a step sets a priority', () => {
    const early = plan(queuedContact(), context({ p: source }), T0);
    expect(early).toMatchObject({ desired: { ageSeconds: 27 * MINUTE }, wakeAt: atSecond(120) });
    const late = plan(queuedContact(), context({ p: source }), atSecond(120));
    expect(late).toMatchObject({ step: 0, desired: { ageSeconds: 27 * MINUTE, priority: 2 } });
  });

  test.each<[string, object, string]>([
    [
      'a step that sets an age',
      { target: '3m', steps: [{ after: '0s', set: { age: '1m' } }] },
      'steps[0].set.age: Found an age beside target; expected a priority, criteria or a route, since the target sets the age. Remove the age, or the target. (age-with-target)',
    ],
    [
      'a ramp of ages',
      { target: '3m', steps: [{ from: '0s', every: '1m', ramp: { age: { add: '1m', upTo: '5m' } } }] },
      'steps[0].ramp.age: Found an age beside target; expected a priority, criteria or a route, since the target sets the age. Remove the age, or the target. (age-with-target)',
    ],
    [
      'neither target nor steps',
      {},
      'steps: steps is missing; expected a list of steps, or target. (missing)',
    ],
    [
      'a target of nothing',
      { target: '0s' },
      'target: Found "0s"; expected a duration such as 45s, 3m, 1h30m or PT3M, at most a year, at least 1s, or the word horizon. (not-allowed)',
    ],
    [
      'a number',
      { target: 180 },
      'target: Found 180; expected a duration such as 45s, 3m, 1h30m or PT3M, at most a year, at least 1s, or the word horizon. Write "180s". (wrong-type)',
    ],
  ])('does not stand: %s', (_name, wrong, expected) => {
    expect(parsePolicy('p', JSON.stringify(wrong)).problems.map(formatProblem)).toEqual([expected]);
  });
});

describe('while a contact waits', () => {
  const observed = (ageSeconds: number): ContactRecord => {
    const record = reconciled(queuedContact(), context({ p: { target: '3m' } }), T0);
    const { status } = record;
    if (!status) throw new TypeError('The record has no status.');
    return { ...record, status: { ...status, isObserved: true, applied: { priority: 5, ageSeconds } } };
  };
  const update = (record: ContactRecord, source: object, settings: object = {}, at = atSecond(30)) => {
    const where = context({ p: source }, settingsOf(settings));
    const after = reconciled(record, where, at);
    return nextUpdate(pendingWork(after), where.settings.ageAdjustment)?.update;
  };

  test('one call sets the age, and none follows', () => {
    expect(update(observed(0), { target: '3m' })).toEqual({ QueueTimeAdjustmentSeconds: 27 * MINUTE });
    expect(update(observed(27 * MINUTE), { target: '3m' })).toBeUndefined();
    expect(update(observed(27 * MINUTE), { target: '3m' }, {}, atSecond(20 * MINUTE))).toBeUndefined();
  });

  test('an incremental age is the difference to the one in force', () => {
    const settings = { ageAdjustment: 'incremental' };
    expect(update(observed(60), { target: '3m' }, settings)).toEqual({
      QueueTimeAdjustmentSeconds: 26 * MINUTE,
    });
  });

  test('an edit may raise the age, and never lowers it', () => {
    expect(update(observed(27 * MINUTE), { target: '2m' })).toEqual({
      QueueTimeAdjustmentSeconds: 28 * MINUTE,
    });
    expect(update(observed(27 * MINUTE), { target: '9m' })).toBeUndefined();
    expect(update(observed(27 * MINUTE), { target: '3m' }, { horizon: '10m' })).toBeUndefined();
  });

  test('the horizon is that of the moment when the visit began: a higher one causes no call', () => {
    expect(update(observed(27 * MINUTE), { target: '3m' }, { horizon: '60m' })).toBeUndefined();
  });

  test('the next visit of a contact has the horizon of its own moment, and keeps that', () => {
    const { facts } = queuedContact({ queue: { arn: QUEUE_ARN, enqueuedAt: atSecond(600) } });
    const moved = { ...observed(0), ...(facts && { facts }) };
    const longer = { horizon: '60m' };
    expect(wantedAge({ target: '3m' }, moved, longer)).toBe(57 * MINUTE);
    const next = reconciled(moved, context({ p: { target: '3m' } }, settingsOf(longer)), atSecond(600));
    expect(wantedAge({ target: '3m' }, next)).toBe(57 * MINUTE);
  });

  test('the horizon stays when the exact time of the visit becomes known', () => {
    const approximate = { arn: QUEUE_ARN, enqueuedAt: T0 - (T0 % 1_000) };
    const exactly = queuedContact({ approximateQueue: approximate });
    const facts = without({ ...KEY, ...exactly.facts }, 'queue');
    const early = { ...exactly, facts };
    const { status } = reconciled(early, context({ p: { target: '3m' } }), T0);
    const exact = { ...exactly, ...(status && { status }) };
    expect(wantedAge({ target: '3m' }, exact, { horizon: '60m' })).toBe(27 * MINUTE);
  });

  test('an override is taken as it is', () => {
    const overridden = { ...observed(27 * MINUTE), override: { at: T0, set: { ageSeconds: 60 } } };
    expect(update(overridden, { target: '3m' })).toEqual({ QueueTimeAdjustmentSeconds: 60 });
  });
});

test('contacts of one priority whose ages are in effect are ranked by when they are due', () => {
  const contacts = fc.record({
    enqueuedSecond: fc.nat({ max: 3_000 }),
    firstSecond: fc.nat({ max: 600 }),
    targetSeconds: fc.integer({ min: 1, max: 1_700 }),
    clock: fc.constantFrom('enqueued', 'firstEnqueued', 'initiated'),
  });
  fc.assert(
    fc.property(
      fc.array(contacts, { minLength: 2, maxLength: 6 }),
      fc.nat({ max: 9_000 }),
      (drawn, second) => {
        const ranked = drawn.flatMap(({ enqueuedSecond, firstSecond, targetSeconds, clock }) => {
          const enqueuedAt = atSecond(enqueuedSecond);
          const record = queuedContact({
            queue: { arn: QUEUE_ARN, enqueuedAt },
            firstEnqueuedAt: atSecond(enqueuedSecond - firstSecond),
            initiatedAt: atSecond(enqueuedSecond - firstSecond),
          });
          const { desired, target } = plan(
            record,
            context({ p: { target: `${targetSeconds}s`, clock } }),
            enqueuedAt,
          );
          const routingAge = second - enqueuedSecond + (desired.ageSeconds ?? 0);
          return target && target.ageSeconds > 0 ? [{ routingAge, dueAt: target.dueAt }] : [];
        });
        const byRank = ranked.toSorted((a, b) => b.routingAge - a.routingAge || a.dueAt - b.dueAt);
        expect(byRank.map(({ dueAt }) => dueAt)).toEqual(
          ranked.map(({ dueAt }) => dueAt).sort((a, b) => a - b),
        );
      },
    ),
  );
});

describe('the horizon', () => {
  test.each<[unknown, object]>([
    [undefined, { defaultSeconds: 1_800, channelSeconds: {} }],
    ['15m', { defaultSeconds: 900, channelSeconds: {} }],
    [{ EMAIL: '3d' }, { defaultSeconds: 1_800, channelSeconds: { EMAIL: 259_200 } }],
    [
      { default: '15m', VOICE: '10m' },
      { defaultSeconds: 900, channelSeconds: { VOICE: 600 } },
    ],
  ])('%j', (horizon, expected) => {
    expect(settingsFromSource({ horizon }).settings?.horizon).toEqual(expected);
  });

  const DURATION = 'expected a duration such as 45s, 3m, 1h30m or PT3M, at most a year.';
  test.each<[unknown, string]>([
    [30, `horizon: Found 30; ${DURATION} Write "30s". (wrong-type)`],
    ['half an hour', `horizon: Found "half an hour"; ${DURATION} (not-allowed)`],
    [
      { email: '3d' },
      'horizon.email: "email" is not a known key; expected one of default, VOICE, CHAT, TASK, EMAIL. Did you mean "EMAIL"? (unknown-key)',
    ],
    [
      { EMAIL: null },
      `horizon.EMAIL: Found null; ${DURATION} Write a value, or leave the key out if it is optional. (wrong-type)`,
    ],
    [['30m'], `horizon: Found ["30m"]; ${DURATION} Write "30m". (wrong-type)`],
  ])('%j is refused', (horizon, expected) => {
    expect(settingsFromSource({ horizon }).problems.map(formatProblem)).toEqual([expected]);
  });
});
