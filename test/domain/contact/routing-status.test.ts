import { describe, expect, test } from '@jest/globals';
import {
  clearRetries,
  forgottenStatus,
  initialStatus,
  type RoutingStatus,
  scheduleRetry,
  statusWithDefaults,
  statusWithoutDefaults,
} from '../../../lambda/domain/contact/routing-status.ts';
import type { Routing } from '../../../lambda/domain/routing/routing.ts';

const CRITERIA: Routing['criteria'] = { Steps: [] };
const STATUS: RoutingStatus = {
  queueVisit: 'arn:q@1',
  applied: { priority: 2, criteria: CRITERIA },
  isObserved: true,
};

test('a status begins with nothing known, or with the defaults of Connect', () => {
  expect(initialStatus('v', true)).toEqual({ queueVisit: 'v', applied: {}, isObserved: false });
  expect(initialStatus('v', false)).toEqual({
    queueVisit: 'v',
    applied: { priority: 5, ageSeconds: 0 },
    isObserved: true,
    isAssumed: true,
  });
});

describe('once another Region may have changed the routing', () => {
  test('nothing that is applied is known; what belongs to the visit stays', () => {
    const kept = {
      restorePoint: { priority: 4 },
      horizonSeconds: 600,
      putIn: { gold: { '0': {} } },
      lasting: { gold: ['0 1'] },
      staffing: { gold: { '0': { since: 5, leftOut: [1] } } },
    };
    const lost = { attempts: 2, retryAt: 5, unconfirmed: ['priority'] as const, isAssumed: true as const };
    expect(forgottenStatus({ ...STATUS, ...kept, ...lost, initial: { priority: 3 } })).toEqual({
      queueVisit: STATUS.queueVisit,
      applied: {},
      isObserved: false,
      isForgotten: true,
      initial: { priority: 3 },
      ...kept,
    });
  });

  test('the flow has set the defaults where these were observed', () => {
    expect(forgottenStatus(STATUS).initial).toEqual({ priority: 5, ageSeconds: 0 });
    expect(forgottenStatus({ ...STATUS, isObserved: false })).not.toHaveProperty('initial');
  });
});

describe('a failed attempt', () => {
  test.each([
    [undefined, 1, 1],
    [1, 2, 2],
    [2, 3, 4],
    [6, 7, 60],
    [50, 51, 60],
  ])('after %p others is attempt %d, and the next waits for %d s', (attempts, count, seconds) => {
    expect(scheduleRetry({ ...STATUS, attempts }, 1_000)).toEqual({
      ...STATUS,
      attempts: count,
      retryAt: 1_000 + seconds * 1_000,
    });
  });

  test('is forgotten once one succeeds', () => {
    expect(clearRetries({ ...STATUS, attempts: 2, conflicts: 1, retryAt: 5 })).toEqual(STATUS);
  });
});

describe('the defaults of Connect', () => {
  test('stand in for what is not known', () => {
    expect(statusWithDefaults({ ...STATUS, isObserved: false })).toEqual({
      ...STATUS,
      applied: { priority: 2, ageSeconds: 0, criteria: CRITERIA },
    });
  });

  test('are not known any more once flows set something; what this system set stays', () => {
    const assumed = (applied: Routing) =>
      statusWithoutDefaults({
        ...STATUS,
        isAssumed: true,
        applied: { priority: 5, ageSeconds: 0, ...applied },
      });
    expect(assumed({})).toEqual({ queueVisit: STATUS.queueVisit, isObserved: false, applied: {} });
    expect(assumed({ priority: 2 }).applied).toEqual({ priority: 2 });
    expect(assumed({ ageSeconds: 60 }).applied).toEqual({ ageSeconds: 60 });
    expect(assumed({ criteria: CRITERIA }).applied).toEqual({ criteria: CRITERIA });
  });
});
