import { CASES, type Figure, SERVICE_MS } from './cases.ts';
import { type ErlangA, erlangA } from './erlang-a.ts';
import { type ErlangC, type ErlangCFigures, erlangC } from './erlang-c.ts';
import type { Model, ModelRun } from './model.ts';

/** A wrong formula or a wrong simulation of a case. A meaningful comparison rejects each of its figures. */
interface WrongModel {
  readonly name: string;
  /** The model name of the case. */
  readonly caseName: string;
  readonly figures: readonly Figure[];
  /** Simulate this model instead of that of the case. */
  readonly model?: Model;
  /** Changes the results of each run. */
  readonly transform?: (run: ModelRun) => ModelRun;
}

const ERLANG_C: ErlangC = { servers: 10, arrivalRate: 9, serviceRate: 1 };
const ERLANG_A: ErlangA = { servers: 10, arrivalRate: 12, serviceRate: 1, abandonmentRate: 1 / 0.6 };
const ERLANG_C_CASE = 'Erlang C, 10 agents, load 0.9';
const ERLANG_A_CASE = 'Erlang A, 10 agents, load 1.2';
const EXPONENTIAL_CASE = 'Cobham, 3 priorities, exponential handling';
const LOG_NORMAL_CASE = 'Cobham, 4 priorities, log-normal handling';

/** Wrong models of some cases. */
export const WRONG_MODELS: readonly WrongModel[] = [
  {
    name: 'Erlang C with one agent more',
    caseName: ERLANG_C_CASE,
    figures: waitFigures(erlangC({ ...ERLANG_C, servers: 11 })),
  },
  {
    name: 'Erlang C with 5 % more arrivals',
    caseName: ERLANG_C_CASE,
    figures: waitFigures(erlangC({ ...ERLANG_C, arrivalRate: 9.45 })),
  },
  {
    name: 'Erlang A with 20 % more patience',
    caseName: ERLANG_A_CASE,
    figures: waitFigures(erlangA({ ...ERLANG_A, abandonmentRate: 1 / 0.72 })),
  },
  {
    name: 'priorities in the wrong order',
    caseName: EXPONENTIAL_CASE,
    figures: figuresOf(EXPONENTIAL_CASE),
    model: withReversedClasses(caseOf(EXPONENTIAL_CASE).model),
    transform: (run) => ({ ...run, meanWaitsMs: run.meanWaitsMs.toReversed() }),
  },
  {
    name: 'priorities without effect',
    caseName: EXPONENTIAL_CASE,
    figures: figuresOf(EXPONENTIAL_CASE),
    transform: (run) => ({ ...run, meanWaitsMs: run.meanWaitsMs.map(() => run.meanWaitMs) }),
  },
  {
    name: 'exponential handling with half of its variation',
    caseName: EXPONENTIAL_CASE,
    figures: figuresOf(EXPONENTIAL_CASE).map((figure) => ({
      ...figure,
      theory: (figure.theory * (1 + 0.5 ** 2)) / 2,
    })),
  },
  {
    name: 'log-normal handling with less variation',
    caseName: LOG_NORMAL_CASE,
    figures: figuresOf(LOG_NORMAL_CASE)
      .slice(0, 3)
      .map((figure) => ({ ...figure, theory: (figure.theory * 2) / (1 + 1.4 ** 2) })),
  },
];

function waitFigures({ waitProbability, meanWait }: ErlangCFigures): Figure[] {
  return [
    { name: 'wait', theory: waitProbability, of: (run) => run.waitingShare, unit: 'share' },
    { name: 'mean wait', theory: meanWait * SERVICE_MS, of: (run) => run.meanWaitMs, unit: 'ms' },
  ];
}

function figuresOf(name: string): readonly Figure[] {
  return caseOf(name).figures;
}

function caseOf(name: string) {
  const theoryCase = CASES.find(({ model }) => model.name === name);
  if (!theoryCase) throw new RangeError(`There is no case ${name}.`);
  return theoryCase;
}

function withReversedClasses(model: Model): Model {
  return { ...model, classes: model.classes.toReversed() };
}
