import { gamma } from '../statistics/gamma.ts';
import type { Distribution } from '../workload/index.ts';
import { cobham, cobhamMultiServer } from './cobham.ts';
import { erlangA } from './erlang-a.ts';
import { type ErlangCFigures, erlangC } from './erlang-c.ts';
import { generalPatience } from './general-patience.ts';
import type { Model, ModelRun, RunLength } from './model.ts';

/** A figure with its theoretical value and a function that reads it from a run. */
export interface Figure {
  readonly name: string;
  readonly theory: number;
  readonly of: (run: ModelRun) => number;
  readonly unit: 'share' | 'ms';
}

/** A queueing model whose figures are known from theory. */
export interface TheoryCase {
  /** The offered load divided by the number of agents. */
  readonly load: number;
  readonly model: Model;
  readonly figures: readonly Figure[];
  /**
   * The length of a run in the tests. The warm-up lasts several relaxation times of the queue, so that the
   * initially empty centre reaches its steady state.
   */
  readonly length: RunLength;
}

/** The mean handling time of every case: long enough that rounding to milliseconds does not matter. */
export const SERVICE_MS = 300_000;
/** The arrivals per hour of a load of 1 Erlang. */
export const PER_HOUR = 3_600_000 / SERVICE_MS;
export const EXPONENTIAL: Distribution = { kind: 'exponential', meanMs: SERVICE_MS };
export const NEVER: Distribution = { kind: 'never' };

/** Erlang C, Erlang A and Cobham in light and heavy traffic, and Erlang A in overload. */
export const CASES: readonly TheoryCase[] = [
  erlangCCase({ servers: 1, load: 0.5, withinMs: 180_000 }, { warmUp: 200, measured: 4_000 }),
  erlangCCase({ servers: 1, load: 0.8, withinMs: 600_000 }, { warmUp: 600, measured: 8_000 }),
  erlangCCase({ servers: 10, load: 0.6, withinMs: 20_000 }, { warmUp: 300, measured: 4_000 }),
  erlangCCase({ servers: 10, load: 0.9, withinMs: 120_000 }, { warmUp: 1_500, measured: 10_000 }),
  erlangCCase({ servers: 100, load: 0.9, withinMs: 20_000 }, { warmUp: 2_000, measured: 30_000 }),
  erlangACase({ servers: 1, load: 1.5, patience: 2, withinMs: 300_000 }, { warmUp: 100, measured: 4_000 }),
  erlangACase({ servers: 10, load: 0.8, patience: 0.6, withinMs: 20_000 }, { warmUp: 300, measured: 4_000 }),
  erlangACase({ servers: 10, load: 1.2, patience: 0.6, withinMs: 60_000 }, { warmUp: 300, measured: 6_000 }),
  erlangACase({ servers: 100, load: 1, patience: 0.6, withinMs: 20_000 }, { warmUp: 1_000, measured: 8_000 }),
  erlangACase(
    { servers: 100, load: 1.3, patience: 0.6, withinMs: 60_000 },
    { warmUp: 1_000, measured: 8_000 },
  ),
  cobhamCase(
    { loads: [0.2, 0.25, 0.3], handling: EXPONENTIAL, variation: 1 },
    { warmUp: 500, measured: 5_000 },
  ),
  cobhamCase(
    {
      loads: [0.1, 0.2, 0.2, 0.2],
      handling: { kind: 'log-normal', meanMs: SERVICE_MS, variation: 1.4 },
      variation: 1.4,
    },
    { warmUp: 500, measured: 8_000 },
  ),
  cobhamCase(
    { loads: [0.3, 0.3, 0.2], handling: { kind: 'constant', ms: SERVICE_MS }, variation: 0 },
    { warmUp: 500, measured: 4_000 },
  ),
  cobhamMultiServerCase({ loads: [1.5, 3, 4.5], servers: 10 }, { warmUp: 1_500, measured: 10_000 }),
  cobhamMultiServerCase({ loads: [2, 2], servers: 5 }, { warmUp: 600, measured: 8_000 }),
  nearConstantPatienceCase(
    { servers: 10, load: 1.2, patience: 0.6, shape: 10 },
    { warmUp: 300, measured: 6_000 },
  ),
];

interface ErlangCaseOptions {
  readonly servers: number;
  /** Of one agent. */
  readonly load: number;
  readonly withinMs: number;
}

function erlangCCase({ servers, load, withinMs }: ErlangCaseOptions, length: RunLength): TheoryCase {
  const classes = [{ perHour: load * servers * PER_HOUR, handling: EXPONENTIAL }];
  return {
    load,
    model: { name: `Erlang C, ${agents(servers)}, load ${load}`, servers, classes, patience: NEVER },
    figures: waiting(erlangC({ servers, arrivalRate: load * servers, serviceRate: 1 }), withinMs),
    length,
  };
}

/** @param patience - the mean, in handling times. */
function erlangACase(
  { servers, load, withinMs, patience }: ErlangCaseOptions & { readonly patience: number },
  length: RunLength,
): TheoryCase {
  const arrivalRate = load * servers;
  const figures = erlangA({ servers, arrivalRate, serviceRate: 1, abandonmentRate: 1 / patience });
  return {
    load,
    model: {
      name: `Erlang A, ${agents(servers)}, load ${load}`,
      servers,
      classes: [{ perHour: arrivalRate * PER_HOUR, handling: EXPONENTIAL }],
      patience: { kind: 'exponential', meanMs: patience * SERVICE_MS },
    },
    figures: [...waiting(figures, withinMs), abandoned(figures.abandonedShare)],
    length,
  };
}

/** @param variation - of the handling time. */
function cobhamCase(
  {
    loads,
    handling,
    variation,
  }: { readonly loads: readonly number[]; readonly handling: Distribution; readonly variation: number },
  length: RunLength,
): TheoryCase {
  const waits = cobham(
    loads.map((load) => ({ arrivalRate: load, meanService: 1, serviceVariation: variation })),
  );
  return {
    load: sumOf(loads),
    model: {
      name: `Cobham, ${loads.length} priorities, ${handling.kind} handling`,
      servers: 1,
      classes: loads.map((load) => ({ perHour: load * PER_HOUR, handling })),
      patience: NEVER,
    },
    figures: byClass('priority', waits),
    length,
  };
}

/** @param loads - in Erlang. */
function cobhamMultiServerCase(
  { loads, servers }: { readonly loads: readonly number[]; readonly servers: number },
  length: RunLength,
): TheoryCase {
  return {
    load: sumOf(loads) / servers,
    model: {
      name: `Cobham, ${loads.length} priorities, ${agents(servers)}`,
      servers,
      classes: loads.map((load) => ({ perHour: load * PER_HOUR, handling: EXPONENTIAL })),
      patience: NEVER,
    },
    figures: byClass('priority', cobhamMultiServer(loads, servers, 1)),
    length,
  };
}

/** @param patience - the mean, in handling times. @param shape - of Weibull; the larger, the more alike are customers. */
function nearConstantPatienceCase(
  {
    servers,
    load,
    patience,
    shape,
  }: Omit<ErlangCaseOptions, 'withinMs'> & { readonly patience: number; readonly shape: number },
  length: RunLength,
): TheoryCase {
  const arrivalRate = load * servers;
  const scale = patience / gamma(1 + 1 / shape);
  const figures = generalPatience({
    servers,
    arrivalRate,
    serviceRate: 1,
    stillPatient: (time) => Math.exp(-((time / scale) ** shape)),
    maxPatience: 3 * patience,
  });
  return {
    load,
    model: {
      name: `Near-constant patience, ${agents(servers)}, load ${load}`,
      servers,
      classes: [{ perHour: arrivalRate * PER_HOUR, handling: EXPONENTIAL }],
      patience: { kind: 'weibull', meanMs: patience * SERVICE_MS, shape },
    },
    figures: [
      waitingShare(figures.waitProbability),
      meanWait(figures.meanWait),
      abandoned(figures.abandonedShare),
    ],
    length,
  };
}

function agents(count: number): string {
  return count === 1 ? '1 agent' : `${count} agents`;
}

/** The formulas use the handling time as the unit of time. */
function waiting(figures: ErlangCFigures, withinMs: number): Figure[] {
  return [
    waitingShare(figures.waitProbability),
    meanWait(figures.meanWait),
    {
      name: `wait at most ${withinMs / 1_000} s`,
      theory: figures.shareWithin(withinMs / SERVICE_MS),
      of: (run) => run.shareWithin(withinMs),
      unit: 'share',
    },
  ];
}

function waitingShare(share: number): Figure {
  return { name: 'wait', theory: share, of: (run) => run.waitingShare, unit: 'share' };
}

/** The mean wait of all contacts. @param wait - in handling times. */
export function meanWait(wait: number): Figure {
  return { name: 'mean wait', theory: wait * SERVICE_MS, of: (run) => run.meanWaitMs, unit: 'ms' };
}

function abandoned(share: number): Figure {
  return { name: 'abandoned', theory: share, of: (run) => run.abandonedShare, unit: 'share' };
}

/** The mean waits of the classes of a model. @param waits - by class, in handling times. */
export function byClass(noun: 'priority' | 'class', waits: readonly number[]): Figure[] {
  return waits.map((wait, index) => ({
    name: `mean wait of ${noun} ${index + 1}`,
    theory: wait * SERVICE_MS,
    of: ({ meanWaitsMs }) => meanWaitsMs[index] ?? Number.NaN,
    unit: 'ms',
  }));
}

export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
