import { describe, expect, test } from '@jest/globals';
import { concernedContacts } from '../../lambda/flow/concerned.ts';
import { applyRuleMessage } from '../../lambda/flow/handle-rule-message.ts';
import { atSecond, context, KEY } from '../support/contacts.ts';
import { deliverWakeUp, dispatchAll, enqueue } from '../support/flow.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

const TIERS = Array.from({ length: 12 }, (_, index) => `tier-${index}`);
const CONTACTS = 60;

const policyOf = (tier: string, more: object = {}) => ({
  match: { tags: { tier: [tier] } },
  steps: [{ after: '1h', set: { priority: 2 } }],
  ...more,
});
const others = { other: { precedence: 900, steps: [{ after: '2h', set: { priority: 4 } }] } };

/** A system with contacts of several tiers that wait, and the policies of some of them. */
class Centre {
  readonly memory: MemoryPorts;
  #revision = 1;
  #policies: Record<string, object> = { ...others };

  constructor() {
    this.memory = new MemoryPorts(context(this.#policies as never));
    this.memory.pageSize = 7;
  }

  async fill(): Promise<void> {
    for (let index = 0; index < CONTACTS; index++) {
      const tags = { at: this.memory.now, value: { tier: TIERS[index % TIERS.length] ?? '' } };
      await enqueue(this.memory, `c-${index}`, { tags });
    }
    this.memory.sent.length = 0;
  }

  /**
   * Publishes policies, and delivers the message that follows.
   *
   * @returns the ids of the contacts that were woken.
   */
  async publish(
    policies: Record<string, object | undefined>,
    settings: object = {},
    decidedBy = this.#revision + 1,
  ): Promise<string[]> {
    this.#revision += 1;
    this.#policies = Object.fromEntries(
      Object.entries({ ...this.#policies, ...policies }).filter(([, policy]) => policy),
    ) as Record<string, object>;
    const { memory } = this;
    memory.configuration = context(this.#policies as never, settings);
    const configuration = { ...memory.configuration, decisions: { revision: decidedBy, id: 'a' } };
    const message = {
      type: 'reevaluate' as const,
      id: `r-${this.#revision}`,
      configuration: { revision: this.#revision, id: 'a' },
    };
    await applyRuleMessage(message, configuration, memory.reconcilePorts);
    const wakeUps = memory.sent.splice(0).filter(({ body }) => body.type === 'wake');
    for (const wakeUp of wakeUps) await deliverWakeUp(memory, wakeUp);
    memory.sent.length = 0;
    return wakeUps.map(({ body }) => String(body.contactId));
  }
}

async function filled(): Promise<Centre> {
  const centre = new Centre();
  await centre.fill();
  return centre;
}

test('12 policies that are published one after the other have each of 60 contacts reconciled once', async () => {
  const centre = await filled();
  const woken: string[] = [];
  for (const tier of TIERS) {
    const ids = await centre.publish({ [tier]: policyOf(tier) });
    expect(ids.length).toBe(CONTACTS / TIERS.length);
    woken.push(...ids);
  }
  expect(new Set(woken).size).toBe(CONTACTS);
  expect(woken.length).toBe(CONTACTS);
  const governing = [...centre.memory.items.values()].map(({ record }) => record.decision?.policy);
  expect(new Set(governing)).toEqual(new Set(TIERS));
});

describe('a change has these contacts reconciled, and no others:', () => {
  const FIFTH = CONTACTS / TIERS.length;

  test.each<[string, Record<string, object | undefined>, number]>([
    ['a policy that nobody matches', { none: policyOf('none') }, 0],
    [
      'other steps',
      { 'tier-3': policyOf('tier-3', { steps: [{ after: '2h', set: { priority: 1 } }] }) },
      FIFTH,
    ],
    ['a policy that goes', { 'tier-3': undefined }, FIFTH],
    ['a policy that only observes', { 'tier-3': policyOf('tier-3', { mode: 'observe' }) }, FIFTH],
    ['an observing one beside it', { shadow: policyOf('tier-3', { mode: 'observe' }) }, FIFTH],
    [
      'one that must be asked about',
      { asked: { precedence: 1, match: { attributes: { vip: ['1'] } }, steps: policyOf('').steps } },
      CONTACTS,
    ],
    ['one that all match', { first: { precedence: 1, steps: policyOf('').steps } }, CONTACTS],
    ['its description alone', { 'tier-3': policyOf('tier-3', { description: 'Other words.' }) }, 0],
  ])('%s', async (_name, change, expected) => {
    const centre = await filled();
    await centre.publish(Object.fromEntries(TIERS.map((tier) => [tier, policyOf(tier)])));
    expect((await centre.publish(change)).length).toBe(expected);
  });

  test('settings that change no decision', async () => {
    const centre = await filled();
    await centre.publish({});
    expect(await centre.publish({}, { updateRate: 40 })).toEqual([]);
  });

  test('the end of a pause: those with work that is due', async () => {
    const centre = await filled();
    await centre.publish({ now: policyOf('tier-1', { steps: [{ after: '0s', set: { priority: 1 } }] }) });
    expect((await centre.publish({}, { pause: true })).length).toBe(FIFTH);
    expect((await centre.publish({}, {})).length).toBe(FIFTH);
    await dispatchAll(centre.memory, []);
    expect(await centre.publish({}, {})).toEqual([]);
  });
});

test('a contact whose active Region is this one is judged as its reconcile would', async () => {
  const centre = new Centre();
  const activeRegion = { at: centre.memory.now, value: centre.memory.region };
  await enqueue(centre.memory, 'c-1', { activeRegion });
  centre.memory.sent.length = 0;
  expect(await centre.publish({ none: policyOf('none') })).toEqual([]);
});

test('a contact whose timer got lost is reconciled, so that it has one again', async () => {
  const centre = new Centre();
  await enqueue(centre.memory, 'c-1');
  centre.memory.sent.length = 0;
  expect(await centre.publish({ none: policyOf('none') })).toEqual([]);
  // SQS delays a message by 900 seconds at most, and the wake-up never came.
  centre.memory.now = atSecond(1_000);
  expect(await centre.publish({ nobody: policyOf('nobody') })).toEqual(['c-1']);
});

test('the state of a queue is read once for all who wait there', async () => {
  const centre = await filled();
  const signalled = { match: { signals: ['vip'] }, steps: policyOf('').steps };
  await centre.publish({ signalled });
  const { memory } = centre;
  memory.queueStateReads = 0;
  const configuration = { ...memory.configuration, decisions: { revision: 9, id: 'a' } };
  const keys = [...memory.items.values()].map(({ record }) => record);
  await concernedContacts(keys, configuration, memory.reconcilePorts);
  expect(memory.queueStateReads).toBe(1);
});

test('a function that decides by an older configuration leaves nobody out', async () => {
  const centre = await filled();
  expect((await centre.publish({ none: policyOf('none') }, {}, 1)).length).toBe(CONTACTS);
});

test('what people order reaches all', async () => {
  const { memory } = await filled();
  const message = { type: 'reevaluate' as const, id: 'r-1' };
  await applyRuleMessage(message, memory.configuration, memory.reconcilePorts);
  expect(memory.sent.length).toBe(CONTACTS);
});

test('a contact whose record cannot be read, or judged, is reconciled, and stops no other', async () => {
  const centre = await filled();
  await centre.publish({});
  const { memory } = centre;
  const damaged = memory.items.get(`${KEY.instanceId}#c-7`);
  if (damaged) memory.items.set('i-1#c-7', { ...damaged, record: { ...damaged.record, facts: 7 as never } });
  const odd = memory.items.get(`${KEY.instanceId}#c-9`);
  if (odd) memory.items.set('i-1#c-9', { ...odd, record: { ...odd.record, signals: null as never } });
  const loadMany = memory.loadMany.bind(memory);
  memory.loadMany = async (keys) => (await loadMany(keys)).filter(({ record }) => record.contactId !== 'c-8');
  memory.now = atSecond(1);
  const configuration = { ...memory.configuration, decisions: { revision: 9, id: 'a' } };
  const message = { type: 'reevaluate' as const, id: 'r', configuration: { revision: 9, id: 'a' } };
  await applyRuleMessage(message, configuration, memory.reconcilePorts);
  expect(memory.sent.map(({ body }) => body.contactId)).toEqual(['c-7', 'c-8', 'c-9']);
});
