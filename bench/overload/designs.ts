import { durableWorkflow } from './durable-workflow.ts';
import { escalator } from './escalator.ts';
import { TARGET_PLAN, TARGET_SECONDS, TIERS } from './load.ts';
import { naiveBaseline } from './naive-baseline.ts';
import { type Rival, SETTINGS } from './testbed.ts';

/** One environment per message, with the concurrency of a new account. */
const UNPACED = { concurrency: 1_000, batchSize: 1, gapMs: 0, timeoutMs: 10_000 };

/** Four environments with a call every 200 ms each: 20 per second, the quota. */
const PACED = { concurrency: 4, batchSize: 10, gapMs: 200, timeoutMs: 30_000 };

export const THIS_SYSTEM = '(e) this system';
export const TARGETS_OF_THIS_SYSTEM = '(f) this system, targets';

/** The steps of each tier as policies have them. */
const STEPS = escalator((tier) => ({
  steps: TIERS[tier].steps.map(({ afterSeconds, priority }) => ({
    after: `${afterSeconds}s`,
    set: { priority },
  })),
}));

const TARGETS = escalator((tier) => {
  const target = TARGET_SECONDS[tier];
  return target === undefined ? undefined : { target: `${target}s` };
});

/** The designs that are compared, by their names in the tables. */
export const DESIGNS: Readonly<Record<string, Rival>> = {
  '(a) Lambda, standard retries': {
    design: naiveBaseline({ retryMode: 'standard', callsAtOnce: true, steps: UNPACED }),
  },
  '(b) Lambda, adaptive retries': {
    design: naiveBaseline({ retryMode: 'adaptive', callsAtOnce: true, steps: UNPACED }),
  },
  '(c) SQS, limited concurrency': {
    design: naiveBaseline({ retryMode: 'standard', callsAtOnce: false, steps: PACED }),
  },
  '(d) durable workflow': { design: durableWorkflow },
  [THIS_SYSTEM]: { design: STEPS },
  // An age could lower one that a flow has set, so each needs an answer of DescribeContact first.
  [TARGETS_OF_THIS_SYSTEM]: {
    design: TARGETS,
    plan: TARGET_PLAN,
    maxPerSecond: SETTINGS.updateShare * SETTINGS.describeRate,
  },
};
