import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import { readSources } from '../cli/sources/read.ts';
import { createThreadPool } from '../cli/threads/thread-pool.ts';
import { parseScenario } from '../sim/scenario/index.ts';

/*
 * Measures how much memory a long simulation on two threads takes, as the operating system counts it: it must not grow
 * with the simulated days. Exits with 1 where the last moment has more than the allowed growth over the first.
 */

const DAYS = 90;
const THREADS = 2;
/** At these parts of the run; in the first days the threads load and compile their code. */
const MOMENTS = [0.1, 0.25, 0.5, 0.75, 1];
const MOST_GROWTH = 1.1;

const ROOT = join(import.meta.dirname, '..');
const SCENARIO = 'scenarios/monday-morning.yaml';

const text = readFileSync(join(ROOT, SCENARIO), 'utf8');
const { scenario, problems } = parseScenario(text, () => '');
if (!scenario) throw new TypeError(JSON.stringify(problems));
const sources = await readSources(['policies'], { cwd: ROOT, err: (line) => process.stderr.write(line) });
const tasks = Array.from({ length: THREADS }, (_, run) => ({
  scenario: { ...scenario, hours: 24 * DAYS },
  set: { sources, settings: scenario.settings },
  key: { seed: 1, run },
  thresholds: [20],
}));

const megabytes: number[] = [];
const table = new Table({ head: ['days', 'resident MB'], style: { head: [], border: [] } });
function measureUpTo(share: number): void {
  for (const moment of MOMENTS.slice(megabytes.length)) {
    if (share < moment) return;
    megabytes.push(Math.round(process.memoryUsage.rss() / 2 ** 20));
    table.push([DAYS * moment, megabytes.at(-1)]);
  }
}

const pool = createThreadPool(THREADS);
await pool.run(
  tasks,
  () => measureUpTo(1),
  (index, share) => {
    if (index === 0) measureUpTo(share);
  },
);
await pool.close();

console.log(table.toString());
console.log(`Node ${process.version}, ${THREADS} threads, ${SCENARIO} with ${sources.length} policies.`);
const growth = (megabytes.at(-1) ?? 0) / (megabytes[0] ?? 0);
if (growth > MOST_GROWTH) {
  console.error(`The memory grows by the factor ${growth.toFixed(2)}, and may grow by ${MOST_GROWTH}.`);
  process.exitCode = 1;
}
