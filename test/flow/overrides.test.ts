import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pendingWork } from '../../lambda/domain/reconcile/pending-work.ts';
import type { PlanContext } from '../../lambda/domain/reconcile/plan.ts';
import type { AgeAdjustment, Routing } from '../../lambda/domain/routing/routing.ts';
import { context, KEY } from '../support/contacts.ts';
import { dispatchAll, enqueue, receive } from '../support/flow.ts';
import { describeSuccess, MemoryPorts } from '../support/memory-ports.ts';

/* What remains of overrides, policies and what a flow had set, whatever sequence operators and editors choose. */

type Urgency = Required<Pick<Routing, 'priority' | 'ageSeconds'>>;
type Change = { readonly override: Routing } | 'release' | { readonly policy: Routing | undefined };

/** A policy that sets one field at once; undefined: none. */
function configuration(set: Routing | undefined): PlanContext {
  if (!set) return context({});
  const { priority, ageSeconds } = set;
  const source = priority === undefined ? { age: `${ageSeconds}s` } : { priority };
  return context({ all: { steps: [{ after: '0s', set: source }] } });
}

/** A contact that waits, in a Connect that remembers what was set. */
class Trial {
  readonly connect: { routing: Urgency };
  readonly memory = new MemoryPorts(context({}));
  /** Whether the next update is made, and its answer lost. */
  isAnswerLost = false;
  isDescribed = true;

  constructor(byFlow: Partial<Urgency>, ageAdjustment: AgeAdjustment = 'absolute') {
    this.connect = { routing: { priority: 5, ageSeconds: 0, ...byFlow } };
    this.memory.configuration = context({}, { ageAdjustment });
    this.memory.fillQuota();
    this.memory.describeResult = () =>
      this.isDescribed
        ? describeSuccess({ routing: this.connect.routing, attributes: {} })
        : { kind: 'unknown', message: 'time-out' };
    this.memory.updateResult = (_key, { update, sets }) => {
      const { ageSeconds: before } = this.connect.routing;
      const { QueueTimeAdjustmentSeconds: age } = update;
      const isIncremental = this.memory.configuration.settings.ageAdjustment === 'incremental';
      const ageSeconds = age === undefined ? before : isIncremental ? before + age : age;
      this.connect.routing = { priority: sets.priority ?? this.connect.routing.priority, ageSeconds };
      if (!this.isAnswerLost) return { kind: 'done' };
      this.isAnswerLost = false;
      return { kind: 'unknown', message: 'time-out' };
    };
  }

  async apply(change: Change, index: number): Promise<void> {
    const { memory } = this;
    memory.now += 30_000;
    const at = memory.now;
    if (change === 'release') await receive(memory, { type: 'release', id: `r-${index}`, at });
    else if ('override' in change) {
      await receive(memory, { type: 'override', id: `o-${index}`, at, set: change.override });
    } else
      memory.configuration = { ...memory.configuration, policies: configuration(change.policy).policies };
    await this.settle();
  }

  /** Reconciles and dispatches until nothing is left to do, and no more often: the next reconcile finds what it left. */
  async settle(): Promise<void> {
    for (let round = 0; round < 8; round++) {
      this.memory.now += 2_000;
      const record = await receive(this.memory, { type: 'wake', wakeAt: this.memory.now });
      if (!pendingWork(record)) return;
      await dispatchAll(this.memory);
      const stored = this.memory.record(KEY);
      if (stored && !pendingWork(stored)) return;
    }
  }
}

/** What the sequence leads to in Connect: what the flow set, raised by policies, below the override. */
function expectedAfter(byFlow: Partial<Urgency>, changes: readonly Change[]): Urgency {
  const base = { priority: 5, ageSeconds: 0, ...byFlow };
  let override: Routing = {};
  let desired: Routing = {};
  for (const change of changes) {
    if (change === 'release') override = {};
    else if ('override' in change) override = change.override;
    else desired = change.policy ?? {};
    if (override.priority === undefined) base.priority = Math.min(base.priority, desired.priority ?? 99);
    if (override.ageSeconds === undefined) {
      base.ageSeconds = Math.max(base.ageSeconds, desired.ageSeconds ?? -999);
    }
  }
  return { ...base, ...override };
}

const OVERRIDES: Routing[] = [
  { priority: 1 },
  { priority: 3 },
  { priority: 8 },
  { ageSeconds: 300 },
  { ageSeconds: -60 },
];
const DESIRED = [{ priority: 1 }, { priority: 4 }, { ageSeconds: 60 }, { ageSeconds: 240 }, undefined];
const changes = fc.array(
  fc.oneof(
    fc.constantFrom<Change>(...OVERRIDES.map((override) => ({ override }))),
    fc.constant<Change>('release'),
    fc.constantFrom<Change>(...DESIRED.map((policy) => ({ policy }))),
  ),
  { minLength: 2, maxLength: 7 },
);

test('whatever the sequence, each field is the override, or else what the flow set, raised by policies', async () => {
  await fc.assert(
    fc.asyncProperty(
      changes,
      fc.constantFrom({}, { priority: 2 }, { ageSeconds: 100 }),
      fc.constantFrom<AgeAdjustment>('absolute', 'incremental'),
      fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
      async (sequence, byFlow, ageAdjustment, areLost) => {
        const trial = new Trial(byFlow, ageAdjustment);
        await enqueue(trial.memory);
        for (const [index, change] of sequence.entries()) {
          trial.isAnswerLost = areLost[index] ?? false;
          await trial.apply(change, index);
          expect(trial.connect.routing).toEqual(expectedAfter(byFlow, sequence.slice(0, index + 1)));
        }
      },
    ),
    { numRuns: 60 },
  );
});

test.each<[string, Partial<Urgency>, readonly Change[], Urgency]>([
  [
    'a field that another override set before, while nothing was known, is not what the flow set',
    {},
    [{ override: { priority: 8 } }, { override: { ageSeconds: 60 } }, 'release'],
    { priority: 5, ageSeconds: 0 },
  ],
  [
    'such a field goes back as soon as the next override leaves it out',
    {},
    [{ override: { priority: 8 } }, { override: { ageSeconds: 60 } }],
    { priority: 5, ageSeconds: 60 },
  ],
])('%s', async (_name, byFlow, sequence, expected) => {
  const trial = new Trial(byFlow);
  await enqueue(trial.memory);
  trial.isDescribed = false;
  for (const [index, change] of sequence.entries()) {
    await trial.apply(change, index);
    trial.isDescribed = true;
  }
  expect(trial.connect.routing).toEqual(expected);
});

test.each<[string, Partial<Urgency>, readonly Change[], Urgency]>([
  [
    'the age of a flow that is first seen as an override replaces it',
    { ageSeconds: 100 },
    [
      { policy: { priority: 1 } },
      { override: { priority: 8 } },
      { override: { ageSeconds: 300 } },
      'release',
    ],
    { priority: 1, ageSeconds: 100 },
  ],
  [
    'what a policy wants and an override set before it stays raised under the next override',
    {},
    [
      { override: { priority: 3 } },
      { policy: { priority: 3 } },
      { override: { ageSeconds: 60 } },
      { policy: { priority: 4 } },
    ],
    { priority: 3, ageSeconds: 60 },
  ],
])('%s', async (_name, byFlow, sequence, expected) => {
  const trial = new Trial(byFlow);
  await enqueue(trial.memory);
  for (const [index, change] of sequence.entries()) await trial.apply(change, index);
  expect(trial.connect.routing).toEqual(expected);
});

test('what a policy raised stays raised, also where the answer to it was lost after an override', async () => {
  const trial = new Trial({});
  await enqueue(trial.memory);
  await trial.apply({ override: { ageSeconds: 120 } }, 0);
  await trial.apply({ policy: { ageSeconds: 300 } }, 1);
  trial.memory.configuration = {
    ...trial.memory.configuration,
    settings: { ...trial.memory.configuration.settings, ageAdjustment: 'incremental' },
  };
  trial.isAnswerLost = true;
  await trial.apply('release', 2);
  await trial.apply({ policy: { priority: 4 } }, 3);
  expect(trial.connect.routing).toEqual({ priority: 4, ageSeconds: 300 });
});
