import { beforeEach, describe, expect, test } from '@jest/globals';
import { expressionOf } from '../../lambda/domain/routing/step-expression.ts';
import { applyRuleMessage } from '../../lambda/flow/handle-rule-message.ts';
import { staffingRequest } from '../../lambda/flow/staffing.ts';
import { atSecond, context, INSTANCE, KEY, QUEUE_ARN, T0 } from '../support/contacts.ts';
import { dispatchAll, enqueue, sentUpdates } from '../support/flow.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

const POLICY = {
  skipUnstaffed: true,
  steps: [{ after: '0s', set: { route: ['Language:French >= 3 for 45s', 'Language:French >= 1 for 1m'] } }],
};
const STEPS = context({ p: POLICY }).policies.policies[0]?.steps[0]?.set.criteria?.Steps ?? [];
const [BEST = '', ANY = ''] = STEPS.map((step) => expressionOf(step) ?? '');

/** What Connect answers for the first step of the route; undefined: the request fails. */
let staffed: number | undefined;
/** How often it was asked. */
let asked: (readonly string[])[];

beforeEach(() => {
  staffed = 0;
  asked = [];
});

function centre(policy: object = POLICY, settings: object = {}): MemoryPorts {
  const memory = new MemoryPorts(context({ p: policy }, { checkBeforeFirstChange: false, ...settings }));
  memory.fillQuota();
  memory.metrics = {
    ...memory.metrics,
    staffed: async (instanceId, queueId, expressions) => {
      expect([instanceId, queueId]).toEqual([INSTANCE, 'q-1']);
      asked.push(expressions);
      if (staffed === undefined) throw new Error('slow down');
      return new Map([
        [BEST, staffed],
        [ANY, 2],
      ]);
    },
  };
  return memory;
}

/** Handles what the system has sent to itself. */
async function settle(memory: MemoryPorts): Promise<void> {
  for (let round = 0; round < 6; round++) {
    for (const { body } of memory.sent.splice(0)) {
      const message =
        body.type === 'wake'
          ? { ...body, wakeAt: memory.now }
          : { ...body, ...(body.type === 'reevaluate-queue' && { type: 'reevaluate' }) };
      await applyRuleMessage(message as never, memory.configuration, memory.reconcilePorts);
    }
  }
}

const steps = (memory: MemoryPorts, contactId = KEY.contactId) =>
  memory.record({ ...KEY, contactId })?.decision?.desired.criteria?.Steps;

describe('how many agents are staffed', () => {
  test('is asked for with the first contact, whose route goes out whole and then without the step', async () => {
    const memory = centre();
    await enqueue(memory);
    expect(steps(memory)).toEqual(STEPS);
    await dispatchAll(memory);
    await settle(memory);
    expect(steps(memory)).toEqual(STEPS.slice(1));
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([
      { RoutingCriteria: { Steps: STEPS } },
      { RoutingCriteria: { Steps: STEPS.slice(1) } },
    ]);
    expect(asked).toEqual([[BEST, ANY]]);
  });

  test('is known to those who come within a minute, and read again after half of it', async () => {
    const memory = centre();
    await enqueue(memory);
    await settle(memory);
    memory.now = atSecond(20);
    await enqueue(memory, 'c-2', { queue: { arn: QUEUE_ARN, enqueuedAt: memory.now } });
    expect([steps(memory, 'c-2'), asked.length]).toEqual([STEPS.slice(1), 1]);
    await settle(memory);
    expect(asked).toHaveLength(1);
    memory.now = atSecond(70);
    staffed = 1;
    await enqueue(memory, 'c-3', { queue: { arn: QUEUE_ARN, enqueuedAt: memory.now } });
    await settle(memory);
    expect([steps(memory, 'c-3'), asked.length]).toEqual([STEPS, 2]);
    // What was decided stays so.
    expect(steps(memory, 'c-2')).toEqual(STEPS.slice(1));
  });

  test.each([
    ['too old to be used', 70, STEPS.slice(1), 'reevaluate-queue'],
    ['too old by the clock of another function', 56, STEPS.slice(1), 'reevaluate-queue'],
    ['only read again', 40, STEPS.slice(1), undefined],
  ])('reaches those who wait where the same figure is %s', async (_case, second, expected, news) => {
    const memory = centre();
    await enqueue(memory);
    await settle(memory);
    memory.now = atSecond(second);
    await enqueue(memory, 'c-2', { queue: { arn: QUEUE_ARN, enqueuedAt: memory.now } });
    memory.sent.splice(0);
    const request = { instanceId: INSTANCE, queueArn: QUEUE_ARN, expressions: [BEST, ANY] };
    await applyRuleMessage({ type: 'staffing', ...request }, memory.configuration, memory.reconcilePorts);
    expect(memory.sent.map(({ body }) => body.type)).toStrictEqual(news ? [news] : []);
    await settle(memory);
    expect(steps(memory, 'c-2')).toEqual(expected);
  });

  test('where Connect does not answer, leaves the routes whole, and is reported', async () => {
    const memory = centre();
    staffed = undefined;
    await enqueue(memory);
    await settle(memory);
    expect(steps(memory)).toEqual(STEPS);
    expect(memory.telemetryLog).toContain(`staffing of ${QUEUE_ARN} unreadable: Error: slow down`);
    expect(memory.sent).toEqual([]);
  });

  test('is asked for at once, and not where it was read half a minute ago or less', () => {
    const wanted = { instanceId: INSTANCE, queueArn: QUEUE_ARN, expressions: [BEST] };
    expect(staffingRequest(wanted, {}, T0)).toEqual({
      body: { type: 'staffing', ...wanted },
      delaySeconds: 0,
    });
    expect(staffingRequest(wanted, { [BEST]: { staffed: 1, at: atSecond(-29) } }, T0)).toBeUndefined();
  });

  const read = (memory: MemoryPorts, expressions: readonly string[]) =>
    applyRuleMessage(
      { type: 'staffing', instanceId: INSTANCE, queueArn: QUEUE_ARN, expressions },
      memory.configuration,
      memory.reconcilePorts,
    );
  const looks = (memory: MemoryPorts) => memory.sent.filter(({ body }) => body.type === 'reevaluate-queue');

  test('is news to those who wait where one figure is another one, and not where all are the same', async () => {
    const memory = centre();
    await read(memory, [BEST, ANY]);
    expect(looks(memory)).toHaveLength(1);
    memory.sent.length = 0;
    memory.now = atSecond(30);
    await read(memory, [BEST, ANY]);
    expect([asked.length, looks(memory)]).toEqual([2, []]);
    memory.now = atSecond(60);
    staffed = 1;
    await read(memory, [BEST, ANY]);
    expect(looks(memory)).toHaveLength(1);
  });

  test('is kept beside the signals and the other figures of the queue', async () => {
    const memory = centre();
    const signals = { busy: { at: memory.now, until: atSecond(60) } };
    const { state } = memory.queueStates.loadQueueState(QUEUE_ARN);
    memory.queueStates.saveQueueState(QUEUE_ARN, { ...state, signals }, 0);
    const answer = (expression: string) => async () => new Map([[expression, 3]]);
    memory.metrics = { ...memory.metrics, staffed: answer(BEST) };
    await read(memory, [BEST]);
    memory.metrics = { ...memory.metrics, staffed: answer(ANY) };
    await read(memory, [ANY]);
    const after = memory.queueStates.loadQueueState(QUEUE_ARN).state;
    expect([after.signals, Object.keys(after.staffing ?? {}).sort()]).toEqual([signals, [ANY, BEST].sort()]);
  });

  test('is asked for 50 expressions at a time, as many as Connect takes', async () => {
    const memory = centre();
    const expressions = Array.from({ length: 60 }, (_, index) => `e-${index}`);
    await read(memory, expressions);
    expect(asked).toEqual([expressions.slice(0, 50)]);
  });

  test('writes nothing where Connect has no figure', async () => {
    const memory = centre();
    memory.metrics = { ...memory.metrics, staffed: async () => new Map() };
    await read(memory, [BEST]);
    expect(memory.queueStates.loadQueueState(QUEUE_ARN).revision).toBe(0);
  });

  test('that cannot be written is read again by SQS', async () => {
    const memory = centre();
    const ports = memory.reconcilePorts;
    const save = async () => {
      throw new TypeError('no answer');
    };
    const message = { type: 'staffing' as const, instanceId: INSTANCE, queueArn: QUEUE_ARN };
    await expect(
      applyRuleMessage({ ...message, expressions: [BEST] }, memory.configuration, {
        ...ports,
        queueStates: { ...ports.queueStates, save },
      }),
    ).rejects.toThrow('no answer');
  });

  test('that cannot be asked for fails the reconcile, and nothing is written', async () => {
    const memory = centre();
    memory.sendWakeUps = async () => {
      throw new TypeError('no answer');
    };
    await expect(enqueue(memory)).rejects.toThrow('no answer');
    expect(memory.items.size).toBe(0);
  });

  test('counts also where the policy names the queue', async () => {
    const memory = centre({ ...POLICY, match: { queue: { name: ['Billing'] } } });
    memory.metrics = { ...memory.metrics, queueNames: async () => new Map([['q-1', 'Billing']]) };
    await enqueue(memory);
    await settle(memory);
    memory.now = atSecond(1);
    await enqueue(memory);
    expect(steps(memory)).toEqual(STEPS.slice(1));
  });

  test('is asked for once by messages that come together', async () => {
    const memory = centre();
    for (const id of ['c-1', 'c-2', 'c-3']) await enqueue(memory, id);
    expect(memory.sent.filter(({ body }) => body.type === 'staffing')).toHaveLength(3);
    await settle(memory);
    expect(asked).toHaveLength(1);
  });

  test.each([
    { arn: QUEUE_ARN.replace('/q-1', '/agent/a-1') },
    { arn: QUEUE_ARN.replace('/q-1', '/a-1'), type: 'AGENT' },
  ])('is not asked for in the queue of an agent, where criteria have no effect', async (queue) => {
    const memory = centre();
    await enqueue(memory, KEY.contactId, { queue: { ...queue, enqueuedAt: memory.now } });
    expect(steps(memory)).toEqual(STEPS);
    expect(memory.sent.filter(({ body }) => body.type === 'staffing')).toEqual([]);
  });

  test('is asked for when a pause ends that began before the contact came', async () => {
    const memory = centre(POLICY, { pause: true });
    await enqueue(memory);
    memory.now = atSecond(300);
    await enqueue(memory);
    expect([steps(memory), asked]).toEqual([STEPS, []]);
    const { settings } = memory.configuration;
    memory.configuration = { ...memory.configuration, settings: { ...settings, pause: false } };
    const configuration = { revision: 2, id: 'resumed' };
    const resumed = { ...memory.configuration, decisions: configuration };
    await applyRuleMessage({ type: 'reevaluate', id: 'r', configuration }, resumed, memory.reconcilePorts);
    await settle(memory);
    expect([steps(memory), asked]).toEqual([STEPS.slice(1), [[BEST, ANY]]]);
  });

  test.each([
    ['no policy leaves out steps', { ...POLICY, skipUnstaffed: false }, {}],
    ['the kill switch is on', POLICY, { pause: true }],
  ])('is not asked for while %s', async (_case, policy, settings) => {
    const memory = centre(policy, settings);
    await enqueue(memory);
    expect(memory.sent.filter(({ body }) => body.type === 'staffing')).toEqual([]);
    const request = {
      type: 'staffing' as const,
      instanceId: INSTANCE,
      queueArn: QUEUE_ARN,
      expressions: [BEST],
    };
    await applyRuleMessage(request, memory.configuration, memory.reconcilePorts);
    expect([steps(memory), asked]).toEqual([STEPS, []]);
  });
});
