import { describe, expect, test } from '@jest/globals';
import { queueVisitId } from '../../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import type { RoutingStatus } from '../../../lambda/domain/contact/routing-status.ts';
import {
  type PolicyMemory,
  policyMemory,
  withMemory,
} from '../../../lambda/domain/reconcile/policy-memory.ts';
import { policy, queuedContact } from '../../support/contacts.ts';

const VISIT = queueVisitId(queuedContact().facts) ?? '';
const STATUS: RoutingStatus = { queueVisit: VISIT, applied: {}, isObserved: false };
const word = (text: string) => ({ 'tags.x': text });
const KEPT: Required<PolicyMemory> = {
  putIn: { 'after 0': word('a') },
  lasting: ['one'],
  staffing: { 'after 0 x': { since: 5, leftOut: [1] } },
};

describe('what is kept of a policy for a visit', () => {
  const steps = [{ after: '0s', set: { priority: 1 } }];
  const gold = policy('gold', { steps });
  const watch = policy('watch', { mode: 'observe', steps });
  const all = (name: string) => ({
    putIn: { [name]: KEPT.putIn },
    lasting: { [name]: KEPT.lasting },
    staffing: { [name]: KEPT.staffing },
  });
  const shadow = { policy: 'watch', desired: {}, wouldSet: {}, changes: 0, ...KEPT };
  const withStatus = (queueVisit: string, name = 'gold'): ContactRecord => ({
    ...queuedContact(),
    status: { ...STATUS, queueVisit, ...all(name) },
  });
  const withShadow = (queueVisit: string, name = 'watch'): ContactRecord => ({
    ...queuedContact(),
    shadows: { queueVisit, policies: [{ ...shadow, policy: name }] },
  });

  test.each([
    ['by its status', gold, withStatus(VISIT), KEPT],
    ['not of another policy', gold, withStatus(VISIT, 'other'), {}],
    ['not of another visit', gold, withStatus('other@1'), {}],
    ['nothing without a status', gold, queuedContact(), {}],
    ['of an observing policy by its shadow', watch, withShadow(VISIT), KEPT],
    ['not of another shadow', watch, withShadow(VISIT, 'other'), {}],
    ['not of a shadow of another visit', watch, withShadow('other@1'), {}],
    ['of an observing policy nothing by the status', watch, withStatus(VISIT, 'watch'), {}],
    ['nothing without shadows', watch, queuedContact(), {}],
  ])('%s', (_name, one, record, expected) => {
    expect(policyMemory(one, record)).toEqual(expected);
  });
});

describe('a status with what is to be kept', () => {
  test('has what was found first', () => {
    expect(withMemory(STATUS, 'gold', KEPT)).toEqual({
      ...STATUS,
      putIn: { gold: KEPT.putIn },
      lasting: { gold: KEPT.lasting },
      staffing: { gold: KEPT.staffing },
    });
    expect(withMemory(STATUS, 'gold', {})).toEqual(STATUS);
  });

  test('keeps strings and figures that were found before, and the lasting criteria of now alone', () => {
    const later = withMemory(withMemory(STATUS, 'gold', KEPT), 'gold', {
      putIn: { 'after 10': word('b') },
      lasting: ['two'],
      staffing: { 'after 10 x': { since: 6 } },
    });
    expect(later).toEqual({
      ...STATUS,
      putIn: { gold: { 'after 0': word('a'), 'after 10': word('b') } },
      lasting: { gold: ['two'] },
      staffing: { gold: { ...KEPT.staffing, 'after 10 x': { since: 6 } } },
    });
  });

  test('loses lasting criteria that ended, and no others', () => {
    const both = withMemory(withMemory(STATUS, 'silver', { lasting: ['s'] }), 'gold', { lasting: ['g'] });
    const ended = withMemory(both, 'gold', {});
    expect(ended).toEqual({ ...STATUS, lasting: { silver: ['s'] } });
    expect(withMemory(ended, 'bronze', {})).toEqual(ended);
    expect(withMemory(ended, 'silver', { lasting: [] })).not.toHaveProperty('lasting');
  });

  test('keeps five policies, those that governed last', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'a', 'f'];
    const last = names.reduce((status, name) => withMemory(status, name, KEPT), STATUS);
    for (const kept of [last.putIn, last.lasting, last.staffing]) {
      expect(Object.keys(kept ?? {})).toEqual(['c', 'd', 'e', 'a', 'f']);
    }
  });

  test('keeps the others when the policy that governed last governs again', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'e'];
    const last = names.reduce((status, name) => withMemory(status, name, KEPT), STATUS);
    expect(Object.keys(last.putIn ?? {})).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});
