import { beforeEach, describe, expect, test } from '@jest/globals';
import { contactView } from '../../lambda/domain/contact/build-contact-view.ts';
import { applyRuleMessage } from '../../lambda/flow/handle-rule-message.ts';
import { atSecond, context, INSTANCE, KEY, QUEUE_ARN, T0 } from '../support/contacts.ts';
import { dispatchAll, enqueue, sentUpdates } from '../support/flow.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

const BILLING = {
  billing: { match: { queue: { name: ['Billing'] } }, steps: [{ after: '0s', set: { priority: 1 } }] },
  others: { precedence: 200, steps: [{ after: '0s', set: { priority: 3 } }] },
};
const DAY_SECONDS = 86_400;

/** What Connect answers; undefined: the request fails. */
let names: ReadonlyMap<string, string> | undefined;
/** The ids of queues that were asked for. */
let asked: (string | undefined)[];

beforeEach(() => {
  names = new Map([['q-1', 'Billing']]);
  asked = [];
});

function centre(policies: Record<string, object> = BILLING, settings: object = {}): MemoryPorts {
  const memory = new MemoryPorts(context(policies, { checkBeforeFirstChange: false, ...settings }));
  memory.fillQuota();
  memory.metrics = {
    ...memory.metrics,
    queueNames: async (instanceId, wanted) => {
      expect(instanceId).toBe(INSTANCE);
      asked.push(wanted);
      if (!names) throw new Error('denied');
      return names;
    },
  };
  return memory;
}

const requests = (memory: MemoryPorts) => memory.sent.filter(({ body }) => body.type === 'queue-name');

/** Handles what the system has sent to itself, until nothing is left but what is due later than in ten seconds. */
async function settle(memory: MemoryPorts): Promise<void> {
  for (let round = 0; round < 10; round++) {
    const due = memory.sent.filter(({ delaySeconds }) => delaySeconds <= 10);
    memory.sent.splice(0, memory.sent.length, ...memory.sent.filter((one) => !due.includes(one)));
    for (const { body } of due) {
      const message =
        body.type === 'wake'
          ? { ...body, wakeAt: memory.now }
          : { ...body, ...(body.type === 'reevaluate-queue' && { type: 'reevaluate' }) };
      await applyRuleMessage(message as never, memory.configuration, memory.reconcilePorts);
    }
  }
}

const decision = (memory: MemoryPorts, contactId = KEY.contactId) => {
  const { reason, policy } = memory.record({ ...KEY, contactId })?.decision ?? {};
  return policy ?? reason;
};

describe('the name of a queue', () => {
  test('is looked up for the first contact there, and decides; until then nothing is done', async () => {
    const memory = centre();
    await enqueue(memory);
    expect(decision(memory)).toBe('needs-queue-name');
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([]);
    expect(requests(memory)).toEqual([
      { body: { type: 'queue-name', instanceId: INSTANCE, queueArn: QUEUE_ARN }, delaySeconds: 0 },
    ]);
    await settle(memory);
    expect([decision(memory), asked]).toEqual(['billing', ['q-1']]);
    expect(contactView(memory.record(KEY) as never, memory.now).queue).toMatchObject({ name: 'Billing' });
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 1 }]);
  });

  test('is known to those who come later, and read for each queue', async () => {
    const memory = centre();
    names = new Map([
      ['q-1', 'Billing'],
      ['q-2', 'Support'],
    ]);
    const other = QUEUE_ARN.replace('/q-1', '/q-2');
    await enqueue(memory);
    await enqueue(memory, 'c-2', { queue: { arn: other, enqueuedAt: T0 } });
    await settle(memory);
    await enqueue(memory, 'c-3');
    await enqueue(memory, 'c-1', { queue: { arn: other, enqueuedAt: atSecond(60) } });
    expect(['c-1', 'c-2', 'c-3'].map((id) => decision(memory, id))).toEqual(['others', 'others', 'billing']);
    expect(asked).toEqual(['q-1', 'q-2']);
  });

  test('is not looked up, nor the state of the queue read, while no policy names it', async () => {
    const memory = centre({ others: BILLING.others });
    await enqueue(memory);
    await applyRuleMessage(
      { type: 'queue-name', instanceId: INSTANCE, queueArn: QUEUE_ARN },
      memory.configuration,
      memory.reconcilePorts,
    );
    expect([decision(memory), requests(memory), asked, memory.queueStateReads]).toEqual([
      'others',
      [],
      [],
      0,
    ]);
  });

  test('is read again after a day, and those who wait there are looked at where it is another one', async () => {
    const memory = centre();
    await enqueue(memory);
    await settle(memory);
    names = new Map([['q-1', 'Invoices']]);
    memory.now = atSecond(DAY_SECONDS - 60);
    await enqueue(memory, 'c-2', { queue: { arn: QUEUE_ARN, enqueuedAt: memory.now } });
    await settle(memory);
    expect([decision(memory, 'c-2'), asked]).toEqual(['billing', ['q-1']]);
    memory.now = atSecond(DAY_SECONDS + 60);
    await enqueue(memory, 'c-3', { queue: { arn: QUEUE_ARN, enqueuedAt: memory.now } });
    // The name that is known counts until the new one is.
    expect(decision(memory, 'c-3')).toBe('billing');
    await settle(memory);
    expect(['c-1', 'c-2', 'c-3'].map((id) => decision(memory, id))).toEqual(['others', 'others', 'others']);
    expect(asked).toEqual(['q-1', 'q-1']);
  });

  test('that is the same after a day has nobody looked at', async () => {
    const memory = centre();
    await enqueue(memory);
    await settle(memory);
    memory.now = atSecond(DAY_SECONDS + 60);
    await enqueue(memory, 'c-2', { queue: { arn: QUEUE_ARN, enqueuedAt: memory.now } });
    const [request] = requests(memory);
    memory.sent.length = 0;
    await applyRuleMessage(request?.body as never, memory.configuration, memory.reconcilePorts);
    expect([asked, memory.sent]).toEqual([['q-1', 'q-1'], []]);
  });

  test('of a queue that Connect does not know is absent, and looked up again after five minutes', async () => {
    const memory = centre();
    names = new Map();
    await enqueue(memory);
    await settle(memory);
    expect(decision(memory)).toBe('others');
    memory.now = atSecond(290);
    await enqueue(memory, 'c-2');
    expect(requests(memory)).toEqual([]);
    names = new Map([['q-1', 'Billing']]);
    memory.now = atSecond(310);
    await enqueue(memory, 'c-3');
    await settle(memory);
    expect(['c-1', 'c-2', 'c-3'].map((id) => decision(memory, id))).toEqual([
      'billing',
      'billing',
      'billing',
    ]);
  });

  test.each([{ type: 'AGENT' }, { arn: QUEUE_ARN.replace('/q-1', '/agent/a-1') }])(
    'of an agent’s own queue is known to be absent: %j',
    async (queue) => {
      const memory = centre();
      await enqueue(memory, 'c-1', { queue: { arn: QUEUE_ARN, enqueuedAt: T0, ...queue } });
      expect([decision(memory), requests(memory)]).toEqual(['others', []]);
    },
  );

  test('where Connect does not answer, is asked for once in half a minute, as long as contacts wait', async () => {
    const memory = centre();
    names = undefined;
    await enqueue(memory);
    await enqueue(memory, 'c-2');
    await settle(memory);
    expect([decision(memory), asked]).toEqual(['needs-queue-name', ['q-1']]);
    expect(memory.telemetryLog).toContain(`name of ${QUEUE_ARN} unreadable: Error: denied`);
    const [retry, ...others] = requests(memory);
    expect([retry?.delaySeconds, others]).toEqual([31, []]);
    memory.sent.length = 0;
    memory.now = atSecond(31);
    names = new Map([['q-1', 'Billing']]);
    memory.sent.push({ body: retry?.body ?? {}, delaySeconds: 0 });
    await settle(memory);
    expect(['c-1', 'c-2'].map((id) => decision(memory, id))).toEqual(['billing', 'billing']);
  });

  test('where Connect does not answer and nobody waits any more, is not asked for again', async () => {
    const memory = centre();
    names = undefined;
    await enqueue(memory);
    await enqueue(memory, 'c-1', { disconnectedAt: atSecond(5) });
    await settle(memory);
    expect([asked, requests(memory)]).toEqual([['q-1'], []]);
  });

  test('that cannot be read leaves the signals of the queue as they are', async () => {
    const memory = centre();
    names = undefined;
    const signals = { busy: { at: T0, until: atSecond(60) } };
    const { state } = memory.queueStates.loadQueueState(QUEUE_ARN);
    memory.queueStates.saveQueueState(QUEUE_ARN, { ...state, signals }, 0);
    await enqueue(memory);
    await settle(memory);
    const after = memory.queueStates.loadQueueState(QUEUE_ARN).state;
    expect(after).toMatchObject({ signals, nameFailedAt: memory.now });
    // No policy names signals: a record has none of the queue.
    expect(memory.record(KEY)).not.toHaveProperty('queueSignals');
  });

  test.each([
    ['what was found cannot be written', true, 'save'],
    ['the failure cannot be written', false, 'save'],
    ['the next look-up cannot be sent', false, 'send'],
  ])('is looked up again by SQS where %s', async (_name, isKnown, failing) => {
    const memory = centre();
    await enqueue(memory);
    if (!isKnown) names = undefined;
    const fail = async () => {
      throw new TypeError('no answer');
    };
    const ports = memory.reconcilePorts;
    const given =
      failing === 'save'
        ? { ...ports, queueStates: { ...ports.queueStates, save: fail } }
        : { ...ports, outbox: Object.assign(Object.create(memory), { sendWakeUps: fail }) };
    const [request] = requests(memory);
    await expect(applyRuleMessage(request?.body as never, memory.configuration, given)).rejects.toThrow(
      'no answer',
    );
  });

  test('is not asked for again where the index has but an empty page', async () => {
    const memory = centre();
    await enqueue(memory);
    names = undefined;
    const [request] = requests(memory);
    memory.sent.length = 0;
    const contacts = Object.assign(Object.create(memory), {
      async *queued() {
        yield { contacts: [] };
      },
    });
    await applyRuleMessage(request?.body as never, memory.configuration, {
      ...memory.reconcilePorts,
      contacts,
    });
    expect(requests(memory)).toEqual([]);
  });

  test('stays as it was known where it cannot be read again', async () => {
    const memory = centre();
    await enqueue(memory);
    await settle(memory);
    names = undefined;
    memory.now = atSecond(DAY_SECONDS + 60);
    await enqueue(memory, 'c-2', { queue: { arn: QUEUE_ARN, enqueuedAt: memory.now } });
    await settle(memory);
    expect(decision(memory, 'c-2')).toBe('billing');
  });

  test('is not asked for while the kill switch is on', async () => {
    const memory = centre(BILLING, { pause: true });
    await enqueue(memory);
    expect(requests(memory)).toEqual([]);
    await applyRuleMessage(
      { type: 'queue-name', instanceId: INSTANCE, queueArn: QUEUE_ARN },
      memory.configuration,
      memory.reconcilePorts,
    );
    expect(asked).toEqual([]);
  });

  test('is looked up when the pause ends in which contacts came', async () => {
    const memory = centre(BILLING, { pause: true });
    await enqueue(memory);
    const { settings } = memory.configuration;
    const decisions = { revision: 2, id: 'resumed' };
    memory.configuration = {
      ...memory.configuration,
      settings: { ...settings, pause: false },
      decisions,
    } as never;
    memory.sent.push({ body: { type: 'reevaluate', id: 'r', configuration: decisions }, delaySeconds: 0 });
    await settle(memory);
    expect(decision(memory)).toBe('billing');
  });
});
