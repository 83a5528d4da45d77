import { describe, expect, test } from '@jest/globals';
import { type Agreement, checkAgreement, runModel } from '../../../sim/theory/agreement.ts';
import { CASES, type Figure } from '../../../sim/theory/cases.ts';
import { erlangA, erlangC } from '../../../sim/theory/index.ts';
import type { ModelRun } from '../../../sim/theory/model.ts';

/** The tests draw the same numbers each time, so one that passes does not fail by chance later. */
const SEED = 1;
const RUNS = 20;
const CONFIDENCE = 0.999;

/** An interval wider than that would agree with anything: 6 % of the contacts, or a third of a mean wait. */
const WIDEST_SHARE = 0.06;
const WIDEST_WAIT = 1 / 3;

const done = new Map<string, ModelRun[]>();

function runsOfCase(name: string): ModelRun[] {
  const known = CASES.find(({ model }) => model.name === name);
  if (!known) throw new RangeError(`There is no case ${name}.`);
  const runs = done.get(name) ?? runModel(known.model, known.length, { runs: RUNS, seed: SEED });
  done.set(name, runs);
  return runs;
}

function tell({ figure, mean, halfWidth, agrees }: Agreement) {
  const widest = figure.unit === 'share' ? WIDEST_SHARE : WIDEST_WAIT * figure.theory;
  return {
    figure: figure.name,
    theory: figure.theory,
    mean,
    halfWidth,
    agrees,
    isNarrow: halfWidth <= widest,
  };
}

test.each(CASES.map((known) => ({ ...known, name: known.model.name })))(
  '$name: theory lies within the 99.9 % interval of 20 runs',
  ({ name, figures }) => {
    const told = figures.map((figure) => tell(checkAgreement(figure, runsOfCase(name), CONFIDENCE)));
    expect(told).toEqual(told.map((each) => ({ ...each, agrees: true, isNarrow: true })));
  },
);

describe('what is wrong is found out', () => {
  const figuresOf = (name: string) => CASES.find(({ model }) => model.name === name)?.figures ?? [];
  const agreeing = (figures: readonly Figure[], runs: readonly ModelRun[]) =>
    figures.filter((figure) => checkAgreement(figure, runs, CONFIDENCE).agrees).map(({ name }) => name);
  const figure = (name: string, theory: number, of: Figure['of']): Figure => ({
    name,
    theory,
    of,
    unit: 'share',
  });

  test('Erlang C with one agent more, or with arrivals 5 % more frequent', () => {
    const runs = runsOfCase('Erlang C, 10 agents, load 0.9');
    const wrong = [
      erlangC({ servers: 11, arrivalRate: 9, serviceRate: 1 }),
      erlangC({ servers: 10, arrivalRate: 9.45, serviceRate: 1 }),
    ].flatMap(({ waitProbability: waits, meanWait }) => [
      figure('wait', waits, (run) => run.waitingShare),
      figure('mean wait', meanWait * 300_000, (run) => run.meanWaitMs),
    ]);
    expect(agreeing(wrong, runs)).toEqual([]);
  });

  test('Erlang A with patience 20 % longer', () => {
    const runs = runsOfCase('Erlang A, 10 agents, load 1.2');
    const { waitProbability: waits, meanWait } = erlangA({
      servers: 10,
      arrivalRate: 12,
      serviceRate: 1,
      abandonmentRate: 1 / 0.72,
    });
    const wrong = [
      figure('wait', waits, (run) => run.waitingShare),
      figure('mean wait', meanWait * 300_000, (run) => run.meanWaitMs),
    ];
    expect(agreeing(wrong, runs)).toEqual([]);
  });

  test('priorities that are mixed up, or that rank nobody', () => {
    const name = 'Cobham, 3 priorities, exponential handling';
    const known = CASES.find(({ model }) => model.name === name);
    if (!known) throw new RangeError(`There is no case ${name}.`);
    const { model, length } = known;
    const mixedUp = runModel({ ...model, classes: model.classes.toReversed() }, length, {
      runs: RUNS,
      seed: SEED,
    }).map((run) => ({ ...run, meanWaitsMs: run.meanWaitsMs.toReversed() }));
    expect(agreeing(figuresOf(name), mixedUp)).toEqual([]);
    const unranked = runsOfCase(name).map((run) => ({
      ...run,
      meanWaitsMs: model.classes.map(() => run.meanWaitMs),
    }));
    expect(agreeing(figuresOf(name), unranked)).toEqual([]);
  });

  test('handling that scatters less than was said', () => {
    const lessScatter = figuresOf('Cobham, 4 priorities, log-normal handling').map((each) => ({
      ...each,
      theory: (each.theory * 2) / (1 + 1.4 ** 2),
    }));
    const runs = runsOfCase('Cobham, 4 priorities, log-normal handling');
    expect(agreeing(lessScatter.slice(0, 3), runs)).toEqual([]);
  });
});
