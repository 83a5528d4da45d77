import { parsePolicy } from '../../lambda/domain/policy/parse.ts';
import { createPolicySet, type PolicySet } from '../../lambda/domain/policy/policy-set.ts';
import { accumulatingPriorityMultiServer } from './accumulating-priority.ts';
import {
  byClass,
  EXPONENTIAL,
  type Figure,
  meanWait,
  NEVER,
  PER_HOUR,
  sumOf,
  type TheoryCase,
} from './cases.ts';
import { cobhamMultiServer } from './cobham.ts';
import { erlangC } from './erlang-c.ts';

const SERVERS = 4;
const LENGTH = { warmUp: 500, measured: 5_000 };

/** The classes of every case, in Erlang: 85 % of the agents are busy. */
const TWO_CLASSES = [1.2, 2.2];
const THREE_CLASSES = [0.8, 1.2, 1.4];

/** A ramp has a step each 40 seconds, and 50 steps at most: 33 minutes, which hardly any contact with a ramp exceeds. */
const EVERY_SECONDS = 40;
const STEPS = 50;

/**
 * Policies whose ages grow linearly, through the real plan and dispatch: a contact of a class with rate 3 gets two more seconds
 * for each that it waits. Each step is in the middle of the time for which it holds.
 *
 * @param rates - of each class, whole numbers from 1.
 */
function ramps(rates: readonly number[]): PolicySet {
  return policies((index) => {
    const add = ((rates[index] ?? 1) - 1) * EVERY_SECONDS;
    if (add === 0) return undefined;
    const ramp = { age: { add: `${add}s`, upTo: `${add * STEPS}s` } };
    return { steps: [{ from: `${EVERY_SECONDS / 2}s`, every: `${EVERY_SECONDS}s`, ramp }] };
  }, rates.length);
}

function policies(sourceOf: (index: number) => object | undefined, count: number): PolicySet {
  return createPolicySet(
    Array.from({ length: count }).flatMap((_, index) => {
      const source = sourceOf(index);
      if (!source) return [];
      const text = JSON.stringify({ match: { tags: { class: [String(index)] } }, ...source });
      const { policy, problems } = parsePolicy(`class-${index}`, text);
      if (!policy) throw new RangeError(`The policy of class ${index}: ${JSON.stringify(problems)}`);
      return [policy];
    }),
  );
}

/** Ramps of two rates, against the accumulating priority queue. */
export const RAMPS = escalationCase(
  'ramps, rates 3 and 1',
  TWO_CLASSES,
  ramps([3, 1]),
  accumulated(TWO_CLASSES, [3, 1]),
);

/**
 * Policies that act through the real plan and dispatch on four agents: ages that grow linearly against the accumulating priority
 * queue, with first come and strict priority as its limits, and targets in the same limits. In all of them the waits weighted
 * by load are those of first come (the conservation law: L. Kleinrock, "A conservation law for a wide class of queueing
 * disciplines", Naval Research Logistics Quarterly 12, 1965, 181-192), which is the figure "mean wait".
 */
export const ESCALATION_CASES: readonly TheoryCase[] = [
  RAMPS,
  escalationCase(
    'ramps, rates 4, 2 and 1',
    THREE_CLASSES,
    ramps([4, 2, 1]),
    accumulated(THREE_CLASSES, [4, 2, 1]),
  ),
  escalationCase('ramps, equal rates', TWO_CLASSES, ramps([3, 3]), accumulated(TWO_CLASSES, [1, 1])),
  escalationCase(
    'priorities set by steps',
    TWO_CLASSES,
    policies((index) => ({ steps: [{ after: '0s', set: { priority: index + 1 } }] }), 2),
    cobhamMultiServer(TWO_CLASSES, SERVERS, 1),
  ),
  escalationCase(
    'targets far apart',
    TWO_CLASSES,
    policies((index) => ({ target: index === 0 ? '1m' : '100h' }), 2),
    cobhamMultiServer(TWO_CLASSES, SERVERS, 1),
  ),
  escalationCase(
    'equal targets',
    TWO_CLASSES,
    policies(() => ({ target: '5m' }), 2),
    accumulated(TWO_CLASSES, [1, 1]),
  ),
  // No closed form by class, but a wait lost by one class is won by the other.
  escalationCase(
    'targets of 1 and 6 minutes',
    TWO_CLASSES,
    policies((index) => ({ target: index === 0 ? '1m' : '6m' }), 2),
    [],
  ),
];

/** Theories that {@link RAMPS} must reject: other rates, and the limits. */
export const WRONG_RATES: readonly { readonly name: string; readonly figures: readonly Figure[] }[] = [
  { name: 'ramps with rates 2 and 1', figures: byClass('class', accumulated(TWO_CLASSES, [2, 1])) },
  { name: 'ramps with rates 5 and 1', figures: byClass('class', accumulated(TWO_CLASSES, [5, 1])) },
  { name: 'ramps without effect', figures: byClass('class', accumulated(TWO_CLASSES, [1, 1])) },
  {
    name: 'ramps as strict priorities',
    figures: byClass('class', cobhamMultiServer(TWO_CLASSES, SERVERS, 1)),
  },
];

/** @param waits - by class, in handling times; none where theory has none. */
function escalationCase(
  name: string,
  loads: readonly number[],
  set: PolicySet,
  waits: readonly number[],
): TheoryCase {
  const arrivalRate = sumOf(loads);
  const firstCome = erlangC({ servers: SERVERS, arrivalRate, serviceRate: 1 });
  return {
    load: arrivalRate / SERVERS,
    model: {
      name: `Policies, ${name}`,
      servers: SERVERS,
      classes: loads.map((load) => ({ perHour: load * PER_HOUR, handling: EXPONENTIAL })),
      patience: NEVER,
      policies: set,
    },
    figures: [...byClass('class', waits), meanWait(firstCome.meanWait)],
    length: LENGTH,
  };
}

function accumulated(loads: readonly number[], rates: readonly number[]): number[] {
  const classes = loads.map((arrivalRate, index) => ({ arrivalRate, rate: rates[index] ?? 1 }));
  return accumulatingPriorityMultiServer(classes, SERVERS, 1);
}
