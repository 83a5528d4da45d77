import Table from 'cli-table3';
import { Command } from 'commander';
import { integer } from '../cli/options/integer.ts';
import { checkAgreement, runModel } from '../sim/theory/agreement.ts';
import { CASES, type Figure } from '../sim/theory/cases.ts';

/* Compares the simulated centre with queueing theory, in longer runs than those of the tests. */

const CONFIDENCE = 0.999;
const SEED = 1;

const command = new Command('npm run theory --')
  .description('Compares the simulated centre with queueing theory.\nExits with 1 when they disagree.')
  .argument('[contacts]', 'contacts per run', integer(1), 50_000)
  .argument('[runs]', 'independent runs', integer(2), 30)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();
const [contacts, runs] = command.processedArgs as [number, number];

const table = new Table({
  head: ['model', 'figure', 'theory', 'simulated', '±', 'agrees'],
  style: { head: [], border: [] },
});
let figures = 0;
let disagreeing = 0;
for (const { model, length, figures: modelFigures } of CASES) {
  const results = runModel(model, { ...length, measured: contacts }, { runs, seed: SEED });
  for (const figure of modelFigures) {
    const { mean, halfWidth, agrees } = checkAgreement(figure, results, CONFIDENCE);
    figures += 1;
    if (!agrees) disagreeing += 1;
    table.push([
      model.name,
      figure.name,
      ...[figure.theory, mean, halfWidth].map((value) => formatFigure(figure, value)),
      agrees ? 'yes' : 'NO',
    ]);
  }
}
console.log(table.toString());
console.log(
  `${figures - disagreeing} of ${figures} theoretical values are within the ${CONFIDENCE * 100} % ` +
    `confidence interval of ${runs} independent runs of ${contacts.toLocaleString('en')} contacts, seed ${SEED}. ` +
    'The mean handling time is 5 minutes.',
);
if (disagreeing > 0) process.exitCode = 1;

function formatFigure({ unit }: Figure, value: number): string {
  return unit === 'share' ? `${(value * 100).toFixed(2)} %` : `${(value / 1_000).toFixed(2)} s`;
}
