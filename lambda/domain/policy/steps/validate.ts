import { formatDuration } from '../../duration.ts';
import { isObject, type JsonObject } from '../../json.ts';
import { compilePattern, isOfEmptyPattern } from '../../pattern/index.ts';
import type { Settings } from '../../settings.ts';
import { describeValue, type Path, type Problem, typeProblem } from '../../validation/problem.ts';
import { validateRoutingSet } from '../routing-set.ts';
import { type ExpandedStep, expandRamps, MAX_STEPS } from './expand-ramps.ts';

/**
 * Returns the problems of a policy's steps that the schema cannot express: their times, what they set, their
 * order and whether a step lowers urgency.
 *
 * @param policy - any value, so that one run reports these problems together with those of the schema.
 * @param settings - the settings in force: their routing lag decides when a step with `by` is reached.
 */
export function validateSteps(policy: unknown, settings: Settings): Problem[] {
  if (!isObject(policy)) return [];
  if (policy.steps === undefined && policy.target === undefined) {
    return [typeProblem(['steps'], undefined, 'a list of steps, or target')];
  }
  if (!Array.isArray(policy.steps)) return [];
  const steps = expandRamps(policy);
  return [
    ...(policy.target === undefined ? [] : validateBesideTarget(steps)),
    ...policy.steps.flatMap((step: unknown, index) =>
      isObject(step) ? validateStep(step, ['steps', index], settings) : [],
    ),
    ...validateCount(steps, policy.steps.length),
    ...validateOrder(steps, settings),
    ...(policy.allowLower === true ? [] : validateUrgency(steps)),
  ];
}

function validateStep(step: JsonObject, path: Path, settings: Settings): Problem[] {
  return [
    ...(step.ramp === undefined ? validatePlainStep(step, path, settings) : validateRamp(step, path)),
    ...(step.when === undefined
      ? []
      : compilePattern(step.when).problems.map((problem) => ({
          ...problem,
          path: [...path, 'when', ...problem.path],
          message: isOfEmptyPattern(problem)
            ? `${problem.message} A step without when concerns every contact that the policy governs.`
            : problem.message,
        }))),
  ];
}

function validatePlainStep(step: JsonObject, path: Path, { agents }: Settings): Problem[] {
  const times = ['after', 'by', 'from', 'every'].filter((key) => step[key] !== undefined);
  const hasOneTime = times.length === 1 && (times[0] === 'after' || times[0] === 'by');
  return [
    ...(hasOneTime
      ? []
      : [
          {
            code: 'step-time',
            path,
            message:
              `Found ${times.length === 0 ? 'neither after nor by' : times.join(' and ')}; ` +
              'expected one of after and by, such as "after: 90s" (reached then) or ' +
              '"by: 3m" (in effect then).',
            found: times,
            allowed: 'after or by',
          },
        ]),
    ...(step.set === undefined
      ? [
          {
            code: 'sets-nothing',
            path,
            message: 'This step sets nothing; expected set, such as "set: { priority: 2 }".',
            found: step,
            allowed: 'set',
          },
        ]
      : validateRoutingSet(step.set, [...path, 'set'], { agents })),
  ];
}

function validateRamp(step: JsonObject, path: Path): Problem[] {
  const wrong = [
    ...['from', 'every'].filter((key) => step[key] === undefined).map((key) => `no ${key}`),
    ...['after', 'by', 'set'].filter((key) => step[key] !== undefined),
  ];
  const { ramp } = step;
  const kinds = isObject(ramp) ? ['priority', 'age'].filter((key) => ramp[key] !== undefined) : ['priority'];
  return [
    ...(wrong.length === 0
      ? []
      : [
          {
            code: 'ramp-form',
            path,
            message:
              `Found a ramp with ${wrong.join(' and ')}; expected from, every and ramp, such as ` +
              '"from: 60s, every: 30s, ramp: { priority: { from: 4, to: 1 } }".',
            found: wrong,
            allowed: 'from, every and ramp',
          },
        ]),
    ...(kinds.length === 1
      ? []
      : [
          {
            code: 'ramp-form',
            path: [...path, 'ramp'],
            message:
              `Found ${kinds.length === 0 ? 'neither priority nor age' : 'both priority and age'} ` +
              'in a ramp; expected one of them.',
            found: kinds,
            allowed: 'priority or age',
          },
        ]),
  ];
}

function validateCount(steps: readonly ExpandedStep[], sourceCount: number): Problem[] {
  // The schema reports more than MAX_STEPS steps in the source.
  if (steps.length <= MAX_STEPS || sourceCount > MAX_STEPS) return [];
  return [
    {
      code: 'too-many-steps',
      path: ['steps'],
      message:
        `After the expansion of its ramps the policy has more than ${MAX_STEPS} steps; expected at most ` +
        `${MAX_STEPS}. Shorten a ramp, or lengthen its interval.`,
      found: steps.length,
      allowed: `at most ${MAX_STEPS}`,
    },
  ];
}

function validateOrder(steps: readonly ExpandedStep[], { routingLagSeconds }: Settings): Problem[] {
  const problems: Problem[] = [];
  const lag = formatDuration(routingLagSeconds);
  let latest: { seconds: number; path: Path } | undefined;
  for (const step of steps) {
    const seconds = reachedAtSeconds(step, routingLagSeconds);
    if (latest && seconds < latest.seconds) {
      if (problems.at(-1)?.path.join() === step.path.join()) continue;
      problems.push({
        code: 'step-order',
        path: step.path,
        message:
          `This step is reached at ${formatDuration(seconds)}, before steps[${latest.path[1]}] at ` +
          `${formatDuration(latest.seconds)}; expected steps in order of time. ` +
          `(A step with "by" is reached one routing lag, ${lag}, earlier.) Move it up.`,
        found: formatDuration(seconds),
        allowed: `${formatDuration(latest.seconds)} or later`,
      });
    } else latest = { seconds, path: step.path };
  }
  return problems;
}

/** The age is that of the target. Reports one problem per source step. */
function validateBesideTarget(steps: readonly ExpandedStep[]): Problem[] {
  const setting = steps.filter(({ ageSeconds }) => ageSeconds !== undefined);
  const first = setting.filter(({ path }, index) => setting[index - 1]?.path[1] !== path[1]);
  return first.map(({ path }) => ({
    code: 'age-with-target',
    path: path.at(-1) === 'ramp' ? [...path, 'age'] : [...path, 'set', 'age'],
    message:
      'Found an age beside target; expected a priority, criteria or a route, since the target sets the age. Remove ' +
      'the age, or the target.',
    found: 'age',
    allowed: 'priority, routingCriteria or route',
  }));
}

/** Compares each step with the earlier steps that cannot be skipped. Reports one problem per source step. */
function validateUrgency(steps: readonly ExpandedStep[]): Problem[] {
  const problems: Problem[] = [];
  let priority: number | undefined;
  let ageSeconds: number | undefined;
  for (const step of steps) {
    if (step.priority !== undefined) {
      if (priority !== undefined && step.priority > priority) {
        problems.push(loweringProblem(step, 'priority', step.priority, `${priority} or a smaller number`));
      }
      if (!step.isConditional) priority = Math.min(priority ?? step.priority, step.priority);
    }
    if (step.ageSeconds !== undefined) {
      if (ageSeconds !== undefined && step.ageSeconds < ageSeconds) {
        problems.push(
          loweringProblem(
            step,
            'age',
            formatDuration(step.ageSeconds),
            `${formatDuration(ageSeconds)} or more`,
          ),
        );
      }
      if (!step.isConditional) ageSeconds = Math.max(ageSeconds ?? step.ageSeconds, step.ageSeconds);
    }
  }
  return problems.filter(({ path }, index) => problems[index - 1]?.path.join() !== path.join());
}

function loweringProblem({ path }: ExpandedStep, field: string, found: unknown, allowed: string): Problem {
  return {
    code: 'lowers-urgency',
    path: path.at(-1) === 'ramp' ? [...path, field] : [...path, 'set', field],
    message:
      `Found ${describeValue(found)}, which is less urgent than an earlier step; expected ${allowed}. ` +
      'If lowering is intended, set "allowLower: true" in the policy.',
    found,
    allowed,
  };
}

function reachedAtSeconds({ timing, seconds }: ExpandedStep, routingLagSeconds: number): number {
  return timing === 'after' ? seconds : Math.max(0, seconds - routingLagSeconds);
}
