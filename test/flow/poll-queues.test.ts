import { describe, expect, test } from '@jest/globals';
import type { QueueLoad } from '../../lambda/domain/condition/condition.ts';
import { namesOfHeld } from '../../lambda/domain/condition/held-conditions.ts';
import { buildPolicies } from '../../lambda/domain/configuration/build-policies.ts';
import { contactView } from '../../lambda/domain/contact/build-contact-view.ts';
import { DEFAULT_SETTINGS } from '../../lambda/domain/settings.ts';
import { applyRuleMessage } from '../../lambda/flow/handle-rule-message.ts';
import { sweep } from '../../lambda/flow/sweep.ts';
import { atSecond, context, INSTANCE, KEY, QUEUE_ARN, T0 } from '../support/contacts.ts';
import { enqueue } from '../support/flow.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

const OTHER_QUEUE = QUEUE_ARN.replace('/q-1', '/q-2');
const BUSY = {
  when: { waiting: [{ numeric: ['>', 2] }] },
  until: { waiting: [{ numeric: ['<', 2] }] },
};
const POLICY = { match: { signals: ['busy'] }, steps: [{ after: '0s', set: { priority: 1 } }] };

/** A system whose one policy is for the contacts of queues that have the signal `busy`. */
class Centre {
  readonly memory: MemoryPorts;
  #entered = 0;

  constructor(condition: object, policy: object = POLICY) {
    const part = { version: 1, since: T0 };
    const { policies, conditions } = buildPolicies({
      policies: [{ ...part, name: 'p', source: policy }],
      conditions: [{ ...part, name: 'busy', source: condition }],
    });
    this.memory = new MemoryPorts(context({}));
    this.memory.configuration = { ...this.memory.configuration, policies, conditions };
    this.memory.pageSize = 2;
  }

  async enter(count: number, arn = QUEUE_ARN): Promise<string[]> {
    const { now } = this.memory;
    const ids = Array.from({ length: count }, () => `c-${this.#entered++}`);
    for (const id of ids) await enqueue(this.memory, id, { queue: { arn, enqueuedAt: now } });
    return ids;
  }

  async leave(ids: readonly string[]): Promise<void> {
    for (const id of ids) await enqueue(this.memory, id, { disconnectedAt: this.memory.now });
  }

  /** Polls, and handles what the poll has sent, as far as that is due. */
  async poll(seconds: number): Promise<void> {
    const { memory } = this;
    memory.now = atSecond(seconds);
    await this.#apply({ type: 'poll', at: memory.now });
    memory.now += 5_000;
    const changed = memory.sent
      .splice(0)
      .flatMap(({ body }) => (body.type === 'reevaluate-queue' ? [body] : []));
    for (const { id, queueArn } of changed) {
      await this.#apply({ type: 'reevaluate', id: String(id), queueArn: String(queueArn) });
    }
    for (const { body } of memory.sent.splice(0)) {
      const key = { ...KEY, contactId: String(body.contactId) };
      await this.#apply({ type: 'wake', ...key, wakeAt: memory.now });
    }
  }

  #apply(message: Parameters<typeof applyRuleMessage>[0]): Promise<void> {
    return applyRuleMessage(message, this.memory.configuration, this.memory.reconcilePorts);
  }

  /** Which of those who wait have the signal. */
  busy(): string[] {
    return [...this.memory.items.values()]
      .map(({ record }) => record)
      .filter(
        (record) =>
          record.facts?.disconnectedAt === undefined &&
          contactView(record, this.memory.now).signals.includes('busy'),
      )
      .map(({ contactId }) => contactId)
      .sort();
  }
}

describe('a condition on the index of waiting contacts', () => {
  test('is a signal of those who wait, and of those who come later, until it ends', async () => {
    const centre = new Centre(BUSY);
    const early = await centre.enter(3);
    await centre.enter(2, OTHER_QUEUE);
    await centre.poll(0);
    expect(centre.busy()).toEqual(early);
    expect(centre.memory.record({ ...KEY, contactId: 'c-0' })?.decision?.policy).toBe('p');
    const late = await centre.enter(1);
    expect(centre.busy()).toEqual([...early, ...late]);
    await centre.leave(early);
    await centre.poll(15);
    expect(centre.busy()).toEqual([]);
    const record = centre.memory.record({ ...KEY, contactId: String(late[0]) });
    expect(record?.decision?.reason).toBe('no-policy');
    expect(record?.history.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        'condition busy holds in its queue',
        'condition busy holds no more in its queue',
      ]),
    );
  });

  test('counts those in the queue of an agent together, however its ARN is written', async () => {
    const centre = new Centre(BUSY);
    const [long, short] = ['/agent/a-1', '/a-1'].map((end) => QUEUE_ARN.replace('/q-1', end));
    const ids = [...(await centre.enter(2, long)), ...(await centre.enter(1, short))];
    await centre.poll(0);
    expect(centre.busy()).toEqual(ids);
    const record = centre.memory.record({ ...KEY, contactId: ids[0] ?? '' });
    expect(record?.decision?.policy).toBe('p');
  });

  test('sees how long the first contact waits', async () => {
    const centre = new Centre({ when: { oldestSeconds: [{ numeric: ['>=', 60] }] } });
    const [id] = await centre.enter(1);
    await centre.poll(45);
    expect(centre.busy()).toEqual([]);
    await centre.poll(60);
    expect(centre.busy()).toEqual([id]);
  });

  test('goes on without a word to those who wait', async () => {
    const centre = new Centre(BUSY);
    await centre.enter(3);
    await centre.poll(0);
    const saved: string[] = [];
    centre.memory.beforeSave = ({ contactId }) => saved.push(contactId);
    await centre.poll(15);
    await centre.poll(30);
    expect(saved).toEqual([]);
    expect(centre.memory.queueStates.loadQueueState(QUEUE_ARN).state.conditions?.busy?.until).toBe(
      atSecond(90),
    );
  });

  test('ends after a minute without polls for those who come then', async () => {
    const centre = new Centre(BUSY);
    await centre.enter(3);
    await centre.poll(0);
    centre.memory.now = atSecond(60);
    const [late] = await centre.enter(1);
    expect(centre.busy()).not.toContain(late);
  });

  test.each([
    ['within a minute in a queue that the last one has left', BUSY, [20, 59], [61]],
    ['with the next poll where it names the queue', { ...BUSY, queues: [QUEUE_ARN] }, [], [20]],
  ])('ends %s', async (_case, condition, holdsAt, endedAt) => {
    const comesAt = async (second: number) => {
      const centre = new Centre(condition);
      const ids = await centre.enter(3);
      await centre.poll(0);
      await centre.leave(ids);
      await centre.poll(15);
      centre.memory.now = atSecond(second);
      const [late = ''] = await centre.enter(1);
      return centre.busy().includes(late);
    };
    for (const second of holdsAt) expect([second, await comesAt(second)]).toEqual([second, true]);
    for (const second of endedAt) expect([second, await comesAt(second)]).toEqual([second, false]);
  });

  test('begins again for those who wait when it holds after a time without polls', async () => {
    const centre = new Centre(BUSY);
    const ids = await centre.enter(3);
    await centre.poll(0);
    centre.memory.now = atSecond(70);
    for (const contactId of ids) {
      await applyRuleMessage(
        { type: 'wake', ...KEY, contactId, wakeAt: centre.memory.now },
        centre.memory.configuration,
        centre.memory.reconcilePorts,
      );
    }
    expect(centre.busy()).toEqual([]);
    await centre.poll(90);
    expect(centre.busy()).toEqual(ids);
  });

  test('of named queues concerns these alone', async () => {
    const centre = new Centre({
      ...BUSY,
      queues: [OTHER_QUEUE, 'arn:aws:connect:eu-central-1:123456789012:instance/other/queue/q-1'],
    });
    await centre.enter(3);
    const named = await centre.enter(3, OTHER_QUEUE);
    await centre.poll(0);
    expect(centre.busy()).toEqual(named);
  });

  test.each([
    ['without queues ends within a minute', undefined, ['busy']],
    ['that names the queue ends at once', [QUEUE_ARN], []],
  ])('%s where the last contact has left', async (_name, queues, held) => {
    const centre = new Centre({ ...BUSY, ...(queues && { queues }) });
    const ids = await centre.enter(3);
    await centre.poll(0);
    await centre.leave(ids);
    await centre.poll(15);
    const { state } = centre.memory.queueStates.loadQueueState(QUEUE_ARN);
    expect(namesOfHeld(state.conditions ?? {}, atSecond(59))).toEqual(held);
    expect(namesOfHeld(state.conditions ?? {}, atSecond(60))).toEqual([]);
  });

  test('that changes its queues ends for the others', async () => {
    const centre = new Centre(BUSY);
    await centre.enter(3);
    await centre.poll(0);
    const { memory } = centre;
    const conditions = memory.configuration.conditions?.map((one) => ({ ...one, queues: [OTHER_QUEUE] }));
    memory.configuration = { ...memory.configuration, ...(conditions && { conditions }) };
    await centre.poll(15);
    expect(centre.busy()).toEqual([]);
  });

  test('has a lifetime of its own beside a sent signal of its name', async () => {
    const centre = new Centre(BUSY);
    const ids = await centre.enter(3);
    await centre.poll(0);
    await applyRuleMessage(
      { type: 'queue-signal', id: 's', at: T0, signal: 'busy', queueArn: QUEUE_ARN, until: atSecond(40) },
      centre.memory.configuration,
      centre.memory.reconcilePorts,
    );
    await centre.leave(ids.slice(1));
    await centre.poll(15);
    const [late] = await centre.enter(1);
    expect(centre.busy()).toContain(late);
    centre.memory.now = atSecond(40);
    expect(centre.busy()).toEqual([]);
  });

  test.each([
    ['while the kill switch is on', { pause: true }, POLICY, 0],
    ['where no policy names it', {}, { match: { signals: ['other'] }, steps: POLICY.steps }, 0],
    ['when the next poll is due', {}, POLICY, 15],
  ])('is not looked at %s', async (_name, settings, policy, late) => {
    const centre = new Centre(BUSY, policy);
    await centre.enter(3);
    centre.memory.configuration = {
      ...centre.memory.configuration,
      settings: { ...DEFAULT_SETTINGS, ...settings },
    };
    centre.memory.now = atSecond(late);
    const { memory } = centre;
    await applyRuleMessage({ type: 'poll', at: T0 }, memory.configuration, memory.reconcilePorts);
    expect(memory.queueStates.loadQueueState(QUEUE_ARN).revision).toBe(0);
  });

  /** Polls, and handles nothing of what the poll has sent. */
  const pollAlone = (centre: Centre, at: number) => {
    centre.memory.now = at;
    const message = { type: 'poll' as const, at };
    return applyRuleMessage(message, centre.memory.configuration, centre.memory.reconcilePorts);
  };
  const looks = (centre: Centre) => centre.memory.sent.filter(({ body }) => body.type === 'reevaluate-queue');
  const revision = (centre: Centre) => centre.memory.queueStates.loadQueueState(QUEUE_ARN).revision;

  test('is looked at by a poll that comes just before the next one is due', async () => {
    const centre = new Centre(BUSY);
    await centre.enter(3);
    const { memory } = centre;
    memory.now = atSecond(14.9);
    await applyRuleMessage({ type: 'poll', at: T0 }, memory.configuration, memory.reconcilePorts);
    expect(revision(centre)).toBe(1);
  });

  test('of an instance that the settings leave out is not looked at', async () => {
    const centre = new Centre(BUSY);
    await centre.enter(3);
    const { memory } = centre;
    memory.configuration = {
      ...memory.configuration,
      settings: { ...DEFAULT_SETTINGS, instances: ['i-2'] },
    };
    await pollAlone(centre, memory.now);
    expect(revision(centre)).toBe(0);
  });

  test('has nobody looked at while it goes on, and writes nothing where none begins', async () => {
    const centre = new Centre(BUSY);
    await centre.enter(2);
    centre.memory.sent.length = 0;
    await pollAlone(centre, T0);
    expect([revision(centre), looks(centre)]).toEqual([0, []]);
    await centre.enter(1);
    await pollAlone(centre, atSecond(15));
    expect(looks(centre)).toHaveLength(1);
    centre.memory.sent.length = 0;
    await pollAlone(centre, atSecond(30));
    expect([revision(centre), looks(centre)]).toEqual([2, []]);
  });

  test('that ends in a queue where nobody waits has nobody looked at', async () => {
    const centre = new Centre({ ...BUSY, queues: [QUEUE_ARN] });
    const ids = await centre.enter(3);
    await centre.poll(0);
    await centre.leave(ids);
    centre.memory.sent.length = 0;
    await pollAlone(centre, atSecond(15));
    expect([revision(centre), looks(centre)]).toEqual([2, []]);
  });

  test('keeps its state where the index cannot be read and it names its queue', async () => {
    const centre = new Centre({ ...BUSY, queues: [QUEUE_ARN] });
    const ids = await centre.enter(3);
    await centre.poll(0);
    const queued = centre.memory.queued.bind(centre.memory);
    Object.assign(centre.memory, {
      queued: () => {
        throw new Error('no answer');
      },
    });
    await pollAlone(centre, atSecond(15));
    Object.assign(centre.memory, { queued });
    const { state } = centre.memory.queueStates.loadQueueState(QUEUE_ARN);
    expect(namesOfHeld(state.conditions ?? {}, atSecond(16))).toEqual(['busy']);
    expect(centre.busy()).toEqual(ids);
  });

  test('ends at once where nobody waits, if another one names the queue', async () => {
    const centre = new Centre(BUSY);
    const ids = await centre.enter(3);
    const { memory } = centre;
    const conditions = memory.configuration.conditions?.flatMap((one) => [
      one,
      { ...one, name: 'named', queues: [QUEUE_ARN] },
    ]);
    memory.configuration = { ...memory.configuration, ...(conditions && { conditions }) };
    await centre.poll(0);
    await centre.leave(ids);
    await centre.poll(15);
    const { state } = memory.queueStates.loadQueueState(QUEUE_ARN);
    expect(namesOfHeld(state.conditions ?? {}, atSecond(20))).toEqual([]);
  });

  test('keeps its state where the index cannot be read, which is reported', async () => {
    const centre = new Centre(BUSY);
    const ids = await centre.enter(3);
    await centre.poll(0);
    const { memory } = centre;
    Object.assign(memory, {
      queued: () => {
        throw new Error('no answer');
      },
    });
    await applyRuleMessage({ type: 'poll', at: memory.now }, memory.configuration, memory.reconcilePorts);
    expect(memory.telemetryLog).toContain('load unreadable: no answer');
    expect(centre.busy()).toEqual(ids);
  });
});

describe('a condition on the metrics of Connect', () => {
  const measured = (loads: Readonly<Record<string, Partial<QueueLoad>>>, asked: unknown[] = []) => ({
    loads: async (instanceId: string, queueIds: readonly string[], channel: string | undefined) => {
      asked.push([instanceId, queueIds, channel]);
      return new Map(
        Object.entries(loads).map(([id, load]) => [id, { waiting: 0, oldestSeconds: 0, ...load }]),
      );
    },
    staffed: () => Promise.reject(new Error('no agents were expected to be counted')),
    queueNames: async () =>
      new Map([
        ['q-1', 'Billing'],
        ['q-2', 'Support'],
      ]),
  });

  test('asks once for each channel, for the queues that are named or in which contacts wait', async () => {
    const centre = new Centre({ channel: 'VOICE', when: { waiting: [{ numeric: ['>', 50] }] } });
    const ids = await centre.enter(1);
    const asked: unknown[] = [];
    centre.memory.metrics = measured({ 'q-1': { waiting: 51 } }, asked);
    await centre.poll(0);
    expect(asked).toEqual([[INSTANCE, ['q-1'], 'VOICE']]);
    expect(centre.busy()).toEqual(ids);
  });

  test.each([['Billing'], ['q-1'], [QUEUE_ARN]])('finds a queue by %s', async (queue) => {
    const centre = new Centre({ queues: [queue], when: { agentsAvailable: [{ numeric: ['<', 1] }] } });
    const ids = await centre.enter(1);
    await centre.enter(1, OTHER_QUEUE);
    centre.memory.metrics = measured({ 'q-1': { waiting: 1, agentsStaffed: 3, agentsAvailable: 0 } });
    await centre.poll(0);
    expect(centre.busy()).toEqual(ids);
  });

  test('asks for the queues of each instance by itself', async () => {
    const centre = new Centre({ channel: 'VOICE', when: { waiting: [{ numeric: ['>', 50] }] } });
    const { memory } = centre;
    const settings = { ...memory.configuration.settings, instances: [INSTANCE, 'i-2'] };
    memory.configuration = { ...memory.configuration, settings };
    await centre.enter(1);
    const arn = QUEUE_ARN.replace(`/${INSTANCE}/queue/q-1`, '/i-2/queue/q-9');
    await enqueue(memory, 'other', { instanceId: 'i-2', queue: { arn, enqueuedAt: memory.now } });
    const asked: unknown[] = [];
    memory.metrics = measured({}, asked);
    await centre.poll(0);
    expect(asked).toEqual([
      [INSTANCE, ['q-1'], 'VOICE'],
      ['i-2', ['q-9'], 'VOICE'],
    ]);
  });

  test('asks for nothing where nobody waits, nor on behalf of a condition that the index answers', async () => {
    const centre = new Centre({ channel: 'VOICE', when: { waiting: [{ numeric: ['>', 50] }] } });
    const { memory } = centre;
    const asked: unknown[] = [];
    memory.metrics = measured({}, asked);
    await centre.poll(0);
    expect(asked).toEqual([]);
    const busy = new Centre(BUSY).memory.configuration.conditions ?? [];
    const conditions = [...busy, ...(memory.configuration.conditions ?? [])];
    memory.configuration = { ...memory.configuration, conditions };
    await centre.enter(1);
    await centre.poll(15);
    expect(asked).toEqual([[INSTANCE, ['q-1'], 'VOICE']]);
  });

  test('asks for the names of queues where some are named by them, and not otherwise', async () => {
    const queues = ['Billing', OTHER_QUEUE.replace('/q-2', '/q-3')];
    const named = new Centre({ queues, when: { agentsAvailable: [0] } });
    const ids = await named.enter(1);
    named.memory.metrics = measured({});
    await named.poll(0);
    expect(named.busy()).toEqual(ids);
    const byArn = new Centre({ queues: [QUEUE_ARN], when: { agentsAvailable: [0] } });
    await byArn.enter(1);
    const queueNames = () => Promise.reject(new Error('no names were expected to be read'));
    byArn.memory.metrics = { ...measured({}), queueNames };
    await byArn.poll(0);
    expect(byArn.memory.telemetryLog).toEqual([]);
  });

  test('ends for the queues that it does not name any more, by whatever name', async () => {
    const centre = new Centre({ queues: ['Billing'], when: { agentsAvailable: [0] } });
    await centre.enter(1);
    const { memory } = centre;
    memory.metrics = measured({});
    await centre.poll(0);
    const conditions = memory.configuration.conditions?.map((one) => ({ ...one, queues: ['Support'] }));
    memory.configuration = { ...memory.configuration, ...(conditions && { conditions }) };
    await centre.poll(15);
    expect(centre.busy()).toEqual([]);
  });

  test('takes a queue that they leave out for one without load', async () => {
    const when = { waiting: [0], oldestSeconds: [0], agentsStaffed: [0] };
    const centre = new Centre({ channel: 'CHAT', when });
    const ids = await centre.enter(1);
    centre.memory.metrics = measured({});
    await centre.poll(0);
    expect(centre.busy()).toEqual(ids);
  });

  test('keeps its state for a minute where they cannot be read, and then ends for all', async () => {
    const centre = new Centre({ when: { agentsAvailable: [0] } });
    const ids = await centre.enter(2);
    centre.memory.metrics = measured({});
    await centre.poll(0);
    centre.memory.metrics = { ...measured({}), loads: () => Promise.reject(new Error('Rate exceeded')) };
    for (const seconds of [15, 30, 45]) await centre.poll(seconds);
    expect(centre.busy()).toEqual(ids);
    expect(
      centre.memory.telemetryLog.filter((line) => line === 'load unreadable: Rate exceeded'),
    ).toHaveLength(3);
    await centre.poll(60);
    expect(centre.busy()).toEqual([]);
  });

  test.each([
    ['Connect measures', { channel: 'VOICE', when: { waiting: [0] } }],
    ['the index counts', BUSY],
  ])(
    'keeps its state for a minute where the names of its queues cannot be read: %s',
    async (_by, condition) => {
      const centre = new Centre({ queues: ['Billing'], ...condition });
      const ids = await centre.enter(3);
      centre.memory.metrics = measured({});
      await centre.poll(0);
      expect(centre.busy()).toEqual(ids);
      const queueNames = () => Promise.reject(new Error('Rate exceeded'));
      centre.memory.metrics = { ...measured({}), queueNames };
      for (const seconds of [15, 30, 45]) await centre.poll(seconds);
      expect(centre.busy()).toEqual(ids);
      await centre.poll(60);
      expect(centre.busy()).toEqual([]);
    },
  );

  test('keeps its state where the index cannot be read, also beside one that names its queues', async () => {
    const centre = new Centre({ when: { agentsAvailable: [0] } });
    const ids = await centre.enter(1);
    const { memory } = centre;
    memory.metrics = measured({});
    await centre.poll(0);
    const conditions = memory.configuration.conditions?.flatMap((one) => [
      one,
      { ...one, name: 'named', queues: [QUEUE_ARN] },
    ]);
    memory.configuration = { ...memory.configuration, ...(conditions && { conditions }) };
    Object.assign(memory, {
      queued: () => {
        throw new Error('no answer');
      },
    });
    await applyRuleMessage({ type: 'poll', at: memory.now }, memory.configuration, memory.reconcilePorts);
    const { state } = memory.queueStates.loadQueueState(QUEUE_ARN);
    expect(Object.keys(state.conditions ?? {})).toEqual(['busy', 'named']);
    expect(centre.busy()).toEqual(ids);
  });

  test('asks for a hundred queues at a time', async () => {
    const queues = Array.from({ length: 100 }, (_, index) => QUEUE_ARN.replace('/q-1', `/n-${index}`));
    const centre = new Centre({ when: { agentsStaffed: [0] } });
    const asked: [string, readonly string[]][] = [];
    centre.memory.metrics = measured({}, asked);
    for (const arn of [...queues, OTHER_QUEUE]) await centre.enter(1, arn);
    await centre.poll(0);
    expect(asked.map(([, ids]) => ids.length).sort()).toEqual([1, 100]);
  });
});

describe('a sweep', () => {
  test('that cannot schedule its polls fails, and is reported', async () => {
    const { memory } = new Centre(BUSY);
    memory.usesConditions = true;
    memory.sendWakeUps = async () => {
      throw new TypeError('no answer');
    };
    await expect(sweep(memory.sweepPorts)).rejects.toThrow('no answer');
  });

  test.each([true, false])(
    'schedules the polls of a minute where conditions are used: %s',
    async (isUsed) => {
      const centre = new Centre(BUSY);
      centre.memory.usesConditions = isUsed;
      await sweep(centre.memory.sweepPorts);
      const polls = centre.memory.sent.filter(({ body }) => body.type === 'poll');
      expect(polls.map(({ delaySeconds, body }) => [delaySeconds, body.pollAt])).toEqual(
        isUsed ? [0, 15, 30, 45].map((seconds) => [seconds, new Date(atSecond(seconds)).toISOString()]) : [],
      );
    },
  );
});
