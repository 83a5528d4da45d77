import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import Table from 'cli-table3';
import { ContactCentre } from '../sim/centre/index.ts';
import { seededRandom } from '../sim/random.ts';
import { roster, type StreamSpec, Workload } from '../sim/workload/index.ts';

/**
 * How many contacts a minute one core lets through the simulated centre, with their arrivals, and whether memory
 * grows with the length of the run: without a listener, with one for facts, with one for whole events. There are
 * no policies.
 */
const CONTACTS = 1_000_000;
const QUEUES = ['sales', 'service', 'claims'];
const AGENTS_OF_A_GROUP = 25;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Contacts an hour of each queue at noon; 100 agents handle some 2,500 in all, after-contact work included. */
const PEAK_PER_HOUR = 820;

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

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
    transfer: { probability: 0.05, queueId: 'claims' },
    redial: { probability: 0.3, delay: { kind: 'exponential', meanMs: 10 * MINUTE_MS } },
  }),
);

const profiles = [['sales', 'service'], ['service', 'claims'], ['claims', 'sales'], QUEUES];
const agents = roster(
  profiles.map((queueIds, index) => ({
    name: `group-${index + 1}`,
    count: AGENTS_OF_A_GROUP,
    queues: queueIds.map((queueId, place) => ({ queueId, priority: place + 1 })),
    channels: ['VOICE'],
  })),
  0,
);

const table = new Table({
  head: ['listener', 'published', 'contacts', 'a minute', 'heap', 'simulated'],
  style: { head: [], border: [] },
});

function measure(listener: 'none' | 'onEvent' | 'publish'): void {
  const workload = new Workload(
    { dayBeganAt: 0, startsAt: 0, endsAt: Number.POSITIVE_INFINITY, streams },
    { seed: 1, run: 0 },
  );
  let gone = 0;
  let published = 0;
  const count = () => {
    published += 1;
  };
  const centre = new ContactCentre({
    instance: { id: 'bench', account: '123456789012', region: 'eu-central-1' },
    queues: [],
    agents,
    random: seededRandom(1),
    onDisconnected(contact) {
      gone += 1;
      workload.onDisconnected(contact);
    },
    ...(listener === 'none' ? {} : { [listener]: count }),
  });
  workload.attach(centre);

  let spentMs = 0;
  let now = 0;
  for (const share of [0.25, 1]) {
    const start = performance.now();
    while (gone < CONTACTS * share) {
      now += HOUR_MS;
      centre.advance(now);
    }
    spentMs += performance.now() - start;
    collect();
    collect();
    table.push([
      listener,
      figure(published),
      figure(gone),
      figure((gone / spentMs) * MINUTE_MS),
      `${(process.memoryUsage().heapUsed / 2 ** 20).toFixed(1)} MB`,
      `${(now / (24 * HOUR_MS)).toFixed(1)} days`,
    ]);
  }
}

const figure = (value: number) => Math.round(value).toLocaleString('en');

for (const listener of ['none', 'onEvent', 'publish'] as const) measure(listener);
console.log(table.toString());
console.log(`Node ${process.version}, one core, ${agents.length} agents, ${QUEUES.length} queues.`);
