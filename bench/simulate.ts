import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import { parseCondition } from '../lambda/domain/condition/parse.ts';
import { parsePolicy } from '../lambda/domain/policy/parse.ts';
import { createPolicySet } from '../lambda/domain/policy/policy-set.ts';
import { parseScenario } from '../sim/scenario/index.ts';
import { type RunConfiguration, runScenario } from '../sim/simulation/run-scenario.ts';
import { SetTally } from '../sim/simulation/set-tally.ts';
import { StatisticsCollector } from '../sim/simulation/statistics-collector.ts';
import { cpuMs } from './cpu-ms.ts';
import { formatCount } from './format-count.ts';
import { heapMegabytes } from './heap-megabytes.ts';

/*
 * Measures how many contacts per minute one core simulates with statistics, and whether memory grows with the
 * length of the run: without policies, with the example policies, and with two conditions beside them. The day is that of `npm run
 * bench:centre`, with 100 agents, three queues and a backlog around noon. The contacts are calls of gold,
 * Spanish and other callers, and chats.
 */

const DAYS = 12;
/** The contacts per hour that 100 agents handle, at 134 s per contact and 10 s of after-contact work. */
const CAPACITY_PER_HOUR = 2_500;
const FOLDER = join(import.meta.dirname, '../policies');
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const stream = (tier: string, queue: string, share: number, more: object = {}) => ({
  tier,
  name: `${tier}-${queue}`,
  queue,
  share,
  handling: { mean: '2m14s' },
  patience: { mean: '5m', shape: 1.3 },
  redial: { probability: 0.3, after: '10m' },
  ...more,
});
const queues = ['sales', 'service', 'claims'];
const profiles = [['sales', 'service'], ['service', 'claims'], ['claims', 'sales'], queues];
const source = (peakPerHour: number) => ({
  name: 'bench',
  start: '2026-11-23T00:00:00Z',
  hours: 24 * DAYS,
  serviceLevel: '20s',
  queues,
  arrivals: { shape: 'linear', perHour: { '00:00': peakPerHour / 2, '12:00': peakPerHour } },
  agents: profiles.map((names, index) => ({
    name: `group-${index + 1}`,
    count: 25,
    channels: ['VOICE', 'CHAT'],
    queues: names.map((queue, rank) => ({ queue, priority: rank + 1 })),
  })),
  streams: queues.flatMap((queue) => [
    stream('gold', queue, 0.05, { tags: { tier: 'gold' } }),
    stream('spanish', queue, 0.03, { tags: { language: 'es' } }),
    stream('standard', queue, 0.2, { transfer: { probability: 0.05, queue: 'claims' } }),
    stream('chat', queue, 0.053, { channel: 'CHAT' }),
  ]),
});

const policies = readdirSync(FOLDER).flatMap((file) => {
  const { policy } = parsePolicy(file.slice(0, -'.yaml'.length), readFileSync(join(FOLDER, file), 'utf8'));
  return policy ? [policy] : [];
});

/** One condition that the model counts itself, and one for which the centre counts calls and agents. */
const conditions = Object.entries({
  busy: { when: { waiting: [{ numeric: ['>', 50] }] }, until: { waiting: [{ numeric: ['<', 30] }] } },
  'short-of-agents': { channel: 'VOICE', when: { agentsAvailable: [0], waiting: [{ numeric: ['>', 20] }] } },
}).flatMap(([name, source]) => parseCondition(name, source).condition ?? []);
const onLoad = JSON.stringify({
  precedence: 1,
  match: { signals: conditions.map(({ name }) => name) },
  steps: [{ after: '2m', set: { priority: 3 } }],
});

const table = new Table({
  head: ['policies', 'load', 'days', 'contacts', 'updates', 'contacts/min', 'contacts/CPU min', 'heap'],
  style: { head: [], border: [] },
});

function measure(name: string, set: Omit<RunConfiguration, 'settings'>, peakPerHour: number): void {
  const { scenario, problems } = parseScenario(JSON.stringify(source(peakPerHour)), () => '');
  if (!scenario) throw new TypeError(JSON.stringify(problems));
  const tally = new SetTally(scenario);
  const contacts = () => [...tally.tiers.values()].reduce((sum, tier) => sum + tier.contacts, 0);
  const startedAt = performance.now();
  const cpuAtStart = cpuMs();
  const report = (days: number) => {
    const durationMs = performance.now() - startedAt;
    table.push([
      name,
      `${formatCount((peakPerHour / CAPACITY_PER_HOUR) * 100)} %`,
      days.toFixed(1),
      formatCount(contacts()),
      formatCount(tally.calls.result().made.value),
      formatCount((contacts() / durationMs) * MINUTE_MS),
      formatCount((contacts() / (cpuMs() - cpuAtStart)) * MINUTE_MS),
      heapMegabytes(),
    ]);
  };
  let quarters = 0;
  const collector = new StatisticsCollector(scenario, tally, (now) => {
    const days = (now - scenario.startsAt) / DAY_MS;
    if (days < (DAYS / 4) * (quarters + 1) || quarters === 4) return;
    quarters += 1;
    if (quarters === 1 || quarters === 4) report(days);
  });
  runScenario(scenario, { ...set, settings: scenario.settings }, { seed: 1, run: 0 }, collector);
}

const withConditions = [...policies, ...[parsePolicy('on-load', onLoad).policy ?? []].flat()];
for (const load of [0.98, 1.15]) {
  const peakPerHour = CAPACITY_PER_HOUR * load;
  measure('none', { policies: createPolicySet([]) }, peakPerHour);
  measure(`policies/ (${policies.length})`, { policies: createPolicySet(policies) }, peakPerHour);
  measure('and 2 conditions', { policies: createPolicySet(withConditions), conditions }, peakPerHour);
}
console.log(table.toString());
console.log(`Node ${process.version}, one core, 100 agents, ${queues.length} queues.`);
