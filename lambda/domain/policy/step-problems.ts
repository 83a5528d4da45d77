import { durationSeconds, formatDuration } from '../duration.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Path, Problem } from '../problems.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';
import { settingProblems } from './setting.ts';

/**
 * What is wrong with a policy's steps beyond their structure: when they are reached, what they set, and
 * whether one undoes another. Takes any value, so that these problems are told beside those of structure.
 */
export function stepProblems(policy: unknown): Problem[] {
  if (!isObject(policy) || !Array.isArray(policy.steps)) return [];
  const steps: unknown[] = policy.steps;
  return [
    ...steps.flatMap((step, index) => (isObject(step) ? timeProblems(step, ['steps', index]) : [])),
    ...steps.flatMap((step, index) =>
      isObject(step) ? settingProblems(step.set, ['steps', index, 'set']) : [],
    ),
    ...orderProblems(steps),
    ...(policy.allowLower === true ? [] : loweringProblems(steps)),
  ];
}

function timeProblems(step: JsonObject, path: Path): Problem[] {
  const given = ['after', 'by'].filter((key) => step[key] !== undefined);
  if (given.length === 1) return [];
  const found = given.length === 0 ? 'neither after nor by' : 'both after and by';
  return [
    {
      code: 'step-time',
      path,
      message: `Found ${found}; expected one of them, such as "after: 90s" (reached then) or "by: 3m" (in effect then).`,
      found: given,
      allowed: 'after or by',
    },
  ];
}

function orderProblems(steps: readonly unknown[]): Problem[] {
  const problems: Problem[] = [];
  let latest = { seconds: Number.NEGATIVE_INFINITY, index: -1 };
  for (const [index, step] of steps.entries()) {
    const seconds = reachedAtSeconds(step);
    if (seconds === undefined) continue;
    if (seconds < latest.seconds) {
      problems.push({
        code: 'step-order',
        path: ['steps', index],
        message:
          `This step is reached at ${formatDuration(seconds)}, before steps[${latest.index}] at ` +
          `${formatDuration(latest.seconds)}; expected steps in order of time. (A step with "by" is reached one ` +
          `routing lag, ${formatDuration(DEFAULT_SETTINGS.routingLagSeconds)}, earlier.) Move it up.`,
        found: formatDuration(seconds),
        allowed: `${formatDuration(latest.seconds)} or later`,
      });
    } else latest = { seconds, index };
  }
  return problems;
}

function loweringProblems(steps: readonly unknown[]): Problem[] {
  const problems: Problem[] = [];
  let priority: number | undefined;
  let ageSeconds: number | undefined;
  for (const [index, step] of steps.entries()) {
    const set = isObject(step) && isObject(step.set) ? step.set : {};
    const age = typeof set.age === 'string' ? durationSeconds(set.age) : undefined;
    if (typeof set.priority === 'number') {
      if (priority !== undefined && set.priority > priority) {
        problems.push(
          lowering(['steps', index, 'set', 'priority'], set.priority, `${priority} or a smaller number`),
        );
      }
      priority = Math.min(priority ?? set.priority, set.priority);
    }
    if (age !== undefined) {
      if (ageSeconds !== undefined && age < ageSeconds) {
        problems.push(
          lowering(['steps', index, 'set', 'age'], set.age, `${formatDuration(ageSeconds)} or more`),
        );
      }
      ageSeconds = Math.max(ageSeconds ?? age, age);
    }
  }
  return problems;
}

function lowering(path: Path, found: unknown, allowed: string): Problem {
  return {
    code: 'lowers-urgency',
    path,
    message:
      `Found ${JSON.stringify(found)}, which is less urgent than an earlier step; expected ${allowed}. ` +
      'Where lowering is meant, say "allowLower: true" in the policy.',
    found,
    allowed,
  };
}

function reachedAtSeconds(step: unknown): number | undefined {
  if (!isObject(step)) return undefined;
  const { after, by } = step;
  if (typeof after === 'string' && by === undefined) return durationSeconds(after);
  if (typeof by !== 'string' || after !== undefined) return undefined;
  const seconds = durationSeconds(by);
  return seconds === undefined ? undefined : Math.max(0, seconds - DEFAULT_SETTINGS.routingLagSeconds);
}
