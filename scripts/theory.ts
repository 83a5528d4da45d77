import Table from 'cli-table3';
import { checkAgreement, runModel } from '../sim/theory/agreement.ts';
import { CASES, type Figure } from '../sim/theory/cases.ts';

/**
 * Holds the simulated centre against queueing theory, at greater length than the tests do, and fails where they do
 * not agree. Takes the number of contacts of a run and the number of runs: `npm run theory -- 100000 30`.
 */
const [counted = 50_000, runs = 30] = process.argv.slice(2).map(Number);
const CONFIDENCE = 0.999;
const SEED = 1;

const table = new Table({
  head: ['model', 'figure', 'theory', 'simulated', '±', 'agrees'],
  style: { head: [], border: [] },
});
let figures = 0;
let disagreeing = 0;
for (const known of CASES) {
  const done = runModel(known.model, { ...known.length, measured: counted }, { runs, seed: SEED });
  for (const figure of known.figures) {
    const { mean, halfWidth, agrees } = checkAgreement(figure, done, CONFIDENCE);
    figures += 1;
    if (!agrees) disagreeing += 1;
    table.push([
      known.model.name,
      figure.name,
      ...[figure.theory, mean, halfWidth].map((value) => text(figure, value)),
      agrees ? 'yes' : 'NO',
    ]);
  }
}
console.log(table.toString());
console.log(
  `${figures - disagreeing} of ${figures} figures of theory lie within the ${CONFIDENCE * 100} % interval of ${runs} ` +
    `independent runs of ${counted.toLocaleString('en')} contacts, seed ${SEED}. Handling takes 5 minutes on average.`,
);
if (disagreeing > 0) process.exitCode = 1;

function text({ unit }: Figure, value: number): string {
  return unit === 'share' ? `${(value * 100).toFixed(2)} %` : `${(value / 1_000).toFixed(2)} s`;
}
