import { expect, test } from '@jest/globals';
import { checkAgreement, runModel } from '../../../sim/theory/agreement.ts';
import { CASES } from '../../../sim/theory/cases.ts';
import type { Model, ModelRun } from '../../../sim/theory/model.ts';
import { WRONG_MODELS } from '../../../sim/theory/wrong-models.ts';

/** A fixed seed: a test that passes does not fail by chance later. */
const SEED = 1;
const RUNS = 20;
const CONFIDENCE = 0.999;

/** One case of each formula; `npm run theory` checks all cases and all wrong models. */
const NAMES = [
  'Erlang C, 10 agents, load 0.9',
  'Erlang A, 10 agents, load 1.2',
  'Cobham, 3 priorities, exponential handling',
];
const TESTED_CASES = NAMES.map((name) => ({ name, ...caseOf(name) }));
const TESTED_WRONG_MODELS = WRONG_MODELS.filter(({ caseName }) => NAMES.includes(caseName));

const runsByCase = new Map<string, ModelRun[]>();

function caseOf(name: string) {
  const theoryCase = CASES.find(({ model }) => model.name === name);
  if (!theoryCase) throw new RangeError(`There is no case ${name}.`);
  return theoryCase;
}

function runsOfCase(name: string): ModelRun[] {
  const runs = runsByCase.get(name) ?? runCase(name, caseOf(name).model);
  runsByCase.set(name, runs);
  return runs;
}

function runCase(name: string, model: Model): ModelRun[] {
  return runModel(model, caseOf(name).length, { runs: RUNS, seed: SEED });
}

test.each(TESTED_CASES)('$name: theory is within the 99.9 % interval of 20 runs', ({ name, figures }) => {
  const agreements = figures.map((figure) => checkAgreement(figure, runsOfCase(name), CONFIDENCE));
  expect(agreements).toEqual(agreements.map((each) => ({ ...each, agrees: true, isNarrow: true })));
});

test('the wrong models of these cases are six', () => {
  expect(TESTED_WRONG_MODELS).toHaveLength(6);
});

test.each(TESTED_WRONG_MODELS)(
  'is rejected: $name',
  ({ caseName, figures, model, transform = (run: ModelRun) => run }) => {
    const runs = (model ? runCase(caseName, model) : runsOfCase(caseName)).map(transform);
    const agreeing = figures.filter((figure) => checkAgreement(figure, runs, CONFIDENCE).agrees);
    expect(agreeing.map(({ name }) => name)).toEqual([]);
  },
);
