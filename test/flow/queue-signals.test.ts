import { describe, expect, test } from '@jest/globals';
import { contactView } from '../../lambda/domain/contact/build-contact-view.ts';
import type { ContactFacts } from '../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { applyRuleMessage } from '../../lambda/flow/handle-rule-message.ts';
import { keepSignal } from '../../lambda/flow/queue-state.ts';
import { atSecond, context, KEY, QUEUE_ARN, T0 } from '../support/contacts.ts';
import { dispatchAll, enqueue, receive, sentUpdates } from '../support/flow.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

const POLICIES = {
  backlog: { match: { signals: ['backlog'] }, steps: [{ after: '0s', set: { priority: 1 } }] },
};
const OTHER_QUEUE = `${QUEUE_ARN}2`;

const AGENT_QUEUE = {
  long: QUEUE_ARN.replace('/q-1', '/agent/a-1'),
  short: QUEUE_ARN.replace('/q-1', '/a-1'),
};

const moved = (arn: string, seconds: number): Partial<ContactFacts> => ({
  queue: { arn, enqueuedAt: atSecond(seconds) },
});

const waiting = async () => {
  const memory = new MemoryPorts(context(POLICIES, { checkBeforeFirstChange: false }));
  memory.fillQuota();
  await enqueue(memory);
  return memory;
};

/** The copy for the contact of a signal that was sent to a queue. */
const ofQueue = (memory: MemoryPorts, queueArn: string, until?: number, id = `copy:${queueArn}`) =>
  receive(memory, {
    type: 'signal-of-queue',
    id,
    at: T0,
    signal: 'backlog',
    queueArn,
    ...(until && { until }),
  });

const own = (memory: MemoryPorts, until: number) =>
  receive(memory, { type: 'signal', id: 'own', at: T0, signal: 'backlog', until });

const signalsAt = (record: ContactRecord, seconds: number) => contactView(record, atSecond(seconds)).signals;

describe('a signal that was sent to a queue', () => {
  test('does not go with a contact that is moved to another queue', async () => {
    const memory = await waiting();
    await ofQueue(memory, QUEUE_ARN);
    await dispatchAll(memory);
    const record = await enqueue(memory, KEY.contactId, moved(OTHER_QUEUE, 10));
    expect(record.decision).toMatchObject({ reason: 'no-policy', desired: {} });
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 1 }]);
  });

  test('has no effect where its copy comes after the contact was moved', async () => {
    const memory = await waiting();
    await enqueue(memory, KEY.contactId, moved(OTHER_QUEUE, 10));
    const record = await ofQueue(memory, QUEUE_ARN);
    expect(record.decision?.reason).toBe('no-policy');
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([]);
  });

  test('holds again where the contact comes back, until it ends', async () => {
    const memory = await waiting();
    await ofQueue(memory, QUEUE_ARN, atSecond(60));
    await enqueue(memory, KEY.contactId, moved(OTHER_QUEUE, 10));
    const record = await enqueue(memory, KEY.contactId, moved(QUEUE_ARN, 20));
    expect(record.decision?.policy).toBe('backlog');
    expect([signalsAt(record, 59), signalsAt(record, 60)]).toEqual([['backlog'], []]);
  });

  test('gives way to one of the same name on the queue of the contact', async () => {
    const memory = await waiting();
    await ofQueue(memory, QUEUE_ARN);
    await enqueue(memory, KEY.contactId, moved(OTHER_QUEUE, 10));
    const record = await ofQueue(memory, OTHER_QUEUE, atSecond(60));
    expect([signalsAt(record, 59), signalsAt(record, 60)]).toEqual([['backlog'], []]);
  });

  test('without a queue, as an earlier version sent it, is one of the queue of the contact', async () => {
    const memory = await waiting();
    const record = await receive(memory, { type: 'signal-of-queue', id: 'copy', at: T0, signal: 'backlog' });
    expect(record.queueSignals).toEqual({ backlog: { at: T0, queueArn: QUEUE_ARN } });
  });

  test.each([true, false])(
    'has an end of its own beside one of the contact: own first %s',
    async (isOwnFirst) => {
      const memory = await waiting();
      if (isOwnFirst) await own(memory, atSecond(5));
      await ofQueue(memory, QUEUE_ARN);
      if (!isOwnFirst) await own(memory, atSecond(5));
      memory.now = atSecond(20);
      const successor = { initiationMethod: 'QUEUE_TRANSFER', previousContactId: KEY.contactId };
      const record = await enqueue(memory, 'c-2', { ...moved(OTHER_QUEUE, 20), ...successor });
      expect([record.signals, record.decision?.reason]).toEqual([{}, 'no-policy']);
    },
  );
});

describe('a signal that sticks to its queue', () => {
  const toQueue = (memory: MemoryPorts, until?: number, queueArn = QUEUE_ARN) =>
    applyRuleMessage(
      { type: 'queue-signal', id: 'q', at: T0, signal: 'backlog', queueArn, ...(until && { until }) },
      memory.configuration,
      memory.reconcilePorts,
    );

  test.each([
    ['a contact that enters the queue before its end has it', atSecond(60), QUEUE_ARN, ['backlog']],
    ['one that enters later has it no more', atSecond(5), QUEUE_ARN, []],
    ['one without an end is for those that wait now', undefined, QUEUE_ARN, []],
    ['another queue has it not', atSecond(60), OTHER_QUEUE, []],
    [
      'an agent queue is found by its id, however its ARN is written',
      atSecond(60),
      AGENT_QUEUE.long,
      ['backlog'],
      AGENT_QUEUE.short,
    ],
  ])('%s', async (_name, until, queueArn, signals, entered = QUEUE_ARN) => {
    const memory = new MemoryPorts(context(POLICIES));
    await toQueue(memory, until, queueArn);
    memory.now = atSecond(10);
    const record = await enqueue(memory, KEY.contactId, moved(entered, 10));
    expect(signalsAt(record, 10)).toEqual(signals);
    expect(record.decision?.policy).toBe(signals[0]);
  });

  test.each([
    ['without an end', undefined, AGENT_QUEUE.long, AGENT_QUEUE.short],
    ['without an end', undefined, AGENT_QUEUE.short, AGENT_QUEUE.long],
    ['with an end', atSecond(60), AGENT_QUEUE.long, AGENT_QUEUE.short],
    ['with an end', atSecond(60), AGENT_QUEUE.short, AGENT_QUEUE.long],
  ])('%s reaches those who wait in the queue of an agent, however its ARN is written', async (...given) => {
    const [, until, sentTo, waitsIn] = given;
    const memory = new MemoryPorts(context(POLICIES));
    await enqueue(memory, KEY.contactId, moved(waitsIn, 0));
    await toQueue(memory, until, sentTo);
    const [copy] = memory.signalsSent;
    expect(copy?.body).toMatchObject({ type: 'signal-of-queue', contactId: KEY.contactId });
    await ofQueue(memory, String(copy?.body.queueArn), until);
    expect(memory.record(KEY)?.decision?.policy).toBe('backlog');
    const again = memory.sent.find(({ body }) => body.type === 'reevaluate-queue');
    expect(again !== undefined).toBe(until !== undefined);
    if (!again) return;
    memory.sent.length = 0;
    const message = { type: 'reevaluate' as const, id: 'again', queueArn: String(again.body.queueArn) };
    memory.now = atSecond(60);
    await applyRuleMessage(message, memory.configuration, memory.reconcilePorts);
    expect(memory.sent.map(({ body }) => body.contactId)).toEqual([KEY.contactId]);
  });

  test('ends for a contact that entered later when it ends for the others', async () => {
    const memory = new MemoryPorts(context(POLICIES));
    await toQueue(memory, atSecond(60));
    const record = await enqueue(memory);
    expect([record.wakeAt, signalsAt(record, 59), signalsAt(record, 60)]).toEqual([
      atSecond(60),
      ['backlog'],
      [],
    ]);
    expect(record.history.map(({ text }) => text)).toContain('signal backlog of its queue');
  });

  test('holds until the later of both ends where it is sent twice', async () => {
    const memory = new MemoryPorts(context(POLICIES));
    await toQueue(memory, atSecond(60));
    await toQueue(memory, atSecond(30));
    const record = await enqueue(memory);
    expect(signalsAt(record, 59)).toEqual(['backlog']);
  });

  test('changes nothing of a contact that got its copy', async () => {
    const memory = await waiting();
    await toQueue(memory, atSecond(60));
    const before = await ofQueue(memory, QUEUE_ARN, atSecond(60));
    expect(await enqueue(memory)).toEqual(before);
    expect(before.history.filter(({ text }) => text === 'signal backlog of its queue')).toHaveLength(1);
  });

  test.each([
    ['is kept by its first part alone', { part: 1, until: atSecond(60) }],
    ['that has ended is not kept', { until: T0 }],
  ])('%s', async (_name, more) => {
    const memory = new MemoryPorts(context(POLICIES));
    const message = {
      type: 'queue-signal' as const,
      id: 'q',
      at: T0,
      signal: 'backlog',
      queueArn: QUEUE_ARN,
    };
    await applyRuleMessage({ ...message, ...more }, memory.configuration, memory.reconcilePorts);
    expect(memory.queueStates.loadQueueState(QUEUE_ARN).revision).toBe(0);
  });

  test('has nobody looked at where no policy names signals', async () => {
    const memory = new MemoryPorts(context({}));
    await enqueue(memory);
    await toQueue(memory, atSecond(60));
    expect(memory.queueStates.loadQueueState(QUEUE_ARN).revision).toBe(1);
    expect([memory.sent, memory.backOffs]).toEqual([[], []]);
  });

  test('that cannot be kept, or followed by a look at those who wait, fails and is delivered again', async () => {
    const failing = async () => {
      throw new TypeError('no answer');
    };
    const memory = new MemoryPorts(context(POLICIES));
    await enqueue(memory);
    memory.sendWakeUps = failing;
    await expect(toQueue(memory, atSecond(60))).rejects.toThrow('no answer');
    expect(memory.queueStates.loadQueueState(QUEUE_ARN).revision).toBe(0);
    expect(memory.signalsSent).toEqual([]);
  });

  test('waits longer and longer for others who write the state of the queue, and gives up in the end', async () => {
    const memory = new MemoryPorts(context(POLICIES));
    const ports = memory.reconcilePorts;
    const signal = {
      type: 'queue-signal' as const,
      id: 'q',
      at: T0,
      signal: 's',
      queueArn: QUEUE_ARN,
      until: atSecond(60),
    };
    const queueStates = { ...ports.queueStates, save: async () => false };
    await expect(
      keepSignal(signal, memory.configuration.policies, { ...ports, queueStates }),
    ).rejects.toThrow(
      `The state of the queue ${QUEUE_ARN} was changed by others 16 times in a row. It is tried again.`,
    );
    expect(memory.backOffs).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
    let isOver = false;
    const afterWait = {
      ...ports,
      backOff: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        isOver = true;
      },
      queueStates: {
        ...ports.queueStates,
        save: async () => isOver,
      },
    };
    await keepSignal(signal, memory.configuration.policies, {
      ...afterWait,
      outbox: { sendWakeUps: async () => {} },
    });
    expect(isOver).toBe(true);
  });

  test('is not lost where others write the state of the queue at the same time', async () => {
    const memory = new MemoryPorts(context(POLICIES));
    const names = Array.from({ length: 5 }, (_, index) => `s${index}`);
    await Promise.all(
      names.map((signal) =>
        keepSignal(
          { type: 'queue-signal', id: signal, at: T0, signal, queueArn: QUEUE_ARN, until: atSecond(60) },
          memory.configuration.policies,
          memory.reconcilePorts,
        ),
      ),
    );
    expect(Object.keys(memory.queueStates.loadQueueState(QUEUE_ARN).state.signals).sort()).toEqual(names);
  });

  test('keeps 64 of them, without those that have ended', async () => {
    const memory = new MemoryPorts(context(POLICIES));
    for (let index = 0; index < 70; index++) {
      memory.now = atSecond(index);
      await keepSignal(
        {
          type: 'queue-signal',
          id: 'q',
          at: memory.now,
          signal: `s${index}`,
          queueArn: QUEUE_ARN,
          until: atSecond(index === 69 ? 90 : 80),
        },
        memory.configuration.policies,
        memory.reconcilePorts,
      );
    }
    const kept = Object.keys(memory.queueStates.loadQueueState(QUEUE_ARN).state.signals);
    expect([kept.length, kept[0]]).toEqual([64, 's69']);
    memory.now = atSecond(85);
    await keepSignal(
      {
        type: 'queue-signal',
        id: 'q',
        at: atSecond(85),
        signal: 'last',
        queueArn: QUEUE_ARN,
        until: atSecond(90),
      },
      memory.configuration.policies,
      memory.reconcilePorts,
    );
    expect(Object.keys(memory.queueStates.loadQueueState(QUEUE_ARN).state.signals)).toEqual(['last', 's69']);
  });

  test.each([
    ['some policy names signals', POLICIES, 1],
    [
      'a step names signals',
      {
        p: {
          steps: [
            { after: '0s', when: { $or: [{ signals: ['x'] }, { channel: ['CHAT'] }] }, set: { priority: 1 } },
          ],
        },
      },
      1,
    ],
    [
      'no policy names signals',
      { p: { match: { channel: ['VOICE'] }, steps: [{ after: '0s', set: { priority: 1 } }] } },
      0,
    ],
  ])('is looked for once a reconcile where %s', async (_name, policies, reads) => {
    const memory = new MemoryPorts(context(policies));
    await enqueue(memory);
    expect(memory.queueStateReads).toBe(reads);
    await enqueue(memory, KEY.contactId, { disconnectedAt: atSecond(5) });
    expect(memory.queueStateReads).toBe(reads);
  });

  test('has criteria that stay when it ends, for those who had it alone', async () => {
    const first = { after: '0s', set: { route: ['First:x >= 1'] } };
    const then = { after: '0s', when: { signals: ['backlog'] }, set: { route: ['Then:x >= 1'] } };
    const memory = new MemoryPorts(
      context({ p: { steps: [first, then] } }, { checkBeforeFirstChange: false }),
    );
    memory.fillQuota();
    await toQueue(memory, atSecond(60));
    await enqueue(memory);
    await dispatchAll(memory);
    memory.now = atSecond(61);
    await receive(memory, { type: 'wake', wakeAt: atSecond(60) });
    await enqueue(memory, 'c-2', moved(QUEUE_ARN, 61));
    await dispatchAll(memory, [KEY, { ...KEY, contactId: 'c-2' }]);
    const names = memory.calls.map(({ contactId, call }) => [
      contactId,
      JSON.stringify(call.update).match(/"Name":"([^"]*)"/)?.[1],
    ]);
    expect(names).toEqual([
      [KEY.contactId, 'Then'],
      ['c-2', 'First'],
    ]);
  });
});
