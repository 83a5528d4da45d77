import { durationSeconds, formatDuration } from '../../lambda/domain/duration.ts';
import { isObject } from '../../lambda/domain/json.ts';
import { routingFromSet } from '../../lambda/domain/policy/routing-set.ts';
import type { PolicySource, RoutingSetSource } from '../../lambda/domain/policy/schema.ts';
import { formatExpected } from '../wording/pattern-words.ts';
import { formatRouting } from '../wording/routing-words.ts';

export type StepSource = NonNullable<PolicySource['steps']>[number];

/** A step of a policy in words. Steps with equal words do the same. */
export interface StepWords {
  /** `at 2m`, `by 3m` or `from 1m every 30s`. */
  readonly time: string;
  /** `priority 1`, or `priority 4 to 1` of a ramp. */
  readonly set: string;
  /** What `when` asks for; empty without it. */
  readonly condition: string;
}

/** @param step - of a valid policy. */
export function stepWords(step: StepSource): StepWords {
  const { after, by, from, every, when, set, ramp } = step;
  const time =
    ramp !== undefined
      ? `from ${formatDurationText(from)} every ${formatDurationText(every)}`
      : after === undefined
        ? `by ${formatDurationText(by)}`
        : `at ${formatDurationText(after)}`;
  return {
    time,
    set: ramp === undefined ? formatSet(set ?? {}) : formatRamp(ramp),
    condition: when === undefined ? '' : formatPattern(when),
  };
}

/** A route that names lists of agents or strings of the contact has its words: only the contact makes criteria of it. */
function formatSet(set: RoutingSetSource): string {
  const { route, ...others } = set;
  const texts = Array.isArray(route) ? route.map(String) : [];
  if (!texts.some((text) => /[@{]/.test(text))) return formatRouting(routingFromSet(set));
  const words = `route ${texts.map((text) => text.trim().replaceAll(/\s+/g, ' ')).join(', then ')}`;
  return Object.keys(others).length > 0 ? `${formatRouting(routingFromSet(others))}, ${words}` : words;
}

function formatRamp({ priority, age }: NonNullable<StepSource['ramp']>): string {
  if (priority) return `priority ${priority.from} to ${priority.to}`;
  return `age ${formatDurationText(age?.add)} more each time, up to ${formatDurationText(age?.upTo)}`;
}

/** What a pattern asks for, in words: `channel is VOICE and tags.tier is gold or platinum`. */
export function formatPattern(pattern: unknown): string {
  const conditions = patternConditions(pattern);
  return [...conditions].map(([field, expected]) => `${field} ${expected}`).join(' and ');
}

/** The fields of a pattern with what each must be, in words. The branches of an `$or` are one field. */
export function patternConditions(pattern: unknown): Map<string, string> {
  return new Map(conditionsUnder(pattern, []));
}

function conditionsUnder(node: unknown, parents: readonly string[]): [string, string][] {
  if (!isObject(node)) return [];
  return Object.entries(node).flatMap(([key, value]): [string, string][] => {
    if (key === '$or' && Array.isArray(value)) {
      const branches = value.map((branch) =>
        conditionsUnder(branch, parents)
          .map(([field, expected]) => `${field} ${expected}`)
          .join(' and '),
      );
      return [['one of these holds:', branches.map((branch) => `(${branch})`).join(' or ')]];
    }
    const keys = [...parents, key];
    return isObject(value) ? conditionsUnder(value, keys) : [[keys.join('.'), formatExpected(value)]];
  });
}

/** `60s` and `PT1M` are both `1m`. */
function formatDurationText(text: string | undefined): string {
  const seconds = text === undefined ? undefined : durationSeconds(text);
  return seconds === undefined ? String(text) : formatDuration(seconds);
}
