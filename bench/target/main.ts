import Table from 'cli-table3';
import { DEFAULT_SETTINGS, type Settings } from '../../lambda/domain/settings.ts';
import { parseScenario } from '../../sim/scenario/index.ts';
import { measure, type Result } from './measure.ts';
import { POLICY_SETS, TARGET_SECONDS, TIERS } from './policies.ts';

/*
 * Compares targets with a ladder of priorities that people would write, on the same arrivals: calls a contact, the share
 * of each tier that is answered within its target, the spread of waits, and who was overtaken by how much (95th
 * percentile). 20 agents serve one queue; gold should be answered in 90 s, silver in 5 min, basic in the horizon of
 * 15 min. Exits 1 where targets need more calls, or serve a tier worse, than the documents say.
 *
 *     npm run bench:target [simulated days, default 6]
 */

const AGENTS = 20;
const HANDLING_SECONDS = 240;
const CAPACITY_PER_HOUR = (AGENTS * 3_600) / HANDLING_SECONDS;
const SHARES = { gold: 0.2, silver: 0.3, basic: 0.5 };
/** Simulated days. */
const SEEDS = Array.from({ length: Number(process.argv[2] ?? 6) }, (_, index) => index + 1);

/** Flows set nothing, so no question is asked. */
const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  checkBeforeFirstChange: false,
  horizon: { defaultSeconds: TARGET_SECONDS.basic, channelSeconds: {} },
};

function scenarioAt(load: number) {
  const source = {
    name: `load ${load}`,
    start: '2026-11-23T00:00:00Z',
    hours: 24,
    serviceLevel: '90s',
    queues: ['service'],
    arrivals: { perHour: CAPACITY_PER_HOUR * load },
    agents: [{ name: 'agents', count: AGENTS, queues: [{ queue: 'service' }] }],
    streams: TIERS.map((tier) => ({
      tier,
      name: tier,
      queue: 'service',
      share: SHARES[tier],
      tags: { tier },
      handling: { mean: `${HANDLING_SECONDS}s`, variation: 1 },
      patience: { mean: '10m', shape: 1 },
    })),
  };
  const { scenario, problems } = parseScenario(JSON.stringify(source), () => '');
  if (!scenario) throw new TypeError(JSON.stringify(problems));
  return scenario;
}
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

function row(name: string, { tiers, callsPerContact }: Result): string[] {
  return [
    name,
    callsPerContact.toFixed(2),
    ...TIERS.flatMap((tier) => [
      percent(tiers[tier].inTime),
      `${tiers[tier].spreadSeconds.toFixed(0)} s`,
      `${tiers[tier].overtakenSeconds.toFixed(0)} s`,
    ]),
  ];
}

const HEAD = ['policies', 'calls', ...TIERS.flatMap((tier) => [`${tier} in time`, 'spread', 'overtaken'])];

function print(title: string, results: ReadonlyMap<string, Result>): void {
  const table = new Table({ head: HEAD, style: { head: [], border: [] } });
  for (const [name, result] of results) table.push(row(name, result));
  console.log(`${title}\n${table.toString()}\n`);
}

function measureAll(load: number, settings: Settings): ReadonlyMap<string, Result> {
  const scenario = scenarioAt(load);
  return new Map(
    Object.entries(POLICY_SETS).map(([name, policies]) => [
      name,
      measure(scenario, policies, settings, SEEDS),
    ]),
  );
}

function resultOf(results: ReadonlyMap<string, Result>, name: string): Result {
  const result = results.get(name);
  if (!result) throw new TypeError(`Nothing was measured for ${name}.`);
  return result;
}

const failures: string[] = [];

/** What the documents claim: fewer calls than the ladder, and each tier's share as high within a point and a half. */
function judge(load: number, results: ReadonlyMap<string, Result>): void {
  const [targets, ladder] = [resultOf(results, 'targets'), resultOf(results, 'ladder')];
  const limit = load <= 1.03 ? 0.55 : 0.4;
  const ratio = targets.callsPerContact / ladder.callsPerContact;
  console.log(`Calls of targets over those of the ladder: ${ratio.toFixed(2)} (limit ${limit})\n`);
  if (ratio > limit) failures.push(`load ${load}: ${ratio.toFixed(2)} of the ladder's calls, above ${limit}`);
  if (load > 1.3) return;
  for (const tier of TIERS) {
    const lost = ladder.tiers[tier].inTime - targets.tiers[tier].inTime;
    if (lost > 0.015)
      failures.push(`load ${load}: ${tier} ${percent(lost)} less in time than under the ladder`);
  }
}

for (const load of [0.9, 1.03, 1.3, 1.6]) {
  const results = measureAll(load, SETTINGS);
  print(`Load ${load}, quota to spare`, results);
  judge(load, results);
}

const QUOTA_LOAD = 1.3;
const due = resultOf(measureAll(QUOTA_LOAD, SETTINGS), 'ladder').callsPerContact;
for (const factor of [1, 2, 5]) {
  const perSecond = (due * CAPACITY_PER_HOUR * QUOTA_LOAD) / 3_600 / factor;
  const settings = { ...SETTINGS, updateRate: perSecond / SETTINGS.updateShare, updateBurst: 1 };
  print(
    `Load ${QUOTA_LOAD}, the changes of the ladder are due at ${factor} times the quota`,
    measureAll(QUOTA_LOAD, settings),
  );
}

console.log(
  failures.length === 0
    ? 'As claimed: few calls, and each tier as often in time as under the ladder, within 1.5 points.'
    : failures.join('\n'),
);
process.exitCode = failures.length === 0 ? 0 : 1;
