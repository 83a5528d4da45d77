import { availableParallelism } from 'node:os';
import Table from 'cli-table3';
import { Command } from 'commander';
import { integer } from '../../cli/options/integer.ts';
import { WRONG_RATES } from '../../sim/theory/escalation-cases.ts';
import { WRONG_MODELS } from '../../sim/theory/wrong-models.ts';
import { askThreads } from '../threads/ask-threads.ts';
import { ALL_CASES, CONFIDENCE, type JudgedCase, type JudgedFigure } from './judge-case.ts';
import type { CaseRequest } from './thread.ts';

/*
 * Compares the simulated centre with queueing theory, in all cases and with longer runs than the tests, and checks that
 * wrong models are rejected. Exits with 1 when a figure disagrees, an interval is too wide, or a wrong model is accepted.
 */

const SEED = 1;

const command = new Command('npm run theory --')
  .description(
    'Compares the simulated centre with queueing theory.\n' +
      'Exits with 1 when they disagree. The figures do not depend on the number of threads.',
  )
  .argument('[contacts]', 'contacts per run', integer(1), 50_000)
  .argument('[runs]', 'independent runs', integer(2), 30)
  .option('--threads <count>', 'number of threads', integer(1), availableParallelism())
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();
const [contacts, runs] = command.processedArgs as [number, number];
const { threads } = command.opts<{ threads: number }>();

const effort = { contacts, runs, seed: SEED };
const requests = ALL_CASES.map((_, index): CaseRequest => ({ index, effort }));
const byCase = new Map<number, JudgedCase>();
const thread = new URL('./thread.ts', import.meta.url);
await askThreads(thread, threads, requests, (judged: JudgedCase, index) => {
  byCase.set(index, judged);
  process.stderr.write(`${byCase.size} of ${requests.length} models\n`);
});
const cases = requests.flatMap(({ index }) => byCase.get(index) ?? []);

const table = new Table({
  head: ['model', 'figure', 'theory', 'simulated', '±', 'agrees'],
  style: { head: [], border: [] },
});
for (const { name: model, figures } of cases) {
  for (const { name, unit, theory, simulated, halfWidth, agrees } of figures) {
    const shown = [theory, simulated, halfWidth].map((value) => formatFigure(unit, value));
    table.push([model, name, ...shown, agrees ? 'yes' : 'NO']);
  }
}
const figures = cases.flatMap((one) => one.figures);
const disagreeing = figures.filter(({ agrees }) => !agrees).length;
const tooWide = figures.filter(({ isNarrow }) => !isNarrow).length;
const accepted = cases.flatMap((one) => one.accepted);
const wrongCount = WRONG_MODELS.length + WRONG_RATES.length;
console.log(table.toString());
console.log(
  `${figures.length - disagreeing} of ${figures.length} figures of theory are within the ${CONFIDENCE * 100} % interval of ` +
    `${runs} independent runs of ${contacts.toLocaleString('en')} contacts (with policies a tenth of them), seed ${SEED}. ` +
    'The mean handling time is 5 minutes.',
);
console.log(`${wrongCount - accepted.length} of ${wrongCount} wrong models are rejected.`);
if (tooWide > 0) console.log(`${tooWide} intervals are too wide to reject wrong values.`);
for (const name of accepted) console.log(`NOT REJECTED: ${name}`);
if (disagreeing > 0 || tooWide > 0 || accepted.length > 0) process.exitCode = 1;

function formatFigure(unit: JudgedFigure['unit'], value: number): string {
  return unit === 'share' ? `${(value * 100).toFixed(2)} %` : `${(value / 1_000).toFixed(2)} s`;
}
