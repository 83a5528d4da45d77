import Table from 'cli-table3';
import { Command } from 'commander';
import { integer } from '../cli/options/integer.ts';
import { checkAgreement, runModel } from '../sim/theory/agreement.ts';
import { CASES, type Figure, type TheoryCase } from '../sim/theory/cases.ts';
import { ESCALATION_CASES, RAMPS, WRONG_RATES } from '../sim/theory/escalation-cases.ts';
import type { ModelRun } from '../sim/theory/model.ts';
import { WRONG_MODELS } from '../sim/theory/wrong-models.ts';

/*
 * Compares the simulated centre with queueing theory, in all cases and with longer runs than the tests, and checks that
 * wrong models are rejected. Exits with 1 when a figure disagrees, an interval is too wide, or a wrong model is accepted.
 */

const CONFIDENCE = 0.999;
/** With policies, the simulation of a contact takes about ten times as long. */
const SLOWDOWN_BY_POLICIES = 10;
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
const accepted: string[] = [];
let figureCount = 0;
let disagreeing = 0;
let tooWide = 0;
for (const theoryCase of [...CASES, ...ESCALATION_CASES]) {
  const caseRuns = run(theoryCase);
  for (const figure of theoryCase.figures) {
    const { mean, halfWidth, agrees, isNarrow } = checkAgreement(figure, caseRuns, CONFIDENCE);
    figureCount += 1;
    if (!agrees) disagreeing += 1;
    if (!isNarrow) tooWide += 1;
    table.push([
      theoryCase.model.name,
      figure.name,
      ...[figure.theory, mean, halfWidth].map((value) => formatFigure(figure, value)),
      agrees ? 'yes' : 'NO',
    ]);
  }
  accepted.push(...acceptedWrongModels(theoryCase, caseRuns));
  if (theoryCase === RAMPS) {
    // The mean wait of one class can be near that of another theory: both classes together cannot.
    const agreesWith = ({ figures }: { readonly figures: readonly Figure[] }) =>
      figures.every((figure) => checkAgreement(figure, caseRuns, CONFIDENCE).agrees);
    accepted.push(...WRONG_RATES.filter(agreesWith).map(({ name }) => name));
  }
}
console.log(table.toString());
console.log(
  `${figureCount - disagreeing} of ${figureCount} figures of theory are within the ${CONFIDENCE * 100} % interval of ` +
    `${runs} independent runs of ${contacts.toLocaleString('en')} contacts (with policies a tenth of them), seed ${SEED}. ` +
    'The mean handling time is 5 minutes.',
);
const wrongCount = WRONG_MODELS.length + WRONG_RATES.length;
console.log(`${wrongCount - accepted.length} of ${wrongCount} wrong models are rejected.`);
if (tooWide > 0) console.log(`${tooWide} intervals are too wide to reject wrong values.`);
for (const name of accepted) console.log(`NOT REJECTED: ${name}`);
if (disagreeing > 0 || tooWide > 0 || accepted.length > 0) process.exitCode = 1;

function run({ model, length }: Pick<TheoryCase, 'model' | 'length'>): ModelRun[] {
  const measured = model.policies ? Math.ceil(contacts / SLOWDOWN_BY_POLICIES) : contacts;
  return runModel(model, { ...length, measured }, { runs, seed: SEED });
}

/** Names of the wrong models of a case of which a figure agrees with the simulation. */
function acceptedWrongModels({ model, length }: TheoryCase, caseRuns: readonly ModelRun[]): string[] {
  return WRONG_MODELS.filter(({ caseName }) => caseName === model.name).flatMap((wrong) => {
    const wrongRuns = wrong.model ? run({ model: wrong.model, length }) : caseRuns;
    const results = wrong.transform ? wrongRuns.map(wrong.transform) : wrongRuns;
    const isAccepted = wrong.figures.some((figure) => checkAgreement(figure, results, CONFIDENCE).agrees);
    return isAccepted ? [wrong.name] : [];
  });
}

function formatFigure({ unit }: Figure, value: number): string {
  return unit === 'share' ? `${(value * 100).toFixed(2)} %` : `${(value / 1_000).toFixed(2)} s`;
}
