import { expect, test } from '@jest/globals';
import { buildPolicies } from '../../lambda/domain/configuration/build-policies.ts';
import type { ContactFacts } from '../../lambda/domain/contact/facts.ts';
import { publishConfiguration } from '../../lambda/flow/configuration/publish.ts';
import { reportChanges } from '../../lambda/flow/configuration/report-changes.ts';
import { dispatchPending } from '../../lambda/flow/dispatch/dispatch.ts';
import { fanOut } from '../../lambda/flow/fan-out.ts';
import { applyContactEvent } from '../../lambda/flow/handle-contact-event.ts';
import { applyRuleMessage } from '../../lambda/flow/handle-rule-message.ts';
import { sendEvents } from '../../lambda/flow/send-events.ts';
import { sweep } from '../../lambda/flow/sweep.ts';
import { callsNotAwaited } from '../support/awaited-calls.ts';
import { MemoryCompiler } from '../support/compiler.ts';
import { atSecond, context, KEY, QUEUE_ARN, queuedContact, T0 } from '../support/contacts.ts';
import { DISPATCH_MS, dispatchAll, enqueue, PRIORITY_2, withPendingChange } from '../support/flow.ts';
import { describeSuccess, MemoryPorts } from '../support/memory-ports.ts';

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

test('the sweep that cannot go on where the last one stopped', async () => {
  const start = async () => {
    const memory = await withPendingChange();
    memory.sweepPosition = { lap: 3, from: 'of other code', counted: 5, waiting: 7 };
    memory.queued = () => {
      throw new TypeError('The starting key is invalid');
    };
    const ports = memory.sweepPorts;
    const run = (given: typeof ports) => expect(sweep(given)).rejects.toThrow('The starting key is invalid');
    return { ports, run };
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

test('an event of a contact while another of its customer is written', async () => {
  const start = async () => {
    const again = { match: { recentContacts: [1] }, steps: [{ after: '0s', set: { priority: 1 } }] };
    const memory = new MemoryPorts(context({ again }));
    const { customers } = memory;
    let writes = 0;
    memory.customers = {
      ...customers,
      save: async (...given) => writes++ > 0 && customers.save(...given),
    };
    const ports = memory.reconcilePorts;
    const event = { facts: queuedContact().facts as ContactFacts, customerId: 'ann' };
    return { ports, run: (given: typeof ports) => applyContactEvent(event, memory.configuration, given) };
  };
  expect(await callsNotAwaited(start)).toEqual([]);
});

test('a signal to a contact that another one continues', async () => {
  const start = async () => {
    const memory = await withPendingChange();
    await enqueue(memory, 'c-2', { previousContactId: KEY.contactId, initiationMethod: 'TRANSFER' });
    const message = { type: 'signal', ...KEY, id: 's', at: T0, signal: 'vip' } as const;
    const ports = memory.reconcilePorts;
    return { ports, run: (given: typeof ports) => applyRuleMessage(message, memory.configuration, given) };
  };
  expect(await callsNotAwaited(start)).toEqual([]);
});

test('a poll that finds a condition met', async () => {
  const start = async () => {
    const memory = await withPendingChange();
    const part = { version: 1, since: T0, name: 'busy' };
    const match = { signals: ['busy'] };
    const { policies, conditions } = buildPolicies({
      policies: [{ ...part, source: { match, steps: [{ after: '0s', set: { priority: 1 } }] } }],
      conditions: [{ ...part, source: { when: { waiting: [{ numeric: ['>', 0] }] } } }],
    });
    const configuration = { ...memory.configuration, policies, conditions };
    const ports = memory.reconcilePorts;
    const poll = { type: 'poll', at: memory.now } as const;
    return { ports, run: (given: typeof ports) => applyRuleMessage(poll, configuration, given) };
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
