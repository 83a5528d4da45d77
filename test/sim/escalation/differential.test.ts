import { describe, expect, test } from '@jest/globals';
import { buildPolicies } from '../../../lambda/domain/configuration/build-policies.ts';
import { createPolicySet } from '../../../lambda/domain/policy/policy-set.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../lambda/domain/settings.ts';
import type { AgentGroup } from '../../../sim/workload/index.ts';
import { policy } from '../../support/contacts.ts';
import { AGENTS, STREAMS, stream } from './contact-centre.ts';
import { type Change, type Experiment, examplePolicies, runFlow, runModel } from './experiments.ts';

const POLICIES = examplePolicies();

/**
 * The maximum time between corresponding changes: latencies differ, constant in one and random in the other. A contact
 * may wait for a round of others and then for its own, and each round takes as long as DescribeContact: up to 1.5 s.
 */
const MAX_DIFFERENCE_MS = 3_500;

const QUEUE_ARN = 'arn:aws:connect:eu-central-1:123456789012:instance/i-1/queue/q';
const part = (name: string, source: object) => ({ name, source, version: 1, since: 0 });

const experiment = (settings: Partial<Settings>, agents: readonly AgentGroup[]): Experiment => ({
  configuration: { policies: POLICIES, settings: { ...DEFAULT_SETTINGS, ...settings } },
  agents,
  streams: STREAMS,
  minutes: 40,
});

const byContact = (changes: readonly Change[]) =>
  Object.fromEntries(
    [...Map.groupBy(changes, ({ contactId }) => contactId)].sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const setsOf = (changes: readonly Change[]) =>
  Object.fromEntries(
    Object.entries(byContact(changes)).map(([contactId, list]) => [contactId, list?.map(({ set }) => set)]),
  );

function maxDifferenceMs(a: readonly Change[], b: readonly Change[]): number {
  const other = byContact(b);
  return Math.max(
    ...Object.entries(byContact(a)).flatMap(([contactId, list = []]) =>
      list.map(({ at }, index) => Math.abs(at - (other[contactId]?.[index]?.at ?? Number.NaN))),
    ),
  );
}

/** The share of pairs of common changes that have the same order in both. */
function sameOrderShare(a: readonly Change[], b: readonly Change[]): number {
  const keyOf = ({ contactId, set }: Change) => JSON.stringify([contactId, set]);
  const positions = new Map(b.map((change, position) => [keyOf(change), position]));
  const common = a.flatMap((change) => positions.get(keyOf(change)) ?? []);
  expect(common.length).toBeGreaterThan(0.95 * b.length);
  const pairs = common.flatMap((position, index) => common.slice(index + 1).map((later) => position < later));
  return pairs.filter(Boolean).length / pairs.length;
}

describe('the escalation model', () => {
  test.each([
    ['a check before the first change', {}],
    ['no check', { checkBeforeFirstChange: false }],
    ['incremental ages', { ageAdjustment: 'incremental' as const }],
  ])('makes the same changes as the handlers with %s', async (_name, settings) => {
    // Without agents, so that small time differences do not lead to different waits.
    const [modelChanges, flowChanges] = [
      runModel(experiment(settings, [])),
      await runFlow(experiment(settings, [])),
    ];
    expect(flowChanges.length).toBeGreaterThan(300);
    expect(setsOf(modelChanges)).toEqual(setsOf(flowChanges));
    expect(maxDifferenceMs(modelChanges, flowChanges)).toBeLessThan(MAX_DIFFERENCE_MS);
  });

  test('makes the same changes as conditions on the load begin and end', async () => {
    const { policies, conditions } = buildPolicies({
      policies: [
        part('busy-first', { match: { signals: ['busy'] }, steps: [{ after: '0s', set: { priority: 2 } }] }),
        part('chats-first', {
          match: { channel: ['CHAT'], signals: ['chats'] },
          steps: [{ after: '20s', set: { age: '3m' } }],
        }),
        part('old-first', { match: { signals: ['old'] }, steps: [{ after: '5s', set: { priority: 3 } }] }),
        part('rest', { precedence: 200, steps: [{ after: '2m', set: { priority: 4 } }] }),
      ],
      conditions: [
        part('busy', {
          when: { waiting: [{ numeric: ['>', 13] }] },
          until: { waiting: [{ numeric: ['<', 12] }] },
        }),
        // Without agents, none is free.
        part('chats', {
          channel: 'CHAT',
          queues: ['q'],
          when: { waiting: [{ numeric: ['>', 6] }], agentsAvailable: [0] },
          until: { waiting: [{ numeric: ['<', 4] }] },
        }),
        part('old', { queues: [QUEUE_ARN], when: { oldestSeconds: [{ numeric: ['>', 300] }] } }),
      ],
    });
    const base = experiment({}, []);
    const [calls, chats] = [stream('gold', 40, {}), stream('chat', 40, { channel: 'CHAT' })];
    const loaded = {
      ...base,
      streams: [calls, chats],
      configuration: { ...base.configuration, policies, conditions },
    };
    const [modelChanges, flowChanges] = [runModel(loaded), await runFlow(loaded)];
    expect(new Set(flowChanges.map(({ set }) => JSON.stringify(set))).size).toBe(4);
    expect(setsOf(modelChanges)).toEqual(setsOf(flowChanges));
    expect(maxDifferenceMs(modelChanges, flowChanges)).toBeLessThan(MAX_DIFFERENCE_MS);
  });

  test('makes the same changes when agents answer', async () => {
    // Changes take no effect within the run, so that milliseconds do not decide which contact is answered
    // first.
    const answering = { ...experiment({}, AGENTS), routingLagMs: 24 * 3_600_000 };
    const [modelChanges, flowChanges] = [runModel(answering), await runFlow(answering)];
    expect(flowChanges.length).toBeGreaterThan(100);
    expect(setsOf(modelChanges)).toEqual(setsOf(flowChanges));
    expect(maxDifferenceMs(modelChanges, flowChanges)).toBeLessThan(MAX_DIFFERENCE_MS);
  });

  test('makes changes in the same order as the handlers when the quota is short', async () => {
    const settings = { updateRate: 0.1, updateBurst: 2, checkBeforeFirstChange: false };
    const [modelChanges, flowChanges] = [
      runModel(experiment(settings, [])),
      await runFlow(experiment(settings, [])),
    ];
    expect(flowChanges.length).toBeGreaterThan(100);
    // A change that is due at the time of a token precedes it in one of them and follows it in the other.
    expect(sameOrderShare(modelChanges, flowChanges)).toBeGreaterThan(0.99);
    // Another order is detected.
    const byName = flowChanges.toSorted((a, b) => (a.contactId < b.contactId ? -1 : 1));
    expect(sameOrderShare(byName, flowChanges)).toBeLessThan(0.8);
  });
});

test('a policy that names a queue governs those who wait there, and follows a transfer', () => {
  const policies = createPolicySet(
    ['q', 'r'].map((name, index) =>
      policy(name, {
        match: { queue: { name: [name] } },
        steps: [{ after: '0s', set: { priority: index + 1 } }],
      }),
    ),
  );
  const given = experiment({}, AGENTS);
  const changes = runModel({ ...given, configuration: { ...given.configuration, policies } });
  const priorities = new Set(changes.map(({ set }) => JSON.stringify(set)));
  expect([...priorities].sort()).toEqual(['{"priority":1}', '{"priority":2}']);
});
