import { expect, test } from '@jest/globals';
import { publishConfiguration } from '../../lambda/flow/configuration/publish.ts';
import { reportChanges } from '../../lambda/flow/configuration/report-changes.ts';
import { dispatchPending } from '../../lambda/flow/dispatch/dispatch.ts';
import { fanOut } from '../../lambda/flow/fan-out.ts';
import { sendEvents } from '../../lambda/flow/send-events.ts';
import { sweep } from '../../lambda/flow/sweep.ts';
import { callsNotAwaited } from '../support/awaited-calls.ts';
import { MemoryCompiler } from '../support/compiler.ts';
import { atSecond, context, QUEUE_ARN, T0 } from '../support/contacts.ts';
import { DISPATCH_MS, dispatchAll, enqueue, PRIORITY_2, withPendingChange } from '../support/flow.ts';
import { describeSuccess, type MemoryPorts } from '../support/memory-ports.ts';

/* A function ends when its work is done: what it does not wait for is frozen with it, and perhaps never goes on. */

const WATCH = {
  watch: {
    mode: 'observe',
    match: { attributes: { value: ['high'] } },
    steps: [{ after: '0s', set: { priority: 1 } }],
  },
};
const RICH = {
  rich: { match: { attributes: { value: ['high'] } }, steps: [{ after: '0s', set: { priority: 1 } }] },
};
const answered = () => describeSuccess({ routing: {}, attributes: { value: 'high' } });

test.each<[string, () => Promise<MemoryPorts>]>([
  ['asks and sends', () => withPendingChange()],
  ['gets no answer', () => described('unknown')],
  ['does not find the contact, which may come back', () => described('gone')],
  ['is denied an update', () => updated({ kind: 'denied', message: 'no' })],
  ['does not know the result of an update', () => updated({ kind: 'unknown', message: 'time-out' })],
  [
    'is throttled',
    async () => {
      const memory = await updated({ kind: 'throttled' });
      const { updateResult } = memory;
      memory.updateResult = (...given) =>
        memory.calls.length > 1 ? { kind: 'done' } : updateResult(...given);
      return memory;
    },
  ],
  [
    'fails for a contact',
    async () => {
      const memory = await withPendingChange();
      memory.updateResult = () => {
        throw new TypeError('broken');
      };
      return memory;
    },
  ],
  [
    'waits for the quota',
    async () => {
      const memory = await withPendingChange(context(PRIORITY_2, { checkBeforeFirstChange: false }));
      memory.fillQuota(0);
      return memory;
    },
  ],
  [
    'asks for attributes',
    async () => {
      const memory = await withPendingChange(context(RICH));
      memory.describeResult = answered;
      return memory;
    },
  ],
  [
    'asks for a shadow',
    async () => {
      const memory = await withPendingChange(context(WATCH));
      memory.describeResult = answered;
      return memory;
    },
  ],
  [
    'has the answer for a shadow',
    async () => {
      const memory = await withPendingChange(context(WATCH));
      memory.describeResult = answered;
      await dispatchAll(memory);
      return memory;
    },
  ],
])('dispatch that %s', async (_name, prepare) => {
  const start = async () => {
    const memory = await prepare();
    const { ports, deadlineAt } = { ports: memory.dispatchPorts, deadlineAt: memory.now + DISPATCH_MS };
    return { ports, run: (given: typeof ports) => dispatchPending([], given, deadlineAt) };
  };
  expect(await callsNotAwaited(start)).toEqual([]);
});

async function described(kind: 'unknown' | 'gone'): Promise<MemoryPorts> {
  const memory = await withPendingChange();
  memory.describeResult = () =>
    kind === 'gone' ? { kind, message: 'no', cause: 'not-found' } : { kind, message: 'no' };
  return memory;
}

async function updated(result: ReturnType<MemoryPorts['updateResult']>): Promise<MemoryPorts> {
  const memory = await withPendingChange(context(PRIORITY_2, { checkBeforeFirstChange: false }));
  memory.updateResult = () => result;
  return memory;
}

test('dispatch whose time is up', async () => {
  const start = async () => {
    const memory = await withPendingChange();
    const ports = memory.dispatchPorts;
    return { ports, run: (given: typeof ports) => dispatchPending([], given, memory.now) };
  };
  expect(await callsNotAwaited(start)).toEqual([]);
});

test('the sweep', async () => {
  const start = async () => {
    const memory = await withPendingChange(context(PRIORITY_2, { adopt: true }));
    const [found] = [{ contactId: 'c-9', channel: 'CHAT', queueId: 'q-1', enqueuedAt: T0 }];
    memory.search = {
      page: async (_id, _range, token) => ({ contacts: [found], ...(token ? {} : { nextToken: 'n' }) }),
    };
    memory.now = atSecond(120);
    const ports = memory.sweepPorts;
    return { ports, run: (given: typeof ports) => sweep(given) };
  };
  expect(await callsNotAwaited(start)).toEqual([]);
});

test('the sweep that sends events', async () => {
  const start = async () => {
    const memory = await withPendingChange(context(PRIORITY_2, { events: ['escalated', 'left'] }));
    await dispatchAll(memory);
    await enqueue(memory, 'c-1', { disconnectedAt: atSecond(1) });
    const ports = memory.sweepPorts;
    return { ports, run: (given: typeof ports) => sendEvents(given) };
  };
  expect(await callsNotAwaited(start)).toEqual([]);
});

test.each([
  { type: 'reevaluate', id: 'r' } as const,
  { type: 'queue-signal', id: 's', at: T0, queueArn: QUEUE_ARN, signal: 'busy' } as const,
])('a fan-out: $type', async (message) => {
  const start = async () => {
    const memory = await withPendingChange();
    const ports = memory.reconcilePorts;
    return { ports, run: (given: typeof ports) => fanOut(message, given) };
  };
  expect(await callsNotAwaited(start)).toEqual([]);
});

test('the compiler, and the report of what changed', async () => {
  const start = async () => {
    const memory = new MemoryCompiler();
    memory.put('policies/a', 'steps: [{ after: 0s, set: { priority: 1 } }]');
    await memory.compile();
    memory.put('policies/a', '{', '{ ');
    memory.put('pause', 'x');
    const ports = {
      ...memory.ports,
      eventBus: { send: async (events: readonly unknown[]) => events.map(() => undefined) },
      telemetry: { ...memory.ports.telemetry, configured() {}, eventsUnsent() {} },
      settings: async () => ({ events: ['configured'] as const }),
    };
    const run = async (given: typeof ports) => {
      await publishConfiguration(given);
      await reportChanges(given);
    };
    return { ports, run };
  };
  expect(await callsNotAwaited(start)).toEqual([]);
});
