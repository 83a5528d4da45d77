import { describe, expect, test } from '@jest/globals';
import type { ContactFacts } from '../../lambda/domain/contact/facts.ts';
import { parseContactEvent } from '../../lambda/domain/contact/parse-event.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import { handleContactEvent } from '../../lambda/flow/handle-contact-event.ts';
import { sweep } from '../../lambda/flow/sweep.ts';
import { seededRandom } from '../../sim/random.ts';
import { context, T0 } from '../support/contacts.ts';
import { deliverWakeUp, dispatchAll } from '../support/flow.ts';
import { describeSuccess, MemoryPorts } from '../support/memory-ports.ts';

/*
 * Amazon Connect Global Resiliency: each event of a contact comes on the bus of both Regions, with ARNs of that Region
 * and the same ids. Connect lets only the active Region change the contact, and says InvalidActiveRegion to the other.
 */

const REGIONS = ['eu-central-1', 'eu-west-2'] as const;
type Region = (typeof REGIONS)[number];

const STEPS = [0, 60, 120, 180, 240, 300];
const POLICIES = {
  all: { steps: STEPS.map((second, index) => ({ after: `${second}s`, set: { priority: 6 - index } })) },
};

/** Two stacks, one for each Region, and the contact `c-1` in both. */
class Pair {
  now = T0;
  active: Region = 'eu-central-1';
  priority = 5;
  /** The updates that Connect accepted, with the Region that sent them. */
  readonly accepted: { readonly region: Region; readonly at: number; readonly priority: number }[] = [];
  /** Updates that Connect rejected, since the other Region was active. */
  readonly refused: { readonly region: Region; readonly at: number }[] = [];
  readonly stacks: Readonly<Record<Region, MemoryPorts>>;
  readonly #later: { readonly at: number; readonly region: Region; readonly event: object }[] = [];

  constructor(settings: Partial<Settings> = {}) {
    const stack = (region: Region) => {
      const memory = new MemoryPorts({ ...context(POLICIES, settings), region });
      memory.now = this.now;
      memory.fillQuota();
      memory.describeResult = () =>
        describeSuccess({
          routing: { priority: this.priority },
          attributes: {},
          channel: 'VOICE',
          initiationMethod: 'INBOUND',
          queue: { arn: `${arnIn(region)}/queue/q-1`, enqueuedAt: T0 },
          activeRegion: this.active,
        });
      memory.updateResult = (_key, { update }) => {
        if (this.active !== region) {
          this.refused.push({ region, at: this.now });
          return { kind: 'gone', cause: 'other-region', message: 'InvalidActiveRegionException' };
        }
        this.priority = update.QueuePriority ?? this.priority;
        this.accepted.push({ region, at: this.now, priority: this.priority });
        return { kind: 'done' };
      };
      return memory;
    };
    this.stacks = { 'eu-central-1': stack('eu-central-1'), 'eu-west-2': stack('eu-west-2') };
  }

  /** Publishes an event on both buses; `delayMs` and `isLost` by Region. */
  publish(
    eventType: string,
    delayMs: (region: Region) => number | undefined,
    activeRegion: Region | undefined = this.active,
    resiliency: object = { activeRegion, originRegion: 'eu-central-1' },
  ): void {
    for (const region of REGIONS) {
      const delay = delayMs(region);
      if (delay === undefined) continue;
      const event = {
        source: 'aws.connect',
        'detail-type': 'Amazon Connect Contact Event',
        time: new Date(this.now - (this.now % 1_000)).toISOString(),
        detail: {
          eventType,
          contactId: 'c-1',
          instanceArn: arnIn(region),
          channel: 'VOICE',
          initiationMethod: 'INBOUND',
          queueInfo: {
            queueArn: `${arnIn(region)}/queue/q-1`,
            queueType: 'STANDARD',
            enqueueTimestamp: new Date(T0).toISOString(),
          },
          globalResiliencyMetadata: resiliency,
        },
      };
      this.#later.push({ at: this.now + delay, region, event });
    }
  }

  /** Lets the time pass in steps of a second; each stack handles what has arrived, and sweeps each minute. */
  async run(untilMs: number): Promise<void> {
    for (; this.now < T0 + untilMs; this.now += 1_000) {
      for (const region of REGIONS) {
        const memory = this.stacks[region];
        memory.now = this.now;
        for (const one of this.#later.filter((late) => late.region === region && late.at <= this.now)) {
          this.#later.splice(this.#later.indexOf(one), 1);
          await handleContactEvent(one.event, memory.reconcilePorts);
        }
        const due = memory.sent.filter(
          ({ body, delaySeconds: _delay }) => Date.parse(String(body.wakeAt)) <= this.now,
        );
        for (const message of due) {
          memory.sent.splice(memory.sent.indexOf(message), 1);
          await deliverWakeUp(memory, message);
        }
        if (Math.round((this.now - T0) / 1_000) % 60 === 30) await sweep(memory.sweepPorts);
        await dispatchAll(memory);
        memory.now = this.now;
      }
    }
  }
}

function arnIn(region: Region): string {
  return `arn:aws:connect:${region}:123456789012:instance/i-1`;
}

const atOnce = () => 0;
const sentBy = (pair: Pair) => pair.accepted.map(({ region, priority }) => [region, priority]);

/** Each change was made once, in its order, whichever Region made it. */
function expectEachOnce(pair: Pair, priorities: number[]): void {
  expect(pair.accepted.map(({ priority }) => priority)).toEqual(priorities);
}

test.each(REGIONS)(
  'of a contact whose events name its origin alone, %s, only that Region acts',
  async (origin) => {
    const pair = new Pair({ checkBeforeFirstChange: false });
    pair.active = origin;
    pair.publish('QUEUED', atOnce, undefined, { originRegion: origin });
    await pair.run(130_000);
    expect(new Set(pair.accepted.map(({ region }) => region))).toEqual(new Set([origin]));
    expect(pair.refused).toEqual([]);
  },
);

test('an event that names its origin alone takes back no failover', async () => {
  const pair = new Pair({ checkBeforeFirstChange: false });
  pair.active = 'eu-west-2';
  pair.publish('QUEUED', atOnce);
  await pair.run(10_000);
  pair.publish('CONTACT_DATA_UPDATED', atOnce, undefined, { originRegion: 'eu-central-1' });
  await pair.run(130_000);
  expect(new Set(pair.accepted.map(({ region }) => region))).toEqual(new Set(['eu-west-2']));
  expect(pair.refused).toEqual([]);
});

describe('of the two Regions of a Global Resiliency pair', () => {
  test('only the active one calls', async () => {
    const pair = new Pair();
    pair.publish('QUEUED', atOnce);
    await pair.run(310_000);
    expect(sentBy(pair)).toEqual([4, 3, 2, 1].map((priority) => ['eu-central-1', priority]));
    expect(pair.refused).toEqual([]);
    expect(pair.stacks['eu-west-2'].described).toEqual([]);
  });

  test.each([true, false])(
    'the other one goes on after a failover, and the first one after it fails back; it is asked first: %s',
    async (checkBeforeFirstChange) => {
      const pair = new Pair({ checkBeforeFirstChange });
      pair.publish('QUEUED', atOnce);
      await pair.run(150_000);
      pair.active = 'eu-west-2';
      pair.publish('CONTACT_DATA_UPDATED', atOnce);
      await pair.run(210_000);
      pair.active = 'eu-central-1';
      pair.publish('CONTACT_DATA_UPDATED', atOnce);
      await pair.run(310_000);
      expect(sentBy(pair)).toEqual([
        ['eu-central-1', 4],
        ['eu-west-2', 3],
        ['eu-central-1', 2],
        ['eu-central-1', 1],
      ]);
      expect(pair.refused).toEqual([]);
    },
  );

  test('a late event of before the failover does not call the old Region back', async () => {
    const pair = new Pair();
    pair.publish('QUEUED', atOnce);
    await pair.run(125_000);
    pair.publish('CONTACT_DATA_UPDATED', () => 60_000, 'eu-central-1');
    await pair.run(150_000);
    pair.active = 'eu-west-2';
    pair.publish('CONTACT_DATA_UPDATED', atOnce);
    await pair.run(310_000);
    expectEachOnce(pair, [4, 3, 2, 1]);
    expect(pair.accepted.slice(1).every(({ region }) => region === 'eu-west-2')).toBe(true);
    expect(pair.refused).toEqual([]);
  });

  test('the old Region learns from the answer of Connect that it is not active, where the event was lost', async () => {
    const pair = new Pair();
    pair.publish('QUEUED', atOnce);
    await pair.run(150_000);
    pair.active = 'eu-west-2';
    pair.publish('CONTACT_DATA_UPDATED', (region) => (region === 'eu-west-2' ? 0 : undefined));
    await pair.run(310_000);
    expectEachOnce(pair, [4, 3, 2, 1]);
    // It tried, was refused, and is tried again after 10 seconds and a minute only by asking first.
    expect(pair.refused.length).toBeLessThanOrEqual(1);
    const record = pair.stacks['eu-central-1'].record({ instanceId: 'i-1', contactId: 'c-1' });
    expect(record?.facts?.activeRegion?.value).toBe('eu-west-2');
  });

  test('with late events and failovers in both directions never two act, and the changes go on', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = seededRandom(seed);
      const pair = new Pair();
      pair.publish('QUEUED', atOnce);
      let lastFailoverMs = 0;
      for (let at = 30_000; at < 240_000; at += 10_000 + Math.floor(random() * 60_000)) {
        await pair.run(at);
        pair.active = pair.active === 'eu-central-1' ? 'eu-west-2' : 'eu-central-1';
        lastFailoverMs = at;
        pair.publish('CONTACT_DATA_UPDATED', () => Math.floor(random() * 20_000));
      }
      // After the last failover and its late events, the active Region makes what is left within half a minute.
      await pair.run(Math.max(340_000, lastFailoverMs + 50_000));
      expect(pair.priority).toBe(1);
      for (const { at, region } of pair.refused) {
        // Only a Region whose event of the failover is still under way tries, and Connect rejects it.
        expect([seed, region, at <= T0 + lastFailoverMs + 21_000]).toEqual([seed, region, true]);
      }
      const given = pair.accepted.map(({ priority }) => priority);
      expect(given).toEqual(given.toSorted((a, b) => b - a));
      // Priority 1 can lower nothing, so it is set without a question, though the other Region may have set it.
      const asked = given.filter((priority) => priority > 1);
      expect(new Set(asked).size).toBe(asked.length);
    }
  });
});

test('the facts of one event are the same in both Regions but for the ARN of the queue', () => {
  const detail = (region: Region) => ({
    detail: {
      eventType: 'QUEUED',
      contactId: 'c-1',
      instanceArn: arnIn(region),
      queueInfo: { queueArn: `${arnIn(region)}/queue/q-1`, enqueueTimestamp: new Date(T0).toISOString() },
    },
  });
  const [first, second] = REGIONS.map((region) => parseContactEvent(detail(region)).facts) as [
    ContactFacts,
    ContactFacts,
  ];
  expect({ ...first, queue: undefined }).toEqual({ ...second, queue: undefined });
});
