import { beforeEach, describe, expect, test } from '@jest/globals';
import { expressionOf } from '../../lambda/domain/routing/step-expression.ts';
import { applyRuleMessage } from '../../lambda/flow/handle-rule-message.ts';
import { atSecond, context, INSTANCE, KEY, QUEUE_ARN } from '../support/contacts.ts';
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
