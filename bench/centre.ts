import Table from 'cli-table3';
import { ContactCentre } from '../sim/centre/index.ts';
import { seededRandom } from '../sim/random.ts';
import { roster, type StreamSpec, Workload } from '../sim/workload/index.ts';
import { formatCount } from './format-count.ts';
import { heapMegabytes } from './heap-megabytes.ts';

/*
 * Measures how many contacts per minute one core simulates with `sim/centre` and `sim/workload`, without
 * policies, and whether memory grows with the length of the run: without a listener, with a listener for
 * facts, and with a listener for events.
 */

const CONTACTS = 1_000_000;
const QUEUES = ['sales', 'service', 'claims'];
const AGENTS_PER_GROUP = 25;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Contacts per hour and queue at noon. 100 agents handle about 2,500 per hour, with after-contact work. */
const PEAK_PER_HOUR = 820;

const streams = QUEUES.map(
  (queueId): StreamSpec => ({
    name: queueId,
    arrivals: {
      shape: 'linear',
      points: [
        { atMs: 0, perHour: PEAK_PER_HOUR / 2 },
        { atMs: 12 * HOUR_MS, perHour: PEAK_PER_HOUR },
      ],
    },
    contact: { queueId, channel: 'VOICE', initiationMethod: 'INBOUND', tags: { tier: 'gold' } },
    handling: { kind: 'log-normal', meanMs: 134_000, variation: 0.8 },
    patience: { kind: 'weibull', meanMs: 5 * MINUTE_MS, shape: 1.3 },
    transfers: [{ by: 'agent', probability: 0.05, queueId: 'claims' }],
    redial: { probability: 0.3, delay: { kind: 'exponential', meanMs: 10 * MINUTE_MS } },
  }),
);

const profiles = [['sales', 'service'], ['service', 'claims'], ['claims', 'sales'], QUEUES];
const agents = roster(
  profiles.map((queueIds, index) => ({
    name: `group-${index + 1}`,
    count: AGENTS_PER_GROUP,
    queues: queueIds.map((queueId, index) => ({ queueId, priority: index + 1 })),
    channels: ['VOICE'],
  })),
  0,
);

const table = new Table({
  head: ['listener', 'events', 'contacts', 'contacts/min', 'heap', 'simulated'],
  style: { head: [], border: [] },
});

function measure(listener: 'none' | 'onEvent' | 'publish'): void {
  const workload = new Workload(
    { dayBeganAt: 0, startsAt: 0, endsAt: Number.POSITIVE_INFINITY, streams },
    { seed: 1, run: 0 },
  );
  let contacts = 0;
  let events = 0;
  const countEvent = () => {
    events += 1;
  };
  const centre = new ContactCentre({
    instance: { id: 'bench', account: '123456789012', region: 'eu-central-1' },
    queues: [],
    agents,
    random: seededRandom(1),
    onDisconnected(contact) {
      contacts += 1;
      workload.onDisconnected(contact);
    },
    ...(listener === 'none' ? {} : { [listener]: countEvent }),
  });
  workload.attach(centre);

  let durationMs = 0;
  let now = 0;
  for (const share of [0.25, 1]) {
    const start = performance.now();
    while (contacts < CONTACTS * share) {
      now += HOUR_MS;
      centre.advance(now);
    }
    durationMs += performance.now() - start;
    table.push([
      listener,
      formatCount(events),
      formatCount(contacts),
      formatCount((contacts / durationMs) * MINUTE_MS),
      heapMegabytes(),
      `${(now / (24 * HOUR_MS)).toFixed(1)} days`,
    ]);
  }
}

for (const listener of ['none', 'onEvent', 'publish'] as const) measure(listener);
console.log(table.toString());
console.log(`Node ${process.version}, one core, ${agents.length} agents, ${QUEUES.length} queues.`);
