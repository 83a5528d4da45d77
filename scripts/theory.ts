import Table from 'cli-table3';
import { checkAgreement, runModel } from '../sim/theory/agreement.ts';
import { CASES, type Figure, type TheoryCase } from '../sim/theory/cases.ts';
import type { ModelRun } from '../sim/theory/model.ts';
import { WRONG_MODELS } from '../sim/theory/wrong-models.ts';

/**
 * Compares the simulated centre with queueing theory, in all cases and with longer runs than the tests, and checks that
 * wrong models are rejected. Exits with 1 when a figure disagrees, an interval is too wide, or a wrong model is
 * accepted. The arguments are the number of contacts per run and the number of runs: `npm run theory -- 100000 30`.
 */
const [measured = 50_000, runs = 30] = process.argv.slice(2).map(Number);
const CONFIDENCE = 0.999;
const SEED = 1;

const table = new Table({
  head: ['model', 'figure', 'theory', 'simulated', '±', 'agrees'],
  style: { head: [], border: [] },
});
const accepted: string[] = [];
let figureCount = 0;
let disagreeing = 0;
let tooWide = 0;
for (const theoryCase of CASES) {
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
}
console.log(table.toString());
console.log(
  `${figureCount - disagreeing} of ${figureCount} figures of theory are within the ${CONFIDENCE * 100} % interval of ` +
    `${runs} independent runs of ${measured.toLocaleString('en')} contacts, seed ${SEED}. ` +
    'The mean handling time is 5 minutes.',
);
console.log(`${WRONG_MODELS.length - accepted.length} of ${WRONG_MODELS.length} wrong models are rejected.`);
if (tooWide > 0) console.log(`${tooWide} intervals are too wide to reject wrong values.`);
for (const name of accepted) console.log(`NOT REJECTED: ${name}`);
if (disagreeing > 0 || tooWide > 0 || accepted.length > 0) process.exitCode = 1;

function run({ model, length }: Pick<TheoryCase, 'model' | 'length'>): ModelRun[] {
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
